"""Compares the model with QEMU's AArch64: accesses executed under random tables."""

import arm
import armcpu
import model

GIGABYTE = 1 << 30
HARNESS_SLOT = 511      # of the upper half's root


class Tables:
    """Page tables of both halves as frames of bytes, and addresses worth trying."""

    def __init__(self, random):
        self.random = random
        self.levels = model.LEVELS["aarch64"]
        self.frames = {}
        self.addresses = []
        self.next_frame = armcpu.FIRST_FREE_FRAME
        self.roots = self._table() * model.PAGE, self._table() * model.PAGE

    def _table(self):
        frame = self.next_frame
        self.next_frame += 1
        self.frames[frame] = bytearray(model.PAGE)
        return frame

    def put(self, place, entry):
        start = place % model.PAGE
        self.frames[place // model.PAGE][start:start + 8] = entry.to_bytes(8, "little")

    def _some(self, *chances):
        """Bits, each with its chance."""
        return sum(bit for bit, chance in chances if self.random.random() < chance)

    def _pointer(self):
        # Always a table: this emulator takes a block of level 0, too, which the
        # manual does not know with this granule.
        return self._table() * model.PAGE | arm.TYPE | self._some(
            (arm.VALID, 0.97), (arm.PXN_TABLE, 0.1), (arm.UXN_TABLE, 0.1),
            (arm.AP_TABLE_NO_USER, 0.1), (arm.AP_TABLE_READ_ONLY, 0.1), (1 << 55, 0.2))

    def _page(self, number, level):
        random = self.random
        start = random.randrange(GIGABYTE, 4 * GIGABYTE) >> level.shift << level.shift
        last = number == arm.LAST
        # A last entry with the type of a block means nothing.
        kind = (arm.TYPE if random.random() < 0.97 else 0) if last else 0
        return start | kind | self._some(
            (arm.VALID, 0.96), (arm.AP_USER, 0.6), (arm.AP_READ_ONLY, 0.4),
            (arm.ACCESSED, 0.85), (arm.NOT_GLOBAL, 0.5), (arm.PXN, 0.3), (arm.UXN, 0.3),
            (1 << 55, 0.2), (1 << 56, 0.2))

    def add(self):
        """Maps one more page somewhere, and notes its address."""
        random = self.random
        half = random.randrange(2)
        address, table = 0, self.roots[half]
        most = random.choice((2, 8, 512))
        for number, level in enumerate(self.levels):
            index = random.randrange(min(most, HARNESS_SLOT if number == 0 else 512))
            address |= index << level.shift
            place = table + index * 8
            entry = model.read_entry(self.frames, place, 8)
            last = number == arm.LAST
            if not entry:
                page = last or (level.large and random.random() < 0.2)
                entry = self._page(number, level) if page else self._pointer()
                self.put(place, entry)
            if last or not entry & arm.TYPE:
                break
            table = arm.output(number, entry | arm.VALID)
        if half:
            address |= model.bits(48, 63)
        self.addresses.append((address, level.shift))

    def some_address(self):
        """An address in a page that was added, at times one beside it; for code, too."""
        random = self.random
        address, shift = random.choice(self.addresses)
        address += random.getrandbits(shift) & ~7
        chance = random.random()
        if chance < 0.05:
            address ^= 1 << random.randrange(12, 39)
        elif chance < 0.08:
            address ^= 1 << random.randrange(48, 64)    # in neither half
        return address


def executed(report, cpu, random, count):
    """Random accesses under random tables, executed by QEMU's processor. It leaves the
    accessed flag to software, as this emulator's version does."""
    machine = model.Machine("aarch64", software=True)
    built = Tables(random)
    for _ in range(60):
        built.add()
    built.put(built.roots[1] + 8 * HARNESS_SLOT, cpu.harness_entry())
    for frame, page in built.frames.items():
        cpu.put(frame * model.PAGE, bytes(page))
    cpu.use(built.roots)
    for _ in range(count):
        compare(report, cpu, machine, built, built.some_address(), random.choice(model.KINDS),
                random.choice(model.MODES), random.randrange(1, 256))
    for frame, page in built.frames.items():
        start = frame * model.PAGE
        report.equal(f"table frame {frame:#x} at the end", bytes(page),
                     cpu.memory[start:start + model.PAGE])


def compare(report, cpu, machine, built, address, kind, mode, value):
    case = f"{kind} of {address:#x} by {mode} on aarch64"
    place = model.walk(machine.reader, built.frames, built.roots, address, "read", "kernel",
                       mark=False).pa
    if place is not None and place + 8 > len(cpu.memory):
        place = None                    # only a mistaken model says so
    if place is not None:
        before = value if kind == "read" else 0
        cpu.put(place, armcpu.load_immediate(value) if kind == "fetch" else bytes([before]))
    out = model.walk(machine, built.frames, built.roots, address, kind, mode)
    found, fault = cpu.access(address, kind, mode, value if kind == "write" else 0)

    expected = None if out.ok else (out.fault.vector, out.fault.error, kind == "write",
                                    out.fault.address)
    report.equal(f"fault of {case}", expected, fault)
    if expected is None and fault is None:
        found = cpu.memory[place] if kind == "write" and place is not None else found
        report.equal(f"value of {case}", value, found)
    if kind != "fetch":
        asked = (out.pa, None) if out.ok else (None, out.fault.error)
        report.equal(f"PAR_EL1 of {case}", asked, cpu.ask(address, kind, mode))
