#!/usr/bin/python3
"""Traces of 100 million accesses through pagewalk-cli, from a pipe: to the end,
and in memory that does not grow with them.

A program may be given the number of accesses: long-trace.py 10000000.
"""

import json
import os
import pathlib
import subprocess
import sys
import threading
import time

from tap import Tap

ROOT = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
BUILD = pathlib.Path(os.environ["PAGEWALK_BUILD"])
MAKER = BUILD / "tests" / "bench" / "trace-maker"
TRACES = sorted((ROOT / "data" / "traces").glob("*.pwt.gz"))

# What is made, and how it is replayed.
RUNS = {
    "Zipf, 10^5 pages, a frame for each":
        (["zipf", "{count}", "100000"], ["--policy", "lru"]),
    "Zipf, 10^4 pages, 1000 frames":
        (["zipf", "{count}", "10000"], ["--policy", "clock-set", "--frames", "1000"]),
    "six recorded programs by turns, 128 frames":
        (["mix", "{count}", *map(str, TRACES)], ["--policy", "lru", "--frames", "128"]),
    "the same, 32 frames, two policies, windows":
        (["mix", "{count}", *map(str, TRACES)],
         ["--policy", "fifo,arc", "--frames", "32", "--window", "1000000"]),
    "the same, LRU's whole curve":
        (["mix", "{count}", *map(str, TRACES)], ["--curve", "--policy", "lru"]),
}


def resident(process):
    """KiB of memory that a process has, or 0 when it has ended."""
    try:
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def replay(maker, options, seen):
    """Its output, its seconds of processor time, and in `seen` what it took."""
    with subprocess.Popen([MAKER, *maker], stdout=subprocess.PIPE) as source, \
         subprocess.Popen([os.environ["PAGEWALK_CLI"], "trace", "-", "--json", *options],
                          stdin=source.stdout, stdout=subprocess.PIPE) as program:
        source.stdout.close()
        done = threading.Event()

        def watch():
            while not done.wait(0.1):
                seen.append(resident(program))

        watcher = threading.Thread(target=watch)
        watcher.start()
        output = program.stdout.read()
        done.set()
        watcher.join()
    return output, program.returncode


def check(tap, name, maker, options, count):
    seen = []
    start = time.monotonic()
    output, status = replay([word.format(count=count) for word in maker], options, seen)
    seconds = time.monotonic() - start
    results = [json.loads(line) for line in output.splitlines()]
    ends = [one["accesses"] for one in results if "faults" in one and "window" not in one]
    tap.ok(status == 0 and ends and set(ends) == {count}, f"{name}: to the end", (status, ends))
    # All pages have come in by the first half; what comes then is no news.
    seen = [one for one in seen if one > 0]
    half = max(seen[:len(seen) // 2], default=0)
    most = max(seen, default=0)
    tap.ok(most <= 1.05 * half + 1024, f"{name}: memory is steady", (half, most))
    print(f"# {seconds:.1f} s, {count / seconds / 1e6:.1f} M accesses/s with making them; "
          f"{half} KiB in the first half, {most} KiB at most", flush=True)


def main():
    tap = Tap()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000_000
    for name, (maker, options) in RUNS.items():
        check(tap, name, maker, options, count)
    tap.done()


if __name__ == "__main__":
    main()
