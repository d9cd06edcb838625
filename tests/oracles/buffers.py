"""What processors keep of translations: TLBs of any policy, and entries of upper levels.

Written from the rules that core/mmu/tlb.h, replace.h and psc.h state, and nothing else:
no structure here follows the program's.
"""

from dataclasses import dataclass, replace

ANY = None                  # an address space's number where all match


@dataclass
class Kept:
    """One translation in a TLB."""

    page: int               # virtual address >> shift
    shift: int
    frame: int
    rights: object
    everywhere: bool        # global
    asid: int
    leaf: tuple             # the entry it was made from
    number: int             # of that entry's level, from the root
    dirty: bool
    owed: bool = False      # out of date, and nobody came to drop it

    def holds(self, address):
        return address >> self.shift == self.page

    def copy(self):
        return replace(self)


class Generator:
    """Marsaglia's xorshift with 13, 7 and 17; a draw is the upper half of 64 bits."""

    def __init__(self, seed):
        self.state = seed

    def draw(self, count):
        x = self.state
        x = (x ^ x << 13) % (1 << 64)
        x ^= x >> 7
        x = (x ^ x << 17) % (1 << 64)
        self.state = x
        return (x >> 32) % count


class Order:
    """LRU and FIFO: the ways of a set, the next to go first."""

    def __init__(self, ways, uses_count):
        self.ways = list(range(ways))
        self.uses_count = uses_count

    def filled(self, way):
        self.ways.remove(way)
        self.ways.append(way)

    def used(self, way):
        if self.uses_count:
            self.filled(way)

    def victim(self):
        return self.ways[0]


class Tree:
    """Tree-PLRU: halves within halves; each half's arrow points to the one to go."""

    def __init__(self, ways):
        self.depth = ways.bit_length() - 1
        self.arrows = {}        # path from the root, as a string of 0 and 1 → 0 or 1

    def used(self, way):
        path = format(way, f"0{self.depth}b") if self.depth else ""
        for length, turn in enumerate(path):
            self.arrows[path[:length]] = "1" if turn == "0" else "0"

    filled = used

    def victim(self):
        path = ""
        while len(path) < self.depth:
            path += self.arrows.get(path, "0")
        return int(path, 2) if path else 0


class Drawn:
    """Random: the machine's one generator says."""

    def __init__(self, ways, generator):
        self.ways = ways
        self.generator = generator

    def used(self, way):
        pass

    filled = used

    def victim(self):
        return self.generator.draw(self.ways)


def policy(name, ways, generator):
    if name in ("lru", "fifo"):
        return Order(ways, name == "lru")
    return Tree(ways) if name == "plru" else Drawn(ways, generator)


class Buffer:
    """One TLB."""

    def __init__(self, name, shape, replacement, generator):
        self.name = name
        self.sets, self.ways = shape
        self.replacement = replacement
        self.slots = [[None] * self.ways for _ in range(self.sets)]
        self.policies = [policy(replacement, self.ways, generator) for _ in range(self.sets)]

    def __iter__(self):
        """(set, way, what is kept), by sets and ways."""
        for number, ways in enumerate(self.slots):
            for way, kept in enumerate(ways):
                if kept is not None:
                    yield number, way, kept

    def find(self, address, asid, shifts, tell):
        """Probes for each page size, the smallest first; compares way after way."""
        for shift in shifts:
            page = address >> shift
            number = page % self.sets
            ways = self.slots[number]
            tell("tlb-probe", self.name, number, page, shift, self.ways - ways.count(None))
            for way, kept in enumerate(ways):
                if kept is None:
                    continue
                match = (kept.page == page and kept.shift == shift
                         and (asid is ANY or kept.everywhere or kept.asid == asid))
                tell("tlb-compare", self.name, way, kept.page, match)
                if match:
                    self.policies[number].used(way)
                    tell("tlb-hit", self.name, number, way, kept.frame)
                    return kept
        tell("tlb-miss", self.name)
        return None

    def fill(self, kept, how, tell):
        """Keeps one more: in an empty way, the first, or in place of another."""
        number = kept.page % self.sets
        ways = self.slots[number]
        if None in ways:
            way = ways.index(None)
        else:
            way = self.policies[number].victim()
            tell("tlb-victim", self.name, number, way, ways[way].page, ways[way].shift,
                 self.replacement)
        tell(how, self.name, number, way, kept.page, kept.shift, kept.frame,
             ways[way] is not None)
        ways[way] = kept
        self.policies[number].filled(way)

    def drop(self, taken):
        """Removes those for which taken (kept) is true; returns them with their places."""
        gone = [one for one in self if taken(one[2])]
        for number, way, _ in gone:
            self.slots[number][way] = None
        return gone


class Structures:
    """Entries of upper levels that point to tables: four of each level, LRU."""

    WAYS = 4

    def __init__(self, levels):
        self.known = {level: [] for level in range(2, levels + 1)}  # (asid, prefix), old first

    def find(self, asid, address, low_bit):
        """The lowest level known; low_bit (level) is that of its index."""
        for level, known in self.known.items():
            key = (asid, address >> low_bit(level))
            if key in known:
                known.remove(key)
                known.append(key)
                return level
        return None

    def keep(self, level, asid, prefix):
        known = self.known[level]
        if len(known) == self.WAYS:
            del known[0]
        known.append((asid, prefix))

    def drop(self, taken):
        """Removes those for which taken (level, asid, prefix) is true."""
        for level, known in self.known.items():
            known[:] = [one for one in known if not taken(level, *one)]
