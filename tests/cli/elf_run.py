#!/usr/bin/python3
"""pagewalk-cli elf --maps, --libs, --stack: a file executed in a machine."""

import os
import struct
import tempfile

from command import failure, misuse, run
from tap import Tap

STACK_END = 0x7ffffffff000


def image(interpreter=None, moves=False, machine=62):
    """A program for x86-64 with one segment, 0x80 bytes of it in the file."""
    base = 0 if moves else 0x401000
    name = (interpreter or "").encode() + b"\0"
    count = 2 if interpreter else 1
    header = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\2\1\1", 3 if moves else 2, machine, 1,
                         base + 0x110, 64, 0, 0, 64, 56, count, 64, 0, 0)
    load = struct.pack("<IIQQQQQQ", 1, 6, 0x100, base + 0x100, base + 0x100, 0x80, 0x2000, 4096)
    interp = struct.pack("<IIQQQQQQ", 3, 4, 0x180, 0x180, 0x180, len(name), len(name), 1)
    data = bytearray(0x200)
    for offset, part in ((0, header), (64, load), (120, interp if interpreter else b""),
                         (0x180, name)):
        data[offset:offset + len(part)] = part
    return bytes(data)


def write(folder, name, data):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    return path


def line(start, end, access, offset, path):
    """A line of /proc/PID/maps."""
    where = "00:00 0"
    if path.startswith("/"):
        status = os.stat(path)
        where = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x} {status.st_ino}"
    text = f"{start:08x}-{end:08x} {access} {offset:08x} {where} "
    return f"{text:73}{path}" if path else text


def check_maps(tap, folder):
    path = os.path.realpath(write(folder, "fixed", image()))
    lines = run("elf", "--maps", "--kernel", "6.1", path).output.splitlines()
    tap.equal(lines, [
        line(0x401000, 0x402000, "rw-p", 0, path),
        line(0x402000, 0x404000, "rw-p", 0, ""),
        line(0x7ffff7ff9000, 0x7ffff7ffd000, "r--p", 0, "[vvar]"),
        line(0x7ffff7ffd000, 0x7ffff7fff000, "r-xp", 0, "[vdso]"),
        line(STACK_END - 0x21000, STACK_END, "rw-p", 0, "[stack]"),
        line(0xffffffffff600000, 0xffffffffff601000, "--xp", 0, "[vsyscall]"),
    ], "--maps prints what /proc/PID/maps would")
    later = run("elf", "--maps", "--kernel", "6.18", path).output
    tap.ok("[vvar_vclock]" in later, "a later kernel has pages of virtual clocks", later)
    answer = run("elf", "--maps", "--json", "--kernel", "6.1", path).objects()[0]
    tap.equal([(part["start"], part["perms"], part["path"]) for part in answer["maps"]],
              [("0x401000", "rw-p", path), ("0x402000", "rw-p", None),
               ("0x7ffff7ff9000", "r--p", "[vvar]"), ("0x7ffff7ffd000", "r-xp", "[vdso]"),
               ("0x7ffffffde000", "rw-p", "[stack]")],
              "and so does --json")
    tap.equal((answer["entry"], answer["start"], answer["bias"], answer["missing"]),
              ("0x401110", "0x401110", "0x0", []), "with the entry")


def check_where(tap, folder):
    path = write(folder, "fixed", image())
    own, there = run("elf", "--maps", "--address", "0x401110", "--json", path).objects()
    tap.equal((own["segment"], own["offset"], there["region"].split()[0]),
              (0, "0x110", "00401000-00402000"), "an address has a segment and a region")
    tap.equal(int(there["pa"], 16), int(there["frame"], 16) * 4096 + 0x110,
              "and, as its page was touched, an entry and a frame")
    answer, = run("elf", "--maps", "--address", "0x7ffffffde000", "--json", path).objects()
    tap.ok("[stack]" in answer["region"] and "frame" not in answer,
           "the low end of the stack has a region, and no frame yet", str(answer))
    text = run("elf", "--maps", "--address", "0x7ffffffde000", path).output
    tap.ok("none yet" in text, "and that is said", text)
    text = run("elf", "--libs", "--address", "16", path).output
    tap.ok("Region        none" in text, "as is that there is no region", text)
    misuse(tap, "a number", "elf", "--maps", "--address", "x", path)
    check_back(tap, path, there)


