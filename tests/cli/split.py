#!/usr/bin/python3
"""pagewalk-cli split: addresses into fields."""

import random

from command import failure, misuse, run
from tap import Tap

# Name, highest and lowest bit of each field, from the processors' manuals.
FIELDS = {
    "x86-32": [("directory", 31, 22), ("table", 21, 12), ("offset", 11, 0)],
    "x86-64": [("PML4", 47, 39), ("PDPT", 38, 30), ("PD", 29, 21), ("PT", 20, 12),
               ("offset", 11, 0)],
}


def expected(geometry, va):
    fields = [{"name": name, "hi": high, "lo": low,
               "value": va >> low & (1 << high - low + 1) - 1}
              for name, high, low in FIELDS[geometry]]
    canonical = geometry == "x86-32" or va >> 47 in (0, 0x1ffff)
    return {"va": hex(va), "geometry": geometry, "canonical": canonical,
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
    for geometry, bits in (("x86-32", 32), ("x86-64", 64)):
        values = [0, 1, (1 << bits) - 1, 1 << bits - 1, 0x7fffffff]
        values += [chance.getrandbits(bits) for _ in range(200)]
        if bits == 64:
            values += [0x7fffffffffff, 0x800000000000, 0xffff7fffffffffff,
                       0xffff800000000000]
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
