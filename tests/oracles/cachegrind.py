#!/usr/bin/python3
"""Compares the core's TLBs with valgrind's cachegrind on the accesses of real programs.

  cachegrind.py COUNTER [--sample]      COUNTER is the program tlb-counts

A cache whose lines have 4096 bytes is a TLB: I1 is that for instructions, D1 that for
data, LL the second level of both. The same program runs once under cachegrind for each
organisation, and once under lackey, which writes down its accesses; valgrind gives it
the same addresses each time. The counts must be equal, each of the nine. What
`pagewalk-cli trace` counts of the same accesses must be equal, too; it takes an access to
two pages for two, of which cachegrind says only whether one of them missed.
"""

import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))

from tap import Tap, skip_all  # noqa: E402

PAGE = 4096
EVENTS = ("Ir", "I1mr", "ILmr", "Dr", "D1mr", "DLmr", "Dw", "D1mw", "DLmw")
NO_SECOND = (64, 4)

# Instructions, data and second level as (sets, ways). None of the last: one level.
ORGANISATIONS = {
    "direct-mapped": ((8, 1), (16, 1), None),
    "set-associative": ((4, 2), (8, 4), None),
    "three ways": ((4, 3), (4, 3), None),
    "fully associative": ((1, 12), (1, 24), None),
    "unified": (None, (4, 4), None),
    "two levels, set-associative": ((4, 4), (8, 4), (32, 8)),
    "two levels, the first of two entries": ((2, 1), (1, 2), (8, 4)),
    "two levels, direct-mapped": ((8, 1), (8, 1), (64, 1)),
    "two levels, fully associative": ((1, 8), (1, 8), (1, 48)),
    "two levels, the second the smaller": ((2, 8), (2, 8), (4, 2)),
}
SAMPLE = ("direct-mapped", "fully associative", "two levels, set-associative")


def shape(pair):
    return f"{pair[0]}x{pair[1]}"


def machine_words(organisation):
    code, data, second = organisation
    words = [f"dtlb={shape(data)}"]
    words.append(f"itlb={shape(code)}" if code else "only=data")
    if second:
        words.append(f"stlb={shape(second)}")
    return " ".join(words)


def cache(pair):
    sets, ways = pair
    return f"{sets * ways * PAGE},{ways},{PAGE}"


class Program:
    """A command, run by valgrind with nothing of this session around it."""

    def __init__(self, folder, name, arguments):
        self.folder = folder
        self.name = name
        self.arguments = arguments

    def _run(self, options, **more):
        # Where the stack begins depends on the length of all these strings.
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
        return subprocess.Popen(["valgrind", *options, "--", *self.arguments],
                                env=environment, cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)

    def cachegrind(self, organisation):
        """Event → count."""
        code, data, second = organisation
        path = os.path.join(self.folder, "cachegrind.out")
        running = self._run(["--tool=cachegrind", "--cache-sim=yes",
                             f"--I1={cache(code or data)}", f"--D1={cache(data)}",
                             f"--LL={cache(second or NO_SECOND)}",
                             f"--cachegrind-out-file={path}"])
        said = running.communicate()[1].decode(errors="replace")
        if running.returncode != 0 or not os.path.exists(path):
            raise RuntimeError(f"cachegrind failed on {self.name}: {said}")
        with open(path, encoding="latin-1") as file:
            text = file.read()
        os.unlink(path)
        events = re.search(r"^events: (.*)$", text, re.MULTILINE)[1].split()
        counts = re.search(r"^summary: (.*)$", text, re.MULTILINE)[1].split()
        return dict(zip(events, map(int, counts)))

    def lackey(self):
        """Writes its accesses down. Returns the file."""
        path = os.path.join(self.folder, "lackey.out")
        lackey = self._run(["--tool=lackey", "--basic-counts=no", "--trace-mem=yes",
                            f"--log-file={path}"])
        said = lackey.communicate()[1].decode(errors="replace")
        if lackey.returncode != 0:
            raise RuntimeError(f"lackey failed on {self.name}: {said}")
        return path


def count(counter, trace, organisations):
    """What the core's TLBs make of a program's accesses, for each organisation."""
    words = [machine_words(one) for one in organisations]
    with open(trace, "rb") as file:
        found = subprocess.run([counter, *words], stdin=file, stdout=subprocess.PIPE,
                               check=True).stdout
    return [json.loads(line) for line in found.decode().splitlines()]


