"""What the models of all processors share: shapes of tables, bytes, outcomes."""

from dataclasses import dataclass, field, replace

PAGE = 4096
KINDS = ("read", "write", "fetch")
MODES = ("user", "kernel")


@dataclass(frozen=True)
class Machine:
    """What control registers decide. Each family looks at its own."""

    geometry: str
    wp: bool = True
    nx: bool = True
    smep: bool = False
    smap: bool = False
    sum: bool = False
    mxr: bool = False
    software: bool = False      # sets the accessed and dirty flags, not hardware

    @property
    def no_execute(self):
        """Plain 32-bit paging of the x86 has no execute-disable bit (SDM 4.1.3)."""
        return self.nx and self.geometry != "x86-32"

    @property
    def reader(self):
        """The same machine with nothing in the way of a read by the kernel."""
        return replace(self, wp=False, smep=False, smap=False, sum=True, mxr=True,
                       software=False)


@dataclass(frozen=True)
class Level:
    """How one level of the tables is indexed, and whether it may map large pages."""

    shift: int
    large: bool
    bits: int = 9


LEVELS = {
    "x86-32": (Level(22, True, 10), Level(12, False, 10)),
    "x86-pae": (Level(30, False, 2), Level(21, True), Level(12, False)),
    "x86-64": (Level(39, False), Level(30, True), Level(21, True), Level(12, False)),
    "x86-64-la57": (Level(48, False), Level(39, False), Level(30, True), Level(21, True),
                    Level(12, False)),
    "sv32": (Level(22, True, 10), Level(12, False, 10)),
    "sv39": (Level(30, True), Level(21, True), Level(12, False)),
    "sv48": (Level(39, True), Level(30, True), Level(21, True), Level(12, False)),
    "sv57": (Level(48, True), Level(39, True), Level(30, True), Level(21, True),
             Level(12, False)),
    "aarch64": (Level(39, False), Level(30, True), Level(21, True), Level(12, False)),
}
ENTRY_BYTES = {geometry: 4 if geometry in ("x86-32", "sv32") else 8 for geometry in LEVELS}

# Bits of an address that count; those above repeat the highest. AArch64 has two
# halves of 48 bits each, which bit 48 and all above it tell apart.
ADDRESS_BITS = {"x86-32": 32, "x86-pae": 32, "x86-64": 48, "x86-64-la57": 57,
                "sv32": 32, "sv39": 39, "sv48": 48, "sv57": 57, "aarch64": 49}


def bits(low, high):
    """A mask of the bits low to high, both included."""
    return (1 << high + 1) - (1 << low)


def canonical(geometry, address):
    """Bits above those that count are like the highest of them."""
    width = ADDRESS_BITS[geometry]
    return width == 32 or address >> width - 1 in (0, (1 << 65 - width) - 1)


def extend(geometry, address):
    """Cuts an address to the bits that count, and repeats the highest."""
    width = ADDRESS_BITS[geometry]
    address &= bits(0, width - 1)
    if width > 32 and address >> width - 1:
        address |= bits(width, 63)
    return address


def read_entry(frames, address, size):
    page = frames.get(address // PAGE)
    if page is None:
        return 0
    offset = address % PAGE
    return int.from_bytes(page[offset:offset + size], "little")


def set_bits(frames, address, mask):
    """All the bits that a processor sets lie in an entry's first two bytes."""
    page = frames[address // PAGE]
    page[address % PAGE] |= mask & 0xFF
    page[address % PAGE + 1] |= mask >> 8


@dataclass(frozen=True)
class Rights:
    """What all entries on the way allow together."""

    writable: bool = True
    user: bool = True
    executable: bool = True
    readable: bool = True
    kernel_executable: bool = True      # the same as executable but on AArch64


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
