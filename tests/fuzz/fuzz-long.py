#!/usr/bin/python3
"""Runs a fuzz target for a minute: `fuzz-long.py PROGRAM TARGET DICTIONARY`.
With PAGEWALK_FUZZ_RUNS=N it makes N runs instead, however long that takes;
with PAGEWALK_FUZZ_FOLDER=FOLDER it goes on from the last time."""

import os
import subprocess
import sys
import tempfile

import fuzzing


def main():
    program, target, dictionary = sys.argv[1:]
    runs = os.environ.get("PAGEWALK_FUZZ_RUNS")
    limit = f"-runs={runs}" if runs else "-max_total_time=60"
    with tempfile.TemporaryDirectory() as passing:
        kept = os.environ.get("PAGEWALK_FUZZ_FOLDER")
        folder = os.path.join(kept, target) if kept else passing
        command = fuzzing.command(target, program, dictionary, folder, limit,
                                  "-print_final_stats=1")
        sys.exit(subprocess.run(command).returncode)


if __name__ == "__main__":
    main()
