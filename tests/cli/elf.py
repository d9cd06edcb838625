#!/usr/bin/python3
"""pagewalk-cli elf: what a file says, and what is said of one that is none."""

import collections
import os
import re
import shutil
import struct
import subprocess
import tempfile

from command import failure, misuse, run
from tap import Tap


def image(name=b"main"):
    """A small executable for x86-64 with one segment and one symbol."""
    strings = b"\0" + name + b"\0.strtab\0"
    header = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\2\1\1", 2, 62, 1, 0x401000, 64,
                         0x200, 0, 64, 56, 1, 64, 3, 1)
    segment = struct.pack("<IIQQQQQQ", 1, 6, 0x100, 0x401100, 0x401100, 0x80, 0x2000, 4096)
    symbols = bytes(24) + struct.pack("<IBBHQQ", 1, 0x12, 0, 2, 0x401100, 9)
    at = struct.Struct("<IIQQQQIIQQ")
    sections = (at.pack(*[0] * 10)
                + at.pack(len(name) + 2, 3, 0, 0, 0x400, len(strings), 0, 0, 1, 0)
                + at.pack(0, 2, 0, 0, 0x180, 48, 1, 1, 8, 24))
    data = bytearray(0x400 + len(strings))
    for offset, part in ((0, header), (64, segment), (0x180, symbols), (0x200, sections),
                         (0x400, strings)):
        data[offset:offset + len(part)] = part
    return bytes(data)


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def check_whole(tap, folder):
    path = write(folder, "whole", image())
    answer = run("elf", "--json", path)
    elf = answer.objects()[0]
    tap.equal((answer.status, elf["class"], elf["type"], elf["machine"], elf["entry"],
               elf["loads"], [p["problem"] for p in elf["problems"]]),
              (0, 64, "EXEC", "x86-64", "0x401000", True, ["entry-outside"]), "the header")
    tap.equal(elf["segments"],
              [{"type": "LOAD", "offset": "0x100", "vaddr": "0x401100", "paddr": "0x401100",
                "filesz": "0x80", "memsz": "0x2000", "flags": "rw-", "align": "0x1000"}],
              "the segment")
    tap.equal(elf["plan"]["mappings"],
              [{"segment": 0, "start": "0x401000", "end": "0x402000", "offset": "0x0",
                "flags": "rw-", "before": 0x100, "after": 0xe80, "zeroed": 0xe80,
                "bss": 0x2000}], "is rounded to pages")
    tap.equal(elf["tables"][0]["symbols"][1],
              {"name": "main", "value": "0x401100", "size": 9, "type": "FUNC", "bind": "GLOBAL",
               "visibility": "DEFAULT", "section": 2}, "the symbol")
    text = run("elf", "--symbols", path).output
    for part in ("p_vaddr 0x401100 and p_offset 0x100 lie 0x100 behind the beginning of a page: "
                 "mapped from 0x401000, of the file from 0x0",
                 "p_vaddr + p_filesz is 0x401180: mapped to the end of its page, 0x402000, "
                 "0xe80 more", "ELF64 EXEC x86-64, little endian", "zeroed by hand: 0x401180 to 0x402000",
                 "anonymous, without bytes in the file: 0x402000 to 0x404000", "main"):
        tap.equal(part in text, True, f"the text has “{part}”")


