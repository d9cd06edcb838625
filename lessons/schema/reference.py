#!/usr/bin/python3
"""Writes REFERENCE.md: the lesson language, from the schema and from what
pagewalk-cli knows. `reference.py CLI` writes it, `reference.py --check CLI`
only compares."""

import json
import pathlib
import subprocess
import sys
from xml.etree import ElementTree

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE / "REFERENCE.md"
RNG = "{http://relaxng.org/ns/structure/1.0}"
NOTE = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
SUFFIXES = {"optional": "?", "zeroOrMore": "*", "oneOrMore": "+"}

HEAD = """# The lesson language, element by element

Made by `./dev docs` from `lesson.rnc`, `exercise.rnc` and from what `pagewalk-cli`
knows; a test fails when it is out of date. [README.md](README.md) explains the language with
examples.

In the lines "holds", `?` means at most once, `*` any number of times, `+` at
least once; things stand in the order in which they are named.
"""


class Schema:
    def __init__(self, path):
        self.root = ElementTree.parse(path).getroot()
        self.defines = {define.get("name"): define
                        for define in self.root.findall(f"{RNG}define")}

    def elements(self):
        """Every element pattern, with its documentation, in order."""
        for define in self.root.findall(f"{RNG}define"):
            for element in define.iter(f"{RNG}element"):
                own = note_of(element)
                if not own and element in list(define):
                    own = note_of(define)
                yield element, own

    def parts(self, pattern):
        """What a pattern is made of, annotations left out."""
        return [part for part in pattern if part.tag != NOTE]

    def attributes(self, pattern, required=True):
        """The attributes of an element: (pattern, required)."""
        for part in self.parts(pattern):
            kind = part.tag.removeprefix(RNG)
            if kind == "attribute":
                yield part, required
            elif kind == "ref" and part.get("name") != "inline":
                yield from self.attributes(
                    self.defines[part.get("name")], required)
            elif kind in ("optional", "choice", "zeroOrMore"):
                yield from self.attributes(part, False)
            elif kind in ("group", "oneOrMore"):
                yield from self.attributes(part, required)

    def type_of(self, attribute):
        parts = self.parts(attribute)
        return self.type(parts[0]) if parts else "text"

    def type(self, part):
        kind = part.tag.removeprefix(RNG)
        if kind == "ref":
            name = part.get("name")
            inner = self.parts(self.defines[name])[0]
            return f"[{name}](#{name})" if inner.tag == f"{RNG}data" \
                and inner.get("type") == "string" else self.type(inner)
        if kind == "value":
            return f"`{part.text}`"
        if kind == "choice":
            return ", ".join(self.type(p) for p in self.parts(part))
        facets = {p.get("name"): p.text for p in part}
        if "minInclusive" in facets:
            return f"{facets['minInclusive']} to {facets['maxInclusive']}"
        if "pattern" in facets:
            return "text"
        return {"positiveInteger": "a number from 1",
                "nonNegativeInteger": "a number from 0"}[part.get("type")]

    def contents(self, pattern):
        """What an element holds, in words; attributes left out."""
        texts = [self.content(part) for part in self.parts(pattern)]
        return ", ".join(text for text in texts if text)

    def content(self, part):
        kind = part.tag.removeprefix(RNG)
        if kind == "element":
            return f"`{part.get('name')}`"
        if kind == "ref":
            return "inline text" if part.get("name") == "inline" else \
                self.contents(self.defines[part.get("name")])
        if kind == "text":
            return "text"
        if kind == "choice":
            texts = [self.content(p) for p in self.parts(part)]
            texts = list(dict.fromkeys(text for text in texts if text))
            return f"({' or '.join(texts)})" if len(texts) > 1 \
                else "".join(texts)
        if kind == "group":
            return self.contents(part)
        if kind in SUFFIXES:
            text = self.contents(part)
            if not text:
                return ""
            single = text.startswith("`") and text.count("`") == 2 \
                or text.startswith("(") and text.endswith(")")
            return (text if single else f"({text})") + SUFFIXES[kind]
        return ""


def note_of(element):
    note = element.find(NOTE)
    return note.text if note is not None else ""


def parents_of(schema, root="lesson"):
    """The elements that may hold an element, by its identity."""
    found = {}

    def walk(pattern, parent):
        for part in schema.parts(pattern):
            kind = part.tag.removeprefix(RNG)
            if kind == "element":
                found.setdefault(id(part), [])
                if parent not in found[id(part)]:
                    found[id(part)].append(parent)
                    walk(part, part.get("name"))
            elif kind == "ref":
                walk(schema.defines[part.get("name")], parent)
            elif kind != "attribute":
                walk(part, parent)

    walk(schema.defines[root], None)
    return found


def kind_of(schema, element):
    """The value of a fixed attribute `kind`, which tells questions apart."""
    for attribute, _ in schema.attributes(element):
        parts = schema.parts(attribute)
        if attribute.get("name") == "kind" and parts[0].tag == f"{RNG}value":
            return f' kind="{parts[0].text}"'
    return ""


def attribute_rows(schema, element):
    rows, seen = [], {}
    for attribute, required in schema.attributes(element):
        name = attribute.get("name")
        row = (f"`{name}`", schema.type_of(attribute),
               "yes" if required else "", note_of(attribute))
        if name in seen:
            continue
        seen[name] = True
        rows.append("| " + " | ".join(row) + " |")
    if not rows:
        return []
    return ["", "| attribute | value | needed | |", "|---|---|---|---|", *rows]


