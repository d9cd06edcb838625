#!/usr/bin/python3
"""Every text of the command line, and on the stage, can be translated: read in a
language in which nothing is English."""

import os
import pathlib
import re
import shutil
import tempfile

import pseudo
from command import SOURCE, cannot_translate, environment, run, translating_locale
from lesson_export import svg_text
from tap import Tap

ID = "two-level-walk"
LESSONS = os.path.join(SOURCE, "tests/lessons/data")
SCRIPT = """machine geometry=x86-32 memory=16M
process name=A
map process=A va=0x1000 frame=0x2a flags=ru
access va=0x1004 process=A
access va=0x1004 process=A kind=write mode=user
access va=0x1004 process=A kind=fetch mode=user
access va=0x9000 process=A
tick
"""

# Ways to call the program whose whole answer is read. What stands in the first
# column of a help text is code.
COMMANDS = [
    ["lesson", "list"],
    ["lesson", "run", ID],
    ["pte", "x86-64", "0x8000000000000025"],
    ["pte", "sv39", "0xcf"],
    ["pte", "aarch64", "0x403"],
    ["lesson", "check", "no-such-lesson"],
    ["lesson", "run", "no-such-lesson"],
    ["lesson", "export", ID, "--step", "9999"],
    ["pte", "x86-64", "zzz"],
    ["pte", "no-such-geometry", "0"],
    ["pte"],
    ["lesson"],
    ["lesson", "new", "/nowhere/x", "--template", "none"],
]
HELPS = [[], ["pte"], ["run"], ["split"], ["grade"], ["progress"], ["lesson"],
         *(["lesson", name] for name in ("check", "export", "list", "new",
                                         "preview", "reference", "run"))]


def code_of(words):
    """What was typed comes back in messages."""
    return set(pseudo.WORD.findall(" ".join(words)))


def told(tap, name, text, code=()):
    lines = [f"{word}: {line.strip()}" for line in text.splitlines()
             for word in pseudo.english(line, code)]
    tap.ok(text.strip() and not lines, f"{name} has no English of its own",
           *lines[:30])


def without_code(text):
    """Without listings, what is typed, pictures of entries, and the names of
    fields, lessons, operations in a first column."""
    lines = [line for line in text.splitlines()
             if not re.match(r" {4}|\s*(\$|>|│) ?|│", line)]
    return "\n".join(re.sub(r"^\s*[a-z][a-z0-9-]*(\s{2,}|:? |\s\s)", " ", line)
                     for line in lines)


def check_commands(tap, env):
    for words in COMMANDS:
        answer = run(*words, env=env)
        told(tap, " ".join(words)[-50:], without_code(answer.output)
             + answer.errors, code_of(words))


def check_script(tap, env):
    answer = run("run", "-", script=SCRIPT, env=env)
    told(tap, "run of a script", answer.output + answer.errors,
         {"process", "access", "machine", "map", "tick"})


def check_helps(tap, env):
    for words in HELPS:
        text = run(*words, "--help", env=env).output
        lines = [line for line in text.splitlines()
                 if "pagewalk-cli" not in line
                 and not re.match(r"\s+\[--", line)]
        # Names of commands and options, and what a value is called, are code.
        told(tap, " ".join(["help", *words]), "\n".join(
            re.sub(r"^ +\S+( [A-Z|a-z]+)?\s+(?=\[)", "", line) for line in lines))


def check_stage(tap, env):
    with tempfile.TemporaryDirectory() as folder:
        for lesson in (ID, f"{LESSONS}/figures"):
            run("lesson", "preview", lesson, "--output", folder + "/all.d/",
                "--step", "all", env=env)
        for old in pathlib.Path(folder).glob("all.d/*"):
            old.unlink()
        run("lesson", "export", ID, "--format", "svg", "--output", folder, env=env)
        words = sorted({word for path in pathlib.Path(folder).glob("*.svg")
                        for text in svg_text(path)
                        for word in pseudo.english(text, {"avl", "eax", "mov"})})
        tap.ok(not words, "the stage has no English of its own", *words)


def check_plurals(tap, env):
    """One, and not one, have forms of their own."""
    with tempfile.TemporaryDirectory() as folder:
        for number in (1, 2):
            lesson = pathlib.Path(folder, str(number), "lesson.xml")
            lesson.parent.mkdir()
            shutil.copy(f"{LESSONS}/good/lesson.xml", lesson)
            answer = run("lesson", "check", folder, env=env)
            tap.ok(("ĺéśśóńś" in answer.output) == (number == 2),
                   f"the form of {number}", answer)


def main():
    tap = Tap()
    if cannot_translate(tap) or not shutil.which("msgfmt"):
        tap.done()
        return
    with tempfile.TemporaryDirectory() as folder:
        env = environment(LC_ALL=translating_locale(), **pseudo.make(folder))
        check_commands(tap, env)
        check_script(tap, env)
        check_helps(tap, env)
        check_stage(tap, env)
        check_plurals(tap, env)
    tap.done()


if __name__ == "__main__":
    main()
