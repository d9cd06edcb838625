#!/usr/bin/python3
"""Solves printed exercises a second way, from the question's text alone.

Everything is read from what a student reads: the question, its table, its
choices. The rules are written down here once more, from the processors'
manuals; nothing of the simulation is used. `exercises.py --sample` takes a few
seeds of each kind and level, without it a thousand.
"""

import json
import os
import re
import subprocess
import sys
from collections import OrderedDict

from tap import Tap

PAGE = 4096
LEVELS = {"x86-32": [10, 10], "sv32": [10, 10], "x86-pae": [2, 9, 9],
          "sv39": [9] * 3, "x86-64": [9] * 4, "sv48": [9] * 4,
          "aarch64": [9] * 4, "x86-64-la57": [9] * 5, "sv57": [9] * 5}
SHORT = ("x86-32", "sv32")
HIT = {True: "hit", False: "miss"}


def is_riscv(geometry):
    return geometry.startswith("sv")


def split(geometry, address):
    """The indices from the root down, and the offset."""
    address, offset = divmod(address, PAGE)
    indices = []
    for bits in reversed(LEVELS[geometry]):
        address, index = divmod(address, 1 << bits)
        indices.insert(0, index)
    return indices, offset


def frame_of(geometry, entry):
    if is_riscv(geometry):
        return entry >> 10 & (1 << (22 if geometry == "sv32" else 44)) - 1
    return entry >> 12 & (1 << {"x86-32": 20, "aarch64": 36}.get(geometry, 40)) - 1


def numbers(text):
    """All numbers of a text, but those inside words such as x86-64."""
    return [int(word, 0) for word in
            re.findall(r"(?<![\w-])(0x[0-9a-f]+|\d+)(?![\w-])", text)]


def kind_of(text):
    """The processor that a question speaks of."""
    return re.search(r"of kind ([a-z0-9-]+)", text)[1]


def cells(answers):
    """{"r1c1": value} of rows of answers; None is not asked."""
    return {f"r{r}c{c}": value for r, row in enumerate(answers, 1)
            for c, value in enumerate(row, 1) if value is not None}


# Splitting and translating -----------------------------------------------------

def split_fields(q):
    geometry = kind_of(q["ask"])
    address = next(n for n in numbers(q["ask"]) if n > 5)
    indices, offset = split(geometry, address)
    return cells([[value] for value in indices + [offset]])


def split_two_levels(q):
    address = max(numbers(q["ask"]))
    (directory, table), offset = split("x86-32", address)
    if q["question"] == "fields":
        return cells([[directory], [table], [offset]])
    return {"directory": directory, "table": table, "offset": offset}[q["question"]]


def given(q, column):
    return [int(row["cells"][column], 16) for row in q["rows"]
            if row["cells"][column] is not None]


def walk_places(geometry, root, address, entries):
    """Where each level's entry lies, and where the address leads."""
    size = 4 if geometry in SHORT else 8
    indices, offset = split(geometry, address)
    frame, places = root, []
    for index, entry in zip(indices, entries):
        places.append(frame * PAGE + index * size)
        frame = frame_of(geometry, entry)
    return indices, places, frame * PAGE + offset


def translate_two_levels(q):
    found = numbers(q["ask"])
    if q["question"] == "walk":
        root, address = found[0], max(found)
        _, places, data = walk_places("x86-32", root, address, given(q, 1)[:2])
        return cells([[place, None] for place in places + [data]])
    if q["question"] == "entry":
        address, _, entry = found
        (_, index), _ = split("x86-32", address)
        return frame_of("x86-32", entry) * PAGE + index * 4
    entry, address = found[-2], found[-1]
    return frame_of("x86-32", entry) * PAGE + address % PAGE


def translate(q):
    geometry = kind_of(q["ask"])
    found = numbers(q["ask"])
    if q["question"] == "address":
        address, entry = found
        return frame_of(geometry, entry) * PAGE + address % PAGE
    address, root = found[:2]
    indices, places, _ = walk_places(geometry, root, address, given(q, 2))
    return cells([[i, p, None] for i, p in zip(indices, places)])


