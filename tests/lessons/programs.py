#!/usr/bin/python3
"""Builds the programs of lessons anew, from the sources beside them: what is
loaded must be what the lesson's file holds, and what the lesson lists."""

import os
import pathlib
import platform
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from tap import Tap

LESSON = pathlib.Path(os.environ["PAGEWALK_SOURCE"]) \
    / "lessons/content/06-processes/42-execve"
SPACE = "{https://pagewalk.github.io/ns/lesson/1}"
FLAGS = {"hello": ["-pie", "-Wl,--dynamic-linker=/lib/ld-tiny.so"],
         "ld-tiny": ["-static-pie"]}
LOAD = 1
PAGE = 4096


def loads(path):
    """Of each segment that is loaded: rights, its pages; and its code."""
    data = path.read_bytes()
    offset, count = (struct.unpack_from("<Q", data, 32)[0],
                     struct.unpack_from("<H", data, 56)[0])
    for i in range(count):
        kind, flags, start, va, _, size, memory, _ = struct.unpack_from(
            "<IIQQQQQQ", data, offset + 56 * i)
        if kind == LOAD:
            code = data[start:start + size] if flags & 1 else b""
            yield flags, va // PAGE, (va + memory + PAGE - 1) // PAGE, code


def built(name, folder):
    out = pathlib.Path(folder) / name
    subprocess.run(["gcc", "-nostdlib", "-s", "-Wl,--build-id=none", *FLAGS[name],
                    "-o", out, LESSON / (name + ".S")], check=True)
    return out


def instructions(text):
    """Labels and instructions without spaces and comments."""
    lines = (re.sub(r"\s+", " ", line.split("#")[0]).strip()
             for line in text.splitlines())
    return [line for line in lines if line]


def check_listing(tap):
    root = ElementTree.parse(LESSON / "lesson.xml").getroot()
    listing = next(code.text for code in root.iter(SPACE + "code")
                   if code.get("language") == "asm")
    source = instructions((LESSON / "hello.S").read_text("utf-8"))
    listed = instructions(listing)
    tap.equal(listed, source[:len(listed)], "the lesson lists the program's code")


def main():
    tap = Tap()
    check_listing(tap)
    if platform.machine() == "x86_64" and shutil.which("gcc"):
        with tempfile.TemporaryDirectory() as folder:
            for name, file in (("hello", "hello"), ("ld-tiny", "ld-tiny.so")):
                tap.equal(list(loads(built(name, folder))),
                          list(loads(LESSON / file)),
                          f"{file} is what its source makes")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
