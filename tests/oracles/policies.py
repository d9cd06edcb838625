#!/usr/bin/python3
"""Checks every replacement policy against models that are written from the books.

  policies.py [--cli PROGRAM] [--sample] [--seed N]   random strings, all policies
"""

import argparse
import json
import os
import subprocess
import sys
from random import Random

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import replacement          # noqa: E402
from report import Report   # noqa: E402

MOST_FRAMES = 12

# Strings that textbooks count: frames, and faults by policy.
KNOWN = [
    ("1,2,3,4,1,2,5,1,2,3,4,5", {
        3: {"fifo": 9, "lru": 10, "opt": 7},
        4: {"fifo": 10, "lru": 8, "opt": 6},
        5: {"fifo": 5, "lru": 5, "opt": 5}}),
    ("7,0,1,2,0,3,0,4,2,3,0,3,2,1,2,0,1,7,0,1", {
        3: {"fifo": 15, "lru": 12, "opt": 9, "clock-set": 14, "clock-clear": 11}}),
]


def ask(cli, references, frames):
    text = "\n".join(f"{page}{'w' if write else ''}" for page, write in references)
    done = subprocess.run(
        [cli, "replace", "--policy", "all", "--frames", ",".join(map(str, frames)),
         "--file", "-", "--json"],
        input=text.encode(), capture_output=True, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def draw(chance):
    """A string with pages that come back: as a loop, by favour, or by lot."""
    pages = chance.randint(1, 24)
    length = chance.randint(1, 120)
    favour = chance.choice((0, 0, 0.5, 0.9))
    loop = chance.choice((0, 0, 0.3, 0.95))
    scale = chance.choice((1, 1, 0x1000, 0xffff_ffff_fff))
    string, page = [], 0
    for _ in range(length):
        if string and chance.random() < favour:
            page = chance.choice(string[-4:])[0]
        elif chance.random() < loop:
            page = (page // scale + 1) % pages * scale
        else:
            page = chance.randrange(pages) * scale
        string.append((page, chance.random() < 0.3))
    return string


def compare(report, answer, references, what):
    name, frames = answer["policy"], answer["frames"]
    faults, victims = replacement.POLICIES[name](references, frames)
    report.equal(f"{what}: {name}, {frames} frames: faults", faults, answer["faults"])
    report.equal(f"{what}: {name}, {frames} frames: hits",
                 len(references) - faults, answer["hits"])
    report.equal(f"{what}: {name}, {frames} frames: victims", victims,
                 answer["victims"])


def check_known(report, cli):
    for text, sizes in KNOWN:
        references = [(int(page), False) for page in text.split(",")]
        for answer in ask(cli, references, sizes):
            compare(report, answer, references, text)
            known = sizes[answer["frames"]].get(answer["policy"])
            if known is not None:
                report.equal(f"{answer['policy']} on {text}", known, answer["faults"])


def check_random(report, cli, count, seed):
    for number in range(count):
        references = draw(Random(seed + number))
        frames = 1 + number % MOST_FRAMES
        answers = ask(cli, references, [frames])
        report.equal(f"string {seed + number}: policies", list(replacement.POLICIES),
                     [answer["policy"] for answer in answers])
        for answer in answers:
            compare(report, answer, references, f"string {seed + number}")


def tell(report, name, number):
    print(f"{'not ok' if report.differences else 'ok'} {number} - {name}:"
          f" {report.compared} compared, {report.differences} different", flush=True)
    return report.differences == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cli", default=os.environ.get("PAGEWALK_CLI", "pagewalk-cli"))
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    known, drawn = Report(), Report()
    check_known(known, options.cli)
    good = tell(known, "strings of the textbooks", 1)
    count = 240 if options.sample else 12000
    check_random(drawn, options.cli, count, options.seed)
    good = tell(drawn, f"{count} random strings, 1 to {MOST_FRAMES} frames", 2) and good
    print("1..2")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
