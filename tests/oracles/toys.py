#!/usr/bin/python3
"""Checks machines with random toy geometries against a small model of them.

  toys.py [--cli PROGRAM] [--sample] [--seed N]   compare
  toys.py --show SEED                             print the script of a seed
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from random import Random

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from report import Report   # noqa: E402

FLAGS = ("present", "rw", "user", "accessed", "dirty", "nx", "global")   # bit 0, 1, …
MOST_FLAGS = 8                                  # bits below the frame number
ACCESSES = 400


@dataclass
class Toy:
    """The numbers of a geometry, drawn at random."""

    page: int                   # bits of the offset
    indices: list               # bits of each index, the root's first
    pa: int
    entry: int                  # bytes
    short: bool = False         # spelled toy:…, not toy-…=…

    @property
    def va(self):
        return self.page + sum(self.indices)

    @property
    def frame_bits(self):
        return self.pa - self.page

    @property
    def flags(self):
        """Bits below the frame number."""
        return min(MOST_FLAGS, 8 * self.entry - self.frame_bits)

    def has(self, flag):
        return FLAGS.index(flag) < self.flags

    def table_pages(self, depth):
        return max(1, (self.entry << self.indices[depth]) >> self.page)

    def cut(self, address):
        """The indices of an address, the root's first."""
        found, low = [], self.page
        for bits in reversed(self.indices):
            found.insert(0, address >> low & (1 << bits) - 1)
            low += bits
        return found

    def shared_out(self):
        """True if toy-va and toy-levels give the same indices: equal ones, and
        what is left over goes to the last."""
        count = len(self.indices)
        each, more = divmod(sum(self.indices), count)
        return self.indices == [each] * (count - more) + [each + 1] * more

    def words(self):
        numbers = {"pa": self.pa, "entry": self.entry}
        if self.shared_out():
            numbers.update(va=self.va, page=1 << self.page, levels=len(self.indices))
        else:
            numbers["split"] = "/".join(map(str, self.indices + [self.page]))
        pieces = [f"{name}={value}" for name, value in numbers.items()]
        if self.short:
            return "geometry=toy:" + ",".join(pieces)
        return "geometry=toy " + " ".join("toy-" + piece for piece in pieces)


def some_toy(random):
    while True:
        toy = Toy(page=random.randint(4, 12),
                  indices=[random.randint(1, 8) for _ in range(random.randint(1, 4))],
                  pa=0, entry=random.choice((1, 2, 4, 8)), short=random.random() < 0.5)
        toy.pa = toy.page + random.randint(4, min(24, 8 * toy.entry - 1))
        if toy.pa > 36 or toy.va > 48:
            continue
        if toy.table_pages(0) * 4 < 1 << min(toy.frame_bits, 16):
            return toy


@dataclass
class Page:
    """What software mapped, and what the processor marked since."""

    frame: int
    flags: str
    accessed: bool = False
    dirty: bool = False


@dataclass
class Entry:
    number: int
    page: Page
    used: int
    dirty: bool


@dataclass
class Process:
    pages: dict = field(default_factory=dict)   # page number → Page
    walked: set = field(default_factory=set)    # upper entries with A, as index paths
    tables: int = 0                             # pages that its tables take


