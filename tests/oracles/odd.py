"""Makes scripts that write odd bits into their own page tables, as a kernel could."""

from random import Random

import model
import scripts

# The process sees the first frames of memory, where its tables are, from here.
WINDOW = {"x86-32": 0xF0000000, "x86-64": 0x7E0000000000}
WINDOW_FRAMES = 256

POKES = 0.15            # of all accesses
ACCESSES = 800


def begin(geometry, seed):
    """A script with mappings and no accesses yet."""
    script = scripts.make(geometry, seed, mappings=40, accesses=0)
    script.family = "odd"
    script.processes = ["A"]
    window = [scripts.Mapping("A", WINDOW[geometry] + frame * model.PAGE, 12, frame, "rw")
              for frame in range(WINDOW_FRAMES)]
    others = []
    for one in script.mappings:
        one.process = "A"
        if not any(overlap(one, other) for other in window + others):
            others.append(one)
    script.mappings = window + others
    return script


def overlap(one, other):
    shift = max(one.shift, other.shift)
    return one.address >> shift == other.address >> shift


def complete(script, cr3, frames):
    """Adds pokes and accesses; the tables that the mappings made are known now."""
    random = Random(f"odd {script.machine.geometry} {script.seed}")
    reader = model.Machine(script.machine.geometry, wp=False, nx=script.machine.nx)

    def path(mapping):
        return model.walk(reader, frames, cr3, mapping.address, "read", "kernel",
                          mark=False).entries

    window = script.mappings[:WINDOW_FRAMES]
    targets = script.mappings[WINDOW_FRAMES:]
    needed = {place for mapping in window for place in path(mapping)}
    places = {mapping.address: [place for place in path(mapping)
                                if place not in needed
                                and place // model.PAGE < WINDOW_FRAMES]
              for mapping in targets}
    entries = {}
    for _ in range(ACCESSES):
        mapping = random.choice(targets)
        if random.random() < POKES and places[mapping.address]:
            level = random.randrange(len(places[mapping.address]))
            place = places[mapping.address][level]
            script.accesses.append(poke(script, random, frames, place, entries))
        else:
            script.accesses.append(scripts.Access(
                "A", scripts.some_address(script, random, mapping),
                random.choice(model.KINDS), random.choice(model.MODES)))


def poke(script, random, frames, place, entries):
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
    return scripts.Access("A", address, "write", "kernel", size, entry)


def changeable(machine, entry):
    """Bits that do not make an entry point to another table."""
    chosen = [1 << bit for bit in range(12)]
    chosen += [model.PRESENT, model.WRITABLE, model.USER, model.LARGE]      # more often
    if entry & model.LARGE:
        chosen += [1 << bit for bit in range(12, 22)]
    if machine.geometry == "x86-64":
        chosen += [1 << bit for bit in range(52, 63)] + 4 * [model.NO_EXECUTE]
    return chosen
