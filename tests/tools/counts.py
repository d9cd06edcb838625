#!/usr/bin/python3
"""Checks how the summary counts: a failure must never be lost."""

import summary
from tap import Tap

CASES = [
    ("every result of a TAP program counts", "OK",
     "TAP version 13\nok 1 - a\nok 2 /b\n1..2\n", (2, 0, 0)),
    ("a plan may come first", "OK", "1..1\nok 1 - a\n", (1, 0, 0)),
    ("a failed result", "FAIL", "ok 1 - a\nnot ok 2 - b\n1..2\n", (1, 1, 0)),
    ("a skipped result", "OK", "ok 1 - a # SKIP no b\n1..1\n", (0, 0, 1)),
    ("a program that is skipped", "SKIP", "1..0 # SKIP no b\n", (0, 0, 1)),
    ("a crash after good results", "ERROR", "ok 1 - a\n1..3\n", (1, 1, 0)),
    ("a crash before the plan", "ERROR", "ok 1 - a\n", (0, 1, 0)),
    ("a time-out that printed nothing", "TIMEOUT", "", (0, 1, 0)),
    ("a program without TAP", "OK", "fine\n", (1, 0, 0)),
    ("a program that failed without TAP", "FAIL", None, (0, 1, 0)),
]


def main():
    tap = Tap()
    for name, result, stdout, expected in CASES:
        counts = summary.Counts()
        counts.program({"name": "x", "result": result, "stdout": stdout}, "")
        found = (counts.passed, len(counts.failed), len(counts.skipped))
        tap.equal(found, expected, name)
    tap.done()


if __name__ == "__main__":
    main()
