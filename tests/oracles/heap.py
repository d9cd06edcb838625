#!/usr/bin/python3
"""Checks malloc and free against the C library that runs here: random lists of
calls in both, then where each block lies and how long the heap is.

  heap.py --cli PROGRAM --process PROGRAM [--lists N] [--seed N]

The rules are those of glibc 2.36; another library is skipped, and named."""

import argparse
import json
import os
import platform
import subprocess
import sys
from random import Random

MACHINE = "machine geometry=x86-64 memory=2G\nprocess name=A layout=linux\n"
PAGE = 4096


def sizes(random):
    """A way of drawing sizes: programs differ in what they ask for."""
    kind = random.randrange(6)
    if kind == 0:
        return lambda: random.randrange(1, 130)
    if kind == 1:
        return lambda: random.choice((24, 40, 100, 500, 1000, 1040, 1100))
    if kind == 2:
        return lambda: random.randrange(1, 5000)
    if kind == 3:
        return lambda: random.randrange(1000, 70000)
    if kind == 4:
        return lambda: random.choice((random.randrange(1, 2000),
                                      random.randrange(100000, 400000)))
    return lambda: int(2 ** random.uniform(0, 19))


def make_list(random, calls):
    draw, live, made, lines = sizes(random), [], 0, []
    keep = random.choice((0.3, 0.5, 0.6))
    for _ in range(calls):
        if live and random.random() > keep:
            lines.append("f %d" % live.pop(random.randrange(len(live))))
        else:
            lines.append("m %d" % draw())
            live.append(made)
            made += 1
    return lines


def run_library(program, lines):
    env = {key: value for key, value in os.environ.items()
           if not key.startswith(("MALLOC_", "GLIBC_TUNABLES"))}
    text = subprocess.run([program], input="\n".join(lines), text=True,
                          stdout=subprocess.PIPE, check=True, env=env).stdout
    return text.splitlines()


def steps_of(outcome, name):
    return [step for step in outcome["steps"] if step["step"] == name]


class Pagewalk:
    """One simulated process, asked line by line."""

    def __init__(self, program):
        self.run = subprocess.Popen([program, "run", "--json", "-"],
                                    stdin=subprocess.PIPE, text=True,
                                    stdout=subprocess.PIPE)
        for line in MACHINE.splitlines():
            self.ask(line)
        self.base = int(self.ask("brk process=A")["address"], 16)
        self.given = []

    def ask(self, line):
        self.run.stdin.write(line + "\n")
        self.run.stdin.flush()
        return json.loads(self.run.stdout.readline())

    def call(self, line):
        number = int(line[2:])
        address = 0
        if line[0] == "f":
            outcome = self.ask("free process=A va=%#x" % self.given[number])
            assert outcome["ok"], outcome
        else:
            outcome = self.ask("malloc process=A bytes=%d" % number)
            address = int(outcome.get("address", "0"), 16)
            self.given.append(address)
        end = int(self.ask("brk process=A")["address"], 16)
        if address == 0:
            place = "-"
        elif self.base <= address < end:
            place = "h%d" % (address - self.base)
        else:
            place = "m%d" % (address % PAGE)
        return "%s %d" % (place, end - self.base)

    def close(self):
        self.run.stdin.close()
        self.run.wait()


def compare(args, random):
    lines = make_list(random, args.calls)
    real = run_library(args.process, lines)
    machine = Pagewalk(args.cli)
    try:
        for number, (line, wanted) in enumerate(zip(lines, real)):
            got = machine.call(line)
            if got != wanted:
                print("# call %d, %s: %s here, %s there" % (number, line, got,
                                                          wanted))
                print("# " + "; ".join(lines[:number + 1])[-2000:])
                return False
    finally:
        machine.close()
    return len(real) == len(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli", default=os.environ.get("PAGEWALK_CLI"))
    parser.add_argument("--process", required=True)
    parser.add_argument("--lists", type=int, default=12)
    parser.add_argument("--calls", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    library = platform.libc_ver()
    if library != ("glibc", "2.36") or platform.machine() != "x86_64":
        print("1..0 # SKIP the C library here is %s %s on %s, not glibc 2.36 "
              "on x86_64" % (*library, platform.machine()))
        return 0
    print("1..%d" % args.lists)
    good = True
    for number in range(args.lists):
        same = compare(args, Random(args.seed * 1000 + number))
        good = good and same
        print("%sok %d list %d of %d calls" % ("" if same else "not ",
                                               number + 1, number, args.calls))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
