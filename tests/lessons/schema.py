#!/usr/bin/python3
"""Checks that schema, translation rules and loader agree about every lesson."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import figures
from tap import Tap, skip_all

ROOT = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
SCHEMA = ROOT / "lessons" / "schema"
GOOD = ROOT / "tests" / "lessons" / "data" / "good" / "lesson.xml"
LANGUAGE = ROOT / "tests" / "lessons" / "data" / "language" / "lesson.xml"
QUESTIONS = ROOT / "tests" / "lessons" / "data" / "questions" / "lesson.xml"

# Ways to spoil the good lesson that the schema can see, too.
SPOILED = [
    ('<title>One load</title>', ''),
    ('kind="cpu"', 'kind="cup"'),
    ('minutes="5"', 'minutes="soon"'),
    ('part="2"', 'part="2" colour="red"'),
    ('id="one-load"', 'id="One Load"'),
    ('<term>directory index</term>', '<a>x</a>'),
    ('<term>directory index</term>', '<term>a <em>b</em></term>'),
    ('<answer is="pa"/>', ''),
    ('step="compose" ', 'where="level=1" '),
    ('translate-two-level', 'Translate'),
    ('<choice is="!cached(0x11223344)">Two: the walk starts again.</choice>',
     ''),
    ('<do>process name=A</do>', '<do>process <em>A</em></do>'),
    ('<expect that="tlb" is="miss"/>', '<expect that="tlb"/>'),
]


def lessons():
    return [GOOD, LANGUAGE, QUESTIONS,
            *sorted((ROOT / "lessons" / "content").rglob("lesson.xml"))]


def valid(path, schema="lesson.rng"):
    command = ["xmllint", "--noout", "--relaxng", SCHEMA / schema, path]
    return subprocess.run(command, capture_output=True).returncode == 0


def texts_of_loader(program, path):
    result = subprocess.run([program, path], capture_output=True, text=True,
                            check=True)
    return result.stdout.splitlines()


def unquoted(po):
    """The msgids of a po file, its header left out."""
    entries = re.findall(r'^msgid ((?:".*"\n)+)', po, re.M)
    joined = ["".join(re.findall(r'"(.*)"\n', entry)) for entry in entries]
    return [text.replace('\\"', '"').replace("\\\\", "\\")
            for text in joined if text]


def texts_of_xgettext(path):
    env = {**os.environ, "GETTEXTDATADIRS": str(SCHEMA)}
    command = ["xgettext", "--from-code=UTF-8", "--no-wrap", "-o", "-", path]
    result = subprocess.run(command, capture_output=True, text=True,
                            check=True, env=env)
    return unquoted(result.stdout)


# Stages that the lesson arranges, and what neither schema nor loader takes.
ROW = '<row><figure kind="cpu"/><figure kind="tables" share="3"/></row>'
STAGES = [
    (True, ROW),
    (True, ROW + '<row><column share="2"><figure kind="tlb"/>'
     '<figure kind="entry"/></column><figure kind="memory"/></row>'),
    (False, ''),
    (False, '<row/>'),
    (False, ROW + '<figure kind="tlb"/>'),
    (False, '<figure kind="tlb"/>' + ROW),
    (False, '<figure kind="tlb" share="2"/>'),
    (False, '<row share="2"><figure kind="tlb"/></row>'),
    (False, '<row><figure kind="tlb" share="0"/></row>'),
    (False, '<row><figure kind="tlb" share="13"/></row>'),
    (False, '<row><column/></row>'),
    (False, '<row><column><figure kind="tlb" share="2"/></column></row>'),
    (False, '<row><row><figure kind="tlb"/></row></row>'),
]


def check_stages(tap, program):
    good = GOOD.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        lesson = pathlib.Path(folder) / "lesson.xml"
        for right, stage in STAGES:
            lesson.write_text(re.sub(
                r"(<stage>).*(</stage>)", rf"\1{stage}\2", good, flags=re.S),
                encoding="utf-8")
            loaded = subprocess.run([program, lesson], capture_output=True)
            tap.equal(loaded.returncode == 0, right, f"loader: {stage!r}")
            if shutil.which("xmllint"):
                tap.equal(valid(lesson), right, f"schema: {stage!r}")


def check_figures(tap, program):
    with tempfile.TemporaryDirectory() as folder:
        lesson = figures.write_lesson(folder) / "lesson.xml"
        loaded = subprocess.run([program, lesson], capture_output=True)
        tap.ok(loaded.returncode == 0, "the loader takes every figure")
        if shutil.which("xmllint"):
            tap.ok(valid(lesson), "the schema takes every figure")


def check_schema(tap):
    if not shutil.which("xmllint"):
        return tap.skip("the schema", "there is no xmllint")
    for path in lessons():
        tap.ok(valid(path), f"valid: {path.relative_to(ROOT)}")
    good = GOOD.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        spoiled = pathlib.Path(folder) / "lesson.xml"
        for find, replacement in SPOILED:
            assert find in good, find
            spoiled.write_text(good.replace(find, replacement, 1),
                               encoding="utf-8")
            tap.ok(not valid(spoiled), f"the schema refuses {replacement!r} "
                   f"for {find[:30]!r}")


# Ways to spoil a kind of exercise that loader and schema see.
KIND = ROOT / "lessons" / "exercises" / "translate-one-level.xml"
SPOILED_KIND = [
    ('<numbers>', '<numbers><p>x</p>'),
    ('<vary name="', '<vary name="X'),
    ('<let name="', '<let called="'),
    ('<require that="', '<require is="'),
    ('<do>machine', '<do each="i">machine'),
    ('format="hex"', 'format="octal"'),
    ('<answer is="', '<answer for="4" is="'),
    ('<summary>', '<summery>'),
    ('</generator>', '<section id="x"/></generator>'),
]


def check_exercises(tap):
    if not shutil.which("xmllint"):
        return tap.skip("the schema of exercises", "there is no xmllint")
    kinds = sorted((ROOT / "lessons" / "exercises").glob("*.xml"))
    tap.ok(len(kinds) > 10, "there are kinds of exercises")
    for path in kinds:
        text = path.read_text(encoding="utf-8")
        model = re.search(r'xml-model href="([^"]+)"', text)
        tap.ok((path.parent / model[1]).samefile(SCHEMA / "exercise.rng"),
               f"{path.name} names its schema")
        tap.ok(valid(path, "exercise.rng"), f"valid: {path.name}")
    good = KIND.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        spoiled = pathlib.Path(folder) / KIND.name
        for find, replacement in SPOILED_KIND:
            assert find in good, find
            spoiled.write_text(good.replace(find, replacement), encoding="utf-8")
            tap.ok(not valid(spoiled, "exercise.rng"), "the schema of exercises "
                   f"refuses {replacement!r}")
            result = subprocess.run([os.environ["PAGEWALK_CLI"], "lesson",
                                     "check", spoiled], capture_output=True)
            tap.equal(result.returncode, 1, f"and so does the loader: "
                      f"{replacement!r}")


def check_compiled(tap):
    command = [SCHEMA / "compile.py", "--check"]
    tap.ok(subprocess.run(command).returncode == 0, "both schemas are made from "
           "what they are made of now: lessons/schema/compile.py")


def check_reference(tap):
    command = [SCHEMA / "reference.py", "--check", os.environ["PAGEWALK_CLI"]]
    tap.ok(subprocess.run(command).returncode == 0,
           "REFERENCE.md says what is so now: ./dev docs")


def check_templates(tap):
    paths = sorted((SCHEMA / "templates").glob("*/lesson.xml"))
    tap.ok(len(paths) == 3, "there are three templates")
    for path in paths:
        result = subprocess.run([os.environ["PAGEWALK_CLI"], "lesson", "check",
                                 path], capture_output=True, text=True)
        tap.ok(result.returncode == 0, f"nothing is wrong with "
               f"{path.relative_to(SCHEMA)}", result.stderr)
        tap.ok(valid(path), f"the schema allows {path.parent.name}")
        model = re.search(r'xml-model href="([^"]+)"',
                          path.read_text(encoding="utf-8"))
        tap.ok((path.parent / model[1]).resolve() == SCHEMA / "lesson.rng",
               f"{path.parent.name} names the schema")


def check_refused(tap, program):
    good = GOOD.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        spoiled = pathlib.Path(folder) / "lesson.xml"
        for find, replacement in SPOILED:
            spoiled.write_text(good.replace(find, replacement, 1),
                               encoding="utf-8")
            result = subprocess.run([program, spoiled], capture_output=True)
            tap.ok(result.returncode == 1, "the loader refuses "
                   f"{replacement!r} for {find[:30]!r}")


def check_texts(tap, program):
    if not shutil.which("xgettext"):
        return tap.skip("translation", "there is no xgettext")
    for path in lessons():
        loader = set(texts_of_loader(program, path))
        extracted = set(texts_of_xgettext(path))
        tap.ok(loader == extracted and len(loader) > 10,
               f"xgettext and loader see the same {len(loader)} texts: "
               f"{path.relative_to(ROOT)}",
               *(f"only the loader: {t}" for t in loader - extracted),
               *(f"only xgettext: {t}" for t in extracted - loader))


def main():
    program = pathlib.Path(os.environ["PAGEWALK_BUILD"]) / "tests" / \
        "lessons" / "dump-texts"
    if not program.exists():
        skip_all("dump-texts is not built")
    tap = Tap()
    check_figures(tap, program)
    check_stages(tap, program)
    check_schema(tap)
    check_exercises(tap)
    check_compiled(tap)
    check_reference(tap)
    check_templates(tap)
    check_refused(tap, program)
    check_texts(tap, program)
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