def element_lines(schema, element, note, parents):
    name = element.get("name")
    yield ""
    yield f"### `<{name}{kind_of(schema, element)}>`"
    yield ""
    if note:
        yield note
        yield ""
    inside = [f"`{p}`" for p in parents.get(id(element), []) if p]
    inline = element in list(schema.defines["inline"].iter(f"{RNG}element"))
    if inline:
        yield "Stands in inline text."
    elif inside:
        yield f"Stands in {', '.join(inside)}."
    holds = schema.contents(element)
    yield f"Holds {holds}." if holds else "Holds nothing."
    yield from attribute_rows(schema, element)


def language_lines(schema):
    parents = parents_of(schema)
    yield "## Elements"
    for element, note in schema.elements():
        yield from element_lines(schema, element, note, parents)
    yield ""
    yield "## Values of attributes"
    for name in ("name", "step", "query"):
        yield ""
        yield f"### {name}"
        yield ""
        yield note_of(schema.defines[name])


def exercise_lines(schema):
    """What only kinds of exercises have."""
    parents = parents_of(schema, "generator")
    yield ""
    yield "## Elements of exercises"
    yield ""
    yield "A kind of exercise is a `generator`. In it, every element above may " \
          "have the attributes `for` and `only`, as `do` has them here, and " \
          "values may hold `{names}` of numbers."
    for name in ("generator", "numbers", "vary", "let", "require", "do"):
        define = schema.defines[name]
        element = define.find(f"{RNG}element")
        yield from element_lines(schema, element, note_of(define), parents)
    yield ""
    yield "### number-name"
    yield ""
    yield note_of(schema.defines["number-name"])


def objects(cli, *words):
    result = subprocess.run([cli, *words], capture_output=True, text=True,
                            check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def number(value):
    for shift, suffix in ((40, "T"), (30, "G"), (20, "M"), (10, "K")):
        if value >= 1 << shift and value % (1 << shift) == 0:
            return f"{value >> shift}{suffix}"
    return hex(value) if value > 9999 else str(value)


def bounds(parameter):
    if parameter["type"] == "number":
        return f"{number(parameter['low'])} to {number(parameter['high'])}"
    if parameter["type"] == "choice":
        return ", ".join(f"`{c}`" for c in parameter["choices"])
    if parameter["type"] == "flags":
        return f"letters of `{parameter['letters']}`"
    if parameter["type"] == "shape":
        return "SETSxWAYS"
    if parameter["type"] == "split":
        return "BITS/BITS…"
    return "a name"


def fallback(parameter):
    if parameter["required"]:
        return "needed"
    value = parameter.get("default")
    if value is None:
        return ""
    return number(value) if isinstance(value, int) else f"`{value}`"


def operation_lines(cli):
    yield ""
    yield "## Operations"
    for op in objects(cli, "run", "--help-ops", "--json"):
        yield ""
        yield f"### {op['op']}"
        yield ""
        yield f"{op['help'][0].upper()}{op['help'][1:]}."
        if op["parameters"]:
            yield ""
            yield "| parameter | values | default | |"
            yield "|---|---|---|---|"
        for p in op["parameters"]:
            yield f"| `{p['name']}` | {bounds(p)} | {fallback(p)} " \
                  f"| {p['help']} |"


def query_lines(rows):
    yield ""
    yield "## Queries"
    yield ""
    yield "Those marked with * can also be asked of another processor: " \
          "`in(x86-64, levels)`."
    yield ""
    yield "| query | value | |"
    yield "|---|---|---|"
    for row in rows["query"]:
        call = row["name"]
        if row["arguments"]:
            call += f"({', '.join(row['arguments'])})"
        star = " *" if row["geometry"] else ""
        yield f"| `{call}`{star} | {row['value']} | {row['help']} |"
    yield ""
    counters = ", ".join(f"`{row['name']}`" for row in rows["counter"])
    yield f"Counters: {counters}."
    yield ""
    yield "| kind of value | words |"
    yield "|---|---|"
    for row in rows["words"]:
        words = ", ".join(f"`{word}`" for word in row["words"])
        yield f"| {row['name']} | {words} |"


def step_lines(rows):
    yield ""
    yield "## Steps"
    yield ""
    yield "| step | values |"
    yield "|---|---|"
    for row in rows["step"]:
        values = ", ".join(f"`{v['name']}` ({v['value']})"
                           for v in row["values"])
        yield f"| `{row['name']}` | {values} |"


def limit_lines(rows):
    yield ""
    yield "## Longest texts"
    yield ""
    yield "In characters; a Chinese one counts as two."
    yield ""
    yield "| text | at most |"
    yield "|---|---|"
    for row in rows["limit"]:
        yield f"| {row['name']} | {row['columns']} |"


def reference(cli):
    rows = {}
    for row in objects(cli, "lesson", "reference", "--json"):
        rows.setdefault(row["type"], []).append(row)
    lines = [HEAD, *language_lines(Schema(HERE / "lesson.rng")),
             *exercise_lines(Schema(HERE / "exercise.rng")),
             *operation_lines(cli), *query_lines(rows), *step_lines(rows),
             *limit_lines(rows)]
    return "\n".join(lines) + "\n"


def main():
    text = reference(sys.argv[-1])
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
