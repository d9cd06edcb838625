#!/usr/bin/python3
"""Makes lesson.rng out of lesson.rnc, and exercise.rng out of exercise.rnc and
what of lesson.rnc it uses: RELAX NG's XML syntax out of its compact one, as far
as the lesson language uses it. With --check it only compares."""

import copy
import pathlib
import re
import sys
from xml.etree import ElementTree

RNG = "http://relaxng.org/ns/structure/1.0"
NOTES = "http://relaxng.org/ns/compatibility/annotations/1.0"
TYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
HERE = pathlib.Path(__file__).resolve().parent

TOKEN = re.compile(r"""
    (?P<doc>\#\#[^\n]*) | (?P<comment>\#[^\n]*) | (?P<string>"[^"]*")
    | (?P<type>xsd:[A-Za-z]+) | (?P<name>[A-Za-z][A-Za-z0-9-]*)
    | (?P<sign>[{}(),|*+?=]) | (?P<blank>\s+)""", re.X)
REPEATED = {"*": "zeroOrMore", "+": "oneOrMore", "?": "optional"}


def tokens_of(text):
    """The tokens, each with the documentation that stands before it."""
    found, documentation, at = [], [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            sys.exit(f"{text[at:at + 30]!r} cannot be read")
        at = match.end()
        if match.lastgroup == "doc":
            documentation.append(match.group()[2:].strip())
        elif match.lastgroup not in ("comment", "blank"):
            found.append((match.lastgroup, match.group(),
                          " ".join(documentation)))
            documentation = []
    return found


class Parser:
    """A recursive descent over the tokens, one method a rule."""

    def __init__(self, text):
        self.tokens = tokens_of(text)
        self.at = 0

    def peek(self, ahead=0):
        at = self.at + ahead
        return self.tokens[at][1] if at < len(self.tokens) else None

    def take(self, expected=None):
        kind, text, documentation = self.tokens[self.at]
        if expected and text != expected:
            sys.exit(f"{expected!r} is needed where {text!r} stands")
        self.at += 1
        return kind, text, documentation

    def header(self):
        self.take("default")
        self.take("namespace")
        self.take("=")
        namespace = self.take()[1].strip('"')
        for expected in ("datatypes", "xsd", "="):
            self.take(expected)
        self.take()
        return namespace

    def grammar(self):
        root = ElementTree.Element("grammar", {
            "xmlns": RNG, "xmlns:a": NOTES, "ns": self.header(),
            "datatypeLibrary": TYPES})
        while self.at < len(self.tokens):
            _, name, documentation = self.take()
            self.take("=")
            define = ElementTree.SubElement(root, "start") \
                if name == "start" else \
                ElementTree.SubElement(root, "define", name=name)
            document(define, documentation)
            define.extend(self.pattern())
        return root

    def pattern(self):
        """Parts joined by , or by |; a list of elements."""
        parts = [self.particle()]
        sign = self.peek()
        while self.peek() in (",", "|"):
            if self.take()[1] != sign:
                sys.exit("a group mixes , and |; add parentheses")
            parts.append(self.particle())
        if sign != "|":
            return [element for part in parts for element in part]
        choice = ElementTree.Element("choice")
        for part in parts:
            choice.append(grouped(part))
        return [choice]

    def particle(self):
        parts = self.primary()
        if self.peek() in REPEATED:
            repeated = ElementTree.Element(REPEATED[self.take()[1]])
            repeated.extend(parts)
            return [repeated]
        return parts

    def primary(self):
        kind, text, documentation = self.take()
        if text == "(":
            parts = self.pattern()
            self.take(")")
            return parts
        if text in ("element", "attribute"):
            return [self.named(text, documentation)]
        if text in ("text", "empty"):
            return [ElementTree.Element(text)]
        if kind == "string":
            value = ElementTree.Element("value")
            value.text = text.strip('"')
            return [value]
        if kind == "type":
            return [self.data(text)]
        return [ElementTree.Element("ref", name=text)]

    def named(self, kind, documentation):
        element = ElementTree.Element(kind, name=self.take()[1])
        document(element, documentation)
        self.take("{")
        contents = self.pattern()
        self.take("}")
        if kind == "element" or [c.tag for c in contents] != ["text"]:
            element.extend(contents)
        return element

    def data(self, name):
        data = ElementTree.Element("data", type=name.split(":")[1])
        if self.peek() != "{" or self.peek(2) != "=":
            return data
        self.take("{")
        while self.peek() != "}":
            parameter = ElementTree.SubElement(data, "param",
                                               name=self.take()[1])
            self.take("=")
            parameter.text = self.take()[1].strip('"')
        self.take("}")
        return data


def grouped(parts):
    if len(parts) == 1:
        return parts[0]
    group = ElementTree.Element("group")
    group.extend(parts)
    return group


def document(element, documentation):
    if documentation:
        note = ElementTree.SubElement(element, "a:documentation")
        note.text = documentation


def parsed(name):
    return Parser((HERE / name).read_text(encoding="utf-8")).grammar()


def defines_of(root):
    return {define.get("name"): define for define in root.findall("define")}


# Exercises: lesson.rnc's definitions where numbers stand for values ------------

BRACES = ".*\\{.+\\}.*"


def take_braces(attribute):
    """Lets a value hold the name of a number instead. Which kind of question
    it is, and what it is called, stays fixed."""
    values = [part for part in attribute if part.tag != "a:documentation"]
    if not values or attribute.get("name") in ("kind", "id"):
        return
    for value in values:
        attribute.remove(value)
    choice = ElementTree.SubElement(attribute, "choice")
    choice.append(grouped(values))
    data = ElementTree.SubElement(choice, "data", type="string")
    ElementTree.SubElement(data, "param", name="pattern").text = BRACES


def holds_element(part, defines):
    return part.tag == "element" or part.tag == "ref" \
        and part.get("name") != "inline" \
        and any(p.tag == "element" for p in defines[part.get("name")])


def repeat(pattern, defines):
    """What may stand once may stand once for each case."""
    for i, part in enumerate(list(pattern)):
        if pattern.tag == "optional" and holds_element(part, defines):
            pattern.tag = "zeroOrMore"
        elif pattern.tag in ("element", "group") \
                and holds_element(part, defines):
            pattern.remove(part)
            repeated = ElementTree.Element("oneOrMore")
            repeated.append(part)
            pattern.insert(i, repeated)
        if part.tag != "attribute":
            repeat(part, defines)


def add_conditions(define):
    for element in list(define.iter("element")):
        at = len(element.findall("a:documentation"))
        for part in element.findall("empty"):
            element.remove(part)
        element.insert(at, ElementTree.Element("ref", name="conditions"))


def adapted(define, defines):
    define = copy.deepcopy(define)
    if define.get("name") == "inline":
        return define
    for attribute in define.iter("attribute"):
        take_braces(attribute)
    repeat(define, defines)
    add_conditions(define)
    return define


def used(root, defines, lesson):
    """Adds what a grammar refers to, and what that refers to, in the lesson's
    order."""
    wanted, names = [root], set()
    while wanted:
        for ref in wanted.pop().iter("ref"):
            name = ref.get("name")
            if name not in names and name not in defines_of(root):
                names.add(name)
                wanted.append(adapted(defines[name], defines))
    for name in lesson:
        if name in names:
            root.append(adapted(defines[name], defines))


def exercise_grammar():
    lesson = defines_of(parsed("lesson.rnc"))
    root = parsed("exercise.rnc")
    used(root, {**lesson, **defines_of(root)}, lesson)
    return root


def compiled(root, source):
    ElementTree.indent(root)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<!-- Made from {source} by compile.py: change that. -->\n"
            + ElementTree.tostring(root, encoding="unicode") + "\n")


def main():
    texts = {
        "lesson.rng": compiled(parsed("lesson.rnc"), "lesson.rnc"),
        "exercise.rng": compiled(exercise_grammar(),
                                 "exercise.rnc and lesson.rnc"),
    }
    if "--check" in sys.argv:
        sys.exit(any((HERE / name).read_text(encoding="utf-8") != text
                     for name, text in texts.items()))
    for name, text in texts.items():
        (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
