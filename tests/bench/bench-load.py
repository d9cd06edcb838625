#!/usr/bin/python3
"""Times loading a lesson of 100 KB against `xmllint --relaxng` on the same
file: both as programs of their own, run in turn, as a ratio of medians."""

import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from tap import Tap, skip_all

ROOT = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
BUILD = pathlib.Path(os.environ["PAGEWALK_BUILD"])
SCHEMA = ROOT / "lessons" / "schema" / "lesson.rng"
SEED = ROOT / "tests" / "lessons" / "data" / "language" / "lesson.xml"
BYTES = 100 * 1024
ROUNDS = 15
LIMIT = 1.5


def large_lesson():
    """The lesson that has every element, its prose repeated until it is large
    enough."""
    lesson = SEED.read_text(encoding="utf-8")
    begin = lesson.index('  <section id="happens">')
    section = lesson[lesson.index('  <section id="prose">'):begin]
    copies, number = [], 0
    while len(lesson) + sum(map(len, copies)) < BYTES:
        number += 1
        copies.append(re.sub(r'section id="prose"',
                             f'section id="prose-{number}"', section))
    return lesson[:begin] + "".join(copies) + lesson[begin:]


def seconds(command):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main():
    xmllint = shutil.which("xmllint")
    loader = BUILD / "tests" / "lessons" / "dump-texts"
    if not xmllint or not loader.exists():
        skip_all("xmllint, or the program that loads, is missing")
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "lesson.xml"
        file.write_text(large_lesson(), encoding="utf-8")
        size = file.stat().st_size
        commands = {"load": [loader, file],
                    "check": [os.environ["PAGEWALK_CLI"], "lesson", "check",
                              file],
                    "xmllint": [xmllint, "--noout", "--relaxng", SCHEMA, file]}
        times = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds(command))
    median = {name: statistics.median(times[name]) for name in times}
    for name in ("load", "check"):
        ratio = median[name] / median["xmllint"]
        print(f"# {name}: {1000 * median[name]:.1f} ms for {size} bytes, "
              f"{ratio:.2f} times xmllint --relaxng")
    tap.ok(median["load"] <= LIMIT * median["xmllint"],
           f"loading takes at most {LIMIT} times as long as xmllint --relaxng")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
