#!/usr/bin/python3
"""Prints a libFuzzer dictionary: every word of the lesson language, from its
schemas and from what pagewalk-cli knows. `dictionary.py CLI`."""

import json
import pathlib
import subprocess
import sys
from xml.etree import ElementTree

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "lessons" / "schema"
RNG = "{http://relaxng.org/ns/structure/1.0}"

# What no schema holds: markup, what queries and operations are made of, result
# files and courses.
OTHERS = [
    "<![CDATA[", "]]>", "<!--", "-->", "<?x ", "?>", "&lt;", "&amp;", "&#x",
    "xmlns:", "split(", "in(x86-64, ", "step(entry-read, 1, raw)", " && ",
    " << ", "!", "~", "0x", "0b", "4K", " KiB", "{", "}", ":hex", ":nth",
    "va=0x1000", "frame=0x2b", "flags=rwu", "process=A", "level=1",
    "<course ", ' salt="', ' from="2026-10-05"', ' due="2026-10-12"',
    "[result]", "[answer 1]", "version=1", "student=", "digest=", "lesson=",
    "question=", "answer=", "mark=", "seed=", "seconds=", "time=", "r1c2=",
    "+rw", "entry=", "a=2; b=4", "mmap(2)", "https://",
]


def words_of_schema(path):
    for node in ElementTree.parse(path).getroot().iter():
        kind, name = node.tag.removeprefix(RNG), node.get("name")
        if kind == "element":
            yield from (f"<{name}>", f"<{name} ", f"<{name}/>", f"</{name}>")
        elif kind == "attribute":
            values = [v.text for v in node.iter(f"{RNG}value")]
            yield from (f' {name}="{value}"' for value in values or [""])


def words_of_program(cli):
    def objects(*words):
        result = subprocess.run([cli, *words], capture_output=True, text=True,
                                check=True)
        return [json.loads(line) for line in result.stdout.splitlines()]

    for op in objects("run", "--help-ops", "--json"):
        yield op["op"] + " "
        yield from (f" {p['name']}=" for p in op["parameters"])
    for row in objects("lesson", "reference", "--json"):
        yield row["name"] + ("(" if row.get("arguments") else "")


def quoted(word):
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    words = [*OTHERS, *words_of_program(sys.argv[1])]
    for schema in sorted(SCHEMA.glob("*.rng")):
        words += words_of_schema(schema)
    for word in dict.fromkeys(words):
        print(quoted(word))


if __name__ == "__main__":
    main()
