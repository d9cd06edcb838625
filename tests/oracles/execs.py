#!/usr/bin/python3
"""Compares what execve and the dynamic loader make of real programs with what
the running kernel makes of them.

  execs.py TRACER [--sample]

TRACER is linux-exec.c: it stops the program at its first instruction, or at
main, and prints its maps and its stack. Left out are vvar and vdso, the 16
random bytes, and of main the anonymous memory and the heap of a program that is
said to have constructors whose doings are not known.
"""

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "tools"))

from tap import Tap, skip_all   # noqa: E402

CLI = os.environ["PAGEWALK_CLI"]
NOT_PERMITTED = 77
LEFT_OUT = ("[vvar]", "[vvar_vclock]", "[vdso]")
ENVIRONMENT = {"HOME": "/home/a b", "EMPTY": "", "LANG": "C.UTF-8"}
ARGUMENTS = ["one", "two words", "", "-x"]

SMALL = "int main (void) { return 0; }\n"
BSS = """static char room[48 << 20]; static int data[5000] = {1};
int main (void) { return room[77] + data[3]; }
"""
TLS = "static _Thread_local char mine[9000]; int main (void) { return mine[1]; }\n"
ALONE = """void _start (void) {
  __asm__ volatile ("mov $1, %eax; xor %ebx, %ebx; int $0x80");
}
int data[3000] = {7}; int bss[70000];
"""
CXX = """#include <iostream>
int main () { std::cout << 1; }
"""
SMALL_DYNAMIC = """int main (void) { return 0; }
__asm__ (".globl _start\\n_start: xor %ebp, %ebp; pop %esi; mov %esp, %ecx;"
         "and $-16, %esp; push %eax; push %esp; push %edx; push $0; push $0;"
         "push %ecx; push %esi; push $main; call __libc_start_main; hlt");
"""
SEGMENTS = """SECTIONS {
  . = 0x400000 + SIZEOF_HEADERS;
  .text : { *(.text*) *(.rodata*) *(.eh_frame*) }
  . = 0x600000; .data : { *(.data*) }
  . = 0x700000; .bss : { *(.bss*) }
  . = 0x900000; .more : { LONG(5) }
}
"""

# Name, source, options.
PROGRAMS = [
    ("pie", SMALL, []),
    ("no-pie", SMALL, ["-no-pie"]),
    ("static", SMALL, ["-static"]),
    ("static-pie", SMALL, ["-static-pie"]),
    ("bss", BSS, []),
    ("bss-no-pie", BSS, ["-no-pie"]),
    ("bss-static", BSS, ["-static"]),
    ("bss-static-pie", BSS, ["-static-pie"]),
    ("execstack", SMALL, ["-Wl,-z,execstack"]),
    ("together", SMALL, ["-Wl,-z,noseparate-code"]),
    ("no-relro", SMALL, ["-Wl,-z,norelro"]),
    ("relro-now", BSS, ["-Wl,-z,now"]),
    ("pages-64k", SMALL, ["-Wl,-z,max-page-size=0x10000"]),
    ("pages-2m", BSS, ["-Wl,-z,max-page-size=0x200000"]),
    ("pages-2m-static-pie", BSS, ["-static-pie", "-Wl,-z,max-page-size=0x200000"]),
    ("libm", SMALL, ["-Wl,--no-as-needed", "-lm"]),
    ("tls", TLS, []),
    ("tls-static", TLS, ["-static"]),
    ("tls-static-pie", TLS, ["-static-pie"]),
    ("c++", CXX, ["-lstdc++"]),
    ("c++-no-pie", CXX, ["-lstdc++", "-no-pie"]),
    ("c++-static", CXX, ["-lstdc++", "-static"]),
    ("alone", ALONE, ["-nostdlib", "-static"]),
    ("alone-pie", ALONE, ["-nostdlib", "-static-pie"]),
    ("segments", ALONE, ["-nostdlib", "-static", "-Wl,-T,SEGMENTS"]),
    ("i386", ALONE, ["-m32", "-nostdlib", "-static"]),
    ("i386-dynamic", SMALL_DYNAMIC,
     ["-m32", "-nostdlib", "-no-pie", "-fno-pie", "-Wl,/lib32/libc.so.6",
      "-Wl,--dynamic-linker=/lib/ld-linux.so.2"]),
    ("i386-pie", ALONE, ["-m32", "-nostdlib", "-static-pie", "-fPIE"]),
]
INSTALLED = ["/bin/true", "/bin/ls", "/bin/bash", "/usr/bin/env", "/usr/bin/git",
             "/usr/bin/perl", "/usr/bin/python3", "/usr/bin/readelf",
             "/usr/bin/curl", "/usr/bin/ssh", "/usr/bin/xmllint",
             "/usr/bin/sqlite3", "/usr/bin/tar", "/usr/bin/make",
             "/usr/bin/cmake", "/usr/bin/gdb", "/usr/bin/vim", "/usr/bin/gcc",
             "/usr/bin/systemd-analyze", "/usr/bin/qemu-img", "/usr/bin/gpg",
             "/usr/bin/apt", "/usr/bin/flatpak", "/usr/bin/pdftotext",
             "/usr/bin/rsvg-convert", "/usr/bin/convert-im6.q16", "/bin/cp",
             "/usr/bin/ninja", "/usr/bin/doxygen", "/usr/bin/xdotool",
             "/usr/lib/gcc/x86_64-linux-gnu/12/cc1"]
