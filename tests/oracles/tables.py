"""Builds random page tables, odd bits included, for the model and QEMU to read."""

import model
import x86
from processor import FIRST_FREE_FRAME, STACK_FRAME, SYSTEM_FRAME, USER_CODE_FRAME

GIGABYTE = 1 << 30


class Tables:
    """Page tables as frames of bytes, and addresses worth trying."""

    def __init__(self, machine, random, physical):
        """physical (shift) chooses where a page of 1 << shift bytes lies."""
        self.machine = machine
        self.random = random
        self.physical = physical
        self.long = machine.geometry.startswith("x86-64")
        self.size = model.ENTRY_BYTES[machine.geometry]
        self.levels = model.LEVELS[machine.geometry]
        self.frames = {}
        self.addresses = []
        self.next_frame = FIRST_FREE_FRAME
        self.root = self._table()
        self.cr3 = self.root * model.PAGE
        self._map_harness()

    def _table(self):
        frame = self.next_frame
        self.next_frame += 1
        self.frames[frame] = bytearray(model.PAGE)
        return frame

    def _put(self, table, index, entry):
        self.frames[table][index * self.size:(index + 1) * self.size] = \
            entry.to_bytes(self.size, "little")

    def _map_harness(self):
        """Slot 0 of the root holds the harness alone, mapped one to one."""
        table = self.root
        everything = x86.PRESENT | x86.WRITABLE | x86.USER
        for number in range(len(self.levels) - 1):
            below = self._table()
            pointer = self.machine.geometry == "x86-pae" and number == 0
            self._put(table, 0, below * model.PAGE | (x86.PRESENT if pointer else everything))
            table = below
        for frame in range(SYSTEM_FRAME, STACK_FRAME + 1):
            self._put(table, frame, frame * model.PAGE | x86.PRESENT | x86.WRITABLE)
        self._put(table, USER_CODE_FRAME,
                  USER_CODE_FRAME * model.PAGE | x86.PRESENT | x86.USER)
        self.harness_frames = set(self.frames)

    def _flags(self, often):
        """Present most of the time, the rest at random; odd bits now and then."""
        random = self.random
        entry = x86.PRESENT if random.random() < 0.95 else 0
        for bit, chance in ((x86.WRITABLE, often), (x86.USER, often),
                            (x86.ACCESSED, 0.3), (1 << 3, 0.1), (1 << 4, 0.1),
                            (1 << 9, 0.2), (1 << 10, 0.2), (1 << 11, 0.2)):
            entry |= bit if random.random() < chance else 0
        if self.long:
            entry |= random.getrandbits(11) << 52 if random.random() < 0.2 else 0
        if self.machine.geometry != "x86-32":
            chance = 0.15 if self.machine.no_execute else 0.02
            entry |= x86.NO_EXECUTE if random.random() < chance else 0
        return entry

    def _reserved(self, number, is_page):
        """Now and then one reserved bit."""
        choices = [1 << bit for bit in range(64)
                   if x86.reserved_bits(self.machine, number, is_page) >> bit & 1]
        if choices and self.random.random() < 0.05:
            return self.random.choice(choices)
        return 0

    def _pointer(self, number):
        """The flags of an entry that leads on."""
        if self.machine.geometry == "x86-pae" and number == 0:
            return x86.PRESENT if self.random.random() < 0.95 else 0
        entry = self._flags(0.9) | self._reserved(number, False) & ~x86.LARGE
        if self.long and self.levels[number].shift > 30 and self.random.random() < 0.03:
            entry |= x86.LARGE          # reserved where no page can be
        return entry

    def _page(self, number):
        level = self.levels[number]
        entry = self._flags(0.6)
        entry |= x86.DIRTY if self.random.random() < 0.3 else 0
        entry |= x86.GLOBAL if self.random.random() < 0.2 else 0
        start = self.physical(level.shift)
        if level.shift > 12:
            entry |= x86.LARGE | self._reserved(number, True)
            entry |= 1 << 12 if self.random.random() < 0.2 else 0
        elif self.random.random() < 0.2:
            entry |= 1 << 7                     # PAT, which is not LARGE here
        if self.machine.geometry == "x86-32":
            return entry | start & model.bits(12, 31) | start >> 19 & model.bits(13, 20)
        return entry | start

    def add(self):
        """Maps one more page somewhere, and notes addresses in and near it."""
        random = self.random
        address = 0
        table = self.root
        most = random.choice((4, 16, 1024))
        for number, level in enumerate(self.levels):
            lowest = 1 if number == 0 else 0
            slots = min(most, 1 << level.bits)
            index = random.randrange(lowest, slots)
            if number == 0 and random.random() < 0.4:
                index = (1 << level.bits) - index
            address |= index << level.shift
            entry = model.read_entry(self.frames, table * model.PAGE + index * self.size,
                                     self.size)
            last = level.shift == 12
            if last or (level.large and random.random() < 0.25):
                if not entry:
                    self._put(table, index, self._page(number))
                break
            if not entry:
                entry = self._pointer(number)
                entry |= self._table() * model.PAGE
                self._put(table, index, entry)
            elif level.large and entry & x86.LARGE:
                break
            table = x86.table_address(self.machine, entry) // model.PAGE
        address = model.extend(self.machine.geometry, address)
        self.addresses.append((address, level.shift))

    def some_address(self):
        """An address in a page that was added, at times one beside it."""
        random = self.random
        address, shift = random.choice(self.addresses)
        offset = random.getrandbits(shift)
        if random.random() < 0.5:
            offset &= model.PAGE - 1
        if offset % model.PAGE == model.PAGE - 1:
            offset -= 1
        address += offset
        chance = random.random()
        if chance < 0.05:
            address ^= 1 << random.randrange(12, self.levels[0].shift)
        elif chance < 0.08 and self.long:
            top = model.ADDRESS_BITS[self.machine.geometry] - 1
            address ^= 1 << random.choice((top, random.randrange(top, 64)))
        return address


def in_memory(random):
    """Places for pages in 1 GiB to 3 GiB, which the executing QEMU has as memory."""
    def place(shift):
        return random.randrange(GIGABYTE, 3 * GIGABYTE) >> shift << shift
    return place


def anywhere(machine, random):
    """Places for pages that fill every address bit of an entry."""
    def place(shift):
        if machine.geometry != "x86-32":
            width = x86.MAXPHYADDR
        else:
            width = 40 if shift == 22 else 32
        return random.getrandbits(width) >> shift << shift
    return place