def replay(trace, organisation):
    """(hits, misses) of the first level, as `pagewalk-cli trace` counts them: its own
    are those of all levels, but what misses the first asks the second."""
    code, data, second = organisation
    words = ["--tlb", shape(data)]
    for option, pair in (("--itlb", code), ("--stlb", second)):
        words += [option, shape(pair)] if pair else []
    done = subprocess.run([os.environ["PAGEWALK_CLI"], "trace", trace, "--json", *words],
                          stdout=subprocess.PIPE, check=True)
    one = json.loads(done.stdout)
    looks = one["tlb"]["hits"] + one["tlb"]["misses"]
    misses = one["stlb"]["hits"] + one["stlb"]["misses"] if second else one["tlb"]["misses"]
    return looks - misses, misses


def expected_counts(counts, organisation):
    """What cachegrind counted, as far as the organisation has it."""
    code, _, second = organisation
    names = [name for name in EVENTS if (code or name[0] == "D") and (second or "L" not in name)]
    return {name: counts[name] for name in names}


def found_counts(one, expected):
    found = {}
    for kind, names in zip(("fetch", "read", "write"), (EVENTS[:3], EVENTS[3:6], EVENTS[6:])):
        found.update(zip(names, one[kind]))
    return {name: found[name] for name in expected}


def compare_replay(tap, trace, organisation, one, expected, name):
    """The replay's first level against cachegrind's: the same number of looks, and as many
    misses, but for accesses to two pages, of which both can miss."""
    hits, misses = replay(trace, organisation)
    looks = sum(expected[event] for event in ("Ir", "Dr", "Dw") if event in expected)
    wanted = sum(expected[event] for event in ("I1mr", "D1mr", "D1mw") if event in expected)
    tap.equal(hits + misses, looks + one["straddles"], f"{name}: the replay looks as often")
    tap.ok(wanted <= misses <= wanted + one["straddles"], f"{name}: the replay misses as often",
           (wanted, misses, one["straddles"]))
    if organisation[2] is None:
        tap.equal((hits, misses), (one["hits"], one["misses"]),
                  f"{name}: the replay hits and misses where the TLB does")


def compare(tap, counter, program, names):
    organisations = [ORGANISATIONS[name] for name in names]
    trace = program.lackey()
    answers = count(counter, trace, organisations)
    for name, organisation, one in zip(names, organisations, answers):
        expected = expected_counts(program.cachegrind(organisation), organisation)
        found = found_counts(one, expected)
        tap.equal(found, expected, f"{program.name}, {name}: hits and misses are cachegrind's")
        print(f"# {one['pages']} pages, {one['straddles']} straddling;",
              " ".join(f"{key} {value}" for key, value in found.items()), flush=True)
        # The core's own counters count translations: a straddling access is two.
        references = sum(one[kind][0] for kind in ("fetch", "read", "write"))
        tap.equal((one["translations"], one["hits"] + one["misses"]),
                  (references + one["straddles"],) * 2, f"{program.name}, {name}: all are counted")
        # Of a unified one cachegrind's first level has the data alone.
        if organisation[0]:
            compare_replay(tap, trace, organisation, one, expected, f"{program.name}, {name}")


def write_inputs(folder):
    """Files that the programs read: always the same."""
    generator = random.Random(5)
    words = [f"{generator.getrandbits(40):x}" for _ in range(3000)]
    with open(os.path.join(folder, "words"), "w", encoding="ascii") as file:
        file.write("".join(word + "\n" for word in words))
    with open(os.path.join(folder, "words.gz"), "wb") as file:
        file.write(gzip.compress("".join(words).encode(), mtime=0))


def programs(folder, sample):
    """Programs that read memory in different ways."""
    listed = [("expr", ["expr", "6", "*", "7"])]
    if not sample:
        listed += [("sort", ["sort", "--parallel=1", "words"]),
                   ("gzip", ["gzip", "-9nc", "words"]),
                   ("awk", ["awk", "{n[substr($1, 1, 3)]++} END {for (i in n) s += n[i]; print s}",
                            "words"]),
                   ("join", ["join", "words", "words"]),
                   ("od", ["od", "-x", "words.gz"])]
    return [Program(folder, name, arguments) for name, arguments in listed
            if shutil.which(arguments[0])]


def main():
    if shutil.which("valgrind") is None:
        skip_all("valgrind is not installed")
    sample = "--sample" in sys.argv
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="pagewalk-tlb-") as folder:
        write_inputs(folder)
        for program in programs(folder, sample):
            compare(tap, sys.argv[1], program, SAMPLE if sample else list(ORGANISATIONS))
    tap.done()


if __name__ == "__main__":
    main()
