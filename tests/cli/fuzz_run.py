#!/usr/bin/python3
"""Random scripts for pagewalk-cli run: no crash, and answers that hold together.

fuzz_run.py [SCRIPTS [SEED]]; scripts that fail are printed.
"""

import json
import random
import re
import sys

from command import run
from tap import Tap

SCRIPTS = int(sys.argv[1]) if len(sys.argv) > 1 else 150
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 20

ERROR = re.compile(r"-:[1-9][0-9]*: [^\n]+\n")
WORDS = ["machine", "process", "map", "access", "dump", "geometry=", "va=", "frame=",
         "flags=rwxug", "size=4M", "x86-32", "=", "#", "0x", "-1", "K", "\t", "é", "\0",
         "va=0x11223344", "process=A", "value=0xffffffffffffffff", "width=8"]


class Script:
    """Mostly valid lines; some write into the page tables themselves."""

    def __init__(self, chance):
        self.chance = chance
        self.wide = chance.random() < 0.5
        self.frames = chance.choice([16, 256, 4096])
        self.addresses = [self.address() for _ in range(3)]

    def address(self):
        if not self.wide:
            return self.chance.getrandbits(32)
        low = self.chance.getrandbits(47)
        return low | self.chance.choice([0, 0xffff800000000000])

    def va(self):
        if self.chance.random() < 0.03:
            return self.chance.getrandbits(64 if self.wide else 32)
        return self.chance.choice(self.addresses) ^ self.chance.getrandbits(13)

    def frame(self):
        """Often one of the first frames, where the page tables lie."""
        return self.chance.getrandbits(self.chance.choice([3, 3, 10, 20]))

    def flags(self):
        return "r" + "".join(f for f in "wxug" if self.chance.random() < 0.8)

    def size(self):
        if self.chance.random() < 0.95:
            return "4K", 12
        large = [("2M", 21), ("1G", 30)] if self.wide else [("4M", 22)]
        return self.chance.choice(large)

    def map(self):
        size, shift = self.size()
        va = self.va() >> shift << shift
        frame = self.frame() >> shift - 12 << shift - 12
        return (f"map process={self.name()} va={va:#x} frame={frame:#x} "
                f"flags={self.flags()} size={size}")

    def name(self):
        return self.chance.choice("AAAB")

    def access(self):
        width = self.chance.choice([1, 4, 8])
        line = f"access va={self.va() & ~7:#x} width={width}"
        line += f" kind={self.chance.choice(['read', 'write', 'fetch'])}"
        line += f" mode={self.chance.choice(['user', 'kernel'])}"
        if self.chance.random() < 0.5:
            line += f" value={self.chance.getrandbits(8 * width):#x}"
        if self.chance.random() < 0.3:
            line += f" process={self.name()}"
        return line

    def line(self):
        kind = self.chance.random()
        if kind < 0.005:
            return " ".join(self.chance.choices(WORDS, k=self.chance.randrange(6)))
        if kind < 0.3:
            return self.map()
        if kind < 0.35:
            return f"dump process={self.name()}"
        return self.access()

    def text(self):
        geometry = "x86-64" if self.wide else "x86-32"
        bits = " ".join(f"{name}={self.chance.choice(['on', 'off'])}"
                        for name in ("wp", "nx", "smep", "smap"))
        lines = [f"machine geometry={geometry} memory={self.frames * 4}K {bits} "
                 f"tlb-sets={self.chance.randrange(1, 5)} tlb-ways=2",
                 "process name=A", "process name=B"]
        return "\n".join(lines + [self.line() for _ in range(60)]) + "\n"


def wrong(answer):
    """What is wrong with an answer, or None."""
    if answer.status not in (0, 1):
        return f"exit {answer.status}"
    if (answer.status == 1) != bool(ERROR.fullmatch(answer.errors)):
        return "an error must come with one line that says where and why"
    for one in answer.objects():
        if one["op"] == "access" and one["ok"] != ("pa" in one):
            return "an access has a physical address or a fault"
        if one["op"] == "access" and one["tlb"] == "hit" and one["reads"] != 0:
            return "a hit reads no entry"
    return None


def main():
    tap = Tap()
    chance = random.Random(SEED)
    accesses = 0
    for count in range(1, SCRIPTS + 1):
        script = Script(chance).text()
        try:
            answer = run("run", "-", "--json", script=script)
            reason = wrong(answer)
            accesses += answer.output.count('"op":"access"')
        except (ValueError, KeyError, json.JSONDecodeError) as error:
            reason = f"no answer that can be read: {error}"
        if reason is not None:
            tap.ok(False, f"script {count}", reason, script)
    tap.equal(tap.failures, 0, "every script ends with an answer or an error")
    tap.ok(accesses > 5 * SCRIPTS, f"{SCRIPTS} scripts made {accesses} accesses")
    tap.done()


if __name__ == "__main__":
    main()
