#!/usr/bin/python3
"""Checks what was built: what the core needs of libc, that it keeps nothing
between calls, that the command line needs no window, that all is hardened."""

import os
import pathlib
import re
import subprocess
import tempfile

from tap import Tap

ALLOWED = set("""
abort calloc free malloc memchr memcmp memcpy memmove memset qsort realloc
strchr strcmp strlen strncmp
__assert_fail __stack_chk_fail _GLOBAL_OFFSET_TABLE_
""".split())

# The checked twins that the fortified libc headers call instead.
FORTIFIED = re.compile(r"__(mem|str)\w+_chk$")

# What sanitizers, coverage and fuzzing add.
INSTRUMENTS = re.compile(r"_*(asan|ubsan|lsan|tsan|gcov|llvm|sancov|sanitizer)_")

# Sections whose contents can change while the program runs. What .data.rel.ro
# holds is const and only relocated at the start.
MUTABLE = re.compile(r"(\.(data|bss|tdata|tbss)(?!\.rel\.ro)\b.*|\*COM\*)$")
DATA = re.compile(r"^[0-9a-f]+ .{7} (\S+)\s+([0-9a-f]+) (?:\.hidden )?(\S+)$")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True,
                          text=True).stdout


def names(library, *options):
    lines = output("nm", "-P", *options, library).splitlines()
    return {line.split()[0] for line in lines if line and line[-1] != ":"}


def instrumented(undefined):
    return any(map(INSTRUMENTS.match, undefined))


def surplus(undefined):
    return sorted(name for name in undefined - ALLOWED
                  if not FORTIFIED.match(name) and not INSTRUMENTS.match(name))


def mutable(library):
    """Names of the objects that lie in sections that can change."""
    for line in output("objdump", "-t", library).splitlines():
        match = DATA.match(line)
        if match and MUTABLE.match(match[1]) and int(match[2], 16) > 0:
            yield f"{match[3]} in {match[1]}"


def check_core(tap, library):
    undefined = names(library, "-u") - names(library, "--defined-only")
    found = surplus(undefined)
    tap.ok(not found, "the core calls only what its list allows", *found)
    if instrumented(undefined):
        tap.skip("the core has no changing global data",
                 "this build is instrumented, and that data is not ours")
        return
    found = sorted(mutable(library))
    tap.ok(not found, "the core has no changing global data", *found)


def check_the_check(tap, scratch):
    """A library that breaks both rules must be refused."""
    source = scratch / "broken.c"
    source.write_text("extern int puts (const char *);\n"
                      "int counter;\n"
                      "static const char *const fine[] = { \"a\", \"b\" };\n"
                      "int next (void) { static int kept = 1; "
                      "return puts (fine[++counter % 2]) + kept++; }\n")
    target = scratch / "broken.o"
    compiler = os.environ.get("CC", "cc").split()
    output(*compiler, "-O0", "-fPIE", "-fno-common", "-c", source,
           "-o", target)
    tap.equal(surplus(names(target, "-u")), ["puts"],
              "a call that is not on the list is seen")
    found = [line.split(".")[0].split()[0] for line in mutable(target)]
    tap.equal(sorted(found), ["counter", "kept"], "changing data is seen")


def check_command_line(tap, program):
    found = [line.strip() for line in output("ldd", program).splitlines()
             if re.match(r"\s*lib(gtk|adwaita)", line)]
    tap.ok(not found, "pagewalk-cli links no GTK", *found)


def check_hardening(tap, program):
    """What the linker was asked for must also be in the program."""
    text = output("readelf", "-hldW", program)
    wanted = {
        "position-independent": r"Type:\s+DYN",
        "read-only after relocation": r"GNU_RELRO",
        "all symbols bound at the start": r"BIND_NOW|FLAGS_1.*\bNOW\b",
        "no executable stack": r"GNU_STACK.* RW ",
    }
    missing = [what for what, pattern in wanted.items()
               if not re.search(pattern, text)]
    tap.ok(not missing, f"{pathlib.Path(program).name} is hardened", *missing)


def main():
    build = pathlib.Path(os.environ["PAGEWALK_BUILD"])
    tap = Tap()
    check_core(tap, build / "core" / "libcore.a")
    with tempfile.TemporaryDirectory() as scratch:
        check_the_check(tap, pathlib.Path(scratch))
    check_command_line(tap, os.environ["PAGEWALK_CLI"])
    check_hardening(tap, os.environ["PAGEWALK_CLI"])
    check_hardening(tap, os.environ["PAGEWALK_APP"])
    tap.done()


if __name__ == "__main__":
    main()
