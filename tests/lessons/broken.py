#!/usr/bin/python3
"""Spoils good lessons, one place at a time, and holds what `lesson check` says
against what it should say. The ways to spoil them lie in data/broken/*.txt:

    base NAME             the lesson in data/NAME that is spoiled from here on
    @ what is wrong
    - text of the lesson; several lines are joined
    + what stands there instead; no such line: nothing
    = LINE:COLUMN: message, a line for each problem
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from tap import Tap, skip_all

DATA = pathlib.Path(__file__).resolve().parent / "data"


class Variant:
    def __init__(self, base, name):
        self.base, self.name = base, name
        self.find, self.put, self.problems = [], [], []


def variants_of(path):
    found, base = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, rest = line[:2], line[2:]
        if line.startswith("base "):
            base = line[5:]
        elif mark == "@ ":
            found.append(Variant(base, rest))
        elif mark == "- ":
            found[-1].find.append(rest)
        elif mark == "+ ":
            found[-1].put.append(rest)
        elif mark == "= ":
            found[-1].problems.append(rest)
    return found


def checked(program, path):
    """Exit code and problems of a lesson, without the file's name."""
    result = subprocess.run([program, "lesson", "check", path],
                            capture_output=True, text=True)
    return result.returncode, [line.removeprefix(f"{path}:") for line in
                               result.stderr.splitlines()]


def check_variant(tap, program, variant, file):
    good = (DATA / variant.base / "lesson.xml").read_text(encoding="utf-8")
    find, put = "\n".join(variant.find), "\n".join(variant.put)
    name = f"{variant.base}: {variant.name}"
    if good.count(find) == 0:
        return tap.ok(False, name, f"the lesson does not hold {find!r}")
    file.write_text(good.replace(find, put, 1), encoding="utf-8")
    code, problems = checked(program, str(file))
    tap.ok(code == 1 and problems == variant.problems, name,
           f"it ended with {code} and said", *problems,
           "and should say", *variant.problems)


def main():
    program = os.environ["PAGEWALK_CLI"]
    if not pathlib.Path(program).exists():
        skip_all("pagewalk-cli is not built")
    tap = Tap()
    variants = [variant for path in sorted(DATA.glob("broken/*.txt"))
                for variant in variants_of(path)]
    for base in sorted({variant.base for variant in variants}):
        code, problems = checked(program, str(DATA / base))
        tap.ok(code == 0, f"nothing is wrong with {base}", *problems)
    with tempfile.TemporaryDirectory() as folder:
        for variant in variants:
            check_variant(tap, program, variant,
                          pathlib.Path(folder) / "lesson.xml")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
