"""Makes scripts that write odd bits into their own page tables, as a kernel could."""

from random import Random

import arm
import model
import riscv
import scripts
import x86

# The process sees the first frames of memory, where its tables are, from here.
WINDOW = {"x86-32": 0xF0000000, "x86-pae": 0xF0000000, "x86-64": 0x7E0000000000,
          "x86-64-la57": 0x7E0000000000, "sv32": 0xF0000000, "sv39": 0x3E00000000,
          "sv48": 0x7E0000000000, "sv57": 0x7E0000000000, "aarch64": 0x7E0000000000}
WINDOW_FRAMES = 256

POKES = 0.15            # of all accesses
ACCESSES = 800


def begin(geometry, seed):
    """A script with mappings and no accesses yet.

    No process can write where software would have to set the flags first. The
    window comes last: what is mapped already, the allocator takes for no table.
    """
    script = scripts.make(geometry, seed, mappings=40, accesses=0, software=0)
    script.family = "odd"
    window = [scripts.Mapping(process, WINDOW[geometry] + frame * model.PAGE, 12, frame, "rw")
              for process in script.processes for frame in range(WINDOW_FRAMES)]
    others = [one for one in script.mappings
              if not any(overlap(one, other) for other in window)]
    script.mappings = others + window
    return script


def overlap(one, other):
    shift = max(one.shift, other.shift)
    return one.address >> shift == other.address >> shift


class Paths:
    """Where the entries lie that lead to a process's pages."""

    def __init__(self, machine, dumps):
        self.machine = machine
        self.dumps = dumps
        self.frames = {frame: page for _, frames in dumps.values()
                       for frame, page in frames.items()}

    def of(self, mapping):
        root, frames = self.dumps[mapping.process]
        loaded = model.load_root(self.machine, frames, root)
        places = model.walk(self.machine.reader, frames, loaded, mapping.address, "read",
                            "kernel", mark=False).entries
        if self.machine.geometry == "x86-pae":      # loaded, not read by a walk
            places = [root + 8 * (mapping.address >> 30)] + places
        return places


def complete(script, dumps):
    """Adds pokes and accesses; the tables that the mappings made are known now."""
    random = Random(f"odd {script.machine.geometry} {script.seed}")
    paths = Paths(script.machine, dumps)
    count = len(script.mappings) - len(script.processes) * WINDOW_FRAMES
    needed = {place for mapping in script.mappings[count:] for place in paths.of(mapping)}
    targets = script.mappings[:count]
    places = [[place for place in paths.of(mapping)
               if place not in needed and place // model.PAGE < WINDOW_FRAMES]
              for mapping in targets]
    entries = {}
    running = script.processes[0]
    for _ in range(ACCESSES):
        number = random.randrange(len(targets))
        if random.random() < POKES and places[number]:
            place = random.choice(places[number] + 2 * places[number][-1:])
            script.accesses.append(poke(script, random, paths.frames, running, place, entries))
            continue
        mapping = targets[number]
        running = mapping.process
        script.accesses.append(scripts.Access(
            running, scripts.some_address(script, random, mapping),
            random.choice(model.KINDS), random.choice(model.MODES)))


def poke(script, random, frames, process, place, entries):
    """A write of the kernel, through the window, of an entry with some bits changed.

    Entries go back to what they were at times, or soon nothing could be walked.
    """
    size = model.ENTRY_BYTES[script.machine.geometry]
    original = model.read_entry(frames, place, size)
    entry = entries.get(place, original)
    if entry != original and random.random() < 0.5:
        entry = original
    else:
        for _ in range(random.randrange(1, 3)):
            entry ^= random.choice(changeable(script.machine, original))
    entries[place] = entry
    address = WINDOW[script.machine.geometry] + place
    return scripts.Access(process, address, "write", "kernel", size, entry)


def changeable(machine, entry):
    """Bits that do not make an entry point to another table."""
    if machine.geometry.startswith("sv"):
        return changeable_riscv(machine, entry)
    if machine.geometry == "aarch64":
        return changeable_arm(entry)
    chosen = [1 << bit for bit in range(12)]
    chosen += [x86.PRESENT, x86.WRITABLE, x86.USER, x86.LARGE]      # more often
    if entry & x86.LARGE:
        chosen += [1 << bit for bit in range(12, 22)]
    if machine.geometry != "x86-32":
        chosen += [1 << bit for bit in range(52, 63)] + 4 * [x86.NO_EXECUTE]
    return chosen


def changeable_riscv(machine, entry):
    chosen = 2 * [1 << bit for bit in range(8)] + [1 << 8, 1 << 9] + 3 * [riscv.READ]
    if machine.geometry != "sv32":
        chosen += [1 << bit for bit in (54, 57, 60, 61, 62, 63)]
    if riscv.is_page(entry):
        chosen += [1 << bit for bit in (10, 15, 18, 19, 20)]        # out of place, if super
    return chosen


def changeable_arm(entry):
    chosen = [arm.VALID, arm.TYPE, arm.PXN, arm.UXN, arm.PXN_TABLE, arm.UXN_TABLE,
              arm.AP_TABLE_NO_USER, arm.AP_TABLE_READ_ONLY, 1 << 63, arm.NOT_GLOBAL]
    chosen += 2 * [arm.AP_USER, arm.AP_READ_ONLY, arm.ACCESSED, arm.TYPE]
    return chosen + [1 << bit for bit in (2, 3, 4, 5, 8, 9, 48, 50, 51, 52, 55, 58)]