class Model:
    """A machine of one processor, as the rules say it: the x86's, with a toy's
    entries."""

    def __init__(self, toy, sets, ways, modes, memory):
        self.toy, self.sets, self.ways, self.modes = toy, sets, ways, modes
        self.memory = memory
        self.processes = {}
        self.tlb = [[None] * ways for _ in range(sets)]
        self.running = None
        self.tick = 0
        self.bytes = {}

    def paths(self, number):
        """The index paths of the tables below the root that lead to a page."""
        indices = self.toy.cut(number << self.toy.page)
        return [tuple(indices[:depth]) for depth in range(1, len(indices))]

    def cost(self, process, number):
        """Pages of memory that tables take when a page is mapped."""
        have = {path for other in process.pages for path in self.paths(other)}
        return sum(self.toy.table_pages(len(path))
                   for path in self.paths(number) if path not in have)

    def missing_depth(self, process, number):
        """How many entries a walk reads: all, or up to the one that is missing."""
        paths = [()] + self.paths(number)
        have = {path for other in process.pages for path in self.paths(other)}
        for depth, path in enumerate(paths[1:], 1):
            if path not in have:
                return depth, False
        return len(paths), number in process.pages

    def allowed(self, page, kind, mode):
        toy, user = self.toy, mode == "user"
        writable = "w" in page.flags or not toy.has("rw")
        of_user = "u" in page.flags or not toy.has("user")
        if user and not of_user:
            return False
        if not user and of_user and kind == "fetch" and self.modes["smep"]:
            return False
        if not user and of_user and kind != "fetch" and self.modes["smap"]:
            return False
        if kind == "write" and not writable and (user or self.modes["wp"]):
            return False
        return not (kind == "fetch" and self.forbids_fetch(page))

    def forbids_fetch(self, page):
        return self.has_nx() and "x" not in page.flags

    def has_nx(self):
        return self.modes["nx"] and self.toy.has("nx")

    def fault(self, address, kind, mode, present):
        fetched = kind == "fetch" and (self.has_nx() or self.modes["smep"])
        error = (present | (kind == "write") << 1 | (mode == "user") << 2 | fetched << 4)
        return {"kind": "protection" if present else "not-present", "vector": 14,
                "error": hex(error), "address": hex(address)}

    def switch(self, name):
        if self.running == name:
            return
        self.running = name
        for ways in self.tlb:
            for i, entry in enumerate(ways):
                if entry and not (self.toy.has("global") and "g" in entry.page.flags):
                    ways[i] = None

    def mark(self, page, kind):
        page.accessed = True
        if kind == "write":
            page.dirty = True

    def access(self, name, address, kind, mode):
        self.switch(name)
        self.tick += 1
        number = address >> self.toy.page
        ways = self.tlb[number % self.sets]
        for i, entry in enumerate(ways):
            if entry and entry.number == number:
                return self.hit(ways, i, address, kind, mode)
        return self.miss(ways, address, kind, mode)

    def result(self, address, page, tlb, reads):
        offset = address & (1 << self.toy.page) - 1
        return {"ok": True, "pa": hex(page.frame << self.toy.page | offset),
                "tlb": tlb, "reads": reads}

    def refused(self, address, kind, mode, present, tlb, reads):
        return {"ok": False, "fault": self.fault(address, kind, mode, present),
                "tlb": tlb, "reads": reads}

    def hit(self, ways, i, address, kind, mode):
        entry = ways[i]
        entry.used = self.tick
        if not self.allowed(entry.page, kind, mode):
            ways[i] = None
            return self.refused(address, kind, mode, True, "hit", 0)
        if kind == "write":
            entry.page.dirty = True
        return self.result(address, entry.page, "hit", 0)

    def miss(self, ways, address, kind, mode):
        process = self.processes[self.running]
        number = address >> self.toy.page
        depth, found = self.missing_depth(process, number)
        process.walked.update(self.paths(number)[:depth - 1])
        if not found:
            return self.refused(address, kind, mode, False, "miss", depth)
        page = process.pages[number]
        if not self.allowed(page, kind, mode):
            return self.refused(address, kind, mode, True, "miss", depth)
        self.mark(page, kind)
        empty = [i for i, entry in enumerate(ways) if entry is None]
        victim = empty[0] if empty else min(range(self.ways),
                                            key=lambda i: ways[i].used)
        ways[victim] = Entry(number, page, self.tick, page.dirty)
        return self.result(address, page, "miss", depth)

    def leaf(self, page):
        """The bits of a page's own entry."""
        bits = {"present": True, "rw": "w" in page.flags, "user": "u" in page.flags,
                "accessed": page.accessed, "dirty": page.dirty,
                "nx": self.forbids_fetch(page), "global": "g" in page.flags}
        value = page.frame << self.toy.flags
        for i, flag in enumerate(FLAGS):
            value |= (bits[flag] and self.toy.has(flag)) << i
        return value

    def link(self, path, process):
        """The flags of an entry that points to a table."""
        bits = {"present": True, "rw": True, "user": True,
                "accessed": path in process.walked}
        return sum((bits.get(flag, False) and self.toy.has(flag)) << i
                   for i, flag in enumerate(FLAGS))


def some_flags(random):
    return "r" + "".join(flag for flag in "wxug"
                         if random.random() < (0.15 if flag == "g" else 0.65))