def translate_one_level(q):
    found = numbers(q["ask"])[1:]
    table = {found[0]: found[1], found[2]: found[3], found[4]: found[5]}
    page, offset = divmod(found[6], PAGE)
    reached = table[page] * PAGE + offset if page in table else None
    if q["form"] == "predict":
        return reached
    texts = [(numbers(choice) or [None])[0] for choice in q["choices"]]
    return chr(ord("a") + texts.index(reached))


# TLBs ----------------------------------------------------------------------------

class Tlb:
    """Sets of ways; the least recently used of a set goes first, or, if uses do
    not count, the one that was loaded first."""

    def __init__(self, sets, ways, uses_count=True):
        self.sets = [OrderedDict() for _ in range(sets)]
        self.ways = ways
        self.uses_count = uses_count

    def touch(self, page):
        """The set, whether it hit, and the way."""
        number = page % len(self.sets)
        chosen = self.sets[number]
        hit = page in chosen
        if not hit:
            way = len(chosen)
            if way == self.ways:
                way = chosen.popitem(last=False)[1]
            chosen[page] = way
        if self.uses_count:
            chosen.move_to_end(page)
        return number, hit, chosen[page]


def tlb_lookup(q):
    sets, ways = numbers(q["ask"])[:2]
    tlb = Tlb(sets, ways)
    rows = []
    for row in q["rows"]:
        number, hit, _ = tlb.touch(int(row["name"], 16) // PAGE)
        rows.append([number, HIT[hit]])
    return cells(rows)


def replacement(q):
    tlb = Tlb(1, numbers(q["ask"])[0], "used longest ago" in q["ask"])
    rows = []
    for row in q["rows"]:
        _, hit, way = tlb.touch(int(row["name"], 0))
        rows.append([HIT[hit], way])
    return cells(rows)


# Frames ---------------------------------------------------------------------------

def oldest(frames, since):
    return min(range(len(frames)), key=lambda frame: since[frames[frame]])


def farthest(frames, to_come):
    """The first frame whose page is used latest, or never again."""
    never = len(to_come)
    uses = [to_come.index(page) if page in to_come else never for page in frames]
    return uses.index(max(uses))


class Clock:
    """A hand, and a bit for each frame."""

    def __init__(self, count):
        self.bits, self.hand = [False] * count, 0

    def victim(self):
        while self.bits[self.hand]:
            self.bits[self.hand] = False
            self.hand = (self.hand + 1) % len(self.bits)
        found = self.hand
        self.hand = (found + 1) % len(self.bits)
        return found


def replace_pages(q):
    count = numbers(q["ask"])[0]
    pages = [int(row["name"], 0) for row in q["rows"]]
    policy = re.search(r"\((FIFO|LRU|Clock|OPT)\)", q["ask"])[1]
    frames, loaded, used, clock, rows = [], {}, {}, Clock(count), []
    for now, page in enumerate(pages):
        hit = page in frames
        if not hit and len(frames) < count:
            frames.append(page)
        elif not hit:
            goes = (oldest(frames, loaded) if policy == "FIFO"
                    else oldest(frames, used) if policy == "LRU"
                    else clock.victim() if policy == "Clock"
                    else farthest(frames, pages[now + 1:]))
            frames[goes] = page
        if not hit:
            loaded[page] = now
        used[page] = now
        clock.bits[frames.index(page)] = True
        rows.append([HIT[hit], frames.index(page)])
    return cells(rows)


def access_time(q):
    levels, ways, tlb_cost, memory_cost = numbers(q["ask"])[:4]
    pages = numbers(q["ask"])[4:]
    tlb = Tlb(1, ways)
    total = 0
    for page in pages:
        total += tlb_cost + memory_cost
        if not tlb.touch(page)[1]:
            total += levels * memory_cost
    return total // len(pages) if q["question"] == "average" else total


# Tables and regions ---------------------------------------------------------------

def table_size(q):
    geometry = kind_of(q["ask"])
    edges = [int(word, 16) for word in re.findall(r"0x[0-9a-f]+", q["ask"])]
    tables = set()
    for start, end in zip(edges[::2], edges[1::2]):
        for page in range(start // PAGE, end // PAGE):
            path = tuple(split(geometry, page * PAGE)[0])
            tables |= {path[:depth] for depth in range(len(path))}
    return len(tables) * PAGE


def region(q):
    address = numbers(q["ask"])[-1]
    for letter, choice in zip("abc", q["choices"]):
        start, end = (int(word, 16) for word in re.findall(r"0x[0-9a-f]+", choice))
        if start <= address < end:
            return letter
    return "d"


# Processes and programs -----------------------------------------------------------

def lives(statements):
    """Processes after statements, each a list of calls: which goes on there.

    A process is what it has still to do: fork doubles it."""
    count = 0
    waiting = [tuple(statements)]
    while waiting:
        rest = waiting.pop()
        if not rest:
            count += 1
            continue
        child, parent = rest[0]
        waiting.append(child + rest[1:])
        waiting.append(parent + rest[1:])
    return count


PLAIN = ((), ())                       # fork ();
IF_CHILD = ((PLAIN,), ())              # if (fork () == 0) fork ();
AND = ((), (PLAIN,))                   # fork () && fork ();


def fork_count(q):
    counts = numbers(q["ask"])
    statements = [PLAIN] * counts[0]
    if "if (fork" in q["ask"]:
        statements.append(IF_CHILD)
    if "&&" in q["ask"]:
        statements += [AND] * counts[-1]
    return lives(statements)


def copy_on_write(q):
    """Who has each page: only the parent's writes are counted."""
    pages, _, child, parent = numbers(q["ask"])
    owners = [{"child", "parent"} for _ in range(pages)]
    copies = reused = 0
    for page in owners[:child]:
        page.discard("child")
    for page in owners[:parent]:
        alone = page == {"parent"}
        copies += not alone
        reused += alone
    if q["form"] == "predict":
        return copies
    return cells([[copies + reused], [copies], [reused]])


def find_region(q):
    regions = [[int(end, 16) for end in pair] for pair in
               re.findall(r"(0x[0-9a-f]+)-(0x[0-9a-f]+)", q["ask"])]
    address = numbers(q["ask"])[-1]
    looked, found = next((i, region) for i, region in enumerate(regions, 1)
                         if address < region[1])
    return cells([[found[0]], [yes(address >= found[0])], [looked]])


def elf_map(q):
    words = re.findall(r"0x[0-9a-f]+", q["ask"])
    vaddr, offset, memory = (int(words[i], 16) for i in (0, 1, -1))
    if "offset in the file" in q["ask"]:
        return offset & -PAGE
    if "begin" in q["ask"]:
        return vaddr & -PAGE
    return -(-(vaddr + memory) // PAGE) * PAGE


# Entries and faults ---------------------------------------------------------------

def yes(value):
    return "yes" if value else "no"


def decode_entry(q):
    geometry = kind_of(q["ask"])
    entry = max(numbers(q["ask"]))

    def bit(number):
        return entry >> number & 1

    rows = [frame_of(geometry, entry)]
    if geometry == "aarch64":
        rows += [yes(not bit(7)), yes(bit(6)), yes(not bit(54))]
    elif is_riscv(geometry):
        rows += [yes(bit(b)) for b in (2, 4, 3, 6, 7)]
    else:
        rows += [yes(bit(1)), yes(bit(2))]
        rows += [] if geometry == "x86-32" else [yes(not bit(63))]
        rows += [yes(bit(5)), yes(bit(6))]
    return cells([[row] for row in rows])


def rights(text):
    """What "write allowed: 1" and the others say."""
    return {name: found[1] == "1" for name in ("write", "user programs", "execution")
            if (found := re.search(name + r" allowed: (\d)", text))}


def make_entry(q):
    geometry = kind_of(q["ask"])
    frame = int(re.search(r"in frame (0x[0-9a-f]+)", q["ask"])[1], 16)
    may = rights(q["ask"])
    if is_riscv(geometry):
        return (frame << 10 | 3 | may["write"] << 2 | may["execution"] << 3
                | may["user programs"] << 4)
    entry = frame << 12 | 1 | may["write"] << 1 | may["user programs"] << 2
    return entry if may.get("execution", True) else entry | 1 << 63


def is_canonical(geometry, address):
    bits = {"x86-64": 48, "x86-64-la57": 57}.get(geometry)
    return bits is None or address >> bits - 1 in (0, (1 << 65 - bits) - 1)


def refused(geometry, kind, mode, may):
    executable = geometry == "x86-32" or may["execution"]
    return (mode == "user" and not may["user programs"]
            or kind == "write" and not may["write"]
            or kind == "fetch" and not executable)


def fault(q):
    geometry = kind_of(q["ask"])
    kind, address, mode = re.search(
        r"access (\w+) to (0x[0-9a-f]+) in mode (\w+)", q["ask"]).groups()
    mapped = "is not mapped" not in q["ask"]
    may = rights(q["ask"])
    if q["form"] == "predict":
        fetch = kind == "fetch" and geometry != "x86-32"
        return mapped | (kind == "write") << 1 | (mode == "user") << 2 | fetch << 4
    if not is_canonical(geometry, int(address, 16)):
        return "d"
    if not mapped:
        return "b"
    return "c" if refused(geometry, kind, mode, may) else "a"


# Comparing ------------------------------------------------------------------------

SOLVERS = {
    "access-time": access_time, "copy-on-write": copy_on_write,
    "decode-entry": decode_entry, "elf-map": elf_map, "fault": fault,
    "find-region": find_region, "fork-count": fork_count,
    "make-entry": make_entry, "region": region, "replacement": replacement,
    "replace-pages": replace_pages,
    "split": split_fields, "split-two-level": split_two_levels,
    "table-size": table_size, "tlb-lookup": tlb_lookup, "translate": translate,
    "translate-one-level": translate_one_level,
    "translate-two-level": translate_two_levels,
}


def value_of(word):
    try:
        return int(word, 0)
    except ValueError:
        return word


def printed(q):
    """The printed key, as the solvers put it."""
    if q["form"] != "fill":
        return value_of(q["answer"])
    pairs = (pair.split("=") for pair in q["answer"].split("; "))
    return {place: value_of(word) for place, word in pairs}


def command(*words):
    result = subprocess.run([os.environ["PAGEWALK_CLI"], "exercise", *words],
                            capture_output=True, text=True, check=True)
    return result.stdout


def questions(kind, level, seed, count):
    output = command(kind, "--level", str(level), "--seed", str(seed),
                     "--count", str(count), "--answers", "--json")
    return [json.loads(line) for line in output.splitlines()]


def differences(kind, level, count):
    for q in questions(kind, level, 2026, count):
        own = SOLVERS[kind](q)
        if own != printed(q):
            yield f"seed {q['seed']}: {q['ask']}"
            yield f"  printed {q['answer']}, solved {own}"


def main():
    count = 20 if "--sample" in sys.argv[1:] else 1000
    tap = Tap()
    kinds = [line.split()[0] for line in command("--list").splitlines()]
    tap.ok(sorted(kinds) == sorted(SOLVERS), "every kind is solved here, too",
           *sorted(set(kinds) ^ set(SOLVERS)))
    for kind in sorted(SOLVERS):
        for level in (1, 2, 3):
            found = list(differences(kind, level, count))
            tap.ok(not found, f"{count} of {kind} at level {level}", *found[:6])
    for kind in ("translate", "replacement"):
        sheet = (kind, "--seed", "7", "--count", "5", "--level", "3", "--answers")
        tap.ok(command(*sheet) == command(*sheet), f"{kind}: one seed, one sheet")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
