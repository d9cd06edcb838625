#!/usr/bin/python3
"""Feeds each fuzz target with broken copies of its seeds for a moment:
`fuzz-sample.py PROGRAM`. Whoever breaks one is found with a sanitizer by
`fuzz-sanitized.py`, and at length by `./dev fuzz`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import fuzzing
from tap import Tap

# Less than a second each.
RUNS = {"course": 20000, "elf": 20000, "exec": 300, "generator": 5000,
        "lesson": 10000, "result": 20000, "trace-auto": 20000,
        "trace-binary": 20000, "trace-csv": 20000, "trace-din": 20000,
        "trace-inflate": 20000, "trace-lackey": 20000, "trace-list": 20000,
        "trace-replay": 500}


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True,
                          text=True, errors="replace", check=False)


def main():
    program = sys.argv[1]
    tap = Tap()
    tap.equal(sorted(RUNS), sorted(fuzzing.SEEDS), "each target is fed")
    with tempfile.TemporaryDirectory() as folder:
        words = run(sys.executable, fuzzing.FUZZ / "dictionary.py",
                    os.environ["PAGEWALK_CLI"])
        tap.ok(words.returncode == 0 and words.stdout.count("\n") > 500,
               "the words of the language are found", words.stderr[-2000:])
        dictionary = Path(folder, "words.dict")
        dictionary.write_text(words.stdout, encoding="utf-8")
        for target, runs in RUNS.items():
            found, most = fuzzing.limits(target, dictionary)
            fed = run(program, target, runs, most, found,
                      *fuzzing.SEEDS[target])
            tap.ok(fed.returncode == 0, f"{target} survives {runs} runs",
                   f"it ended with {fed.returncode}", fed.stderr[-3000:])
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
