"""Compares the model with QEMU's RISC-V: accesses executed under random tables."""

import hart
import model
import riscv

GIGABYTE = 1 << 30


class Tables:
    """Page tables as frames of bytes, odd bits included, and addresses worth trying."""

    def __init__(self, machine, random):
        self.machine = machine
        self.random = random
        self.size = model.ENTRY_BYTES[machine.geometry]
        self.levels = model.LEVELS[machine.geometry]
        self.frames = {}
        self.addresses = []
        self.next_frame = hart.FIRST_FREE_FRAME
        self.root = self._table() * model.PAGE

    def _table(self):
        frame = self.next_frame
        self.next_frame += 1
        self.frames[frame] = bytearray(model.PAGE)
        return frame

    def _some(self, *chances):
        """Bits, each with its chance."""
        return sum(bit for bit, chance in chances if self.random.random() < chance)

    def _upper(self):
        """Now and then a bit that belongs to an extension, or to none."""
        if self.machine.geometry == "sv32" or self.random.random() > 0.04:
            return 0
        return 1 << self.random.randrange(54, 64)

    def _pointer(self):
        return self._table() << 10 | self._upper() | self._some(
            (riscv.VALID, 0.97), (riscv.GLOBAL, 0.1), (riscv.USER, 0.02),
            (riscv.ACCESSED, 0.02), (riscv.DIRTY, 0.02), (1 << 8, 0.2), (1 << 9, 0.2))

    def _page(self, level):
        random = self.random
        # This emulator cuts Sv32's physical addresses of 34 bits to 32.
        most = 3 if self.machine.geometry == "sv32" else 7
        start = random.randrange(GIGABYTE, most * GIGABYTE) >> level.shift << level.shift
        entry = start >> 2 | self._upper() | self._some(
            (riscv.VALID, 0.95), (riscv.READ, 0.8), (riscv.WRITE, 0.6), (riscv.EXECUTE, 0.6),
            (riscv.USER, 0.6), (riscv.GLOBAL, 0.2), (riscv.ACCESSED, 0.5), (riscv.DIRTY, 0.4),
            (1 << 8, 0.2), (1 << 9, 0.2))
        if level.shift > 12:
            entry |= 0 if riscv.is_page(entry) else riscv.EXECUTE
            if random.random() < 0.05:
                entry |= 1 << random.randrange(10, level.shift - 2)     # out of place
        return entry

    def add(self):
        """Maps one more page somewhere, and notes its address."""
        random = self.random
        address = 0
        table = self.root
        most = random.choice((4, 16, 1024))
        for number, level in enumerate(self.levels):
            slots = min(most, 1 << level.bits)
            index = random.randrange(slots)
            if number == 0 and random.random() < 0.4:
                index = (1 << level.bits) - 1 - index
            address |= index << level.shift
            place = table + index * self.size
            entry = model.read_entry(self.frames, place, self.size)
            last = level.shift == 12
            if not entry:
                page = last or (level.shift < 32 and random.random() < 0.25)
                entry = self._page(level) if page else self._pointer()
                self._put(place, entry)
            if last or riscv.is_page(entry):
                break
            table = riscv.ppn(self.machine, entry) * model.PAGE
        self.addresses.append((model.extend(self.machine.geometry, address), level.shift))

    def _put(self, place, entry):
        start = place % model.PAGE
        self.frames[place // model.PAGE][start:start + self.size] = \
            entry.to_bytes(self.size, "little")

    def some_address(self):
        """An address in a page that was added, at times one beside it; for code, too."""
        random = self.random
        address, shift = random.choice(self.addresses)
        address += random.getrandbits(shift) & ~3
        chance = random.random()
        if chance < 0.05:
            address ^= 1 << random.randrange(12, self.levels[0].shift)
        elif chance < 0.10 and self.machine.geometry != "sv32":
            top = model.ADDRESS_BITS[self.machine.geometry] - 1
            address ^= 1 << random.choice((top, random.randrange(top, 64)))
        # This emulator's TLB knows the page that machine mode executes from by
        # its address alone, and would find it for loads and stores, too.
        return address if address >= model.PAGE else address + model.PAGE


def executed(report, cpu, random, count):
    """Random accesses under random tables, executed by QEMU's processor."""
    machine = model.Machine(cpu.geometry, sum=random.random() < 0.5, mxr=random.random() < 0.5)
    built = Tables(machine, random)
    for _ in range(60):
        built.add()
    for frame, page in built.frames.items():
        cpu.put(frame * model.PAGE, bytes(page))
    cpu.use(machine, built.root)
    for _ in range(count):
        compare(report, cpu, machine, built, built.some_address(), random.choice(model.KINDS),
                random.choice(model.MODES), random.randrange(1, 256))
    for frame, page in built.frames.items():
        start = frame * model.PAGE
        report.equal(f"table frame {frame:#x} at the end on {machine}", bytes(page),
                     cpu.memory[start:start + model.PAGE])


def compare(report, cpu, machine, built, address, kind, mode, value):
    case = f"{kind} of {address:#x} by {mode} on {machine}"
    place = model.walk(machine.reader, built.frames, built.root, address, "read", "kernel",
                       mark=False).pa
    if place is None:                   # not to be read, but maybe to be executed
        place = model.walk(machine.reader, built.frames, built.root, address, "fetch",
                           "kernel", mark=False).pa
    if place is not None:
        before = value if kind == "read" else 0
        cpu.put(place, hart.load_immediate(value) if kind == "fetch" else bytes([before]))
    out = model.walk(machine, built.frames, built.root, address, kind, mode)
    found, fault = cpu.access(address, kind, mode, value if kind == "write" else 0)

    expected = None if out.ok else (out.fault.vector, out.fault.address)
    report.equal(f"fault of {case}", expected, fault)
    if expected is None and fault is None:
        found = cpu.memory[place] if kind == "write" and place is not None else found
        report.equal(f"value of {case}", value, found)
    size = model.ENTRY_BYTES[machine.geometry]
    for entry in out.entries:
        report.equal(f"entry at {entry:#x} after {case}",
                     model.read_entry(built.frames, entry, size),
                     int.from_bytes(cpu.memory[entry:entry + size], "little"))
