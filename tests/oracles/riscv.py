"""A slow, naive model of RISC-V's address translation, from the manual's rules alone.

The Privileged Architecture, version 1.12 and later, chapter "Supervisor-Level ISA":
"Virtual Address Translation Process" of Sv32, and the sections on Sv39 to Sv57. The
machine has neither Svnapot nor Svpbmt, so their bits are reserved.
"""

from common import (ENTRY_BYTES, LEVELS, PAGE, Fault, Outcome, Page, Rights, bits,
                    canonical, read_entry, set_bits)

VALID = 1 << 0
READ = 1 << 1
WRITE = 1 << 2
EXECUTE = 1 << 3
USER = 1 << 4
GLOBAL = 1 << 5
ACCESSED = 1 << 6
DIRTY = 1 << 7

CAUSES = {"fetch": 12, "read": 13, "write": 15}


def ppn_width(machine):
    return 22 if machine.geometry == "sv32" else 44


def ppn(machine, entry):
    return entry >> 10 & bits(0, ppn_width(machine) - 1)


def is_page(entry):
    """Read, write and execute all clear: it points to the next table."""
    return bool(entry & (READ | WRITE | EXECUTE))


def reserved_bits(machine, number, entry):
    """What must be 0 in a valid entry like this one."""
    reserved = 0 if machine.geometry == "sv32" else bits(54, 63)
    if not is_page(entry):
        return reserved | DIRTY | ACCESSED | USER
    if not entry & READ:
        reserved |= WRITE
    units = LEVELS[machine.geometry][number].shift - 12
    return reserved | (bits(10, 9 + units) if units else 0)     # misaligned superpage


def permitted(machine, rights, kind, mode):
    if mode == "user" and not rights.user:
        return False
    if mode == "kernel" and rights.user and (kind == "fetch" or not machine.sum):
        return False
    if kind == "fetch":
        return rights.executable
    if kind == "write":
        return rights.writable
    return rights.readable or (machine.mxr and rights.executable)


def fault_of(machine, address, kind, mode, cause, number=0):
    return Fault(cause, CAUSES[kind], 0, address)


def follow(machine, number, entry):
    """None, or (is it a page, its address or the next table's)."""
    if not entry & VALID or (number == len(LEVELS[machine.geometry]) - 1 and not is_page(entry)):
        return None
    return is_page(entry), ppn(machine, entry) * PAGE


def marks(entry):
    """Global, dirty, accessed."""
    return bool(entry & GLOBAL), bool(entry & DIRTY), bool(entry & ACCESSED)


def load_root(machine, frames, root):
    return root


def dirty_bit():
    return DIRTY


def misses_flag(machine, page_dirty, accessed, kind):
    """Does software have to set a flag first?"""
    return machine.software and (not accessed or (kind == "write" and not page_dirty))


def walk(machine, frames, root, address, kind, mode, mark=True):
    out = Outcome()

    def refuse(cause):
        out.fault = fault_of(machine, address, kind, mode, cause)
        return out

    if not canonical(machine.geometry, address):
        return refuse("non-canonical")
    size = ENTRY_BYTES[machine.geometry]
    levels = LEVELS[machine.geometry]
    table = root
    everywhere = False
    for number, level in enumerate(levels):
        place = table + (address >> level.shift & bits(0, level.bits - 1)) * size
        entry = read_entry(frames, place, size)
        out.reads += 1
        out.entries.append(place)
        if not entry & VALID:
            return refuse("not-present")
        if entry & reserved_bits(machine, number, entry):
            return refuse("reserved")
        everywhere = everywhere or bool(entry & GLOBAL)
        if is_page(entry):
            break
        table = ppn(machine, entry) * PAGE
    else:
        return refuse("not-present")

    executable = bool(entry & EXECUTE)
    rights = Rights(bool(entry & WRITE), bool(entry & USER), executable,
                    bool(entry & READ), executable)
    dirty = bool(entry & DIRTY)
    if not permitted(machine, rights, kind, mode):
        return refuse("protection")
    if misses_flag(machine, dirty, bool(entry & ACCESSED), kind):
        return refuse("protection")
    if mark:
        set_bits(frames, place, ACCESSED | (DIRTY if kind == "write" else 0))

    start = ppn(machine, entry) * PAGE
    out.pa = start + (address & bits(0, level.shift - 1))
    out.page = Page(start, level.shift, rights, place, dirty or kind == "write", everywhere)
    return out
