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


def check_decode_riscv(tap):
    page = decode("sv39", 0x44332 << 10 | 0xdf)
    tap.equal((page["present"], page["leaf"], page["frame"], page["reserved"],
               page["flags"]), (True, True, "0x44332", "0x0",
              ["valid", "read", "write", "execute", "user", "accessed", "dirty"]),
              "a page of Sv39, every flag but G")
    tap.equal([f["name"] for f in page["fields"]],
              ["n", "pbmt", "reserved", "frame", "rsw", "dirty", "accessed", "global",
               "user", "execute", "write", "read", "valid"], "and all its fields")
    tap.equal(decode("sv32", 0xfffffc0f)["frame"], "0x3fffff",
              "Sv32 has 22 bits of frame: 34 of an address")
    tap.equal(decode("sv48", 0x401, 2)["leaf"], False, "R = W = X = 0 leads on")
    tap.equal(decode("sv48", 0x403, 2)["reserved"], "0x400",
              "a superpage out of place")
    tap.equal(decode("sv57", 0x8000000000000405)["reserved"], "0x8000000000000004",
              "W without R, and N")
    tap.equal(decode("sv39", 0x4d1, 3)["reserved"], "0xd0",
              "D, A and U of an entry that leads on")
    text = run("pte", "sv39", "0x401").output
    tap.ok("no table is below" in text, "a pointer at the last level", text)
    text = run("pte", "sv48", "0x403", "--level", "2").output
    tap.ok("not a multiple" in text and "2 MiB" in text, "misplaced, in words", text)


def check_decode_arm(tap):
    page = decode("aarch64", 0x0060000044332f43)
    tap.equal((page["present"], page["frame"], page["flags"]),
              (True, "0x44332", ["valid", "type", "ap1", "af", "ng", "pxn", "uxn"]),
              "a page of AArch64")
    block = decode("aarch64", 0x40000701, 3)
    tap.equal((block["leaf"], block["frame"]), (True, "0x40000"), "a block of 1 GiB")
    table = decode("aarch64", 0x7800000000003003, 4)
    tap.equal((table["leaf"], table["frame"], table["flags"]),
              (False, "0x3", ["valid", "type", "pxn-table", "uxn-table", "ap-table0",
                              "ap-table1"]), "a table with all its restrictions")
    for raw, level in ((0x40000701, 4), (0x3701, 1)):
        wrong = decode("aarch64", raw, level)
        tap.ok(not wrong["present"] and "invalid" in wrong["note"]
               and "swap" not in wrong, f"{raw:#x} at level {level} is invalid", wrong)
        text = run("pte", "aarch64", hex(raw), "--level", str(level)).output
        tap.ok("invalid at this level" in text, "so its picture says", text)


def check_swap(tap):
    """Type and offset where the kernel's headers put them."""
    area, page = 3, 0x1234
    inverted = (~page & (1 << 50) - 1) << 9 | area << 59
    for geometry, raw in [("x86-32", page << 9 | area << 1), ("x86-pae", inverted),
                          ("x86-64", inverted), ("x86-64-la57", inverted),
                          ("aarch64", page << 8 | area << 3)] + [
                              (name, page << 12 | area << 7)
                              for name in ("sv32", "sv39", "sv48", "sv57")]:
        tap.equal(decode(geometry, raw).get("swap"), {"type": area, "offset": page},
                  f"{geometry}: {raw:#x} is page {page:#x} of swap area {area}")
        text = run("pte", geometry, hex(raw)).output
        tap.ok("swap area 3, page 4660" in text, "in words, too", text)
        tap.ok("swap" not in decode(geometry, raw, 2) and "swap" not in decode(geometry, 0),
               "a table is never written out; nothing is nowhere")
    tap.ok("swap" not in decode("x86-64", 0x100), "PROT_NONE is not in swap")


GEOMETRIES = (("x86-32", 32, 2), ("x86-pae", 64, 3), ("x86-64", 64, 4),
              ("x86-64-la57", 64, 5), ("sv32", 32, 2), ("sv39", 64, 3), ("sv48", 64, 4),
              ("sv57", 64, 5), ("aarch64", 64, 4))


def words_of(entry):
    """The words that make an entry: its flags, its frame, other fields with values."""
    words = [f"frame={entry['frame']}"]
    for field in entry["fields"]:
        name = field["name"]
        if name in ("frame", "frame-high") or name.startswith(("res0", "reserved")):
            continue
        if field["value"]:
            words.append(f"{name}={field['value']}")
    return words


def check_round_trip(tap):
    """What decoding says of an entry makes the same entry again."""
    chance = random.Random(5)
    for geometry, bits, levels in GEOMETRIES:
        wrong = []
        for level in range(1, levels + 1):
            for _ in range(3):
                raw = chance.getrandbits(bits) | 1
                entry = decode(geometry, raw, level)
                for field in entry["fields"]:
                    if field["name"].startswith(("res0", "reserved")):
                        raw &= ~(field["value"] << field["lo"])
                if geometry.startswith("sv") and entry["leaf"]:
                    raw &= ~(((1 << 9 * (level - 1)) - 1) << 10)    # in its place
                if geometry == "sv32" and level == 2 and entry["leaf"]:
                    raw &= ~(0x3ff << 10)
                entry = decode(geometry, raw, level)
                if geometry == "aarch64" and level == 4 and not raw & 2:
                    continue                # neither page nor table
                again = encode(geometry, "--level", str(level), *words_of(entry))
                if again != hex(raw):
                    wrong.append(f"level {level}: {raw:#x} became {again}")
        tap.ok(not wrong, f"{geometry}: entries of all levels, decoded and encoded", *wrong)