class Script:
    """Lines for the command line, and what each must come to."""

    def __init__(self, seed):
        random = Random(f"toys {seed}")
        toy = some_toy(random)
        self.lines, self.expected = [], []
        self.sets, ways = random.choice((1, 2, 3, 4, 8)), random.choice((1, 2, 4))
        modes = {"wp": random.random() < 0.7, "nx": random.random() < 0.7,
                 "smep": random.random() < 0.3, "smap": random.random() < 0.2}
        self.apart = random.random() < 0.5      # pages beyond what tables may take
        pages = 1 << min(toy.frame_bits, 16)
        given = pages // 2 if self.apart else pages
        self.model = Model(toy, self.sets, ways, modes, given)
        memory = f" memory={given << toy.page}" if self.apart or pages != 1 << toy.frame_bits \
            else ""
        self.lines.append(
            f"machine {toy.words()}{memory} tlb-sets={self.sets} tlb-ways={ways}"
            + "".join(f" {name}={'on' if on else 'off'}" for name, on in modes.items()))
        self.add_processes(random)
        self.add_mappings(random)
        self.add_accesses(random)

    def add_processes(self, random):
        room = self.model.memory // 2 - 1
        for name in "AB"[:random.choice((1, 1, 2))]:
            cost = self.model.toy.table_pages(0)
            if cost > room:
                break
            room -= cost
            self.model.processes[name] = Process()
            self.lines.append(f"process name={name}")
        self.room = room

    def some_page(self, random):
        bits = sum(self.model.toy.indices)
        number = random.getrandbits(bits)
        if random.random() < 0.7:               # near others, so that tables are shared
            number = (number & 7) + random.choice((0, (1 << bits) - 8, 1 << bits - 1))
        return number & (1 << bits) - 1

    def some_frame(self, random):
        toy, memory = self.model.toy, self.model.memory
        if self.apart:
            return random.randrange(memory, 1 << toy.frame_bits)
        return random.randrange(min(memory // 2, 1 << toy.frame_bits))

    def add_mappings(self, random):
        model = self.model
        for _ in range(random.randint(1, 60)):
            name = random.choice(list(model.processes))
            process, number = model.processes[name], self.some_page(random)
            cost = model.cost(process, number)
            if cost > self.room:
                continue
            self.room -= cost
            page = Page(self.some_frame(random), some_flags(random))
            process.pages[number] = page
            size = f" size={1 << model.toy.page}" if random.random() < 0.3 else ""
            self.lines.append(f"map process={name} va={number << model.toy.page:#x}"
                              f" frame={page.frame:#x} flags={page.flags}{size}")

    def add_accesses(self, random):
        model, names = self.model, list(self.model.processes)
        name = names[0]
        for _ in range(ACCESSES):
            if random.random() < 0.1:
                name = random.choice(names)
            number = self.some_page(random)
            if model.processes[name].pages and random.random() < 0.75:
                number = random.choice(list(model.processes[name].pages))
            address = number << model.toy.page | random.getrandbits(model.toy.page)
            self.add_access(random, name, address)

    def add_access(self, random, name, address):
        kind = random.choice(("read", "read", "write", "fetch"))
        mode = random.choice(("user", "kernel"))
        line = f"access process={name} va={address:#x} kind={kind} mode={mode}"
        result = self.model.access(name, address, kind, mode)
        if self.apart and kind != "fetch":
            value = random.getrandbits(8)
            line += " width=1" + (f" value={value:#x}" if kind == "write" else "")
            if result["ok"] and kind == "write":
                self.model.bytes[result["pa"]] = value
            if result["ok"]:
                result["value"] = self.model.bytes.get(result["pa"], 0)
        self.lines.append(line)
        self.expected.append((line, result))

    def text(self):
        dumps = [f"dump process={name}" for name in self.model.processes]
        return "".join(line + "\n" for line in self.lines + dumps)


def check_tables(report, where, model, name, dump):
    """Every page of a process is where its tables, read as bytes, say it is, and
    nothing else is."""
    toy, process = model.toy, model.processes[name]
    memory = {int(one["frame"], 16): bytes.fromhex(one["bytes"]) for one in dump["frames"]}
    found, used = {}, set()

    def read(table, index):
        at = (table << toy.page) + index * toy.entry
        frame, offset = at >> toy.page, at & (1 << toy.page) - 1
        return int.from_bytes(memory[frame][offset:offset + toy.entry], "little")

    def walk(table, path):
        depth = len(path)
        used.update(range(table, table + toy.table_pages(depth)))
        for index in range(1 << toy.indices[depth]):
            raw = read(table, index)
            if raw == 0:
                continue
            here = path + (index,)
            if depth + 1 == len(toy.indices):
                found[here] = raw
                continue
            low = raw & (1 << toy.flags) - 1
            report.equal(f"{where}: entry {here}", model.link(here, process), low)
            walk(raw >> toy.flags, here)

    walk(int(dump["cr3"], 16) >> toy.page, ())
    expected = {tuple(toy.cut(number << toy.page)): model.leaf(page)
                for number, page in process.pages.items()}
    report.equal(f"{where}: leaf entries of {name}", sorted(expected.items()),
                 sorted(found.items()))
    report.equal(f"{where}: frames of tables of {name}", sorted(used), sorted(memory))


def check(report, cli, seed):
    script = Script(seed)
    done = subprocess.run([cli, "run", "--json", "-"], input=script.text().encode(),
                          capture_output=True, timeout=120, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    where = f"seed {seed}"
    if done.returncode != 0:
        report.differ(f"{where}: {done.stderr.decode().strip()}")
        return
    got = [answer for answer in answers if answer["op"] == "access"]
    report.equal(f"{where}: accesses", len(script.expected), len(got))
    for (line, expected), answer in zip(script.expected, got):
        found = {key: answer[key] for key in ("ok", "pa", "fault", "tlb", "reads")
                 if key in answer}
        if "value" in expected:
            found["value"] = int(answer.get("value", "-1"), 16)
        report.equal(f"{where}: {line}", expected, found)
    for answer in answers:
        if answer["op"] == "dump":
            check_tables(report, where, script.model, answer["process"], answer)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cli", default=os.environ.get("PAGEWALK_CLI", "pagewalk-cli"))
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int)
    options = parser.parse_args()
    if options.show is not None:
        print(Script(options.show).text(), end="")
        return

    report, count = Report(), 24 if options.sample else 600
    for seed in range(options.seed, options.seed + count):
        check(report, options.cli, seed)
    good = report.differences == 0
    print(f"# {report.compared} comparisons, {report.differences} differences")
    print(f"{'ok' if good else 'not ok'} 1 - {count} toy machines,"
          f" {count * ACCESSES} accesses\n1..1")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