SAMPLE = {"pie", "no-pie", "static", "static-pie", "bss", "i386", "c++", "tls",
          "tls-static", "/bin/true", "/bin/ls", "/usr/bin/python3"}


def compiled(folder, name, source, options):
    """The program, or None where the compiler cannot make it."""
    path = os.path.join(folder, name)
    script = os.path.join(folder, "segments.ld")
    with open(script, "w", encoding="ascii") as file:
        file.write(SEGMENTS)
    options = [option.replace("SEGMENTS", script) for option in options]
    done = subprocess.run(["gcc", "-x", language(source), "-", "-o", path, *options],
                          input=source.encode(), capture_output=True)
    return path if done.returncode == 0 else None


def real(tracer, path, *options):
    """Maps and stack as the kernel made them; a number: why not."""
    done = subprocess.run([tracer, *options, path, path, *ARGUMENTS],
                          env=ENVIRONMENT, capture_output=True, text=True,
                          errors="surrogateescape", timeout=60)
    return done.returncode or json.loads(done.stdout)


def language(source):
    return "c++" if "#include <iostream>" in source else "c"


def quoted(strings):
    return " ".join("'" + text + "'" for text in strings)


def model(path, *options):
    environment = [f"{name}={value}" for name, value in ENVIRONMENT.items()]
    return subprocess.run(
        [CLI, "elf", path, "--argv", quoted([path, *ARGUMENTS]), "--env",
         quoted(environment), *options],
        capture_output=True, text=True, timeout=60, check=True).stdout


def lines(maps, *more):
    return [line.rstrip() for line in maps.splitlines()
            if not line.endswith(LEFT_OUT + more)]


def compare_maps(tap, name, found, expected):
    missing = [f"- {line}" for line in expected if line not in found]
    extra = [f"+ {line}" for line in found if line not in expected]
    tap.ok(found == expected, name, *missing, *extra)


