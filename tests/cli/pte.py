#!/usr/bin/python3
"""pagewalk-cli pte: entries into meaning, and back."""

import random

from command import failure, misuse, run
from tap import Tap

FLAGS = {"present": 0, "rw": 1, "user": 2, "pwt": 3, "pcd": 4, "accessed": 5,
         "dirty": 6, "global": 8}


def decode(geometry, raw, level=1):
    answer = run("pte", geometry, hex(raw), "--level", str(level), "--json")
    return answer.objects()[0]


def encode(geometry, *words):
    return run("pte", geometry, "--encode", *words).output.strip()


def check_flagship(tap):
    answer = run("pte", "x86-32", "0x44332067", "--json")
    names = ["frame", "avl", "global", "pat", "dirty", "accessed", "pcd", "pwt",
             "user", "rw", "present"]
    values = [0x44332, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1]
    bits = [(31, 12), (11, 9)] + [(n, n) for n in range(8, -1, -1)]
    tap.equal(answer.objects(), [{
        "geometry": "x86-32", "level": 1, "raw": "0x44332067", "present": True,
        "leaf": True, "frame": "0x44332",
        "fields": [{"name": n, "hi": hi, "lo": lo, "value": v}
                   for n, v, (hi, lo) in zip(names, values, bits)],
        "reserved": "0x0", "flags": ["present", "rw", "user", "accessed", "dirty"],
    }], "the flagship's entry")
    tap.ok(answer.output.startswith('{"geometry":"x86-32","level":1,"raw":'),
           "in the order of the contract", answer)
    text = run("pte", "x86-32", "0x44332067").output
    tap.ok("0x44332000" in text and "│PAT│" in text and "4 KiB" in text,
           "the picture names the page", text)


def check_decode(tap):
    literally = decode("x86-32", 0x44332211)
    tap.equal((literally["frame"], literally["flags"]),
              ("0x44332", ["present", "pcd"]), "0x44332211 read as an entry")

    large = decode("x86-32", 0x004020e7, 2)
    tap.equal((large["leaf"], large["frame"], large["reserved"]),
              (True, "0x100400", "0x0"), "a 4 MiB page above 4 GiB (PSE-36)")
    tap.equal(decode("x86-32", 0x00600081, 2)["reserved"], "0x200000",
              "bit 21 of a 4 MiB page is reserved")
    tap.equal(decode("x86-32", 0x1067, 2)["leaf"], False, "an entry of a directory")

    giant = decode("x86-64", 0x80000000400000e7, 3)
    tap.equal((giant["leaf"], giant["frame"]), (True, "0x40000"), "a 1 GiB page")
    tap.ok("nx" in giant["flags"] and "ps" in giant["flags"], "its flags", giant)
    tap.equal(decode("x86-64", 0x2003, 4)["leaf"], False, "an entry of the PML4")
    tap.equal(decode("x86-64", 0x2083, 4)["reserved"], "0x80",
              "bit 7 is reserved in the PML4")
    tap.equal(decode("x86-64", 0x400020e7, 3)["reserved"], "0x2000",
              "bit 13 is reserved in a 1 GiB page")

    absent = decode("x86-32", 0x12340)
    tap.ok(not absent["present"] and absent["reserved"] == "0x0"
           and "operating system" in absent["note"], "an entry with P = 0", absent)
    tap.equal(decode("x86-64", 0x2082, 4)["reserved"], "0x0",
              "with P = 0 no bit is reserved")
    text = run("pte", "x86-64", "0x8000000012345678").output
    tap.ok("operating system" in text and "PWT" not in text,
           "its picture names no field but P", text)


def check_fields_cover_the_entry(tap):
    chance = random.Random(11)
    wrong = []
    for geometry, bits, levels in (("x86-32", 32, 2), ("x86-64", 64, 4)):
        for level in range(1, levels + 1):
            for _ in range(6):
                raw = chance.getrandbits(bits) | 1
                fields = decode(geometry, raw, level)["fields"]
                again = sum(f["value"] << f["lo"] for f in fields)
                heights = [f["hi"] for f in fields[1:]] + [-1]
                if (again != raw or fields[0]["hi"] != bits - 1
                        or heights != [f["lo"] - 1 for f in fields]):
                    wrong.append(f"{geometry} level {level} {raw:#x}")
    tap.ok(not wrong, "the fields of an entry cover each bit once", *wrong)


def check_encode(tap):
    tap.equal(encode("x86-32", "frame=0x44332", "present", "rw", "user", "accessed",
                     "dirty"), "0x44332067", "the flagship's entry, encoded")
    tap.equal(encode("x86-32", "present"), "0x1", "without a frame it is 0")
    tap.equal(encode("x86-32", "frame=0x100400", "ps", "present", "--level", "2"),
              "0x402081", "a 4 MiB page above 4 GiB")
    tap.equal(encode("x86-64", "frame=0x200", "ps", "nx", "avl=5", "--level", "2"),
              "0x8000000000200a80", "2 MiB, no execute, three bits of the system")
    tap.equal(encode("x86-64", "present=1", "rw=0", "pat", "global"), "0x181",
              "a flag may have a value")
    one = run("pte", "x86-32", "--encode", "frame=2", "present", "--json", "--level=2")
    tap.equal(one.output, run("pte", "x86-32", "0x2001", "--level", "2",
                              "--json").output,
              "--encode --json prints what decoding the entry prints")
    for name, bit in FLAGS.items():
        tap.equal(encode("x86-64", name), hex(1 << bit), f"{name} is bit {bit}")


def check_errors(tap):
    failure(tap, "a value wider than the entry", "pte", "x86-32", "0x100000000",
            says="32 bits")
    failure(tap, "a frame that does not fit", "pte", "x86-32", "--encode",
            "frame=0x100000", says="0xfffff")
    failure(tap, "a frame that is not aligned", "pte", "x86-64", "--encode",
            "frame=0x201", "ps", "--level", "2", says="0x200")
    for words in (["x86-32"], ["x86-32", "1", "2"], ["x86-99", "1"],
                  ["x86-32", "q"], ["x86-32", "1", "--level", "3"],
                  ["x86-32", "1", "--level", "0"], ["x86-64", "1", "--level", "x"],
                  ["x86-32", "--encode", "nx"], ["x86-32", "--encode", "avl"],
                  ["x86-32", "--encode", "avl=8"], ["x86-32", "--encode", "rw=2"],
                  ["x86-32", "--encode", "rw", "rw"], ["x86-32", "--encode", "=1"],
                  ["x86-32", "--encode", "ps"], ["x86-32", "--encode", "frame"],
                  ["x86-32", "--encode", "reserved", "ps", "--level", "2"]):
        misuse(tap, "pte " + " ".join(words), "pte", *words)


def main():
    tap = Tap()
    check_flagship(tap)
    check_decode(tap)
    check_fields_cover_the_entry(tap)
    check_encode(tap)
    check_errors(tap)
    tap.done()


if __name__ == "__main__":
    main()
