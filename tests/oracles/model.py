"""One model of all processors: their walks, a TLB before them, and what tables map."""

from collections import OrderedDict

import arm
import riscv
import x86
from common import (ADDRESS_BITS, ENTRY_BYTES, KINDS, LEVELS, MODES, PAGE, Machine,
                    Outcome, Rights, bits, canonical, extend, read_entry, set_bits)

__all__ = ["ADDRESS_BITS", "ENTRY_BYTES", "KINDS", "LEVELS", "MODES", "PAGE", "Machine",
           "Outcome", "Rights", "bits", "canonical", "extend", "read_entry", "set_bits"]

FAMILIES = {"x86": x86, "sv": riscv, "aarch64": arm}


def family(machine):
    """The module with the rules of a machine's processor."""
    return next(rules for prefix, rules in FAMILIES.items()
                if machine.geometry.startswith(prefix))


def load_root(machine, frames, root):
    """What the processor keeps of a root that is loaded; x86.Refused is #GP."""
    return family(machine).load_root(machine, frames, root)


def walk(machine, frames, root, address, kind, mode, mark=True):
    """Follows the tables for one access; marks accessed and dirty bits in frames."""
    return family(machine).walk(machine, frames, root, address, kind, mode, mark)


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


def writes_first(machine, frames, page, kind, mode):
    """A first write has to find the leaf entry, to set D; has that changed?"""
    rules = family(machine)
    if (kind != "write" or page.dirty or machine.software
            or not rules.permitted(machine, page.rights, kind, mode)):
        return False
    number = [level.shift for level in LEVELS[machine.geometry]].index(page.shift)
    entry = read_entry(frames, page.leaf, ENTRY_BYTES[machine.geometry])
    return rules.follow(machine, number, entry) != (True, page.start)


def access(machine, frames, root, tlb, address, kind, mode):
    """One access by way of the TLB."""
    rules = family(machine)
    page = tlb.find(address) if canonical(machine.geometry, address) else None
    if page is not None and writes_first(machine, frames, page, kind, mode):
        tlb.drop(address)
        page = None
    if page is None:
        out = rules.walk(machine, frames, root, address, kind, mode)
        if out.ok:
            tlb.fill(address, out.page)
    else:
        out = Outcome(hit=True, page=page)
        number = [level.shift for level in LEVELS[machine.geometry]].index(page.shift)
        if (not rules.permitted(machine, page.rights, kind, mode)
                or rules.misses_flag(machine, page.dirty, True, kind)):
            out.fault = rules.fault_of(machine, address, kind, mode, "protection", number)
        else:
            out.pa = page.start + (address & (1 << page.shift) - 1)
            if kind == "write" and not page.dirty:
                set_bits(frames, page.leaf, rules.dirty_bit())
                page.dirty = True
    # A page fault forgets the translation that led to it: a rule of the x86
    # (4.10.4.1), and what the simulated machine does in every family.
    if out.fault is not None and out.fault.kind != "non-canonical":
        tlb.drop(address)
    return out


def translations(machine, frames, root):
    """Everything that the tables map: (virtual, physical, shift, leaf entry)."""
    rules = family(machine)
    size = ENTRY_BYTES[machine.geometry]
    levels = LEVELS[machine.geometry]

    def descend(number, table, above):
        level = levels[number]
        for index in range(1 << level.bits):
            entry = read_entry(frames, table + index * size, size)
            found = rules.follow(machine, number, entry)
            if found is None:
                continue
            is_page, start = found
            address = above | index << level.shift
            if is_page:
                yield address, start, level.shift, entry
            else:
                yield from descend(number + 1, start, address)

    halves = ((0, root),) if isinstance(root, int) else ((0, root[0]), (1 << 48, root[1]))
    for above, table in halves:
        for address, start, shift, entry in descend(0, table, above):
            yield extend(machine.geometry, address), start, shift, entry
