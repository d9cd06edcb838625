"""A slow, naive model of x86 address translation, from the manuals' rules alone.

The rules are those of the chapter "Paging" in volume 3A of the Intel manual;
section numbers below are of the editions in which it is chapter 4. The model
shares nothing with the simulation that it checks.
"""

from common import (ENTRY_BYTES, LEVELS, Fault, Outcome, Page, Rights, bits,
                    canonical, read_entry, set_bits)

MAXPHYADDR = 52

# Bits of a paging entry.
PRESENT = 1 << 0
WRITABLE = 1 << 1
USER = 1 << 2
ACCESSED = 1 << 5
DIRTY = 1 << 6
LARGE = 1 << 7
GLOBAL = 1 << 8
NO_EXECUTE = 1 << 63

# Bits of a page fault's error code.
ERROR_PRESENT = 1
ERROR_WRITE = 2
ERROR_USER = 4
ERROR_RESERVED = 8
ERROR_FETCH = 16

GENERAL_PROTECTION = 13
PAGE_FAULT = 14


class Refused(Exception):
    """A root that cannot be loaded: #GP."""


def reserved_bits(machine, level, is_page):
    """Bits that must be 0 in a present entry (4.3, 4.4.2 and 4.5)."""
    shift = LEVELS[machine.geometry][level].shift
    if machine.geometry == "x86-32":
        # PSE-36: bits 20 to 13 of a 4 MiB entry are address bits 39 to 32.
        return bits(21, 21) if shift == 22 and is_page else 0
    reserved = bits(MAXPHYADDR, 51) if MAXPHYADDR < 52 else 0
    if machine.geometry == "x86-pae":
        reserved |= bits(52, 62)
        if level == 0:
            return reserved | NO_EXECUTE | bits(1, 2) | bits(5, 8)
    if not machine.no_execute:
        reserved |= NO_EXECUTE
    if shift > 30:
        reserved |= LARGE
    elif is_page and shift > 12:
        reserved |= bits(13, shift - 1)
    return reserved


def page_address(machine, shift, entry):
    """Where the page begins that a leaf entry names."""
    if machine.geometry == "x86-32":
        if shift == 22:
            return (entry & bits(13, 20)) << 19 | entry & bits(22, 31)
        return entry & bits(12, 31)
    return entry & bits(shift, 51)


def table_address(machine, entry):
    return entry & (bits(12, 31) if machine.geometry == "x86-32" else bits(12, 51))


def permitted(machine, rights, kind, mode):
    """Section 4.6.1, with EFLAGS.AC = 0."""
    if mode == "user":
        if not rights.user:
            return False
        if kind == "write":
            return rights.writable
        if kind == "fetch":
            return rights.executable
        return True
    if kind == "fetch":
        return rights.executable and not (machine.smep and rights.user)
    if machine.smap and rights.user:
        return False
    if kind == "write":
        return rights.writable or not machine.wp
    return True


def error_code(machine, kind, mode, cause):
    """Section 4.7."""
    code = ERROR_PRESENT if cause != "not-present" else 0
    code |= ERROR_RESERVED if cause == "reserved" else 0
    code |= ERROR_WRITE if kind == "write" else 0
    code |= ERROR_USER if mode == "user" else 0
    if kind == "fetch" and (machine.no_execute or machine.smep):
        code |= ERROR_FETCH
    return code


def fault_of(machine, address, kind, mode, cause, number=0):
    if cause == "non-canonical":
        return Fault(cause, GENERAL_PROTECTION, 0, address)
    return Fault(cause, PAGE_FAULT, error_code(machine, kind, mode, cause), address)


def follow(machine, number, entry):
    """None, or (is it a page, its address or the next table's)."""
    if not entry & PRESENT:
        return None
    level = LEVELS[machine.geometry][number]
    if level.shift == 12 or (level.large and entry & LARGE):
        return True, page_address(machine, level.shift, entry)
    return False, table_address(machine, entry)


def marks(entry):
    """Global, dirty, accessed."""
    return bool(entry & GLOBAL), bool(entry & DIRTY), bool(entry & ACCESSED)


def dirty_bit():
    return DIRTY


def misses_flag(machine, page_dirty, accessed, kind):
    """This family's processors set the flags themselves."""
    return False


def load_root(machine, frames, cr3):
    """What MOV to CR3 leaves in the processor; PAE reads four entries (4.4.1)."""
    if machine.geometry != "x86-pae":
        return cr3
    pointers = tuple(read_entry(frames, cr3 + 8 * index, 8) for index in range(4))
    for entry in pointers:
        if entry & PRESENT and entry & reserved_bits(machine, 0, False):
            raise Refused
    return pointers


def walk(machine, frames, root, address, kind, mode, mark=True):
    """Follows the tables for one access; marks accessed and dirty bits in frames."""
    out = Outcome()

    def refuse(cause):
        out.fault = fault_of(machine, address, kind, mode, cause)
        return out

    if not canonical(machine.geometry, address):
        return refuse("non-canonical")
    size = ENTRY_BYTES[machine.geometry]
    levels = list(enumerate(LEVELS[machine.geometry]))
    if machine.geometry == "x86-pae":
        pointer = root[address >> 30]
        if not pointer & PRESENT:
            return refuse("not-present")
        table = table_address(machine, pointer)
        del levels[0]
    else:
        table = table_address(machine, root)
    writable = user = executable = True

    for number, level in levels:
        place = table + (address >> level.shift & bits(0, level.bits - 1)) * size
        entry = read_entry(frames, place, size)
        out.reads += 1
        out.entries.append(place)

        if not entry & PRESENT:
            return refuse("not-present")
        is_page = level.shift == 12 or (level.large and bool(entry & LARGE))
        if entry & reserved_bits(machine, number, is_page):
            return refuse("reserved")

        writable = writable and bool(entry & WRITABLE)
        user = user and bool(entry & USER)
        executable = executable and not (machine.no_execute and entry & NO_EXECUTE)

        if is_page:
            break
        if mark:
            set_bits(frames, place, ACCESSED)
        table = table_address(machine, entry)

    rights = Rights(writable, user, executable, True, executable)
    if not permitted(machine, rights, kind, mode):
        return refuse("protection")
    if mark:
        set_bits(frames, place, ACCESSED | (DIRTY if kind == "write" else 0))

    start = page_address(machine, level.shift, entry)
    out.pa = start + (address & (1 << level.shift) - 1)
    out.page = Page(start, level.shift, rights, place,
                    kind == "write" or bool(entry & DIRTY), bool(entry & GLOBAL))
    return out