def auxiliary(stack, sp, word):
    """Types in order, and values, of the vector in these bytes."""
    size = {8: "Q", 4: "I"}[word]
    numbers = [n for n, in struct.iter_unpack(
        "<" + size, stack[:len(stack) // word * word])]
    at = 1 + numbers[0] + 1
    at += numbers[at:].index(0) + 1
    pairs = []
    while not pairs or pairs[-1][0] != 0:
        pairs.append((numbers[at], numbers[at + 1]))
        at += 2
    return pairs


def compare_stack(tap, name, path, truth):
    """All bytes, but the random ones and the address of the vdso."""
    answer = json.loads(model(path, "--stack", "--json"))["stack"]
    sp = truth["sp"]
    word = 4 if truth["end"] <= 1 << 32 else 8
    tap.equal(int(answer["pointer"], 16), sp, f"{name}: stack pointer")
    expected = bytearray.fromhex(truth["bytes"])
    found = bytearray.fromhex(answer["bytes"])
    if int(answer["pointer"], 16) != sp or len(expected) != len(found):
        tap.ok(False, f"{name}: bytes", len(found), len(expected))
        return
    pairs = auxiliary(expected, sp, word)
    tap.equal([entry["type"] for entry in answer["auxv"]],
              [kind for kind, _ in pairs], f"{name}: types of the vector")
    random = dict(pairs)[25] - sp
    for stack in (found, expected):
        stack[random:random + 16] = bytes(16)
    vdso = {value for kind, value in pairs if kind in (32, 33)}
    differ = [i for i in range(0, len(found), word)
              if found[i:i + word] != expected[i:i + word]
              and int.from_bytes(expected[i:i + word], "little") not in vdso]
    tap.ok(not differ, f"{name}: bytes", *(
        f"{sp + i:#x}: {found[i:i + word].hex()}, {expected[i:i + word].hex()}"
        for i in differ[:20]))


def check(tap, tracer, name, path):
    truth = real(tracer, path)
    if truth == NOT_PERMITTED:
        tap.skip(name, "tracing, or address randomisation off, is not permitted")
        return
    if isinstance(truth, int):
        tap.skip(name, f"it does not run here ({truth})")
        return
    small = truth["end"] <= 1 << 32
    gates = ("[vsyscall]",) if small else ()
    compare_maps(tap, f"{name}: maps at the first instruction",
                 lines(model(path, "--maps", "--aslr", "off")),
                 lines(truth["maps"], *gates))
    compare_stack(tap, name, path, truth)
    later = real(tracer, path, "--main")
    if isinstance(later, int):
        return
    compare_main(tap, name, path, later["maps"], gates)


def compare_main(tap, name, path, truth, gates):
    """What is not known is said."""
    unknown = json.loads(model(path, "--libs", "--json"))["constructors"]
    found, expected = lines(model(path, "--libs")), lines(truth, *gates)
    if found != expected and unknown:
        found, expected = named(found), named(expected)
        name = f"{name} (not what constructors of {', '.join(unknown)} take)"
    elif gates:
        found, expected = named(found), named(expected)
        name = f"{name} (not the loader's own memory, known for x86-64 alone)"
    compare_maps(tap, f"{name}: maps at main", found, expected)


def named(maps):
    """Lines of files and of the stack."""
    return [line for line in maps
            if not line.endswith("[heap]") and "00:00 0" not in line
            or line.endswith("[stack]")]


def check_limits(tap, tracer, path):
    """RLIMIT_STACK moves where mappings begin."""
    for size in (64 << 10, 1 << 30, 2 ** 63):
        truth = real(tracer, path, "--stack-limit", str(size))
        if isinstance(truth, int):
            tap.skip(f"a stack of {size}", "not permitted")
            continue
        compare_maps(tap, f"a stack of {size} bytes",
                     lines(model(path, "--maps", "--rlimit-stack", str(size))),
                     lines(truth["maps"]))


def main():
    tracer, sample = sys.argv[1], "--sample" in sys.argv[2:]
    if not re.fullmatch(r"6\.\d+.*", os.uname().release):
        skip_all("the running kernel is no Linux 6.x")
    tap = Tap()
    with tempfile.TemporaryDirectory(dir=os.getcwd()) as folder:
        for name, source, options in PROGRAMS:
            if sample and name not in SAMPLE:
                continue
            path = shutil.which("gcc") and compiled(folder, name, source, options)
            if path is None or not path:
                tap.skip(name, "the compiler cannot make it here")
                continue
            check(tap, tracer, name, path)
        for path in INSTALLED:
            if not sample or path in SAMPLE:
                if os.path.exists(path):
                    check(tap, tracer, path, path)
                else:
                    tap.skip(path, "not installed")
        pie = os.path.join(folder, "pie")
        if os.path.exists(pie):
            check_limits(tap, tracer, pie)
    tap.done()


main()
