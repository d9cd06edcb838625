#!/usr/bin/python3
"""Times describing a large ELF file against `readelf -lSsW` on the same file:
processor time of whole processes, run in turn, as a ratio of medians."""

import os
import resource
import shutil
import statistics
import subprocess
import sys

from tap import Tap, skip_all

CLI = os.environ["PAGEWALK_CLI"]
ROUNDS = 15
LIMIT = 0.1


def large_file():
    """The compiler proper: tens of MB, tens of thousands of symbols."""
    gcc = shutil.which("gcc")
    path = gcc and subprocess.run([gcc, "-print-prog-name=cc1"], text=True,
                                  stdout=subprocess.PIPE).stdout.strip()
    return path if path and os.path.isabs(path) else None


def seconds(command):
    """Of a processor, in this program and in the kernel for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def main():
    readelf, file = shutil.which("readelf"), large_file()
    if not readelf or not file or os.path.getsize(file) > 64 << 20:
        skip_all("readelf, or the compiler proper, is missing")
    tap = Tap()
    commands = {"readelf -lSsW": [readelf, "-lSsW", file],
                "elf": [CLI, "elf", file],
                "elf --symbols": [CLI, "elf", "--symbols", file],
                "elf --json": [CLI, "elf", "--json", file]}
    times = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(seconds(command))
    median = {name: statistics.median(times[name]) for name in times}
    base = median.pop("readelf -lSsW")
    print(f"# {os.path.getsize(file)} bytes; readelf -lSsW: {1000 * base:.1f} ms")
    for name, took in median.items():
        print(f"# {name}: {1000 * took:.1f} ms, {took / base:.3f} of it")
        tap.ok(took <= LIMIT * base, f"{name} takes at most 1/10 of what readelf takes")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
