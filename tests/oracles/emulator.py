"""Compares the model with QEMU: what the tables map, and accesses executed for real."""

import model
import processor
import tables
import x86

FLAG_LETTERS = (("X", x86.NO_EXECUTE), ("G", x86.GLOBAL), ("P", x86.LARGE),
                ("D", x86.DIRTY), ("A", x86.ACCESSED), ("C", 1 << 4), ("T", 1 << 3),
                ("U", x86.USER), ("W", x86.WRITABLE))


def letters(entry, shift):
    """A leaf's flags as QEMU's list spells them; bit 7 of a 4 KiB entry is no flag to it."""
    if shift == 12:
        entry &= ~x86.LARGE
    return "".join(letter for letter, bit in FLAG_LETTERS if entry & bit)


def listed(machine, frames, cr3):
    """What QEMU's list should be: it cuts addresses to 50 bits, and 4 MiB pages to 32.

    With PAE it prints the entry but for its low bits, 12 of them or, of a large page, 20.
    """
    lines = []
    for address, start, shift, entry in model.translations(machine, frames, cr3):
        shown = model.bits(shift, 31 if machine.geometry == "x86-32" else 49)
        start &= shown
        if machine.geometry == "x86-32" and shift == 22:
            start |= entry & model.bits(21, 21)         # reserved, but listed
        if machine.geometry == "x86-pae":
            start = entry & model.bits(12 if shift == 12 else 20, 63)
        lines.append((address, start, letters(entry, shift)))
    return sorted(lines)


def load(memory, frames):
    for frame, page in frames.items():
        memory[frame * model.PAGE:(frame + 1) * model.PAGE] = bytes(page)


def compare_walks(report, emulator, machine, frames, cr3, addresses):
    """QEMU's list and its walk for debuggers, against the model's reading."""
    load(emulator.memory, frames)
    emulator.page_tables(machine.geometry, cr3, machine.wp, machine.nx)
    report.equal_lists("translations listed by QEMU", listed(machine, frames, cr3),
                       sorted(emulator.translations()))
    loaded = model.load_root(machine, frames, cr3)
    for address in addresses:
        out = model.walk(machine.reader, frames, loaded, address, "read", "kernel",
                         mark=False)
        if out.fault is not None and out.fault.kind in ("reserved", "protection"):
            continue                    # QEMU's debugging walk looks at neither
        report.equal(f"QEMU's physical address of {address:#x}", out.pa,
                     emulator.translate(address))


def some_machine(random, geometry):
    return model.Machine(geometry, *(random.random() < 0.5 for _ in range(4)))


def walks(report, emulator, random, geometry, count):
    """Random tables with every address bit in use, read by the model and by QEMU."""
    machine = some_machine(random, geometry)
    built = tables.Tables(machine, random, tables.anywhere(machine, random))
    for _ in range(60):
        built.add()
    addresses = [built.some_address() for _ in range(count)]
    if model.ADDRESS_BITS[geometry] == 32:
        addresses = [address & model.bits(0, 31) for address in addresses]
    compare_walks(report, emulator, machine, built.frames, built.cr3, addresses)


def executed(report, cpu, random, count):
    """Random accesses under random tables, executed by QEMU's processor."""
    machine = some_machine(random, cpu.geometry)
    built = tables.Tables(machine, random, tables.in_memory(random))
    for _ in range(60):
        built.add()
    load(cpu.memory, built.frames)
    cpu.use(machine, built.cr3)
    for number in range(count):
        address = built.some_address()
        kind = random.choice(model.KINDS)
        mode = random.choice(model.MODES)
        case = f"{kind} of {address:#x} by {mode} on {machine}"
        compare_execution(report, cpu, machine, built, address, kind, mode, case,
                          random.randrange(1, 256))
    for frame, page in built.frames.items():
        if frame not in built.harness_frames:
            start = frame * model.PAGE
            report.equal(f"table frame {frame:#x} at the end on {machine}", bytes(page),
                         cpu.memory[start:start + model.PAGE])


def compare_execution(report, cpu, machine, built, address, kind, mode, case, value):
    root = model.load_root(machine, built.frames, built.cr3)
    place = model.walk(machine.reader, built.frames, root, address, "read", "kernel",
                       mark=False).pa
    if place is not None:
        before = value if kind == "read" else 0
        cpu.put(place, processor.load_immediate(value) if kind == "fetch" else bytes([before]))
    out = model.walk(machine, built.frames, root, address, kind, mode)
    al, fault = cpu.access(address, kind, mode, value if kind == "write" else 0)

    undo_early_accessed(cpu, machine, built, out)

    expected = None
    if out.fault is not None:
        shown = out.fault.address if out.fault.vector == x86.PAGE_FAULT else None
        expected = (out.fault.vector, out.fault.error, shown)
    report.equal(f"fault of {case}", expected, fault)
    if expected is None and fault is None:
        found = cpu.memory[place] if kind == "write" else al
        report.equal(f"value of {case}", value, found)
    size = model.ENTRY_BYTES[machine.geometry]
    for entry in out.entries:
        report.equal(f"entry at {entry:#x} after {case}",
                     model.read_entry(built.frames, entry, size),
                     int.from_bytes(cpu.memory[entry:entry + size], "little"))


def undo_early_accessed(cpu, machine, built, out):
    """This emulator marks a 1 GiB entry accessed before it looks any further.

    A processor may do so as well; the simulation's rule is to mark it last.
    """
    levels = model.LEVELS[machine.geometry]
    number = len(out.entries) - 1
    if len(levels) < 4 or out.ok or number < 0 or levels[number].shift != 30:
        return
    place = out.entries[-1]
    entry = model.read_entry(built.frames, place, 8)
    if entry & x86.PRESENT and entry & x86.LARGE and not entry & x86.ACCESSED:
        cpu.put(place, bytes([cpu.memory[place] & ~x86.ACCESSED]))
