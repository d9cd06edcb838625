"""Makes random scripts for the command line: a machine, its mappings, many accesses."""

from dataclasses import dataclass, field
from random import Random

import model

SIZES = {12: "4K", 21: "2M", 22: "4M", 30: "1G", 39: "512G", 48: "256T"}
FRAME_BITS = {"x86-32": 20, "x86-pae": 40, "x86-64": 40, "x86-64-la57": 40, "sv32": 22,
              "sv39": 44, "sv48": 44, "sv57": 44, "aarch64": 36}    # of a frame number
LARGE_FRAME_BITS = {**FRAME_BITS, "x86-32": 28}
MODES = {"wp": True, "nx": True, "smep": False, "smap": False, "sum": False, "mxr": False}
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
        for name, default in MODES.items():
            value = getattr(self.machine, name)
            if name == "nx" and self.machine.geometry == "x86-32":
                continue
            if not (self._terse and value == default):
                yield f" {name}={'on' if value else 'off'}"
        if self.machine.software:
            yield " flags=software"

    def _dumps(self):
        for name in self.processes:
            yield f"dump process={name}"

    def text(self):
        return "".join(line + "\n" for line in self.lines())


def make(geometry, seed, mappings=80, accesses=1000, software=0.1):
    random = Random(f"{geometry} {seed}")
    script = Script(
        seed=seed,
        machine=model.Machine(geometry, wp=random.random() < 0.7, nx=random.random() < 0.7,
                              smep=random.random() < 0.4, smap=random.random() < 0.3,
                              sum=random.random() < 0.5, mxr=random.random() < 0.4,
                              software=random.random() < software),
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


def shared(geometry, address):
    """Does every process see this page? AArch64 has one root for all upper halves."""
    return geometry == "aarch64" and bool(address >> 63)


def some_page(random, geometry, shift):
    """A page's address: near its neighbours, so that tables and sets are shared."""
    width = model.ADDRESS_BITS[geometry]
    if random.random() < 0.15:
        address = random.getrandbits(width)
    else:
        address = random.choice((0, 1 << width - 1, (1 << width) - (1 << width // 2 + 10)))
        spread = 31 if width == 32 else 33
        if shift > 30 and random.random() < 0.8:
            spread = shift + 3
        address += random.getrandbits(random.choice((17, 24, spread)))
    return model.extend(geometry, address) >> shift << shift


def some_frame(random, script, shift):
    """A frame that no table lies in: those have the low frames of memory."""
    geometry = script.machine.geometry
    widths = FRAME_BITS if shift == 12 else LARGE_FRAME_BITS
    width = widths[geometry]
    if random.random() < 0.9:
        width = min(width, max(24, shift - 12 + 3))
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
        taken = any((one.process == process or shared(geometry, address))
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
        address = random.getrandbits(model.ADDRESS_BITS[geometry])
    address = model.extend(geometry, address)
    if chance > 0.98 and not model.canonical(geometry, 1 << 63):
        top = model.ADDRESS_BITS[geometry] - 1
        address ^= 1 << random.choice((top, random.randrange(top, 64)))
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
