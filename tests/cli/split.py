#!/usr/bin/python3
"""pagewalk-cli split: addresses into fields."""

import random

from command import failure, misuse, run
from tap import Tap

def levels_of_nine(top, first):
    """Fields of nine bits each, from bit 12 up."""
    return [(name, 20 + 9 * n, 12 + 9 * n)
            for name, n in zip(top, range(first, -1, -1))] + [("offset", 11, 0)]


# Name, highest and lowest bit of each field, from the processors' manuals.
FIELDS = {
    "x86-32": [("directory", 31, 22), ("table", 21, 12), ("offset", 11, 0)],
    "x86-pae": [("PDPT", 31, 30), ("PD", 29, 21), ("PT", 20, 12), ("offset", 11, 0)],
    "x86-64": levels_of_nine(["PML4", "PDPT", "PD", "PT"], 3),
    "x86-64-la57": levels_of_nine(["PML5", "PML4", "PDPT", "PD", "PT"], 4),
    "sv32": [("VPN[1]", 31, 22), ("VPN[0]", 21, 12), ("offset", 11, 0)],
    "sv39": levels_of_nine([f"VPN[{n}]" for n in (2, 1, 0)], 2),
    "sv48": levels_of_nine([f"VPN[{n}]" for n in (3, 2, 1, 0)], 3),
    "sv57": levels_of_nine([f"VPN[{n}]" for n in (4, 3, 2, 1, 0)], 4),
    "aarch64": levels_of_nine(["L0", "L1", "L2", "L3"], 3),
}

# The lowest of the bits that must all be alike; None: all bits are translated.
# AArch64's bit 47 is translated, and bits 63 to 48 choose one of two roots.
ALIKE = {"x86-32": None, "x86-pae": None, "sv32": None, "x86-64": 47, "x86-64-la57": 56,
         "sv39": 38, "sv48": 47, "sv57": 56, "aarch64": 48}


def canonical(geometry, va):
    low = ALIKE[geometry]
    return low is None or va >> low in (0, (1 << 64 - low) - 1)


def expected(geometry, va):
    fields = [{"name": name, "hi": high, "lo": low,
               "value": va >> low & (1 << high - low + 1) - 1}
              for name, high, low in FIELDS[geometry]]
    return {"va": hex(va), "geometry": geometry, "canonical": canonical(geometry, va),
            "fields": fields}


def main():
    tap = Tap()
    answer = run("split", "x86-32", "0x11223344")
    tap.equal(answer.output, '{"va":"0x11223344","geometry":"x86-32",'
              '"canonical":true,"fields":['
              '{"name":"directory","hi":31,"lo":22,"value":68},'
              '{"name":"table","hi":21,"lo":12,"value":547},'
              '{"name":"offset","hi":11,"lo":0,"value":836}]}\n',
              "0x11223344 is 68, 547, 836, to the letter")
    tap.equal((answer.status, answer.errors), (0, ""), "and nothing else is said")
    tap.equal(run("split", "x86-32", "287454020").output, answer.output,
              "decimal is as good as hexadecimal")
    tap.equal(run("split", "x86-32", "0x11223344", "--json").output, answer.output,
              "--json changes nothing")

    chance = random.Random(7)
    for geometry, low in ALIKE.items():
        bits = 32 if low is None else 64
        values = [0, 1, (1 << bits) - 1, 1 << bits - 1, 0x7fffffff]
        values += [chance.getrandbits(bits) for _ in range(200)]
        if bits == 64:
            values += [0x7fffffffffff, 0x800000000000, 0xffff7fffffffffff,
                       0xffff800000000000, 0xffff000000000000, 1 << low, (1 << low) - 1,
                       (1 << 64) - (1 << low), (1 << 64) - (1 << low) - 1]
            values += [value >> 64 - low for value in values]
        answer = run("split", geometry, *map(hex, values))
        tap.equal(answer.objects(), [expected(geometry, va) for va in values],
                  f"{len(values)} addresses of {geometry}, in their order")

    text = run("split", "x86-64", "--text", "0x123456789abcdef0")
    tap.ok(text.status == 0 and "not canonical" in text.output
           and "PML4" in text.output and "{" not in text.output,
           "--text prints a table", text)

    failure(tap, "an address wider than the register", "split", "x86-32",
            "0x100000000", says="0x100000000")
    answer = run("split", "x86-32", "1", "0x100000000", "2")
    tap.ok(answer.status == 1 and len(answer.objects()) == 1,
           "what came before a wrong address stays", answer)
    misuse(tap, "no address", "split", "x86-32")
    misuse(tap, "an unknown geometry", "split", "x86-33", "1", says="x86-33")
    for word in ("", "xyz", "0x", "1.5", "0x1ffffffffffffffff", "１"):
        misuse(tap, f"“{word}” is no number", "split", "x86-64", word)
    misuse(tap, "--text with --json", "split", "x86-32", "1", "--text", "--json")
    tap.done()


if __name__ == "__main__":
    main()