def check_tables(tap, path, at):
    """From the entry of a page up to the root: each names the table below."""
    tables = [e for frame in range(1, 32) for index in (0, 2)
              for e in upper_entry(path, (frame << 12) + 8 * index)]
    table, seen = int(at, 16) >> 12, []
    for _ in range(3):
        above = next((e for e in tables if e.get("table") == hex(table)), None)
        if above is None:
            break
        table = int(above["entry"]["at"], 16) >> 12
        seen.append((above["entry"]["level"], above["first"], above["last"]))
    tap.equal(seen, [(2, "0x400000", "0x5fffff"), (3, "0x0", "0x3fffffff"),
                     (4, "0x0", "0x7fffffffff")], "entries above name the tables below")
    text = run("elf", "--entry", hex(table << 12), path).output
    tap.ok("level 4 of 4" in text and "0x0–0x7fffffffff" in text, "and say so in words", text)
    tap.equal([(e["entry"]["index"], e["first"], e["last"], "table" in e)
               for e in upper_entry(path, (table << 12) + 0xff8)],
              [(511, "0xffffff8000000000", "0xffffffffffffffff", False)],
              "the last one of the root names none")


def upper_entry(path, at):
    """What an entry says that names a table, or would; nothing of others."""
    answer = run("elf", "--entry", hex(at), "--json", path)
    return [e for e in answer.objects() if "first" in e] if answer.status == 0 else []


def check_back(tap, path, there):
    """From frame, entry, byte of the file and name back to the address."""
    def addresses(*words):
        answer = run("elf", *words, "--json", path)
        return [part["address"] for part in answer.objects() if "region" in part]
    tap.equal(addresses("--maps", "--frame", there["frame"]), ["0x401000"],
              "a frame has the page's address")
    at = there["entry"]["at"]
    tap.equal(addresses("--entry", at), ["0x401000"], "so has an entry, by its own address")
    tap.equal(addresses("--entry", hex(int(at, 16) + 8)), ["0x402000"],
              "an empty one is known by its neighbour")
    check_tables(tap, path, at)
    tap.equal(addresses("--maps", "--offset", "0x110"), ["0x401110"], "a byte of the file")
    text = run("elf", "--frame", there["frame"], path).output
    tap.ok("0x401000" in text and "Frame" in text, "and in words", text)
    for option, number, says in (("--frame", "0x3ff", "no page of the process has this frame"),
                                 ("--entry", "0x3ff000",
                                  "no page table of the process lies there"),
                                 ("--offset", "0x90000",
                                  "no mapping has this byte of the file")):
        failure(tap, f"{option} that is nowhere", "elf", "--maps", option, number, path,
                says=f"{path}: {says}")
    failure(tap, "no section", "elf", "--maps", "--section", ".text", path,
            says=f"{path}: no section of this name in memory")
    failure(tap, "no symbol", "elf", "--maps", "--symbol", "main", path,
            says=f"{path}: no symbol of this name")
    real = run("elf", "--libs", "--section", ".text", "--json", "/bin/true").objects()
    if len(real) == 2 and "section" in real[0]:
        tap.equal((real[0]["section"], real[0]["address"]),
                  ({"name": ".text", "offset": "0x0"}, real[1]["address"]),
                  "a section of a real program lies where it was moved to")


def check_limit(tap, folder):
    path = write(folder, "fixed", image())
    lines = run("elf", "--maps", "--kernel", "6.1", "--rlimit-stack", "1G", path).output
    tap.ok(f"{STACK_END - (1 << 30) - (1 << 20):x} r-xp" in lines,
           "mappings keep clear of a large stack", lines)
    lines = run("elf", "--maps", "--kernel", "6.1", "--rlimit-stack", "64K", path).output
    tap.ok(f"{STACK_END - 0x10000:x}-{STACK_END:x} rw-p" in lines,
           "a small limit bounds it", lines)


def check_random(tap, folder):
    path = write(folder, "fixed", image())
    outputs = [run("elf", "--maps", "--aslr", word, path).output
               for word in ("off", "seed=1", "seed=1", "seed=2")]
    tap.equal(outputs[1], outputs[2], "the same seed gives the same space")
    tap.ok(len(set(outputs)) == 3, "another seed another one", *outputs)
    kept = [text.splitlines()[:2] for text in outputs]
    tap.ok(kept[0] == kept[1] == kept[3], "a program with fixed addresses stays", *kept)


