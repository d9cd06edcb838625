"""Makes QEMU's processor load segment registers, and store through them.

This emulator compares no limit and asks no right of an access; what it does with a selector
and a descriptor is the processor's own way. It leaves a code segment unmarked that a far jump
took: whether that is accessed is not compared.
"""

import struct

import processor
import qemu

FIRST_ENTRY = 6                 # of the table; those below are the harness's own
CODE = 0x6000                   # where the instruction under test lies
STORES = range(0x100000, 0x2000000)     # memory that nobody else uses
MOVES = {"es": 0xC0, "ss": 0xD0, "ds": 0xD8, "fs": 0xE0, "gs": 0xE8}
PREFIXES = {"es": 0x26, "ss": 0x36, "ds": 0x3E, "fs": 0x64, "gs": 0x65}
TYPE_BITS = {"code": 0xA, "code-only": 0x8, "conforming": 0xE, "data": 0x2, "read-only": 0x0,
             "stack": 0x6, "system": 0x2}


def descriptor(word, base, limit, dpl, present, pages):
    """The eight bytes of a descriptor, by the figure of the manual."""
    rights = present << 7 | dpl << 5 | (word != "system") << 4 | TYPE_BITS[word]
    return struct.pack("<HHBBBB", limit & 0xFFFF, base & 0xFFFF, base >> 16 & 0xFF, rights,
                       limit >> 16 | 1 << 6 | pages << 7, base >> 24)


class Loader:
    """A processor in protected mode, without paging."""

    def __init__(self, entries):
        self.cpu = processor.Processor("x86-32", 64)
        self.cpu.put(processor.GDT_POINTER,
                     struct.pack("<HI", 8 * entries - 1, processor.GDT))
        write = self.cpu.qemu.write     # lgdt once more: the table is longer now
        self.cpu.put(CODE, bytes([0x0F, 0x01, 0x15]) + struct.pack("<I", processor.GDT_POINTER))
        write("rip", CODE)
        self.cpu.qemu.step()

    def close(self):
        self.cpu.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def describe(self, index, raw):
        self.cpu.put(processor.GDT + 8 * index, raw)

    def accessed(self, index):
        return self.cpu.memory[processor.GDT + 8 * index + 5] & 1

    def _run(self, code, user, rax, rbx=0):
        """Executes one instruction: the exception it raises, or None."""
        write = self.cpu.qemu.write
        self.cpu.put(CODE, code)
        write("cs", processor.USER_CS if user else processor.KERNEL_CS)
        write("ss", processor.USER_SS if user else processor.KERNEL_SS)
        write("rsp", processor.STACK_TOP)
        write("rax", rax)
        write("rbx", rbx)
        write("rip", CODE)
        self.cpu.qemu.step()
        after = self.cpu.qemu.read("rip")
        if not processor.HANDLERS <= after < processor.HANDLERS + 16 * 32:
            return None
        stack = self.cpu.qemu.read("rsp")
        error = int.from_bytes(self.cpu.memory[stack:stack + 4], "little")
        return (after - processor.HANDLERS) // 16, error

    def load(self, register, selector, user):
        """mov or, of cs, a far jump to offset 0."""
        if register == "cs":
            code = bytes([0xEA]) + struct.pack("<IH", 0, selector)
        else:
            code = bytes([0x8E, MOVES[register]])
        return self._run(code, user, selector)

    def store(self, register, offset, value, user):
        """mov %al, %register:(%ebx)"""
        return self._run(bytes([PREFIXES[register], 0x88, 0x03]), user, value, offset)


missing = qemu.missing
