#!/usr/bin/python3
"""pagewalk-cli trace: its counts computed a second way, its formats, what it
refuses, and what it says when it is stopped."""

import collections
import gzip
import json
import pathlib
import random
import re
import signal
import struct
import subprocess
import tempfile
import threading

from command import CLI, environment, misuse, run
from tap import Tap

PAGE = 4096
KINDS = {"I": "fetch", " L": "read", " S": "write", " M": "modify"}


def make_accesses(seed, count, pages):
    """Local accesses: (letter, address, size)."""
    draw = random.Random(seed)
    hot = [draw.randrange(pages) for _ in range(6)]
    for _ in range(count):
        if draw.random() < 0.03:
            hot[draw.randrange(6)] = draw.randrange(pages)
        address = draw.choice(hot) * PAGE * 3 + draw.randrange(PAGE)
        yield draw.choice(list(KINDS)), address, draw.choice((1, 2, 4, 8, 16))


def lackey(accesses):
    return "".join(f"{kind:<2} {address:08x},{size}\n"
                   for kind, address, size in accesses)


def pages_of(accesses, bytes_of_page=PAGE):
    """(page, is write, is fetch), once for each page of an access."""
    for kind, address, size in accesses:
        for page in range(address // bytes_of_page, (address + size - 1) // bytes_of_page + 1):
            yield page, kind in (" S", " M"), kind == "I"


def addresses_of(accesses):
    """Where accesses begin in each page that they touch."""
    for _, address, size in accesses:
        yield address
        if address // PAGE != (address + size - 1) // PAGE:
            yield (address + size - 1) // PAGE * PAGE


# The second way ---------------------------------------------------------------


class Lru:
    """Least recently used, as an ordered dictionary."""

    def __init__(self, room):
        self.room, self.pages = room, collections.OrderedDict()

    def use(self, page):
        """True if it was there; and what was thrown out."""
        if page in self.pages:
            self.pages.move_to_end(page)
            return True, None
        out = None
        if len(self.pages) == self.room:
            out = self.pages.popitem(last=False)[0]
        self.pages[page] = True
        return False, out


class Fifo(Lru):
    def use(self, page):
        if page in self.pages:
            return True, None
        return super().use(page)


class Clock:
    def __init__(self, room, at_load):
        self.frames, self.bits = [None] * room, [False] * room
        self.hand, self.at_load, self.used = 0, at_load, 0

    def use(self, page):
        if page in self.frames:
            self.bits[self.frames.index(page)] = True
            return True, None
        if self.used < len(self.frames):
            place, out = self.used, None
            self.used += 1
        else:
            while self.bits[self.hand]:
                self.bits[self.hand] = False
                self.hand = (self.hand + 1) % len(self.frames)
            place, out = self.hand, self.frames[self.hand]
            self.hand = (self.hand + 1) % len(self.frames)
        self.frames[place], self.bits[place] = page, self.at_load
        return False, out


class Opt:
    def __init__(self, room, pages):
        self.frames, self.now = [None] * room, -1
        self.later = collections.defaultdict(collections.deque)
        for i, page in enumerate(pages):
            self.later[page].append(i)

    def use(self, page):
        self.now += 1
        self.later[page].popleft()
        if page in self.frames:
            return True, None
        if None in self.frames:
            place = self.frames.index(None)
        else:
            waits = [self.later[held][0] if self.later[held] else 1 << 60
                     for held in self.frames]
            place = waits.index(max(waits))
        out, self.frames[place] = self.frames[place], page
        return False, out


POLICIES = {"fifo": lambda room, _: Fifo(room), "lru": lambda room, _: Lru(room),
            "clock-set": lambda room, _: Clock(room, True),
            "clock-clear": lambda room, _: Clock(room, False),
            "opt": Opt}


def second_way(accesses, policy, frames, sets, ways, bytes_of_page=PAGE):
    """All that is counted of a replay, with one unified TLB."""
    touches = list(pages_of(accesses, bytes_of_page))
    memory = POLICIES[policy](frames, [page for page, _, _ in touches])
    tlb = [Lru(ways) for _ in range(sets)]
    seen, dirty = set(), set()
    n = collections.Counter()
    for page, write, _ in touches:
        n["accesses"] += 1
        resident, out = memory.use(page)
        if out is not None:
            n["evictions"] += 1
            n["writebacks"] += out in dirty
            dirty.discard(out)
            tlb[out % sets].pages.pop(out, None)
        n["faults"] += not resident
        n["minor"] += page not in seen
        hit, _ = tlb[page % sets].use(page)
        n["hits"] += hit
        n["misses"] += not hit
        seen.add(page)
        if write:
            dirty.add(page)
    n["pages"] = len(seen)
    n["major"] = n["faults"] - n["minor"]
    return n


def causes(accesses, sets, ways):
    """Cold, capacity and conflict misses where no page ever goes."""
    tlb = [Lru(ways) for _ in range(sets)]
    whole, seen, n = Lru(sets * ways), set(), collections.Counter()
    for page, _, _ in pages_of(accesses):
        hit, _ = tlb[page % sets].use(page)
        would, _ = whole.use(page)
        if not hit:
            n["cold" if page not in seen
              else "conflict" if would else "capacity"] += 1
        seen.add(page)
    return n


# The checks --------------------------------------------------------------------


def answer_of(*words, **named):
    answer = run("trace", *words, "--json", **named)
    return [json.loads(line) for line in answer.output.splitlines()]


def write(folder, name, data):
    path = pathlib.Path(folder) / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def check_counts(tap, folder):
    wrong = []
    for seed in range(40):
        accesses = list(make_accesses(seed, 600, 40))
        path = write(folder, "t", lackey(accesses))
        frames = 1 + seed % 12
        sets, ways = random.Random(seed).choice(((1, 1), (1, 4), (4, 2), (8, 1)))
        for got in answer_of(path, "--policy", ",".join(POLICIES),
                             "--frames", str(frames), "--tlb", f"{sets}x{ways}"):
            want = second_way(accesses, got["policy"], frames, sets, ways)
            have = {**got, **got["tlb"]}
            wrong += [f"seed {seed} {got['policy']} {key}: {have[key]}, "
                      f"should be {want[key]}"
                      for key in want if have[key] != want[key]]
    tap.equal(wrong[:5], [], "counts are those of a second implementation")


def check_causes(tap, folder):
    wrong = []
    for seed in range(25):
        accesses = list(make_accesses(seed, 2000, 60))
        path = write(folder, "t", lackey(accesses))
        sets, ways = random.Random(seed).choice(((4, 2), (8, 1), (2, 4), (3, 3)))
        got = answer_of(path, "--tlb", f"{sets}x{ways}")[0]["tlb"]
        want = causes(accesses, sets, ways)
        wrong += [f"seed {seed} {key}: {got[key]}, should be {want[key]}"
                  for key in ("cold", "capacity", "conflict")
                  if got[key] != want[key]]
    tap.equal(wrong[:5], [], "why the TLB missed, told a second way")


def check_causes_add_up(tap, folder):
    path = write(folder, "t", lackey(make_accesses(3, 4000, 60)))
    for got in answer_of(path, "--policy", "all", "--frames", "7",
                         "--tlb", "2x4"):
        tlb = got["tlb"]
        parts = sum(tlb[k] for k in ("cold", "capacity", "conflict", "dropped"))
        if not tap.equal((parts, tlb["hits"] + tlb["misses"]),
                         (tlb["misses"], got["accesses"]),
                         f"misses of {got['policy']} add up"):
            return


def check_split(tap, folder):
    accesses = list(make_accesses(9, 3000, 50))
    path = write(folder, "t", lackey(accesses))
    got = answer_of(path, "--tlb", "2x2", "--itlb", "1x4", "--stlb", "4x4")[0]
    code, data = Lru(4), [Lru(2), Lru(2)]
    hits = collections.Counter()
    for page, _, fetch in pages_of(accesses):
        hits["code" if fetch else "data", (
            code if fetch else data[page % 2]).use(page)[0]] += 1
    tap.equal((got["itlb"]["hits"], got["itlb"]["misses"]),
              (hits["code", True], hits["code", False]),
              "a TLB of its own for instructions")
    first = hits["code", False] + hits["data", False]
    tap.equal(got["stlb"]["hits"] + got["stlb"]["misses"], first,
              "the second level is asked what the first has not")
    tap.equal(got["stlb"]["misses"], got["tlb"]["misses"],
              "an access misses if both levels do")


def check_formats(tap, folder):
    accesses = [(kind, address, 1) for kind, address, _ in
                make_accesses(4, 800, 30) if kind != " M"]
    text = lackey(accesses)
    letters = {"I": "X", " L": "R", " S": "W"}
    labels = {"I": 2, " L": 0, " S": 1}
    plain = write(folder, "lackey", text)
    want = answer_of(plain, "--frames", "9")[0]
    files = {
        "din": "".join(f"{labels[k]} {a:x}\n" for k, a, _ in accesses),
        "addresses": "".join(f"{letters[k]} {a}\n" for k, a, _ in accesses),
        "hex-addresses": "".join(f"{a:08x} {letters[k]}\n"
                                 for k, a, _ in accesses),
        "csv": "n,kind,address\n" + "".join(
            f"1,{letters[k]},{a:#x}\n" for k, a, _ in accesses),
    }
    paths = {name: write(folder, name, data) for name, data in files.items()}
    for name, flags in (("binary", []), ("plain", ["--plain"])):
        paths[name] = str(pathlib.Path(folder) / name)
        run("trace", plain, "--convert", paths[name], *flags)
    paths["binary.gz"] = paths["binary"] + ".gz"
    run("trace", plain, "--convert", paths["binary.gz"])
    for name, path in paths.items():
        got = answer_of(path, "--frames", "9")[0]
        got["trace"], got["format"] = want["trace"], want["format"]
        tap.equal(got, want, f"the same trace as {name}")
    packed = write(folder, "lackey.gz", gzip.compress(text[:5000].encode())
                   + gzip.compress(text[5000:].encode()))
    got = answer_of(packed, "--frames", "9")[0]
    tap.equal(got["faults"], want["faults"], "gzip of two members")


def check_refusals(tap, folder):
    good = "I  04001000,3\n L 1ffe0000,8\n"
    packed = gzip.compress(good.encode() * 5000)
    cases = {
        "a line that is no access": (good + "hello\n", 3),
        "a line without an end": (good + "I  " + "0" * 5000, 3),
        "a number beyond all": (good * 2 + "I  111111111111111111,3\n", 5),
        "an access of nothing": ("I  04001000,0\n", 1),
        "binary rubbish": (bytes(range(256)) * 40, 1),
        "gzip that ends at once": (packed[:20], 0),
        "gzip that is broken": (packed[:40] + b"\xff" * 40 + packed[80:], 0),
    }
    for name, (data, line) in cases.items():
        path = write(folder, "bad", data)
        answer = run("trace", path, "--json")
        place = f"{path}:{line}: " if line else f"{path}: "
        tap.ok(answer.status == 1 and answer.output == ""
               and answer.errors.startswith(place), name, answer)
    draw = random.Random(7)
    path = write(folder, "cut.gz", gzip.compress("".join(
        f" L {draw.randrange(1 << 32):x},8\n" for _ in range(60000)).encode())[:-9000])
    answer = run("trace", path, "--json")
    place = re.match(re.escape(path) + r":(\d+): ", answer.errors)
    tap.ok(answer.status == 1 and place and 30000 < int(place[1]) < 60000,
           "gzip that ends too early: the line that was come to", answer)
    path = write(folder, "bad", "page\n0x800000000\n")
    answer = run("trace", path)
    tap.ok(answer.status == 1 and "access 1: 0x800000000000 " in answer.errors,
           "an address that the processor has not", answer)
    answer = run("trace", folder)
    tap.ok(answer.status == 1, "a folder", answer)
    for words in (["--tlb", "4"], ["--tlb", "9999x9"], ["--frames", "0"],
                  ["--policy", "best"], ["--format", "pdf"], ["--window", "0"],
                  ["--json", "--csv"], ["--geometry", "vax"]):
        misuse(tap, " ".join(words), "trace", path, *words)


def check_memory_limit(tap, folder):
    path = write(folder, "t", lackey(make_accesses(1, 500, 20)))
    answer = run("trace", path, "--policy", "lru,opt", "--frames", "4",
                 "--memory-limit", "1M", "--json")
    said = answer.errors.replace("\u00a0", " ")
    tap.ok(answer.status == 1 and "8.0 MiB" in said and "1.0 MiB" in said
           and len(answer.output.splitlines()) == 1,
           "OPT that needs too much is refused with the figure", answer)
    answer = run("trace", path, "--policy", "opt,lru", "--frames", "3", "--csv",
                 "--memory-limit", "10")
    tap.ok(answer.status == 1 and answer.output.startswith("policy,frames,")
           and "\nlru,3," in answer.output and "opt" not in answer.output,
           "what stands behind it has its heading", answer)


def check_windows(tap, folder):
    accesses = [(" L", a, 1) for _, a, _ in make_accesses(2, 1000, 30)]
    path = write(folder, "t", lackey(accesses))
    lines = answer_of(path, "--frames", "5", "--policy", "lru,opt",
                      "--window", "300")
    for policy in ("lru", "opt"):
        mine = [l for l in lines if l["policy"] == policy]
        windows, total = mine[:-1], mine[-1]
        sets = [len({a // PAGE for _, a, _ in accesses[i:i + 300]})
                for i in range(0, 1000, 300)]
        tap.equal([w["working_set"] for w in windows], sets,
                  f"working sets of {policy}")
        tap.equal(sum(w["faults"] for w in windows), total["faults"],
                  f"the faults of {policy} in windows add up")


def check_skip(tap, folder):
    accesses = [(" L", a, 1) for _, a, _ in make_accesses(6, 900, 30)]
    whole = write(folder, "whole", lackey(accesses))
    part = write(folder, "part", lackey(accesses[100:400]))
    got = answer_of(whole, "--skip", "100", "--count", "300")[0]
    want = answer_of(part)[0]
    want["trace"] = got["trace"]
    tap.equal(got, want, "--skip and --count cut a piece out")


def check_processes(tap, folder):
    path = write(folder, "t", "pid,page\n5,1\n5,2\n8,1\n5,1\n")
    got = answer_of(path)[0]
    tap.equal([(p["process"], p["accesses"], p["faults"])
               for p in got["processes"]], [(5, 3, 2), (8, 1, 1)],
              "each process has an address space, and an account")
    tap.equal(got["tlb"]["dropped"], 1, "a switch empties the TLB")


def check_curve(tap, folder):
    accesses = list(make_accesses(8, 3000, 60))
    path = write(folder, "t", lackey(accesses))
    curves = {line["policy"]: line for line in answer_of(
        path, "--curve", "--policy", "all", "--sizes", "1..12,40,100")}
    wrong = []
    for place, frames in enumerate(curves["lru"]["frames"]):
        for got in answer_of(path, "--policy", "all", "--frames", str(frames)):
            name = got["policy"]
            if curves[name]["faults"][place] != got["faults"]:
                wrong.append(f"{name} with {frames} frames: "
                             f"{curves[name]['faults'][place]}, "
                             f"size by size {got['faults']}")
    tap.equal(wrong[:5], [], "curves are what size by size comes to")


def distances_of(pages):
    """LRU's faults for every size, from a stack that is a plain list."""
    stack, found = [], collections.Counter()
    for page in pages:
        found[stack.index(page) + 1 if page in stack else 0] += 1
        if page in stack:
            stack.remove(page)
        stack.insert(0, page)
    return found


def check_curve_refusals(tap, folder):
    """What a replay refuses a curve refuses in the same words."""
    path = write(folder, "t", "0x1000\n0x2000\n0x900000000000\n0x3000\n")
    replayed = run("trace", path, "--frames", "2")
    drawn = run("trace", path, "--curve", "--policy", "lru,fifo,opt", "--sizes", "1,2")
    tap.ok(drawn.status == 1 and "access 3" in drawn.errors
           and drawn.errors == replayed.errors and drawn.output == "",
           "no curve of what is no address", drawn)


def check_deep_stack(tap, folder):
    draw = random.Random(5)
    pages = [int(draw.paretovariate(0.6)) % 700 for _ in range(30000)]
    pages += list(range(3000)) * 2 + pages[:3000]
    path = write(folder, "t", "page\n" + "".join(f"{p}\n" for p in pages))
    curve = answer_of(path, "--curve", "--policy", "lru", "--sizes",
                      "1..700,2999..3001")[0]
    found = distances_of(pages)
    want = [len(pages) - sum(found[d] for d in range(1, size + 1))
            for size in curve["frames"]]
    tap.equal(curve["faults"], want, "a deep stack of LRU's")


def check_drawing(tap, folder):
    path = write(folder, "t", lackey(make_accesses(8, 3000, 60)))
    picture = pathlib.Path(folder) / "curve.svg"
    answer = run("trace", path, "--curve", "--policy", "fifo,lru,opt",
                 "--svg", str(picture), "--csv")
    svg = picture.read_text(encoding="utf-8") if picture.exists() else ""
    tap.ok(answer.status == 0 and "FIFO" in svg and "OPT" in svg
           and svg.startswith("<"), "curves are drawn", answer)
    tap.ok(answer.output.startswith("frames,fifo,lru,opt\n"),
           "and printed as CSV", answer)
    for words in (["--sizes", "8"], ["--svg", "x"], ["--curve", "--sizes", "0"],
                  ["--curve", "--sizes", "9..3"], ["--curve", "--sizes", "x"]):
        misuse(tap, " ".join(words), "trace", path, *words)


def check_opening(tap, folder):
    """What an access comes to when it is told is what it adds to the counts."""
    accesses = list(make_accesses(12, 700, 40))
    path = write(folder, "t", lackey(accesses))
    touches = list(pages_of(accesses))
    draw, wrong = random.Random(1), []
    shapes = (["--tlb", "4x2"], ["--tlb", "2x2", "--itlb", "4x1"])
    for _ in range(24):
        shape = draw.choice(shapes) + ["--frames", "9", "--policy", draw.choice(
            ["fifo", "lru", "clock-set", "sieve", "arc"])]
        number = draw.randrange(2, len(touches))
        before, after = (answer_of(path, *shape, "--count", str(n))[0]
                         for n in (number - 1, number))
        where, first, *rest = answer_of(path, *shape, "--at", str(number))
        want = (number, after["tlb"]["hits"] - before["tlb"]["hits"],
                after["faults"] - before["faults"],
                after["evictions"] - before["evictions"],
                touches[number - 1][0])
        got = (where["access"], first["tlb"] == "hit", not first["ok"],
               any(op["op"] == "unmap" and op["ok"] for op in rest),
               int(first["va"], 16) // PAGE)
        if want != got or not (rest or [first])[-1]["ok"]:
            wrong.append(f"access {number} {shape}: {got}, should be {want}")
    tap.equal(wrong[:3], [], "an access is told as it was counted")


def check_opening_opt(tap, folder):
    """OPT knows what comes: what it does is worked out a second way."""
    accesses = list(make_accesses(13, 700, 40))
    path = write(folder, "t", lackey(accesses))
    pages = [page for page, _, _ in pages_of(accesses)]
    memory, tlb, wrong = Opt(9, pages), [Lru(2) for _ in range(4)], []
    for number, page in enumerate(pages, 1):
        resident, out = memory.use(page)
        if out is not None:
            tlb[out % 4].pages.pop(out, None)
        hit, _ = tlb[page % 4].use(page)
        if number % 29:
            continue
        where, first, *rest = answer_of(
            path, "--tlb", "4x2", "--frames", "9", "--policy", "opt", "--at", str(number))
        thrown = [int(op["va"], 16) // PAGE for op in rest if op["op"] == "unmap"]
        got = (where["access"], first["tlb"] == "hit", not first["ok"], thrown, first["va"])
        address = next(a for n, a in enumerate(addresses_of(accesses), 1) if n == number)
        want = (number, hit, not resident, [out] if out is not None else [], hex(address))
        if got != want:
            wrong.append(f"access {number}: {got}, should be {want}")
    tap.equal(wrong[:3], [], "an access is told that was made as OPT has it")
    answer = run("trace", path, "--frames", "9", "--policy", "opt", "--at", "5",
                 "--memory-limit", "100")
    tap.ok(answer.status == 1 and "--memory-limit" in answer.errors,
           "OPT that needs too much is not told", answer)


def check_events(tap, folder):
    path = write(folder, "t", lackey(make_accesses(12, 3000, 40)))
    shape = ["--tlb", "4x2", "--frames", "9"]
    for event, count in (("eviction", "evictions"), ("major", "major"),
                         ("writeback:20", "writebacks"),
                         ("conflict:5", "conflict"), ("tlb-miss:99", "misses"),
                         ("next eviction", "evictions"),
                         ("3rd conflict miss", "conflict"),
                         ("20th writeback", "writebacks"),
                         ("100th TLB miss", "misses")):
        number = answer_of(path, *shape, "--at", event)[0]["access"]
        counts = []
        for n in (number - 1, number):
            got = answer_of(path, *shape, "--count", str(max(1, n)))[0]
            counts.append({**got, **got["tlb"]}[count])
        wanted = int(re.sub(r"\D", "", event) or 1)
        tap.equal(counts, [wanted - 1, wanted], f"--at {event}")
    answer = run("trace", path, *shape, "--at", "eviction:99999")
    tap.ok(answer.status == 1 and "eviction" in answer.errors,
           "an event that never comes", answer)
    for words in (["--at", "x"], ["--at", "0"], ["--at", "fault:x"],
                  ["--at", "5th"], ["--at", "next"], ["--at", "100th x"],
                  ["--at", "-1"], ["--at", "eviction:1:2"]):
        misuse(tap, " ".join(words), "trace", path, *words)


def check_skimming(tap, folder):
    """Most of a file is skimmed, of a pipe nothing: both tell the same. With a
    large TLB what it holds cannot be told from the last accesses alone."""
    draw, wrong = random.Random(3), []
    # Pages 0 to 39 are used at the beginning alone; few are in the end.
    pages = [draw.randrange(40) for _ in range(1000)]
    pages += [draw.randrange(20, 300) for _ in range(300_000)]
    pages += [draw.randrange(280, 300) for _ in range(150_000)]
    data = "".join(f"{page}\n" for page in pages)
    path = write(folder, "long", data)
    for shape in (["--frames", "9"], ["--frames", "64", "--policy", "clock-set"],
                  ["--tlb", "64x8"], ["--frames", "100", "--policy", "opt"],
                  ["--frames", "9", "--itlb", "4x4"]):
        for where in ("449999", "280000", "eviction:200000", "17"):
            words = [*shape, "--format", "pages", "--at", where, "--steps", "3"]
            file = answer_of(path, *words)
            pipe = answer_of("-", *words, script=data)
            if [one | {"trace": ""} for one in file] != [one | {"trace": ""} for one in pipe]:
                wrong.append(f"{shape} {where}: {file}, from a pipe {pipe}")
    tap.equal(wrong[:3], [], "what was skimmed makes no difference")


def two_levels(accesses, frames, first, second):
    """Whether each access to a page finds it in one of two levels of TLBs, with
    LRU everywhere: sets and ways of each."""
    levels = [[collections.OrderedDict() for _ in range(sets)] for sets, _ in (first, second)]
    memory = collections.OrderedDict()

    def put(level, page, ways):
        one = levels[level][page % len(levels[level])]
        if len(one) == ways:
            one.popitem(last=False)
        one[page] = True

    for page in accesses:
        near, far = (level[page % len(level)] for level in levels)
        yield page in near or page in far
        if page not in memory and len(memory) == frames:
            gone, _ = memory.popitem(last=False)
            for level in levels:
                level[gone % len(level)].pop(gone, None)
        if page in near:
            near.move_to_end(page)
        else:
            if page in far:
                far.move_to_end(page)
            else:
                put(1, page, second[1])
            put(0, page, first[1])
        memory[page] = True
        memory.move_to_end(page)


def check_second_level(tap, folder):
    """A machine that is opened has in both levels what the replay had there: the
    accesses that follow hit and miss alike."""
    draw, wrong = random.Random(15), []
    for case in range(16):
        count, pages, page = 300, draw.choice((6, 12, 30)), 0
        accesses = [page := draw.randrange(pages) if draw.random() < 0.6 else page
                    for _ in range(count)]
        first = draw.choice(((1, 1), (1, 2), (2, 1), (2, 2), (1, 4)))
        second = draw.choice(((1, 2), (2, 2), (4, 1), (1, 6), (4, 2)))
        frames, at = draw.choice((3, 8, 64)), draw.randrange(40, count - 60)
        path = write(folder, "t", "".join(f"{one * 4096}\n" for one in accesses))
        told = answer_of(path, "--format", "addresses", "--frames", str(frames),
                         "--tlb", "%dx%d" % first, "--stlb", "%dx%d" % second,
                         "--at", str(at), "--steps", "50")
        told = [one for one in told if one.get("op") == "access"]
        # One that faults is told twice: the second time its page is there.
        got = [one["tlb"] == "hit" if one["ok"] else False
               for i, one in enumerate(told) if i == 0 or told[i - 1]["ok"]]
        want = list(two_levels(accesses, frames, first, second))[at - 1:at - 1 + len(got)]
        wrong += [(case, first, second, frames, at)] if got != want or len(got) != 50 else []
    tap.equal(wrong, [], "both levels are opened as they were")


def check_toys(tap, folder):
    """A toy with pages of 4 KiB counts as any other; its walks have its levels."""
    accesses = list(make_accesses(15, 3000, 40))
    path = write(folder, "t", lackey(accesses))
    shape = ["--tlb", "4x2", "--frames", "9"]
    usual = answer_of(path, *shape)[0]
    for geometry, levels in (("toy:va=32,pa=30,page=4096,levels=2,entry=4", 2),
                             ("toy:va=20,pa=18,page=4096,levels=1,entry=2", 1),
                             ("toy:va=41,pa=36,page=4096,levels=4,entry=8", 4)):
        toy = answer_of(path, *shape, "--geometry", geometry)[0]
        same = [key for key in ("accesses", "pages", "faults", "evictions", "writebacks",
                                "walks", "minor", "major") if toy[key] != usual[key]]
        tap.equal((same, toy["tlb"], toy["geometry"]),
                  ([], usual["tlb"], geometry), geometry)
        # A walk ends at its last level, but for a table that is not there yet.
        tap.ok(0 <= toy["walks"] * levels - toy["entry_reads"] < levels * 40, f"{geometry}: reads",
               (toy["walks"], toy["entry_reads"]))
        told = answer_of(path, *shape, "--geometry", geometry, "--at", "eviction:20")
        same = answer_of(path, *shape, "--at", "eviction:20")
        ops = [[one.get("op") for one in answer] for answer in (told, same)]
        tap.ok(told[0] == same[0] and ops[0] == ops[1] and told[-1]["ok"],
               f"{geometry}: an access is told", told[-1])


GEOMETRIES = ("x86-32", "x86-pae", "x86-64", "x86-64-la57", "sv32", "sv39", "sv48", "sv57",
              "aarch64", "toy:va=32,pa=30,page=4096,levels=2,entry=4")


def check_geometries(tap, folder):
    """How addresses are cut changes no fault, and no page that is written back.
    With PAE a new table of a gigabyte empties the TLB: nothing else differs."""
    draw = random.Random(16)
    accesses = [(kind, address + draw.choice((0, 1 << 30, 0x7f000000)), size)
                for kind, address, size in make_accesses(16, 2000, 12)]
    path = write(folder, "t", lackey(accesses))
    for tlb in (["--tlb", "4x2"], ["--tlb", "4x2", "--itlb", "2x2", "--stlb", "8x4"]):
        counts = {geometry: answer_of(path, "--geometry", geometry, "--policy", "all",
                                      "--frames", "9", *tlb) for geometry in GEOMETRIES}
        wrong = []
        for geometry, answer in counts.items():
            for one, usual in zip(answer, counts["x86-64"]):
                keys = ["accesses", "pages", "faults", "minor", "evictions", "writebacks"]
                keys += [] if geometry == "x86-pae" else ["tlb"]
                wrong += [(geometry, one["policy"], key) for key in keys if one[key] != usual[key]]
                more = {key: one["tlb"][key] - usual["tlb"][key]
                        for key in ("cold", "capacity", "conflict", "dropped")}
                if not 0 <= more.pop("dropped") < 16 or any(more.values()):
                    wrong.append((geometry, one["policy"], more))
        tap.equal(wrong[:5], [], f"every geometry, {' '.join(tlb)}")


def make_small(seed, count, memory):
    """Accesses to little memory, some of which cross many small pages."""
    draw = random.Random(seed)
    at = 0
    for _ in range(count):
        at = draw.randrange(memory) if draw.random() < 0.1 else at + draw.randrange(-70, 90)
        size = draw.choice((1, 2, 4, 8, 8, 16, 64, 300))
        at = max(0, min(at, memory - size))
        yield draw.choice(list(KINDS)), at, size


def check_page_sizes(tap, folder):
    """Pages of every size that a machine can have: an access counts once in each
    that it touches, in replays, curves and where it is told."""
    for page, geometry in ((64, "toy:va=14,pa=12,page=64,levels=1,entry=4"),
                           (16, "toy:va=14,pa=13,page=16,levels=3,entry=2"),
                           (1024, "toy:va=20,pa=18,page=1024,levels=2,entry=4"),
                           (65536, "toy:va=22,pa=26,page=65536,levels=2,entry=8")):
        accesses = list(make_small(page, 1500, min(64 * page, 1 << 22)))
        path = write(folder, "t", lackey(accesses))
        packed = write(folder, "t.gz", gzip.compress(lackey(accesses).encode()))
        words = ["--policy", ",".join(POLICIES), "--geometry", geometry]
        shape, wrong = ["--frames", "9", "--tlb", "4x2"], []
        curves = {one["policy"]: one["faults"]
                  for one in answer_of(packed, *words, "--curve", "--sizes", "3,9,40")}
        for got in answer_of(path, *words, *shape):
            want = second_way(accesses, got["policy"], 9, 4, 2, page)
            have = {**got, **got["tlb"]}
            wrong += [(got["policy"], key, have[key], want[key])
                      for key in want if have[key] != want[key]]
            wrong += [(got["policy"], "curve", curves[got["policy"]], want["faults"])
                      for _ in "1" if curves[got["policy"]][1] != want["faults"]]
        tap.equal(wrong[:5], [], f"pages of {page} bytes")
        # The same cut up beforehand, and each access told from near by and from afar.
        own = write(folder, "own", b"")
        run("trace", path, "--geometry", geometry, "--convert", own)
        tap.equal([one | {"trace": "", "format": ""} for one in answer_of(own, *words, *shape)],
                  [one | {"trace": "", "format": ""} for one in answer_of(path, *words, *shape)],
                  f"pages of {page} bytes, converted")
        half = geometry.replace(f"page={page}", f"page={page // 2}")
        answer = run("trace", own, "--geometry", half, "--frames", "9")
        tap.ok(page == 16 or answer.status == 1 and f"pages of {page} bytes" in answer.errors
               and "--convert" in answer.errors,
               f"a trace cut at pages of {page} bytes is refused for smaller ones", answer)
        touched = list(pages_of(accesses, page))
        for number in (1, len(touched) // 2, len(touched)):
            told = answer_of(path, *words, *shape, "--at", str(number))
            tap.ok(told[-1]["ok"] and int(told[-1]["va"], 16) // page == touched[number - 1][0],
                   f"pages of {page} bytes: access {number} is told", told[-1])
    cut = b"PWTRACE\n" + struct.pack("<IIQQ", 1, 0, 1, 64 << 2)
    answer = run("trace", write(folder, "old", cut), "--frames", "2", "--geometry",
                 "toy:va=14,pa=12,page=64,levels=1,entry=4")
    tap.ok(answer.status == 1 and "pages of 4096 bytes" in answer.errors,
           "one that does not say was cut at 4 KiB", answer)
    answer = run("trace", write(folder, "p", "1\n70\n"), "--geometry",
                 "toy:va=14,pa=12,page=64,levels=1,entry=4", "--frames", "64")
    tap.ok(answer.status == 2 and "from 1 to 63" in answer.errors,
           "one frame is left for page tables", answer)


def check_interrupt(tap):
    program = subprocess.Popen(
        [CLI, "trace", "-", "--json", "--progress", "--policy", "opt,lru",
         "--frames", "2"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    program.stdin.write(b"I  04001000,3\n" * 20000)
    program.stdin.flush()
    # It says how far it is once a second: then it surely reads.
    program.stderr.readline()
    # Twice, as one comes to a program of a group that is interrupted as a whole.
    program.send_signal(signal.SIGINT)
    program.send_signal(signal.SIGINT)
    # The pipe stays open: who waits for its end is killed.
    patience = threading.Timer(60, program.kill)
    patience.start()
    output = program.stdout.read()
    program.wait()
    patience.cancel()
    program.stdin.close()
    got = json.loads(output or "{}")
    tap.ok(program.returncode == 1,
           "Ctrl-C ends it, and it does not wait for the pipe", program.returncode)
    tap.ok(got.get("interrupted") and got["accesses"] > 0
           and got["policy"] == "lru", "it prints what is done so far", got)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        check_counts(tap, folder)
        check_causes(tap, folder)
        check_causes_add_up(tap, folder)
        check_split(tap, folder)
        check_formats(tap, folder)
        check_refusals(tap, folder)
        check_memory_limit(tap, folder)
        check_windows(tap, folder)
        check_skip(tap, folder)
        check_processes(tap, folder)
        check_curve(tap, folder)
        check_curve_refusals(tap, folder)
        check_second_level(tap, folder)
        check_deep_stack(tap, folder)
        check_drawing(tap, folder)
        check_opening(tap, folder)
        check_opening_opt(tap, folder)
        check_events(tap, folder)
        check_skimming(tap, folder)
        check_toys(tap, folder)
        check_geometries(tap, folder)
        check_page_sizes(tap, folder)
    check_interrupt(tap)
    tap.done()


if __name__ == "__main__":
    main()
