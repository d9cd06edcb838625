#!/usr/bin/python3
"""Spoils good lessons, one place at a time, and holds what `lesson check` says
against what it should say. The ways to spoil them lie in data/broken/*.txt:

    base NAME             the lesson in data/NAME that is spoiled from here on,
                          or the file data/NAME.xml
    @ what is wrong
    - text of the lesson; several lines are joined
    + what stands there instead; no such line: nothing
    * NUMBER TEXT         the same, so many times in a row
    = LINE:COLUMN: message, a line for each problem; where it ends in “…”, its
                          end depends on the computer
"""

import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from tap import Tap, skip_all

DATA = pathlib.Path(__file__).resolve().parent / "data"


class Variant:
    def __init__(self, base, name):
        self.base, self.name = base, name
        self.find, self.put, self.problems = [], [], []

    def file(self):
        """The good one."""
        single = DATA / f"{self.base}.xml"
        return single if single.exists() else DATA / self.base / "lesson.xml"


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
        elif mark == "* ":
            times, text = rest.split(" ", 1)
            found[-1].put.append(text * int(times))
        elif mark == "= ":
            found[-1].problems.append(rest)
    return found


def checked(program, path, **variables):
    """Exit code and problems of a lesson, without the file's name."""
    result = subprocess.run([program, "lesson", "check", path],
                            capture_output=True, text=True,
                            env={**os.environ, **variables})
    return result.returncode, [line.removeprefix(f"{path}:") for line in
                               result.stderr.splitlines()]


def is_said(said, wanted):
    if wanted.endswith("…"):
        return said.startswith(wanted[:-1])
    return said == wanted


def all_said(problems, wanted):
    return len(problems) == len(wanted) and all(map(is_said, problems, wanted))


def check_spoiled(program, variant, **variables):
    """What is said about it; None if the good one cannot be spoiled so."""
    good = variant.file().read_text(encoding="utf-8")
    find, put = "\n".join(variant.find), "\n".join(variant.put)
    if good.count(find) == 0:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / variant.file().name
        file.write_text(good.replace(find, put, 1), encoding="utf-8")
        return checked(program, str(file), **variables)


def check_variant(tap, variant, result):
    name = f"{variant.base}: {variant.name}"
    if result is None:
        return tap.ok(False, name, "the good one does not hold this")
    code, problems = result
    tap.ok(code == 1 and all_said(problems, variant.problems), name,
           f"it ended with {code} and said", *problems,
           "and should say", *variant.problems)


def main():
    program = os.environ["PAGEWALK_CLI"]
    if not pathlib.Path(program).exists():
        skip_all("pagewalk-cli is not built")
    tap = Tap()
    variants = [variant for path in sorted(DATA.glob("broken/*.txt"))
                for variant in variants_of(path)]
    for base in sorted({variant.file() for variant in variants}):
        code, problems = checked(program, str(base))
        tap.ok(code == 0, f"nothing is wrong with {base.relative_to(DATA)}",
               *problems)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda v: check_spoiled(program, v), variants)
        for variant, result in zip(variants, results):
            check_variant(tap, variant, result)
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
