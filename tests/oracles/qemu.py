"""Runs one QEMU processor on bare memory and speaks to it: registers, bytes, walks."""

import mmap
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time

PROGRAM = "qemu-system-x86_64"
PROCESSOR = "max,la57=on,phys-bits=52,apic-id=0"

# Bits of the control registers, by their manual's names.
CR0_PE = 1 << 0
CR0_WP = 1 << 16
CR0_PG = 1 << 31
CR4_PSE = 1 << 4
CR4_PAE = 1 << 5
CR4_LA57 = 1 << 12
CR4_SMEP = 1 << 20
CR4_SMAP = 1 << 21
EFER_LME = 1 << 8
EFER_LMA = 1 << 10
EFER_NXE = 1 << 11

START_TIMEOUT = 10.0
REPLY_TIMEOUT = 20.0


def missing(program=PROGRAM):
    """Why QEMU cannot be used here, or None."""
    if shutil.which(program) is None:
        return f"{program} is not installed"
    return None


class Gdb:
    """The few packets of the gdb remote protocol that are needed here."""

    def __init__(self, connection):
        connection.settimeout(REPLY_TIMEOUT)
        self.connection = connection
        self.received = b""

    def send(self, payload):
        checksum = sum(payload) % 256
        self.connection.sendall(b"$%s#%02x" % (payload, checksum))

    def reply(self):
        """The payload of the next packet; acknowledges it."""
        while True:
            start = self.received.find(b"$")
            end = self.received.find(b"#", start)
            if start >= 0 and 0 <= end <= len(self.received) - 3:
                payload = self.received[start + 1:end]
                self.received = self.received[end + 3:]
                self.connection.sendall(b"+")
                return payload
            more = self.connection.recv(65536)
            if not more:
                raise EOFError("QEMU closed the connection")
            self.received += more

    def ask(self, text):
        self.send(text.encode())
        return self.reply()

    def expect_ok(self, text):
        answer = self.ask(text)
        if answer != b"OK":
            raise RuntimeError(f"QEMU answered {answer!r} to {text}")

    def document(self, name):
        """A whole file of the target description."""
        text = b""
        while True:
            part = self.ask(f"qXfer:features:read:{name}:{len(text):x},800")
            text += part[1:]
            if part[:1] == b"l":
                return text.decode()
            if part[:1] != b"m":
                raise RuntimeError(f"QEMU has no {name}")

    def monitor(self, command):
        """What the monitor prints for a command."""
        self.send(b"qRcmd," + command.encode().hex().encode())
        printed = b""
        while True:
            part = self.reply()
            if part == b"OK":
                return printed.decode()
            if part[:1] != b"O":
                raise RuntimeError(f"QEMU answered {part!r} to {command}")
            printed += bytes.fromhex(part[1:].decode())


def register_numbers(gdb):
    """Register name → number, from the target description."""
    numbers = {}
    following = 0
    included = re.findall(r'include href="([^"]+)"', gdb.document("target.xml"))
    for name in included:
        text = re.sub(r"<!--.*?-->", "", gdb.document(name), flags=re.DOTALL)
        for tag in re.findall(r"<reg\b[^>]*>", text):
            fields = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            following = int(fields.get("regnum", following))
            numbers[fields["name"]] = following
            following += 1
    return numbers