def check_parts(tap):
    """Of a real program, as readelf tells it."""
    program = shutil.which("env")
    elf = run("elf", "--json", program).objects()[0]
    told = subprocess.run(["readelf", "-ndrW", program], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"}).stdout
    tap.equal([e["string"] for e in elf["dynamic"] if e["tag"] == "NEEDED"],
              re.findall(r"\(NEEDED\).*\[(.*)\]", told), "libraries that are needed")
    tap.equal([e["value"] for e in elf["dynamic"] if e["tag"] == "RELASZ"],
              [hex(int(n)) for n in re.findall(r"\(RELASZ\) +(\d+)", told)], "a number")
    tap.equal([n["build-id"] for n in elf["notes"] if "build-id" in n],
              re.findall(r"Build ID: (\w+)", told), "the build id")
    tap.equal([n["kernel"] for n in elf["notes"] if "kernel" in n],
              re.findall(r"ABI: ([\d.]+)", told), "the oldest kernel")
    tap.equal([(r["section"], r["count"]) for r in elf["relocations"]],
              [(name, int(count)) for name, count in re.findall(
                  r"Relocation section '(.*)' at .* contains (\d+) ent", told)],
              "relocations of each section")
    types = collections.Counter(re.findall(r"^[0-9a-f]{16} +\w+ (R_\w+)", told, re.M))
    mine = collections.Counter()
    for section in elf["relocations"]:
        mine.update({t["type"]: t["count"] for t in section["types"]})
    # readelf cuts long names.
    tap.equal({name[:17]: n for name, n in mine.items()},
              {name[:17]: n for name, n in types.items()}, "relocations of each type")


def check_places(tap, folder):
    path = write(folder, "places", image())

    def ask(*words):
        return run("elf", path, *words, "--json").objects()[0]
    place = ask("--address", "0x401104")
    tap.equal((place["segment"], place["symbol"]["name"], place["symbol"]["offset"],
               place["offset"], place["source"]), (0, "main", "0x4", "0x104", "file"),
              "an address")
    tap.equal(ask("--offset", "0x104")["address"], "0x401104", "a byte of the file")
    tap.equal(ask("--symbol", "main")["address"], "0x401100", "a symbol")
    for address, source in (("0x401010", "around"), ("0x4011ff", "zeroed"),
                            ("0x402fff", "anonymous"), ("0x404000", "nowhere"),
                            ("0x400fff", "nowhere")):
        tap.equal(ask("--address", address)["source"], source, f"{address}: {source}")
    page = ask("--page", "0x401abc")
    tap.equal((page["page"], [(r["from"], r["to"], r["source"]) for r in page["runs"]]),
              ("0x401000", [(0, 0x100, "around"), (0x100, 0x180, "file"),
                            (0x180, 0x1000, "zeroed")]), "a page, by where it comes from")
    tap.equal(bytes.fromhex(page["bytes"]), image()[:0x180] + bytes(0x1000 - 0x180),
              "and its bytes")
    text = run("elf", path, "--page", "0x401000").output
    tap.equal("0x401100  00 00" in text and "################" in text
              and "~  a byte of the file beside" in text, True, "marked in the text")
    text = run("elf", path, "--address", "0x401104").output
    tap.equal("main + 0x4" in text and "Searched in 1 symbol" in text, True, "in words")
    failure(tap, "no such symbol", "elf", path, "--symbol", "none",
            says=f"{path}: no symbol of this name")
    failure(tap, "no such section", "elf", path, "--section", ".strtab",
            says=f"{path}: no section of this name in memory")
    failure(tap, "no such byte", "elf", path, "--offset", "0x90000",
            says=f"{path}: no mapping has this byte of the file")
    misuse(tap, "no number", "elf", path, "--address", "main",
           says="“main” is not a number of at most 64 bits")


def check_names(tap, folder):
    path = write(folder, "names", image(b"a\x1b[2J\xe2\x80\xaeb\xff"))
    elf = run("elf", "--json", path).objects()[0]
    tap.equal(elf["tables"][0]["symbols"][1]["name"], "a\\u{1b}[2J\\u{202e}b\\xff",
              "what cannot be seen in a name is escaped")


def check_refused(tap, folder):
    data = bytearray(image())
    struct.pack_into("<Q", data, 64 + 32, 0x3000)
    path = write(folder, "refused", data)
    elf = run("elf", "--json", path).objects()[0]
    tap.equal((elf["loads"], [p["problem"] for p in elf["problems"]]),
              (False, ["entry-outside", "data-outside", "filesz-over-memsz"]),
              "what the kernel refuses")


def check_failures(tap, folder):
    for name, data, reason in (
            ("empty", b"", "e_ident at 0x0: 0x0, limit 0x10, the file has no room for the "
             "header"),
            ("text", b"#!/bin/sh\necho hello\n", "e_ident[EI_MAG] at 0x0: 0x23, limit 0x7f, "
             "not an ELF file"),
            ("cut", image()[:80], "e_phoff at 0x20: 0x40, limit 0x50, the table goes past the "
             "end of the file")):
        path = write(folder, name, data)
        failure(tap, name, "elf", path, says=f"{path}: {reason}")
    failure(tap, "a folder", "elf", folder, says=f"{folder}: not a regular file")
    missing = os.path.join(folder, "missing")
    failure(tap, "no file", "elf", missing, says=f"{missing}: No such file or directory")
    large = os.path.join(folder, "large")
    with open(large, "wb") as file:
        file.truncate((64 << 20) + 1)
    failure(tap, "a large file", "elf", large, says=f"{large}: larger than 64 MiB")
    misuse(tap, "no argument", "elf", says="Too few arguments")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        check_whole(tap, folder)
        check_parts(tap)
        check_places(tap, folder)
        check_names(tap, folder)
        check_refused(tap, folder)
        check_failures(tap, folder)
    tap.done()


if __name__ == "__main__":
    main()
