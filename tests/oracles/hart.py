"""Makes QEMU's RISC-V processor execute single accesses, to see faults and marks."""

import struct

import model
import qemu

# The machine's memory begins at 0. Machine mode executes from there untranslated:
# with MPRV its loads and stores go through the tables as if in the mode of MPP.
LOAD_CODE = 0x100
STORE_CODE = 0x110
TRAP = 0x200
FIRST_FREE_FRAME = 16

LOAD = 0x00058503               # lb a0, 0(a1)
STORE = 0x00A58023              # sb a0, 0(a1)
A0, A1, PRIVILEGE = "a0", "a1", "priv"
LEVELS = {"user": 0, "kernel": 1, "machine": 3}

MPP, MPRV, SUM, MXR = 11, 1 << 17, 1 << 18, 1 << 19
SATP_MODES = {"sv32": 1 << 31, "sv39": 8 << 60, "sv48": 9 << 60, "sv57": 10 << 60}


def program(geometry):
    return "qemu-system-riscv32" if geometry == "sv32" else "qemu-system-riscv64"


def missing(geometry):
    return qemu.missing(program(geometry))


def load_immediate(value):
    """li a0, value: what a fetch executes."""
    return struct.pack("<I", value << 20 | 10 << 7 | 0x13)


class Hart:
    """One QEMU that executes accesses under given tables."""

    def __init__(self, geometry, megabytes=8192):
        self.geometry = geometry
        processor = "rv32,pmp=off" if geometry == "sv32" else "rv64,pmp=off"
        self.qemu = qemu.Qemu(megabytes, program(geometry), processor)
        self.memory = self.qemu.memory
        self.put(LOAD_CODE, struct.pack("<I", LOAD))
        self.put(STORE_CODE, struct.pack("<I", STORE))
        self.qemu.write("mtvec", TRAP)

    def close(self):
        self.qemu.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def put(self, address, data):
        self.memory[address:address + len(data)] = data

    def use(self, machine, root):
        self.machine = machine
        self.satp = SATP_MODES[self.geometry] | root // model.PAGE

    def access(self, address, kind, mode, value=0):
        """Executes one access from an empty TLB: (a0's low byte, None) or (None, fault)."""
        write = self.qemu.write
        modes = (SUM if self.machine.sum else 0) | (MXR if self.machine.mxr else 0)
        start = address
        write("satp", 0)
        write("satp", self.satp)
        if kind == "fetch":
            write("mstatus", modes)
            write(PRIVILEGE, LEVELS[mode])
        else:
            start = LOAD_CODE if kind == "read" else STORE_CODE
            write("mstatus", modes | MPRV | LEVELS[mode] << MPP)
            write(PRIVILEGE, LEVELS["machine"])
        write(A1, address if kind != "fetch" else 0)
        write(A0, value)
        write("pc", start)
        self.qemu.step()
        after = self.qemu.read("pc")
        if after == TRAP:
            return None, (self.qemu.read("mcause"), self.qemu.read("mtval"))
        if after != start + 4:
            raise RuntimeError(f"{kind} of {address:#x} ended at {after:#x}")
        return self.qemu.read(A0) & 0xFF, None
