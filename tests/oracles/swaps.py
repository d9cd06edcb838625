#!/usr/bin/env python3
"""Locked pages and pages in swap: the simulation against the running Linux.

Each scenario is a list of commands that a real process (linux-swap.c) and a
simulated one obey; every answer must be the same. Swap is turned on for it,
and off again; where that is not allowed, the scenarios that need it are
skipped, by name."""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["PAGEWALK_SOURCE"], "tests", "tools"))
from tap import Tap  # noqa: E402

BASE = 0x10000000
PAGE = 4096
CLUSTER = "/proc/sys/vm/page-cluster"

# name: (needs swap, commands)
SCENARIOS = {
    "a page in swap is a major fault, and has its bytes": (True, """
        map 0 8 / write 0 100 / write 1 101 / write 2 102 / pageout 0 3
        resident 0 4 / swapped 0 4 / read 1 / write 2 7 / swapped 0 4 / read 0 / read 2"""),
    "what was read back is written to again": (True, """
        map 0 4 / write 0 5 / pageout 0 1 / read 0 / read 0 / write 0 6 / read 0
        pageout 0 1 / resident 0 1 / read 0"""),
    "MADV_WILLNEED makes it a minor fault": (True, """
        map 0 4 / write 0 5 / write 1 6 / pageout 0 2 / willneed 0 1
        swapped 0 2 / read 0 / read 1"""),
    "MADV_DONTNEED forgets what is in swap": (True, """
        map 0 4 / write 0 5 / write 1 6 / pageout 0 2 / dontneed 0 1
        swapped 0 2 / read 0 / read 1"""),
    "MADV_FREE forgets what is in swap": (True, """
        map 0 4 / write 0 5 / pageout 0 1 / free 0 1 / swapped 0 1 / write 0 9 / read 0"""),
    "munmap and a new mapping": (True, """
        map 0 4 / write 0 5 / pageout 0 1 / unmap 0 4 / map 0 4 / swapped 0 4 / read 0"""),
    "a read-only page goes and comes back": (True, """
        map 0 4 / write 0 5 / protect 0 4 / pageout 0 1 / resident 0 1 / read 0"""),
    "the zero page does not go": (True, """
        map 0 4 / read 0 / pageout 1 1 / cold 0 1 / swapped 0 1 / read 0"""),
    "mlock brings pages back, and they stay": (True, """
        map 0 4 / write 0 5 / pageout 0 1 / mlock 0 2 / resident 0 4 / swapped 0 2
        pageout 0 1 / locked / read 0 / munlock 0 2 / pageout 0 2 / resident 0 2"""),
    "shared memory in swap is a major fault, and has its bytes": (True, """
        map-shared 0 4 / write 0 5 / write 1 6 / pageout 0 2 / swapped 0 4 / read 0 / read 1
        read 0 / write 1 7 / read 1 / pageout 0 2 / write 1 8 / read 0 / read 1"""),
    "shared memory that was only read leaves unwritten": (True, """
        map-shared 0 4 / read 0 / write 1 5 / pageout 0 2 / read 0 / read 1 / write 0 3
        pageout 0 1 / read 0"""),
    "MADV_WILLNEED brings shared memory to the swap cache": (True, """
        map-shared 0 4 / write 0 5 / write 1 6 / pageout 0 2 / willneed 0 1 / read 0 / read 1"""),
    "MADV_DONTNEED takes nothing from shared memory": (True, """
        map-shared 0 4 / write 0 5 / write 1 6 / pageout 0 1 / dontneed 0 2 / read 0 / read 1
        free 0 1"""),
    "munmap of shared memory in swap": (True, """
        map-shared 0 4 / write 0 5 / pageout 0 1 / unmap 0 4 / map-shared 0 4 / read 0"""),
    "mlock brings shared memory back": (True, """
        map-shared 0 4 / write 0 5 / write 1 6 / pageout 0 2 / mlock 0 2 / resident 0 2 / locked
        pageout 0 1 / read 0 / read 1 / munlock 0 2 / pageout 0 2 / resident 0 2 / read 1"""),
    "read-only shared memory goes and comes back": (True, """
        map-shared 0 4 / write 0 5 / write 2 6 / protect 0 4 / pageout 0 4 / read 2 / read 0"""),
    "neighbours of a page in swap are mapped around it": (True, """
        map-shared 0 8 / write 0 1 / write 1 2 / write 2 3 / write 3 4 / pageout 1 1
        dontneed 0 8 / read 1 / read 0 / read 2 / read 3 / write 5 1 / read 5"""),
    "MADV_COLD takes nothing away": (False, """
        map 0 4 / write 0 5 / cold 0 4 / resident 0 4 / read 0"""),
    "RLIMIT_MEMLOCK": (False, """
        map 0 16 / limit 32768 / mlock 0 9 / locked / mlock 0 8 / locked / resident 0 16
        mlock 8 1 / mlock 4 4 / munlock 0 2 / locked / mlock 8 2 / locked / munlockall / locked"""),
    "nothing may be locked": (False, """
        map 0 4 / limit 0 / mlock 0 1 / map-locked 4 1 / mlockall 1 / mlockall 2 / munlock 0 1"""),
    "whole pages around a range": (False, """
        map 0 4 / mlock-bytes 5000 10 / locked / mlock-bytes 4000 200 / locked / resident 0 4"""),
    "a range with a hole": (False, """
        map 0 2 / map 3 2 / mlock 0 5 / locked / munlock 0 5 / locked"""),
    "advice about locked pages": (False, """
        map 0 4 / write 0 1 / mlock 0 1 / pageout 0 1 / dontneed 0 1 / free 0 1 / cold 0 1
        read 0 / munlock 0 1 / dontneed 0 1 / read 0"""),
    "MLOCK_ONFAULT": (False, """
        map 0 4 / write 0 1 / mlock-onfault 0 4 / resident 0 4 / locked / write 2 1
        resident 0 4 / munlock 0 4 / locked"""),
    "MAP_LOCKED": (False, """
        limit 16384 / map-locked 0 3 / resident 0 3 / locked / map-locked 4 2 / unmap 0 1 / locked
        map-locked 4 2 / locked / dontneed 4 1"""),
    "MCL_FUTURE": (False, """
        limit 65536 / mlockall 0 / mlockall 4 / mlockall 2 / map 0 4 / resident 0 4 / locked
        map 4 60 / munlockall / locked / map 4 60 / resident 4 4"""),
}