def check_encode_others(tap):
    tap.equal(encode("sv39", "frame=0x44332", "valid", "read", "write", "user", "accessed",
                     "dirty"), hex(0x44332 << 10 | 0xd7), "a page of Sv39")
    tap.equal(encode("sv39", "frame=2", "present"), "0x801", "present is valid")
    tap.equal(encode("x86-32", "valid"), "0x1", "and valid is present")
    tap.equal(encode("aarch64", "frame=0x44332", "valid", "type", "af", "ap1", "sh=3"),
              "0x44332743", "a page of AArch64")
    tap.equal(encode("aarch64", "frame=3", "valid", "type", "pxn-table", "--level", "3"),
              "0x800000000003003", "a table of AArch64")
    failure(tap, "a superpage that is not aligned", "pte", "sv39", "--encode", "frame=0x201",
            "read", "--level", "2", says="0x200")
    failure(tap, "a block that is not aligned", "pte", "aarch64", "--encode", "frame=0x201",
            "valid", "--level", "2", says="0x200")
    tap.equal(encode("sv39", "frame=0x201", "valid", "--level", "2"), "0x80401",
              "but a table lies anywhere")
    for words in (["sv39", "--encode", "rw"], ["sv39", "--encode", "nx"],
                  ["sv32", "--encode", "pbmt=1"], ["aarch64", "--encode", "user"],
                  ["x86-pae", "--encode", "rw", "--level", "3"],
                  ["sv39", "--encode", "valid", "present"]):
        misuse(tap, "pte " + " ".join(words), "pte", *words)


def check_fields_cover_the_entry(tap):
    chance = random.Random(11)
    wrong = []
    for geometry, bits, levels in GEOMETRIES:
        for level in range(1, levels + 1):
            for _ in range(3):
                raw = chance.getrandbits(bits) | 1
                fields = decode(geometry, raw, level)["fields"]
                again = sum(f["value"] << f["lo"] for f in fields)
                heights = [f["hi"] for f in fields[1:]] + [-1]
                if (again != raw or fields[0]["hi"] != bits - 1
                        or heights != [f["lo"] - 1 for f in fields]):
                    wrong.append(f"{geometry} level {level} {raw:#x}")
    tap.ok(not wrong, "the fields of an entry cover each bit once", *wrong)


def descriptor_of(base, limit, kind, ordinary, dpl, present, avl, long, big, granularity):
    """The two words of the manual's figure, put together by hand."""
    low = (base & 0xFFFF) << 16 | limit & 0xFFFF
    high = (base >> 24 << 24 | granularity << 23 | big << 22 | long << 21 | avl << 20
            | limit >> 16 << 16 | present << 15 | dpl << 13 | ordinary << 12 | kind << 8
            | base >> 16 & 0xFF)
    return high << 32 | low


def check_descriptors(tap):
    flat = run("pte", "descriptor", "0xcf9a000000ffff", "--json").objects()[0]
    tap.equal({name: value for name, value in flat.items() if name != "fields"},
              {"format": "segment-descriptor", "raw": "0xcf9a000000ffff", "present": True,
               "base": "0x0", "limit": "0xfffff", "granularity": "page", "last": "0xffffffff",
               "kind": "code", "type": 10, "dpl": 0, "accessed": False},
              "a kernel's flat code segment")
    text = run("pte", "descriptor", "0x40f2010000ffff").output
    tap.ok("│base 31-24│" in text and "0x00010000" in text and "0xffff\n" in text
           and "can be written" in text, "a small segment of data in words", text)
    chance, wrong = random.Random(5), []
    for _ in range(40):
        parts = [chance.getrandbits(bits) for bits in (32, 20, 4, 1, 2, 1, 1, 1, 1, 1)]
        names = ("base", "limit", "type", "ordinary", "dpl", "present", "avl", "long", "big",
                 "granularity")
        raw = descriptor_of(*parts)
        words = [f"{name}={value:#x}" for name, value in zip(names, parts)]
        made = encode("descriptor", *chance.sample(words, len(words)))
        read = run("pte", "descriptor", made, "--json").objects()[0]
        again = sum(field["value"] << field["lo"] for field in read["fields"])
        last = parts[1] << 12 | 0xFFF if parts[-1] else parts[1]
        if ((int(made, 16), again) != (raw, raw) or int(read["last"], 16) != last
                or (int(read["base"], 16), read["dpl"]) != (parts[0], parts[4])):
            wrong.append(f"{raw:#x}")
    tap.ok(not wrong, "random descriptors, there and back", *wrong)
    tap.equal(encode("descriptor", "base=0x10000", "limit=0x7fff", "type=data", "ordinary",
                     "present", "dpl=3", "big"), "0x40f20100007fff", "types have words")
    for words in (["descriptor"], ["descriptor", "1", "2"], ["descriptor", "q"],
                  ["descriptor", "1", "--level", "1"], ["descriptor", "0x10000000000000000"],
                  ["descriptor", "--encode", "base"], ["descriptor", "--encode", "dpl=4"],
                  ["descriptor", "--encode", "limit=0x100000"],
                  ["descriptor", "--encode", "type=stick"],
                  ["descriptor", "--encode", "big", "big=1"],
                  ["descriptor", "--encode", "frame=1"], ["descriptor", "--encode", "=1"]):
        misuse(tap, "pte " + " ".join(words), "pte", *words)


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
    check_decode_riscv(tap)
    check_decode_arm(tap)
    check_swap(tap)
    check_fields_cover_the_entry(tap)
    check_descriptors(tap)
    check_encode(tap)
    check_encode_others(tap)
    check_round_trip(tap)
    check_errors(tap)
    tap.done()


if __name__ == "__main__":
    main()
