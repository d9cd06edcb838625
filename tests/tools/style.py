#!/usr/bin/python3
"""Checks the house style: short functions, formatting, what a file opens with,
and what may lie at the top of the tree."""

import fnmatch
import os
import pathlib
import re
import shutil
import statistics
import subprocess

from tap import Tap

MEDIAN_LINES = 15
LONG_FUNCTION = 45
LONG_FILE = 500
FEW = 0.05

TOP = """meson.build meson_options.txt app core lessons data po tests flatpak
README.md DESIGN.md NEWS.md SECURITY.md LICENSE CONTRIBUTING.md dev .*""".split()


def sources(root, pattern):
    return sorted(path for top in ("core", "lessons", "app")
                  for path in (root / top).rglob(pattern))


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines()


def functions(path):
    """Yields (length, line) of each function; its braces are in column 0."""
    start = None
    for number, line in enumerate(lines_of(path), 1):
        if line.rstrip() == "{":
            start = number
        elif line.startswith("}") and start:
            yield number - start - 1, start
            start = None


def check_functions(tap, root):
    found = [(length, f"{path.relative_to(root)}:{line}: {length} lines")
             for path in sources(root, "*.c")
             for length, line in functions(path)]
    lengths = [length for length, _ in found] or [0]
    median = statistics.median(lengths)
    tap.ok(median <= MEDIAN_LINES, "half of the functions have at most "
           f"{MEDIAN_LINES} lines", f"the median is {median}")
    long = sorted((f for f in found if f[0] > LONG_FUNCTION), reverse=True)
    tap.ok(len(long) <= FEW * len(lengths),
           f"95 % of the functions have at most {LONG_FUNCTION} lines",
           *(text for _, text in long))


def check_files(tap, root):
    files = sources(root, "*.c")
    long = [f"{path.relative_to(root)}: {len(lines_of(path))} lines"
            for path in files if len(lines_of(path)) > LONG_FILE]
    tap.ok(len(long) <= FEW * len(files),
           f"95 % of the files have at most {LONG_FILE} lines", *long)
    mute = [str(path.relative_to(root)) for path in sources(root, "*.[ch]")
            if not path.read_text(encoding="utf-8").startswith("/* ")]
    tap.ok(not mute, "every file opens with a sentence on what it is", *mute)


def formatter():
    """clang-format 14, whose taste the files follow, or None."""
    for name in ("clang-format-14", "clang-format"):
        program = shutil.which(name)
        if program and re.search(r"version 14\.", subprocess.run(
                [program, "--version"], capture_output=True, text=True).stdout):
            return program
    return None


def tracked(root, *patterns):
    """What git tracks, or None outside of a clone."""
    command = ["git", "-C", str(root), "ls-files", "--", *patterns]
    try:
        result = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return None if result.returncode else result.stdout.split()


def check_format(tap, root):
    name = "the files are formatted (./dev format does it)"
    program = formatter()
    if not program:
        return tap.skip(name, "clang-format 14 is not installed")
    files = sources(root, "*.[ch]")
    result = subprocess.run([program, "--dry-run", *map(str, files)],
                            capture_output=True, text=True)
    places = re.findall(r"^(\S+?:\d+):\d+: warning", result.stderr, re.M)
    worst = sorted({place.removeprefix(f"{root}/") for place in places})
    return tap.ok(not worst, name, *worst[:20])


def check_top(tap, root):
    name = "at the top lies only what belongs there"
    files = tracked(root)
    if not files:
        return tap.skip(name, "this is no clone")
    tops = {path.split("/")[0] for path in files}
    strange = sorted(top for top in tops
                     if not any(fnmatch.fnmatch(top, p) for p in TOP))
    return tap.ok(not strange, name, *strange)


def main():
    root = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
    tap = Tap()
    check_functions(tap, root)
    check_files(tap, root)
    check_format(tap, root)
    check_top(tap, root)
    tap.done()


if __name__ == "__main__":
    main()