def commands_of(text):
    """Pairs of name and numbers."""
    parts = [part.split() for line in text.splitlines() for part in line.split("/")]
    return [(part[0], [int(number) for number in part[1:]]) for part in parts if part]


def ask_linux(program, commands):
    lines = "".join(f"{name} {' '.join(map(str, numbers))}\n" for name, numbers in commands)
    done = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def line_of(name, numbers):
    """The operation of the simulation for a command."""
    first = numbers[0] if numbers else 0
    count = numbers[1] if len(numbers) > 1 else 0
    where = f"process=A va={BASE + first * PAGE} length={count * PAGE}"
    calls = {
        "map": f"mmap {where} fixed=on", "map-locked": f"mmap {where} fixed=on locked=on",
        "map-shared": f"mmap {where} fixed=on type=shared",
        "unmap": f"munmap {where}", "protect": f"mprotect {where} prot=r",
        "read": f"access process=A va={BASE + first * PAGE} width=8",
        "write": f"access process=A va={BASE + first * PAGE} width=8 kind=write value={count}",
        "resident": "show process=A what=frames", "swapped": "show process=A what=frames",
        "locked": "show process=A what=mm", "limit": f"limit process=A memlock={first}",
        "mlock": f"mlock {where}", "munlock": f"munlock {where}",
        "mlock-bytes": f"mlock process=A va={BASE + first} length={count}",
        "mlock-onfault": f"mlock {where} onfault=on", "munlockall": "munlockall process=A",
        "mlockall": f"mlockall process=A current={'on' if first & 1 else 'off'} "
                    f"future={'on' if first & 2 else 'off'} onfault={'on' if first & 4 else 'off'}",
    }
    return calls.get(name, f"madvise {where} advice={name}")


