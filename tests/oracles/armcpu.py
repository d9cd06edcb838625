"""Makes QEMU's AArch64 processor execute single accesses, to see how they fault.

The program in memory is a few instructions. EL3, which translates nothing, sets up the
registers of EL1&0, forgets what is cached, and returns to EL1 or EL0 where the access
stands. Whatever comes of it ends in EL1's vector, and that calls EL3 again.
"""

import struct

import model
import qemu

PROGRAM = "qemu-system-aarch64"

# Physical places. EL3 runs from the first frame; its vector is never executed.
SET_UP, ENTER, ASK, EL3_VECTOR = 0x100, 0x200, 0x300, 0x800
VECTOR_FRAME, KERNEL_FRAME, USER_FRAME, TABLES_FRAME = 2, 3, 4, 5
FIRST_FREE_FRAME = 16

# The last entry of the upper half's root belongs to the harness.
HARNESS = 0xFFFFFF80_00000000
LEVEL_TABLES = 3

ISB, DSB, TLBI, ERET = 0xD5033FDF, 0xD5033F9F, 0xD508871F, 0xD69F03E0
SMC, SVC = 0xD4000003, 0xD4000001
LOAD, STORE = 0x39400020, 0x39000020            # ldrb w0, [x1] and strb
SETTINGS = (                                    # msr …, x0 and so on
    0xD51EC000,         # VBAR_EL3
    0xD51E1101,         # SCR_EL3
    0xD51C1102,         # HCR_EL2
    0xD5182043,         # TCR_EL1
    0xD518A204,         # MAIR_EL1
    0xD518C005,         # VBAR_EL1
    0xD5182006,         # TTBR0_EL1
    0xD5182027,         # TTBR1_EL1
    0xD5181008)         # SCTLR_EL1
TO_ELR, TO_SPSR = 0xD51E4029, 0xD51E400A        # msr elr_el3, x9; msr spsr_el3, x10
READ_PAR = 0xD5387402                           # mrs x2, par_el1
ASKS = {("read", "kernel"): 0xD5087801, ("write", "kernel"): 0xD5087821,
        ("read", "user"): 0xD5087841, ("write", "user"): 0xD5087861}    # at s1e…, x1

SCR = 1 << 10 | 1 << 0                          # EL2 and below are AArch64, not secure
HCR = 1 << 31                                   # and so is EL1
# 48 bits in both halves, 4 KiB granules, physical addresses of 48 bits.
TCR = 16 | 16 << 16 | 2 << 30 | 5 << 32
MAIR = 0xFF
SCTLR = 1 << 0 | 1 << 2 | 1 << 12 | 1 << 23     # MMU and caches on; PAN stays as it is
MASKED = 0x3C0
STATES = {"user": MASKED, "kernel": MASKED | 5}         # EL0t, EL1h
AT_EL3 = MASKED | 13


def missing():
    return qemu.missing(PROGRAM)


def load_immediate(value):
    """movz w0, #value; svc: what a fetch executes."""
    return struct.pack("<II", 0x52800000 | value << 5, SVC)


class ArmCpu:
    """One QEMU that executes accesses under given tables."""

    geometry = "aarch64"

    def __init__(self, megabytes=4096):
        self.qemu = qemu.Qemu(megabytes, PROGRAM, "max")
        self.memory = self.qemu.memory
        self._put_code(SET_UP, *SETTINGS, ISB)
        self._put_code(ENTER, TLBI, DSB, ISB, TO_ELR, TO_SPSR, ERET)
        for number, ask in enumerate(ASKS.values()):
            self._put_code(ASK + 32 * number, TLBI, DSB, ISB, ask, READ_PAR)
        for offset in (0x200, 0x400):           # from EL1, from EL0
            self._put_code(VECTOR_FRAME * model.PAGE + offset, SMC)
        for frame in (KERNEL_FRAME, USER_FRAME):
            self._put_code(frame * model.PAGE, LOAD, SVC, STORE, SVC)
        self._map_harness()

    def close(self):
        self.qemu.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def put(self, address, data):
        self.memory[address:address + len(data)] = data

    def _put_code(self, address, *instructions):
        self.put(address, struct.pack(f"<{len(instructions)}I", *instructions))

    def _map_harness(self):
        """Three tables below the root's last entry; the last maps three pages of code."""
        accessed, read_only, user, pxn, uxn = 1 << 10, 1 << 7, 1 << 6, 1 << 53, 1 << 54
        entry = struct.Struct("<Q")
        for number in range(LEVEL_TABLES - 1):
            place = (TABLES_FRAME + number) * model.PAGE
            self.put(place, entry.pack((TABLES_FRAME + number + 1) * model.PAGE | 3))
        last = (TABLES_FRAME + LEVEL_TABLES - 1) * model.PAGE
        for frame, rights in ((VECTOR_FRAME, uxn), (KERNEL_FRAME, uxn),
                              (USER_FRAME, user | pxn)):
            self.put(last + 8 * frame,
                     entry.pack(frame * model.PAGE | accessed | read_only | rights | 3))

    def harness_entry(self):
        """What the last entry of the upper half's root must be."""
        return TABLES_FRAME * model.PAGE | 3

    def _run(self, start, count):
        self.qemu.write("pc", start)
        for _ in range(count):
            self.qemu.step()

    def use(self, roots):
        """Sets the roots of both halves; the tables must be in memory."""
        low, high = roots
        values = (EL3_VECTOR, SCR, HCR, TCR, MAIR, HARNESS + VECTOR_FRAME * model.PAGE,
                  low, high, SCTLR)
        for number, value in enumerate(values):
            self.qemu.write(f"x{number}", value)
        self._run(SET_UP, len(SETTINGS) + 1)

    def ask(self, address, kind, mode):
        """What the instruction AT says: (physical address, None) or (None, fault status)."""
        self.qemu.write("x1", address)
        self._run(ASK + 32 * list(ASKS).index((kind, mode)), 5)
        par = self.qemu.read("x2")
        if par & 1:
            return None, par >> 1 & 0x3F
        return par & model.bits(12, 47) | address & 0xFFF, None

    def access(self, address, kind, mode, value=0):
        """Executes one access from an empty TLB: (w0's low byte, None), or None and
        (exception class, fault status, is it a write, address)."""
        write = self.qemu.write
        start = address
        if kind != "fetch":
            start = HARNESS + (USER_FRAME if mode == "user" else KERNEL_FRAME) * model.PAGE
            start += 8 if kind == "write" else 0
        write("x0", value)
        write("x1", address)
        write("x9", start)
        write("x10", STATES[mode])
        self._run(ENTER, 6)
        if self.qemu.read("pc") != start:
            raise RuntimeError(f"EL3 did not return to {start:#x}")
        self.qemu.step()
        after = self.qemu.read("pc")
        vectors = (HARNESS + VECTOR_FRAME * model.PAGE + 0x200,
                   HARNESS + VECTOR_FRAME * model.PAGE + 0x400)
        fault = None
        if after in vectors:
            syndrome = self.qemu.read("ESR_EL1")
            fault = (syndrome >> 26, syndrome & 0x3F, bool(syndrome & 1 << 6),
                     self.qemu.read("FAR_EL1"))
        elif after == start + 4:
            self.qemu.step()                    # svc
        else:
            raise RuntimeError(f"{kind} of {address:#x} ended at {after:#x}")
        self.qemu.step()                        # smc
        if self.qemu.read("cpsr") & 0x3DF != AT_EL3:
            raise RuntimeError(f"after {kind} of {address:#x} EL3 was not called")
        return (None, fault) if fault else (self.qemu.read("x0") & 0xFF, None)