def check_stack(tap, folder):
    path = write(folder, "fixed", image())
    answer = run("elf", "--stack", "--json", "--argv", "me 'two words'", "--env", "A=1",
                 "--execfn", "./me", "--kernel", "6.1", path).objects()[0]["stack"]
    pointer, data = int(answer["pointer"], 16), bytes.fromhex(answer["bytes"])
    tap.equal(pointer + len(data), STACK_END, "the bytes reach to the stack's end")
    tap.equal(struct.unpack_from("<Q", data)[0], 2, "argc")
    tap.ok(data.endswith(b"me\0two words\0A=1\0./me\0" + bytes(8)), "in the kernel's order",
           data[-40:])
    tap.equal([entry["name"] for entry in answer["auxv"]][:3] + [answer["auxv"][-1]["name"]],
              ["AT_SYSINFO_EHDR", "AT_MINSIGSTKSZ", "AT_HWCAP", "AT_NULL"],
              "the auxiliary vector")
    text = run("elf", "--stack", "--argv", "me", "--kernel", "6.1", path).output
    for part in ("argc", 'argv[0]  "me"', "AT_PHDR", "AT_NULL"):
        tap.ok(part in text, f"the text says {part}", text)


def check_root(tap, folder):
    """Interpreter and libraries come from a folder, or are named and skipped."""
    path = write(folder, "moves", image("/lib/ld-test.so", moves=True))
    answer = run("elf", "--maps", "--json", "--kernel", "6.1", "--root", folder,
                 path).objects()[0]
    tap.equal((answer["missing"], answer["start"]), (["/lib/ld-test.so"], "0x555555554110"),
              "an interpreter that is not there is named, and skipped")
    loader = write(folder, "lib/ld-test.so", image(moves=True))
    answer = run("elf", "--libs", "--json", "--kernel", "6.1", "--root", folder,
                 path).objects()[0]
    tap.equal(answer["missing"], [], "one below the root is found")
    tap.ok(os.path.realpath(loader) in [part["path"] for part in answer["maps"]],
           "and mapped", answer["maps"])
    text = run("elf", "--maps", "--kernel", "6.1", "--root", "/nowhere", path)
    tap.ok("/lib/ld-test.so" in text.errors, "text says so, too", text.errors)


def check_refusals(tap, folder):
    path = write(folder, "foreign", image(machine=183))
    failure(tap, "another processor's program", "elf", "--maps", path, says="ENOEXEC")
    path = write(folder, "low", image().replace(struct.pack("<Q", 0x401100),
                                                struct.pack("<Q", 0x1100)))
    failure(tap, "a program at the bottom", "elf", "--maps", path, says="SIGSEGV")
    path = write(folder, "fixed", image())
    for words in (("--aslr", "maybe"), ("--aslr", "seed=x"), ("--kernel", "5.4"),
                  ("--kernel", "6.0"), ("--rlimit-stack", "much"), ("--argv", "'open")):
        misuse(tap, " ".join(words), "elf", "--maps", *words, path)


def check_script(tap, folder):
    """A script names real files beside it, and no others."""
    write(folder, "prog.bin", image())
    os.symlink("/etc/passwd", os.path.join(folder, "link.bin"))
    script = ("machine geometry=x86-64 memory=64M\nprocess name=A\n"
              "file name=prog content=prog.bin path=/bin/my%20prog cached=off\n"
              "exec process=A file=prog argv=prog,a%2cb vdso=0\nshow process=A what=maps\n")
    path = write(folder, "script.txt", script.encode())
    answers = run("run", "--json", path).objects()
    tap.equal((answers[3]["ok"], answers[3]["start"], answers[3]["interpreter"]),
              (True, "0x401110", None), "exec in a script")
    tap.equal([part["path"] for part in answers[4]["maps"]],
              ["/bin/my prog", None, "[stack]"], "maps show the path")
    kinds = {step["kind"] for step in answers[3]["steps"]}
    tap.ok({"exec-leave", "exec-segment", "exec-zero", "exec-aux", "exec-start",
            "access"} <= kinds, "each act is a step", sorted(kinds))
    for name in ("link.bin", "none.bin", "..", "."):
        path = write(folder, "bad.txt", f"machine geometry=x86-64\nfile name=f content={name}\n"
                     .encode())
        answer = run("run", "--json", path)
        tap.ok(answer.status == 1 and f"“{name}”" in answer.errors, f"not {name}", answer.errors)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        check_maps(tap, folder)
        check_where(tap, folder)
        check_limit(tap, folder)
        check_random(tap, folder)
        check_stack(tap, folder)
        check_root(tap, folder)
        check_refusals(tap, folder)
        check_script(tap, folder)
    tap.done()


main()
