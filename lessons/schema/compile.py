#!/usr/bin/python3
"""Makes lesson.rng out of lesson.rnc: RELAX NG's XML syntax out of its compact
one, as far as the lesson language uses it. With --check it only compares."""

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


def compiled():
    root = Parser((HERE / "lesson.rnc").read_text(encoding="utf-8")).grammar()
    ElementTree.indent(root)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            "<!-- Made from lesson.rnc by compile.py: change that. -->\n"
            + ElementTree.tostring(root, encoding="unicode") + "\n")


def main():
    target = HERE / "lesson.rng"
    if "--check" in sys.argv:
        sys.exit(target.read_text(encoding="utf-8") != compiled())
    target.write_text(compiled(), encoding="utf-8")


if __name__ == "__main__":
    main()
