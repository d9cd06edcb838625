#!/usr/bin/python3
"""Checks files and the page cache against the running Linux: the same accesses
and calls in both, then minor and major faults, what is cached, bytes, signals.

  files.py --process PROGRAM

Files on a disk lie on an ext4 of their own, on a loop device, with pages of one
size (data=journal) and read-ahead of 128 KiB; others on the tmpfs of /dev/shm.
What the running system does not allow is skipped, and named."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.environ["PAGEWALK_SOURCE"], "tests", "tools"))
from tap import Tap

CLI = os.environ["PAGEWALK_CLI"]
PAGE = 4096
BASE = 0x10000000
OTHER = 0x20000000
SHARED, PRIVATE = 1, 2
ADVICE = {"normal": 0, "random": 1, "sequential": 2, "willneed": 3, "dontneed": 4}
MSYNC = {"async": 1, "invalidate": 2, "sync": 4}


class World:
    """A scenario is told to both sides; what they answer is compared."""

    def __init__(self, program, folder, kind):
        self.folder, self.kind = folder, kind
        self.linux = subprocess.Popen([program], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)
        self.script = ["machine geometry=x86-64 memory=64M",
                       "process name=A layout=linux",
                       f"mmap process=A va={0x40000000} length=4M fixed=on populate=on"]
        self.wanted = []
        self.paths = {}

    def ask(self, line):
        self.linux.stdin.write(line + "\n")
        self.linux.stdin.flush()
        return self.linux.stdout.readline().split()

    def both(self, linux, script, what=None):
        answer = self.ask(linux)
        self.script.append(script)
        if what is not None:
            self.wanted.append((len(self.script) - 1, what, answer))
        return answer

    def file(self, number, size):
        path = os.path.join(self.folder, f"pagewalk-{os.getpid()}-{number}")
        self.paths[number] = path
        self.ask(f"open {number} {path}")
        self.both(f"make {number} {size}",
                  f"file name=f{number} size={size} cached=off fs={self.kind}")
        if self.kind == "tmpfs":
            # Its pages are there once they are written.
            self.script.append(f"open process=A file=f{number}")
            for at in range(0, size, PAGE):
                self.script.append(f"access process=A va={0x40000000} kind=write "
                                   f"width=1 value={(at // PAGE + 1) % 256}")
                self.script.append(f"write process=A file=f{number} va={0x40000000} "
                                   f"length={min(PAGE, size - at)} offset={at}")

    def map(self, number, at, length, sharing, writable=True):
        self.both(f"map {number} {at} {length} {3 if writable else 1} {sharing}",
                  f"mmap process=A va={at} length={length} fixed=on "
                  f"prot={'rw' if writable else 'r'} file=f{number} "
                  f"type={'shared' if sharing == SHARED else 'private'}")

    def touch(self, at, page, write=None):
        va = at + page * PAGE
        self.both(f"touch 0 {va} {int(write is not None)} {write or 0}",
                  f"access process=A va={va} width=1"
                  + (f" kind=write value={write}" if write is not None else ""),
                  f"touch of page {page}")

    def value(self, va):
        self.both(f"value 0 {va}", f"access process=A va={va} width=1",
                  f"the byte at {va:#x}")

    def call(self, linux, script, what):
        self.both(linux, script, what)

    def truncate(self, number, size):
        self.call(f"truncate {number} {size}",
                  f"truncate process=A file=f{number} size={size}", "truncate")

    def read(self, number, offset, length):
        self.call(f"read {number} {offset} {length}",
                  f"read process=A file=f{number} va={0x40000000} length={length} "
                  f"offset={offset}", "read")

    def write(self, number, offset, length, value):
        self.script.append(f"access process=A va={0x40000000} kind=write width=1 value={value}")
        self.call(f"write {number} {offset} {length} {value}",
                  f"write process=A file=f{number} va={0x40000000} length={length} "
                  f"offset={offset}", "write")

    def msync(self, at, length, mode="sync"):
        self.call(f"msync 0 {at} {length} {MSYNC[mode]}",
                  f"msync process=A va={at} length={length} mode={mode}", "msync")

    def advise(self, at, length, advice):
        self.call(f"advise 0 {at} {length} {ADVICE[advice]}",
                  f"madvise process=A va={at} length={length} advice={advice}", "madvise")

    def drop(self, number):
        self.both(f"sync {number}", f"fsync process=A file=f{number}")
        self.both(f"drop {number}", f"drop-caches file=f{number}")

    def cached(self, number, pages):
        self.both(f"cached {number} {pages}", "show process=A what=cache",
                  f"cached pages of {pages}")

    def end(self):
        self.linux.stdin.close()
        self.linux.wait()
        for path in self.paths.values():
            os.unlink(path)

    def differences(self):
        """What the machine says otherwise, as texts."""
        done = subprocess.run([CLI, "run", "-", "--json"], capture_output=True,
                              input="\n".join(self.script) + "\n", text=True,
                              env=dict(os.environ, LC_ALL="C.UTF-8"))
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode != 0:
            return [done.stderr.strip()]
        found = []
        for index, what, answer in self.wanted:
            is_ = said(lines[index], answer)
            if is_ != answer:
                found.append(f"{self.script[index]}: {what}: Linux says "
                             f"{' '.join(answer)[:160]}, the machine {' '.join(is_)[:160]}")
        return found


def said(line, answer):
    """The machine's result in the words of Linux's answer."""
    if answer[0] in ("faults", "signal"):
        if "signal" in line:
            return ["signal", {"SIGBUS": "7", "SIGSEGV": "11"}[line["signal"]["name"]]]
        kinds = [fault["kind"] for fault in line["faults"]]
        major = kinds.count("major")
        return ["faults", str(len(kinds) - major), str(major)]
    if answer[0] == "cached":
        pages = {page["page"] for page in line["cache"][0]["pages"]}
        return ["cached", "".join(str(int(n in pages)) for n in range(len(answer[1])))]
    if line["op"] == "access":
        return ["value", str(int(line["value"], 16) if isinstance(line["value"], str)
                             else line["value"])] if "value" in line else ["value", "?"]
    if not line["ok"]:
        return ["errno", {"EINVAL": "22", "ENOMEM": "12", "EIO": "5"}[line["errno"]]]
    return ["value", str(line.get("bytes", 0))]


# Scenarios of files on a disk.

def first_touches(w):
    w.file(1, 256 * PAGE)
    w.map(1, BASE + 9 * PAGE, 256 * PAGE, SHARED)
    for page in (0, 1, 15, 16, 17, 23, 24, 25, 31, 32, 33, 40, 48, 56, 57, 63, 64, 65, 80):
        w.touch(BASE + 9 * PAGE, page)
        w.cached(1, 256)


def touches_in_the_middle(w):
    w.file(1, 256 * PAGE)
    w.map(1, BASE, 256 * PAGE, PRIVATE)
    for page in (100, 101, 99, 64, 84, 108, 109, 115, 116, 117, 118, 255, 254):
        w.touch(BASE, page)
        w.cached(1, 256)


def advice_random(w):
    w.file(1, 64 * PAGE)
    w.map(1, BASE, 64 * PAGE, SHARED)
    w.advise(BASE, 64 * PAGE, "random")
    for page in (0, 1, 2, 50, 51, 0):
        w.touch(BASE, page)
        w.cached(1, 64)


def advice_sequential(w):
    w.file(1, 256 * PAGE)
    w.map(1, BASE, 256 * PAGE, SHARED)
    w.advise(BASE, 256 * PAGE, "sequential")
    for page in (0, 1, 2, 16, 31, 32, 50, 64, 100):
        w.touch(BASE, page)
        w.cached(1, 256)


def advice_willneed(w):
    w.file(1, 128 * PAGE)
    w.map(1, BASE, 128 * PAGE, SHARED)
    w.advise(BASE + 40 * PAGE, 16 * PAGE, "willneed")
    w.cached(1, 128)
    w.touch(BASE, 40)
    w.touch(BASE, 56)


def reads_in_order(w):
    w.file(1, 256 * PAGE)
    for page in range(70):
        w.read(1, page * PAGE, PAGE)
        w.cached(1, 256)


def reads_large(w):
    w.file(1, 256 * PAGE)
    w.read(1, 0, 12 * PAGE)
    w.cached(1, 256)
    w.read(1, 12 * PAGE, 12 * PAGE)
    w.cached(1, 256)
    w.read(1, 150 * PAGE, 3 * PAGE)
    w.cached(1, 256)
    w.read(1, 255 * PAGE, 3 * PAGE)
    w.cached(1, 256)


def reads_at_random(w):
    w.file(1, 256 * PAGE)
    for page in (200, 17, 90, 91, 92, 150, 3):
        w.read(1, page * PAGE + 100, 50)
        w.cached(1, 256)


def private_writes(w):
    w.file(1, 64 * PAGE)
    w.map(1, BASE, 64 * PAGE, PRIVATE)
    w.touch(BASE, 3, 9)
    w.touch(BASE, 4)
    w.touch(BASE, 4, 8)
    w.touch(BASE, 5, 7)
    w.value(BASE + 3 * PAGE)
    w.value(BASE + 5 * PAGE)


def shared_writes(w):
    w.file(1, 64 * PAGE)
    w.map(1, BASE, 64 * PAGE, SHARED)
    w.map(1, OTHER, 64 * PAGE, SHARED)
    w.touch(BASE, 3)
    w.touch(BASE, 3, 9)
    w.touch(BASE, 3, 10)
    w.touch(OTHER, 3)
    w.touch(OTHER, 3, 11)
    w.value(BASE + 3 * PAGE)
    w.msync(BASE, 64 * PAGE)
    w.touch(BASE, 3, 12)
    w.touch(OTHER, 3, 13)
    w.value(BASE + 3 * PAGE)


def truncated(w):
    w.file(1, 64 * PAGE)
    w.map(1, BASE, 64 * PAGE, SHARED)
    w.map(1, OTHER, 64 * PAGE, PRIVATE)
    w.touch(BASE, 1)
    w.touch(BASE, 5, 7)
    w.touch(OTHER, 5, 8)
    w.touch(OTHER, 1, 8)
    w.truncate(1, PAGE + 100)
    w.touch(BASE, 1)
    w.value(BASE + PAGE + 100)
    w.value(OTHER + PAGE)
    w.touch(BASE, 2)
    w.touch(BASE, 5)
    w.touch(OTHER, 5)
    w.touch(BASE, 5, 1)
    w.truncate(1, 64 * PAGE)
    w.value(BASE + PAGE + 100)
    w.touch(BASE, 5)
    w.touch(BASE, 6)


def beyond_the_end(w):
    w.file(1, 5000)
    w.map(1, BASE, 4 * PAGE, SHARED)
    w.touch(BASE, 2)
    w.touch(BASE, 0)
    w.value(BASE + 5000)
    w.touch(BASE, 3, 1)
    w.write(1, 9000, 10, 7)
    w.touch(BASE, 2)
    w.value(BASE + 9000)


def written_and_read(w):
    w.file(1, 32 * PAGE)
    w.map(1, BASE, 32 * PAGE, SHARED)
    w.touch(BASE, 3)
    w.write(1, 3 * PAGE, 100, 77)
    w.value(BASE + 3 * PAGE)
    w.touch(BASE, 4, 66)
    w.read(1, 4 * PAGE, 1)
    w.write(1, 40 * PAGE, 8, 55)
    w.cached(1, 41)
    w.touch(BASE, 31)


def written_whole(w):
    w.file(1, 32 * PAGE)
    w.write(1, 8 * PAGE, 1, 5)
    w.cached(1, 32)
    w.write(1, 16 * PAGE, 2 * PAGE, 6)
    w.cached(1, 32)


# Those of files in memory.

def memory_first_touches(w):
    w.file(1, 64 * PAGE)
    w.map(1, BASE + 5 * PAGE, 64 * PAGE, SHARED)
    for page in (0, 1, 15, 16, 17, 40, 63):
        w.touch(BASE + 5 * PAGE, page)


def memory_writes(w):
    w.file(1, 32 * PAGE)
    w.map(1, BASE, 32 * PAGE, SHARED)
    w.map(1, OTHER, 32 * PAGE, PRIVATE)
    w.touch(BASE, 2)
    w.touch(BASE, 2, 5)
    w.touch(OTHER, 2)
    w.touch(OTHER, 2, 6)
    w.value(BASE + 2 * PAGE)
    w.msync(BASE, 32 * PAGE)
    w.touch(BASE, 2, 7)


def memory_truncated(w):
    w.file(1, 32 * PAGE)
    w.map(1, BASE, 32 * PAGE, SHARED)
    w.touch(BASE, 4, 5)
    w.truncate(1, 4 * PAGE + 10)
    w.touch(BASE, 4)
    w.value(BASE + 4 * PAGE + 10)
    w.touch(BASE, 5)
    w.truncate(1, 32 * PAGE)
    w.cached(1, 32)
    w.touch(BASE, 5)
    w.touch(BASE, 6, 1)
    w.cached(1, 32)


ON_DISK = [first_touches, touches_in_the_middle, advice_random, advice_sequential,
           advice_willneed, reads_in_order, reads_large, reads_at_random, private_writes,
           shared_writes, truncated, beyond_the_end, written_and_read, written_whole]
IN_MEMORY = [memory_first_touches, memory_writes, memory_truncated]


def run_one(program, folder, kind, scenario):
    world = World(program, folder, kind)
    try:
        scenario(world)
    finally:
        world.end()
    return world.differences()


def try_one(tap, program, folder, kind, scenario):
    differences = run_one(program, folder, kind, scenario)
    for _ in range(2):
        # Linux may take a page out of its cache at any time, if only because
        # another program needs memory: what is so each time is a difference.
        if differences:
            differences = run_one(program, folder, kind, scenario)
    tap.ok(not differences, f"{scenario.__name__.replace('_', ' ')} ({kind}, {folder_kind(folder)})",
           *differences[:6])


def folder_kind(folder):
    return "loop device" if folder.endswith("disk") else folder


def mount(folder):
    """An ext4 of its own; None and why if that is not allowed."""
    image, disk = os.path.join(folder, "image"), os.path.join(folder, "disk")
    os.mkdir(disk)
    with open(image, "wb") as file:
        file.truncate(48 << 20)
    for words in (["mkfs.ext4", "-q", "-F", "-b", "4096", image],
                  ["mount", "-o", "loop,data=journal", image, disk]):
        if shutil.which(words[0]) is None:
            return None, f"there is no {words[0]}"
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode != 0:
            return None, f"{words[0]} is not allowed: {done.stderr.strip()[:80]}"
    device = subprocess.run(["findmnt", "-n", "-o", "SOURCE", disk], capture_output=True,
                            text=True).stdout.strip()
    name = os.path.basename(device)
    try:
        with open(f"/sys/block/{name}/queue/read_ahead_kb", "w") as file:
            file.write("128")
    except OSError as error:
        subprocess.run(["umount", disk])
        return None, f"read-ahead cannot be set: {error}"
    return disk, ""


def inside(options):
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="pagewalk-files-") as folder:
        disk, why = mount(folder)
        try:
            for scenario in ON_DISK:
                if disk is None:
                    tap.skip(scenario.__name__.replace("_", " "), why)
                else:
                    try_one(tap, options.process, disk, "ext4", scenario)
        finally:
            if disk is not None:
                subprocess.run(["umount", disk])
    for scenario in IN_MEMORY:
        if os.access("/dev/shm", os.W_OK):
            try_one(tap, options.process, "/dev/shm", "tmpfs", scenario)
        else:
            tap.skip(scenario.__name__.replace("_", " "), "/dev/shm cannot be written")
    tap.done()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--process", required=True)
    parser.add_argument("--inside", action="store_true")
    options = parser.parse_args()
    again = [sys.executable, __file__, "--inside", "--process", options.process]
    # Mounts that nobody else sees, where that is allowed.
    alone = subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0 \
        if shutil.which("unshare") else False
    if options.inside or not alone:
        inside(options)
    else:
        os.execvp("unshare", ["unshare", "-m", *again])


if __name__ == "__main__":
    main()
