"""Makes QEMU's processor execute single accesses, to see faults and accessed bits."""

import struct

import model
import qemu
import x86

# Physical frames of the harness. The tables under test map them at the same
# linear addresses (see tables.py), so a gdb access and an exception find them.
SYSTEM_FRAME = 1
IDT_FRAME = 2
STACK_FRAME = 3
USER_CODE_FRAME = 4
FIRST_FREE_FRAME = 16

GDT = 0x1000
GDT_POINTER = 0x1080
IDT_POINTER = 0x1090
TASK_STATE = 0x1100
BOOT_CODE = 0x1200
KERNEL_CODE = 0x1300
HANDLERS = 0x1400
STACK_TOP = 0x4000
USER_CODE = 0x4000

KERNEL_CS, KERNEL_SS, USER_CS, USER_SS, TASK = 0x08, 0x10, 0x1B, 0x23, 0x28

# What is executed: rbx holds the address, al the value.
LOAD = bytes([0x8A, 0x03])              # mov (%rbx), %al
STORE = bytes([0x88, 0x03])             # mov %al, (%rbx)
CODE = {"read": (0, LOAD), "write": (16, STORE)}


def load_immediate(value):
    """mov $value, %al: what a fetch executes."""
    return bytes([0xB0, value])


def segment(access, flags):
    """A flat descriptor: base 0, limit 4 GiB."""
    return struct.pack("<HHBBBB", 0xFFFF, 0, 0, access, 0xF | flags << 4, 0)


class Processor:
    """One booted QEMU that executes accesses under given tables."""

    def __init__(self, geometry, megabytes=4096):
        self.geometry = geometry
        self.long = geometry.startswith("x86-64")
        self.qemu = qemu.Qemu(megabytes)
        self.memory = self.qemu.memory
        try:
            self._lay_out()
            self._boot()
        except BaseException:
            self.close()
            raise

    def close(self):
        self.qemu.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def put(self, address, data):
        self.memory[address:address + len(data)] = data

    def _lay_out(self):
        code_flags = 0xA if self.long else 0xC
        table = [bytes(8),
                 segment(0x9B, code_flags), segment(0x93, 0xC),
                 segment(0xFB, code_flags), segment(0xF3, 0xC),
                 struct.pack("<HHBBBB", 0x67, TASK_STATE, 0, 0x89, 0, 0), bytes(8)]
        self.put(GDT, b"".join(table))
        self.put(GDT_POINTER, struct.pack("<HI", 8 * len(table) - 1, GDT))
        self.put(IDT_POINTER, struct.pack("<HI", model.PAGE - 1, IDT_FRAME * model.PAGE))
        if self.long:
            self.put(TASK_STATE + 4, struct.pack("<Q", STACK_TOP))
        else:
            self.put(TASK_STATE + 4, struct.pack("<II", STACK_TOP, KERNEL_SS))
        for vector in range(32):
            gate = struct.pack("<HHBBH", HANDLERS + 16 * vector, KERNEL_CS, 0, 0x8E, 0)
            if self.long:
                gate += bytes(8)
            self.put(IDT_FRAME * model.PAGE + len(gate) * vector, gate)
        self.put(BOOT_CODE, bytes([0x66, 0x0F, 0x01, 0x16]) + struct.pack("<H", GDT_POINTER)
                 + bytes([0x66, 0x0F, 0x01, 0x1E]) + struct.pack("<H", IDT_POINTER)
                 + bytes([0x0F, 0x00, 0xD8]))               # lgdt, lidt, ltr %ax
        for offset, instruction in CODE.values():
            self.put(KERNEL_CODE + offset, instruction)
            self.put(USER_CODE + offset, instruction)

    def _boot(self):
        """From reset to protected mode with our descriptor tables."""
        self.qemu.write("cs", 0)
        self.qemu.write("rip", BOOT_CODE)
        self.qemu.step()
        self.qemu.step()
        self.qemu.write("cr0", qemu.CR0_PE)
        self.qemu.write("cs", KERNEL_CS)
        self.qemu.write("ss", KERNEL_SS)
        self.qemu.write("ds", USER_SS)
        self.qemu.write("rax", TASK)
        self.qemu.step()

    def use(self, machine, cr3):
        """Sets the modes of the machine; the tables must be in memory."""
        self.qemu.page_tables(self.geometry, cr3, machine.wp, machine.nx,
                              machine.smep, machine.smap)
        self.cr3 = cr3
        # A selector is loaded only when it changes, so let it change.
        self.qemu.write("cs", USER_CS)
        self.qemu.write("cs", KERNEL_CS)
        self.qemu.write("ss", KERNEL_SS)

    def access(self, address, kind, mode, value=0):
        """Executes one access from an empty TLB: (al afterwards, None) or (None, fault)."""
        user = mode == "user"
        if kind == "fetch":
            start = address
        else:
            start = (USER_CODE if user else KERNEL_CODE) + CODE[kind][0]
        write = self.qemu.write
        write("cr3", self.cr3)
        write("cs", USER_CS if user else KERNEL_CS)
        write("ss", USER_SS if user else KERNEL_SS)
        write("rsp", STACK_TOP)
        write("rbx", address)
        write("rax", value)
        write("rip", start)
        self.qemu.step()
        after = self.qemu.read("rip")
        if HANDLERS <= after < HANDLERS + 16 * 32:
            return None, self._fault((after - HANDLERS) // 16)
        if after != start + 2:
            raise RuntimeError(f"{kind} of {address:#x} ended at {after:#x}")
        return self.qemu.read("rax") & 0xFF, None

    def _fault(self, vector):
        """Vector, corrected error code, and the faulting address if there is one."""
        if vector not in (x86.GENERAL_PROTECTION, x86.PAGE_FAULT):
            raise RuntimeError(f"unexpected exception {vector}")
        stack = self.qemu.read("rsp")
        error = int.from_bytes(self.memory[stack:stack + 4], "little")
        if vector != x86.PAGE_FAULT:
            return vector, error, None
        # This emulator leaves bit 0 clear when a reserved bit is set; the
        # manual (4.7) and the processors set it.
        if error & x86.ERROR_RESERVED:
            error |= x86.ERROR_PRESENT
        return vector, error, self.qemu.read("cr2")