class Qemu:
    """A stopped processor with flat memory from physical address 0.

    The machine is "none": no firmware, no devices but the local APIC, so that
    nothing but the processor's own rules can colour an answer. Its memory is
    a file that this program maps as well: `memory` is the guest's memory.
    """

    def __init__(self, megabytes=256, program=PROGRAM, processor=PROCESSOR):
        self.folder = tempfile.mkdtemp(prefix="pagewalk-oracle-")
        self.process = None
        self.memory = None
        try:
            self._start(megabytes, program, processor)
        except BaseException:
            self.close()
            raise
        finally:
            # Both sides hold what they need of it: nothing is left behind.
            shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, megabytes, program, processor):
        bytes_path = os.path.join(self.folder, "memory")
        socket_path = os.path.join(self.folder, "gdb")
        with open(bytes_path, "w+b") as file:
            file.truncate(megabytes << 20)
            self.memory = mmap.mmap(file.fileno(), megabytes << 20)
        self.process = subprocess.Popen(
            [program, "-accel", "tcg",
             "-machine", "none,memory-backend=ram",
             "-object", "memory-backend-file,id=ram,share=on,"
                        f"mem-path={bytes_path},size={megabytes}M",
             "-cpu", processor,
             "-display", "none", "-nodefaults", "-S",
             "-gdb", f"unix:{socket_path},server=on,wait=off"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        self.gdb = Gdb(self._connect(socket_path))
        self.gdb.ask("?")
        self.numbers = register_numbers(self.gdb)
        self.widths = {}

    def _connect(self, path):
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                said = self.process.stdout.read().decode().strip()
                raise RuntimeError(f"QEMU stopped at once: {said}")
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                connection.connect(path)
                return connection
            except OSError:
                connection.close()
                time.sleep(0.01)
        raise RuntimeError("QEMU does not open its gdb socket")

    def close(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            if hasattr(self, "gdb"):
                self.gdb.connection.close()
            self.process = None
        if self.memory is not None:
            self.memory.close()
            self.memory = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def read(self, register):
        raw = bytes.fromhex(self.gdb.ask(f"p{self.numbers[register]:x}").decode())
        self.widths[register] = len(raw)
        return int.from_bytes(raw, "little")

    def write(self, register, value):
        if register not in self.widths:
            self.read(register)
        raw = value.to_bytes(self.widths[register], "little")
        self.gdb.expect_ok(f"P{self.numbers[register]:x}={raw.hex()}")

    def step(self):
        """Executes one instruction, or delivers the exception it raises."""
        answer = self.gdb.ask("s")
        if answer[:1] not in b"ST":
            raise RuntimeError(f"QEMU answered {answer!r} to a single step")

    def page_tables(self, geometry, cr3, wp=True, nx=True, smep=False, smap=False):
        """Switches paging on with the root at CR3; forgets cached translations."""
        efer = cr4 = 0
        if geometry == "x86-32":
            cr4 |= CR4_PSE
        else:
            cr4 |= CR4_PAE
            efer |= EFER_NXE if nx else 0
        if geometry.startswith("x86-64"):
            efer |= EFER_LME | EFER_LMA
        if geometry == "x86-64-la57":
            cr4 |= CR4_LA57
        cr4 |= (CR4_SMEP if smep else 0) | (CR4_SMAP if smap else 0)
        cr0 = CR0_PE | CR0_PG | (CR0_WP if wp else 0)
        self.write("cr0", CR0_PE)
        self.write("cr4", cr4)
        self.write("efer", efer)
        self.write("cr3", cr3)
        self.write("cr0", cr0)

    def translate(self, address):
        """The physical address by QEMU's walk for debuggers, or None.

        It looks at present bits and sizes only, never at permissions.
        """
        said = self.gdb.monitor(f"gva2gpa {address:#x}").strip()
        if said == "Unmapped":
            return None
        found = re.fullmatch(r"gpa: (0x[0-9a-f]+|0)", said)
        if not found:
            raise RuntimeError(f"QEMU said {said!r} of {address:#x}")
        return int(found[1], 16)

    def translations(self):
        """Everything mapped: (virtual, physical, flag letters of the leaf).

        Letters: X no-execute, G global, P large, D dirty, A accessed, C and T
        caching, U user, W writable. QEMU cuts the physical address of a large
        page to the bits that LARGE_PAGE_BITS names.
        """
        found = []
        for line in self.gdb.monitor("info tlb").splitlines():
            fields = re.fullmatch(r"([0-9a-f]{16}): ([0-9a-f]{16}) (\S{9})", line.strip())
            if not fields:
                raise RuntimeError(f"QEMU listed {line!r}")
            flags = fields[3].replace("-", "")
            found.append((int(fields[1], 16), int(fields[2], 16), flags))
        return found
