"""Makes random scripts for the command line: a machine, its mappings, many accesses."""

from dataclasses import dataclass, field
from random import Random

import model

SIZES = {12: "4K", 21: "2M", 22: "4M", 30: "1G"}
FRAME_BITS = {"x86-32": 20, "x86-64": 40}       # of a frame number, 4 KiB pages
LARGE_FRAME_BITS = {"x86-32": 28, "x86-64": 40}
WIDEST_ACCESS = 8                               # bytes; no access crosses a page


@dataclass
class Mapping:
    process: str
    address: int
    shift: int
    frame: int
    flags: str

    def covers(self, address):
        return address >> self.shift == self.address >> self.shift


@dataclass
class Access:
    process: str
    address: int
    kind: str
    mode: str
    width: int = None
    value: int = None

    def line(self):
        stored = "" if self.value is None else f" width={self.width} value={self.value:#x}"
        return (f"access process={self.process} va={self.address:#x}"
                f" kind={self.kind} mode={self.mode}{stored}")


@dataclass
class Script:
    seed: int
    machine: model.Machine
    megabytes: int
    sets: int
    ways: int
    processes: list
    mappings: list = field(default_factory=list)
    accesses: list = field(default_factory=list)
    family: str = "plain"

    def lines(self):
        yield (f"machine geometry={self.machine.geometry} memory={self.megabytes}M"
               f" tlb-sets={self.sets} tlb-ways={self.ways}" + "".join(self._modes()))
        for name in self.processes:
            yield f"process name={name}"
        for one in self.mappings:
            size = "" if self._terse and one.shift == 12 else f" size={SIZES[one.shift]}"
            yield (f"map process={one.process} va={one.address:#x} frame={one.frame:#x}"
                   f" flags={one.flags}{size}")
        yield from self._dumps()
        for one in self.accesses:
            yield one.line()
        yield from self._dumps()

    @property
    def _terse(self):
        """Some scripts leave out what is so by default."""
        return self.seed % 3 == 0

    def _modes(self):
        for name, default in (("wp", True), ("nx", True), ("smep", False), ("smap", False)):
            value = getattr(self.machine, name)
            if name == "nx" and self.machine.geometry != "x86-64":
                continue
            if not (self._terse and value == default):
                yield f" {name}={'on' if value else 'off'}"

    def _dumps(self):
        for name in self.processes:
            yield f"dump process={name}"

    def text(self):
        return "".join(line + "\n" for line in self.lines())


def make(geometry, seed, mappings=80, accesses=1000):
    random = Random(f"{geometry} {seed}")
    script = Script(
        seed=seed,
        machine=model.Machine(geometry, wp=random.random() < 0.7, nx=random.random() < 0.7,
                              smep=random.random() < 0.4, smap=random.random() < 0.3),
        megabytes=random.choice((64, 128, 256)),
        sets=random.choice((1, 2, 3, 4, 16)),
        ways=random.choice((1, 2, 4, 8)),
        processes=["A", "B"] if random.random() < 0.3 else ["A"])
    add_mappings(script, random, mappings)
    add_accesses(script, random, accesses)
    return script


def shifts(geometry):
    return [level.shift for level in model.LEVELS[geometry]
            if level.large or level.shift == 12]


def extend(geometry, address):
    """Repeats bit 47 above it."""
    if geometry == "x86-64" and address >> 47 & 1:
        return address | model.bits(48, 63)
    return address & model.bits(0, 31 if geometry == "x86-32" else 47)


def some_page(random, geometry, shift):
    """A page's address: near its neighbours, so that tables and sets are shared."""
    bits = 32 if geometry == "x86-32" else 48
    if random.random() < 0.15:
        address = random.getrandbits(bits)
    else:
        address = random.choice((0, 1 << bits - 1, (1 << bits) - (1 << bits // 2 + 10)))
        address += random.getrandbits(random.choice((17, 24, 31 if bits == 32 else 33)))
    return extend(geometry, address) >> shift << shift


def some_frame(random, script, shift):
    """A frame that no table lies in: those have the low frames of memory."""
    geometry = script.machine.geometry
    widths = FRAME_BITS if shift == 12 else LARGE_FRAME_BITS
    width = widths[geometry]
    if random.random() < 0.9:
        width = min(width, 24)
    managed = script.megabytes << 8
    lowest = managed // 2 if shift == 12 else managed
    units = shift - 12
    return random.randrange((lowest >> units) + 1, 1 << width - units) << units


def some_flags(random):
    letters = "r"
    for letter, chance in (("w", 0.6), ("x", 0.5), ("u", 0.6), ("g", 0.1)):
        letters += letter if random.random() < chance else ""
    return letters


def add_mappings(script, random, count):
    """Pages that do not overlap, in any order of sizes."""
    geometry = script.machine.geometry
    for _ in range(count):
        process = random.choice(script.processes)
        shift = random.choice(shifts(geometry) + [12, 12])
        address = some_page(random, geometry, shift)
        taken = any(one.process == process
                    and address >> max(shift, one.shift) == one.address >> max(shift, one.shift)
                    for one in script.mappings)
        if taken:
            continue
        script.mappings.append(Mapping(process, address, shift,
                                       some_frame(random, script, shift),
                                       some_flags(random)))


def some_address(script, random, mapping):
    """An address in the page, at times beside it or not canonical."""
    geometry = script.machine.geometry
    address = mapping.address + random.getrandbits(mapping.shift)
    chance = random.random()
    if chance < 0.08:
        address ^= 1 << random.randrange(12, 32)
    elif chance < 0.12:
        address = random.getrandbits(32 if geometry == "x86-32" else 48)
    address = extend(geometry, address)
    if chance > 0.98 and geometry == "x86-64":
        address ^= 1 << random.choice((47, random.randrange(48, 64)))
    offset = min(address % model.PAGE, model.PAGE - WIDEST_ACCESS)
    return address // model.PAGE * model.PAGE + offset


def add_accesses(script, random, count):
    """Mostly to a few pages, which change with time: hits, misses and evictions."""
    few = [random.choice(script.mappings)]
    for _ in range(count):
        if random.random() < 0.02:
            few = random.sample(script.mappings, min(len(script.mappings), 12))
        mapping = random.choice(few if random.random() < 0.7 else script.mappings)
        if mapping.process != few[0].process and random.random() < 0.8:
            mapping = few[0]                # processes alternate, but not all the time
        script.accesses.append(Access(mapping.process, some_address(script, random, mapping),
                                      random.choice(model.KINDS), random.choice(model.MODES)))
