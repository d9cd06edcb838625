#!/usr/bin/python3
"""Checks what replays count, policy by policy, against models written from the books.

  replays.py [--cli PROGRAM] [--sample] [--seed N]

`pagewalk-cli trace` replays with TLB, page tables and no tape; the models of
replacement.py know nothing but a list of pages. Random strings go in as lines of
Dinero's format, recorded programs from their files. Faults, evictions and write-backs
must be equal.
"""

import argparse
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
from math import inf
from random import Random

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import policies             # noqa: E402
import replacement          # noqa: E402
from report import Report   # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRACES = sorted((ROOT / "data" / "traces").glob("*.pwt.gz"))
HEADER = 24


def opt_of_long(references, size):
    """OPT as replacement.py has it, for traces in which looking ahead takes long."""
    later, seen = [inf] * len(references), {}
    for number in range(len(references) - 1, -1, -1):
        page = references[number][0]
        later[number] = seen.get(page, inf)
        seen[page] = number
    frames, used_next = replacement.Frames(size), {}
    faults, victims = 0, []
    for number, (page, _) in enumerate(references):
        if page not in used_next:
            faults += 1
            if frames.full():
                far = max(used_next.values())
                frame = next(f for f, p in enumerate(frames.pages) if used_next[p] == far)
                victims.append(frames.pages[frame])
                del used_next[frames.pages[frame]]
                frames.pages[frame] = None
            frames.put(page)
        used_next[page] = later[number]
    return faults, victims


def model(name, references, size):
    if name == "opt" and len(references) > 1000:
        return opt_of_long(references, size)
    return replacement.POLICIES[name](references, size)


def written_back(references, size, victims):
    """How many victims had been written to since they came in."""
    resident, count, going = {}, 0, iter(victims)
    for page, write in references:
        if page not in resident and len(resident) == size:
            count += resident.pop(next(going))
        resident[page] = resident.get(page, False) or write
    return count


def trace(cli, arguments, data=None):
    done = subprocess.run([cli, "trace", *arguments, "--json"], input=data,
                          capture_output=True, timeout=600, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def compare(report, what, answers, references, size):
    report.equal(f"{what}: policies", list(replacement.POLICIES),
                 [one["policy"] for one in answers])
    for one in answers:
        name = one["policy"]
        faults, victims = model(name, references, size)
        report.equal(f"{what}: {name}, {size} frames: accesses, faults, evictions, write-backs",
                     (len(references), faults, len(victims),
                      written_back(references, size, victims)),
                     (one["accesses"], one["faults"], one["evictions"], one["writebacks"]))


def check_strings(report, cli, count, seed):
    for number in range(count):
        chance = Random(seed + number)
        # The models need pages that an address of 47 bits can lie in.
        references = [(page & 0x7_ffff_ffff, write) for page, write in policies.draw(chance)]
        size = 1 + number % policies.MOST_FRAMES
        text = "".join(f"{int(write)} {page << 12 | chance.randrange(4096):x}\n"
                       for page, write in references)
        answers = trace(cli, ["-", "--format", "din", "--policy", "all",
                              "--frames", str(size)], text.encode())
        compare(report, f"string {seed + number}", answers, references, size)


def records_of(cli, path, skip, count):
    """(page, is write) of a part of a recorded trace."""
    with tempfile.TemporaryDirectory() as folder:
        plain = os.path.join(folder, "plain")
        subprocess.run([cli, "trace", path, "--skip", str(skip), "--count", str(count),
                        "--convert", plain, "--plain"], check=True, capture_output=True)
        with open(plain, "rb") as file:
            data = file.read()[HEADER:]
    return [(record >> 14, bool(record & 1)) for record, in struct.iter_unpack("<Q", data)]


def check_curve(report, cli, path, skip, references):
    """Curves: all sizes of LRU and OPT from one pass, the others size by size."""
    part = [path, "--skip", str(skip), "--count", str(len(references)), "--curve"]
    sizes = [3, 10, 41]
    for one in trace(cli, [*part, "--policy", "all", "--sizes", ",".join(map(str, sizes))]):
        if "policy" in one:
            wanted = [model(one["policy"], references, size)[0] for size in sizes]
            report.equal(f"{path.name} from {skip}: {one['policy']}'s curve", wanted,
                         one["faults"])
    # Every size there is, and more frames than pages.
    pages = len({page for page, _ in references})
    for one in trace(cli, [*part, "--policy", "lru,opt", "--sizes", f"1..{pages + 2}"]):
        wanted = [lru_faults(references, pages + 2), None][one["policy"] == "opt"]
        if wanted is not None:
            report.equal(f"{path.name}: LRU's whole curve", wanted, one["faults"])
            continue
        whole = one["faults"]
        for size in {1, 2, 5, 17, pages - 1, pages} & set(range(1, pages + 1)):
            answer = trace(cli, [*part[:-1], "--policy", "opt", "--frames", str(size)])
            report.equal(f"{path.name}: OPT's whole curve, {size} frames",
                         answer[0]["faults"], whole[size - 1])
        report.equal(f"{path.name}: OPT never faults more with more frames",
                     sorted(whole, reverse=True), whole)
        report.equal(f"{path.name}: with a frame for each page each comes once",
                     [pages] * 3, whole[-3:])


def lru_faults(references, most):
    """Faults for each number of frames, from a stack that is a plain list."""
    stack, found = [], [0] * (most + 1)
    for page, _ in references:
        if page in stack:
            depth = len(stack) - stack.index(page)
            found[min(depth, most)] += depth <= most
            stack.remove(page)
        stack.append(page)
    hits, faults = 0, []
    for size in range(1, most + 1):
        hits += found[size]
        faults.append(len(references) - hits)
    return faults


def check_trace(report, cli, path, count):
    """From somewhere in the middle, where programs do what they are for."""
    for skip, size in ((0, 12), (1_000_000, 24), (1_500_000, 60)):
        references = records_of(cli, path, skip, count)
        answers = trace(cli, [path, "--skip", str(skip), "--count", str(count),
                              "--policy", "all", "--frames", str(size)])
        compare(report, f"{path.name} from {skip}", answers, references, size)
    check_curve(report, cli, path, 1_000_000, records_of(cli, path, 1_000_000, count // 2))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cli", default=os.environ.get("PAGEWALK_CLI", "pagewalk-cli"))
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    drawn = Report()
    count = 200 if options.sample else 12000
    check_strings(drawn, options.cli, count, options.seed)
    good = policies.tell(drawn, f"{count} random strings, 1 to {policies.MOST_FRAMES} frames", 1)
    for number, path in enumerate(TRACES, 2):
        recorded = Report()
        check_trace(recorded, options.cli, path, 1500 if options.sample else 50_000)
        good = policies.tell(recorded, f"{path.name}, replayed", number) and good
    print(f"1..{1 + len(TRACES)}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