def digits(answer, numbers, key):
    pages = {int(page["va"], 16) for page in answer[key]}
    return "".join("1" if BASE + (numbers[0] + i) * PAGE in pages else "0"
                   for i in range(numbers[1]))


def answer_of(name, numbers, answer, counts):
    """What the simulation said, as the real process would write it."""
    if name == "resident":
        return digits(answer, numbers, "frames")
    if name == "swapped":
        return digits(answer, numbers, "swapped")
    if name == "locked":
        return str(answer["locked_vm"])
    if name in ("read", "write"):
        kinds = [fault["kind"] for fault in answer.get("faults", [])]
        major = kinds.count("major")
        value = int(answer["value"], 16) if name == "read" else numbers[1]
        return f"minor {len(kinds) - major} major {major} value {value}"
    return answer.get("errno") or "ok"


def ask_simulation(commands):
    lines = ["machine geometry=x86-64 memory=16M", "swapon size=1M",
             "process name=A layout=linux"]
    lines += [line_of(name, numbers) for name, numbers in commands]
    done = subprocess.run([os.environ["PAGEWALK_CLI"], "run", "-", "--json"],
                          input="\n".join(lines) + "\n", capture_output=True, text=True,
                          check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()][3:]
    return [answer_of(name, numbers, answer, None)
            for (name, numbers), answer in zip(commands, answers)]


class SwapDevice:
    """Swap on compressed memory (zram), if the running system allows it: there
    pages leave memory before MADV_PAGEOUT returns. In a file they would stay
    in the swap cache for as long as memory is not short."""

    DEVICE = "/dev/zram0"
    SETTINGS = "/sys/block/zram0"

    def __init__(self):
        self.reason = None
        self.cluster = None
        self.begun = False

    def begin(self):
        with open(f"{self.SETTINGS}/disksize", encoding="ascii") as file:
            if int(file.read()) != 0:
                raise OSError(f"{self.DEVICE} is in use")
        with open(f"{self.SETTINGS}/disksize", "w", encoding="ascii") as file:
            file.write("16M")
        self.begun = True
        subprocess.run(["mkswap", self.DEVICE], check=True, capture_output=True)
        subprocess.run(["swapon", self.DEVICE], check=True, capture_output=True)
        with open(CLUSTER, encoding="ascii") as file:
            self.cluster = file.read()
        with open(CLUSTER, "w", encoding="ascii") as file:
            file.write("0")

    def __enter__(self):
        try:
            self.begin()
        except (OSError, subprocess.CalledProcessError) as error:
            self.reason = f"no swap on {self.DEVICE} here: {error}"
        return self

    def __exit__(self, *what):
        if self.cluster is not None:
            with open(CLUSTER, "w", encoding="ascii") as file:
                file.write(self.cluster)
        if self.begun:
            subprocess.run(["swapoff", self.DEVICE], check=False, capture_output=True)
            with open(f"{self.SETTINGS}/reset", "w", encoding="ascii") as file:
                file.write("1")


def compare(tap, program, name, text):
    commands = commands_of(text)
    real = ask_linux(program, commands)
    found = ask_simulation(commands)
    differences = [f"{' '.join([c] + [str(n) for n in numbers])}: Linux says {a}, we say {b}"
                   for (c, numbers), a, b in zip(commands, real, found) if a != b]
    tap.ok(not differences and len(real) == len(found) == len(commands), name,
           "\n".join(differences))


def main():
    tap = Tap()
    program = sys.argv[1]
    with SwapDevice() as swap:
        for name, (needs_swap, text) in SCENARIOS.items():
            if needs_swap and swap.reason is not None:
                tap.skip(name, swap.reason)
            else:
                compare(tap, program, name, text)
    tap.done()


if __name__ == "__main__":
    main()
