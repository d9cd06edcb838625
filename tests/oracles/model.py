"""A slow, naive model of x86 address translation, from the manuals' rules alone.

The rules are those of the chapter "Paging" in volume 3A of the Intel manual;
section numbers below are of the editions in which it is chapter 4. The model
shares nothing with the simulation that it checks.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

PAGE = 4096
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

KINDS = ("read", "write", "fetch")
MODES = ("user", "kernel")


@dataclass(frozen=True)
class Machine:
    """What control registers decide."""

    geometry: str
    wp: bool = True
    nx: bool = True
    smep: bool = False
    smap: bool = False

    @property
    def no_execute(self):
        """Plain 32-bit paging has no execute-disable bit (4.1.3)."""
        return self.nx and self.geometry == "x86-64"


@dataclass(frozen=True)
class Level:
    """How one level of the tables is indexed, and which page it may map."""

    shift: int
    large: bool


LEVELS = {
    "x86-32": (Level(22, True), Level(12, False)),
    "x86-64": (Level(39, False), Level(30, True), Level(21, True), Level(12, False)),
}
INDEX_BITS = {"x86-32": 10, "x86-64": 9}
ENTRY_BYTES = {"x86-32": 4, "x86-64": 8}


def canonical(address):
    """48-bit addresses: bits 63 to 47 are all alike."""
    top = address >> 47
    return top in (0, 0x1FFFF)


def read_entry(frames, address, size):
    page = frames.get(address // PAGE)
    if page is None:
        return 0
    offset = address % PAGE
    return int.from_bytes(page[offset:offset + size], "little")


def set_bits(frames, address, bits):
    """All the bits that a processor sets lie in an entry's first byte."""
    page = frames[address // PAGE]
    page[address % PAGE] |= bits


def bits(low, high):
    """A mask of the bits low to high, both included."""
    return (1 << high + 1) - (1 << low)


def reserved_bits(machine, level, is_page):
    """Bits that must be 0 in a present entry (4.3 and 4.5)."""
    shift = LEVELS[machine.geometry][level].shift
    if machine.geometry == "x86-32":
        # PSE-36: bits 20 to 13 of a 4 MiB entry are address bits 39 to 32.
        return bits(21, 21) if shift == 22 and is_page else 0
    reserved = bits(MAXPHYADDR, 51) if MAXPHYADDR < 52 else 0
    if not machine.no_execute:
        reserved |= NO_EXECUTE
    if level == 0:
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


@dataclass(frozen=True)
class Rights:
    """What all entries on the way allow together (4.6)."""

    writable: bool = True
    user: bool = True
    executable: bool = True


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


@dataclass
class Fault:
    kind: str
    vector: int
    error: int
    address: int


@dataclass
class Page:
    """A finished translation: what a TLB keeps."""

    start: int
    shift: int
    rights: Rights
    leaf: int
    dirty: bool
    everywhere: bool        # in all address spaces: a global page


@dataclass
class Outcome:
    """What one access did."""

    pa: int = None
    fault: Fault = None
    reads: int = 0
    hit: bool = False
    page: Page = None
    entries: list = field(default_factory=list)

    @property
    def ok(self):
        return self.fault is None


def fault_of(machine, address, kind, mode, cause):
    if cause == "non-canonical":
        return Fault(cause, GENERAL_PROTECTION, 0, address)
    return Fault(cause, PAGE_FAULT, error_code(machine, kind, mode, cause), address)


def walk(machine, frames, cr3, address, kind, mode, mark=True):
    """Follows the tables for one access; marks accessed and dirty bits in frames."""
    out = Outcome()
    if machine.geometry == "x86-64" and not canonical(address):
        out.fault = fault_of(machine, address, kind, mode, "non-canonical")
        return out

    size = ENTRY_BYTES[machine.geometry]
    index_bits = INDEX_BITS[machine.geometry]
    table = table_address(machine, cr3)
    writable = user = executable = True

    for number, level in enumerate(LEVELS[machine.geometry]):
        index = address >> level.shift & (1 << index_bits) - 1
        place = table + index * size
        entry = read_entry(frames, place, size)
        out.reads += 1
        out.entries.append(place)

        if not entry & PRESENT:
            out.fault = fault_of(machine, address, kind, mode, "not-present")
            return out
        is_page = level.shift == 12 or (level.large and bool(entry & LARGE))
        if entry & reserved_bits(machine, number, is_page):
            out.fault = fault_of(machine, address, kind, mode, "reserved")
            return out

        writable = writable and bool(entry & WRITABLE)
        user = user and bool(entry & USER)
        executable = executable and not (machine.no_execute and entry & NO_EXECUTE)

        if is_page:
            break
        if mark:
            set_bits(frames, place, ACCESSED)
        table = table_address(machine, entry)

    rights = Rights(writable, user, executable)
    if not permitted(machine, rights, kind, mode):
        out.fault = fault_of(machine, address, kind, mode, "protection")
        return out
    if mark:
        set_bits(frames, place, ACCESSED | (DIRTY if kind == "write" else 0))

    start = page_address(machine, level.shift, entry)
    out.pa = start + (address & (1 << level.shift) - 1)
    out.page = Page(start, level.shift, rights, place,
                    kind == "write" or bool(entry & DIRTY), bool(entry & GLOBAL))
    return out


class Tlb:
    """A set-associative TLB: the longest unused translation of a set goes first.

    A translation is tagged with the number of its page, in units of its size;
    the low bits of that number choose the set.
    """

    def __init__(self, machine, sets, ways):
        self.sets = [OrderedDict() for _ in range(sets)]
        self.ways = ways
        self.shifts = sorted({level.shift for level in LEVELS[machine.geometry]
                              if level.large or level.shift == 12})

    def _places(self, address):
        for shift in self.shifts:
            number = address >> shift
            yield self.sets[number % len(self.sets)], (shift, number)

    def find(self, address):
        for chosen, tag in self._places(address):
            if tag in chosen:
                chosen.move_to_end(tag)
                return chosen[tag]
        return None

    def fill(self, address, page):
        number = address >> page.shift
        chosen = self.sets[number % len(self.sets)]
        if len(chosen) == self.ways:
            chosen.popitem(last=False)
        chosen[(page.shift, number)] = page

    def drop(self, address):
        for chosen, tag in self._places(address):
            chosen.pop(tag, None)

    def change_space(self):
        """What loading CR3 does: global pages stay (4.10.4.1, with CR4.PGE = 1)."""
        for chosen in self.sets:
            for tag in [tag for tag, page in chosen.items() if not page.everywhere]:
                del chosen[tag]


def access(machine, frames, cr3, tlb, address, kind, mode):
    """One access by way of the TLB."""
    page = None
    if machine.geometry != "x86-64" or canonical(address):
        page = tlb.find(address)
    if page is None:
        out = walk(machine, frames, cr3, address, kind, mode)
        if out.ok:
            tlb.fill(address, out.page)
    else:
        out = Outcome(hit=True, page=page)
        if permitted(machine, page.rights, kind, mode):
            out.pa = page.start + (address & (1 << page.shift) - 1)
            if kind == "write" and not page.dirty:
                set_bits(frames, page.leaf, DIRTY)
                page.dirty = True
        else:
            out.fault = fault_of(machine, address, kind, mode, "protection")
    # A page fault forgets the translation that led to it (4.10.4.1).
    if out.fault is not None and out.fault.vector == PAGE_FAULT:
        tlb.drop(address)
    return out


def translations(machine, frames, cr3):
    """Everything that the tables map: (virtual, physical, shift, leaf entry)."""
    size = ENTRY_BYTES[machine.geometry]
    index_bits = INDEX_BITS[machine.geometry]
    levels = LEVELS[machine.geometry]

    def descend(number, table, above):
        level = levels[number]
        for index in range(1 << index_bits):
            entry = read_entry(frames, table + index * size, size)
            if not entry & PRESENT:
                continue
            address = above | index << level.shift
            if level.shift == 12 or (level.large and entry & LARGE):
                yield address, page_address(machine, level.shift, entry), level.shift, entry
            else:
                yield from descend(number + 1, table_address(machine, entry), address)

    for address, start, shift, entry in descend(0, table_address(machine, cr3), 0):
        if machine.geometry == "x86-64" and address >> 47:
            address |= bits(48, 63)
        yield address, start, shift, entry
