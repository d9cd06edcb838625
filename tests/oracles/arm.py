"""A slow, naive model of AArch64's address translation, from the manual's rules alone.

Stage 1 of EL1&0, 4 KiB granule, 48 bits (Arm Architecture Reference Manual, D8.2
to D8.4, and the encoding of ESR_ELx). PAN, WXN, E0PD and hardware dirty state are off.
"""

from common import (LEVELS, Fault, Outcome, Page, Rights, bits, canonical, read_entry,
                    set_bits)

VALID = 1 << 0
TYPE = 1 << 1               # page or table; clear: block
AP_USER = 1 << 6            # AP[1]
AP_READ_ONLY = 1 << 7       # AP[2]
ACCESSED = 1 << 10          # AF
NOT_GLOBAL = 1 << 11
PXN = 1 << 53
UXN = 1 << 54
PXN_TABLE = 1 << 59
UXN_TABLE = 1 << 60
AP_TABLE_NO_USER = 1 << 61
AP_TABLE_READ_ONLY = 1 << 62

TRANSLATION, ACCESS_FLAG, PERMISSION = 0x04, 0x08, 0x0C
LAST = 3


def kind_of_entry(number, entry):
    """"invalid", "table", "block" or "page", at the Arm's level number."""
    if not entry & VALID:
        return "invalid"
    if entry & TYPE:
        return "page" if number == LAST else "table"
    return "block" if number in (1, 2) else "invalid"


def output(number, entry):
    """Bits 47 down to the size of what is mapped, or of a table."""
    shift = 12
    if kind_of_entry(number, entry) == "block":
        shift = LEVELS["aarch64"][number].shift
    return entry & bits(shift, 47)


def permitted(machine, rights, kind, mode):
    if kind == "fetch":
        if mode == "user":
            return rights.executable
        # What EL0 can write, EL1 cannot execute.
        return rights.kernel_executable and not (rights.user and rights.writable)
    if mode == "user" and not rights.user:
        return False
    return kind == "read" or rights.writable


def fault_of(machine, address, kind, mode, cause, number=0, status=None):
    """Exception class, and the fault status code with the level in its low bits."""
    if status is None:
        status = PERMISSION if cause == "protection" else TRANSLATION
    vector = (0x20 if kind == "fetch" else 0x24) + (1 if mode == "kernel" else 0)
    return Fault(cause, vector, status + number, address)


def follow(machine, number, entry):
    what = kind_of_entry(number, entry)
    if what == "invalid":
        return None
    return what != "table", output(number, entry)


def marks(entry):
    """Global, dirty (nothing keeps that), accessed."""
    return not entry & NOT_GLOBAL, False, bool(entry & ACCESSED)


def load_root(machine, frames, root):
    return root


def dirty_bit():
    return 0


def misses_flag(machine, page_dirty, accessed, kind):
    return machine.software and not accessed


def walk(machine, frames, root, address, kind, mode, mark=True):
    """root is the pair of TTBR0 and TTBR1."""
    out = Outcome()

    def refuse(cause, number, status=None):
        out.fault = fault_of(machine, address, kind, mode, cause, number, status)
        return out

    if not canonical(machine.geometry, address):
        return refuse("non-canonical", 0)
    table = root[address >> 63]
    writable = user = executable = kernel_executable = True
    for number, level in enumerate(LEVELS["aarch64"]):
        place = table + (address >> level.shift & 0x1FF) * 8
        entry = read_entry(frames, place, 8)
        out.reads += 1
        out.entries.append(place)
        what = kind_of_entry(number, entry)
        if what == "invalid":
            return refuse("not-present", number)
        if what != "table":
            break
        writable = writable and not entry & AP_TABLE_READ_ONLY
        user = user and not entry & AP_TABLE_NO_USER
        executable = executable and not entry & UXN_TABLE
        kernel_executable = kernel_executable and not entry & PXN_TABLE
        table = output(number, entry)

    # An access flag fault comes before a permission fault.
    if misses_flag(machine, True, bool(entry & ACCESSED), kind):
        return refuse("protection", number, ACCESS_FLAG)
    rights = Rights(writable=writable and not entry & AP_READ_ONLY,
                    user=user and bool(entry & AP_USER),
                    executable=executable and not entry & UXN,
                    kernel_executable=kernel_executable and not entry & PXN)
    if not permitted(machine, rights, kind, mode):
        return refuse("protection", number)
    if mark:
        set_bits(frames, place, ACCESSED)

    start = output(number, entry)
    out.pa = start + (address & bits(0, level.shift - 1))
    out.page = Page(start, level.shift, rights, place, True, not entry & NOT_GLOBAL)
    return out
