#!/usr/bin/python3
"""Checks loads of segment registers, and accesses through them, against a small model.

  segments.py [--cli PROGRAM] [--sample] [--seed N]   compare
  segments.py --show SEED                             print the script of a seed

The model is written from the manual's rules for MOV, far JMP and the limit check; QEMU's
processor loads registers as it does.
"""

import argparse
import json
import os
import subprocess
import sys
from random import Random

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import loads   # noqa: E402
from report import Report   # noqa: E402

REGISTERS = ("es", "cs", "ss", "ds", "fs", "gs")
# Word of the command: is it code, can it be read, written, does it grow down or conform?
TYPES = {"code": "xr", "code-only": "x", "conforming": "xrc", "data": "rw", "read-only": "r",
         "stack": "rwd", "system": None}
ENTRIES = 12
PAGES = 64                      # mapped from 0 on, page n to frame 0x100 + n
ROUNDS = 350
FLAT = (None, ("xr", 0), ("rw", 0), ("xr", 3), ("rw", 3))


class Refused(Exception):
    """Vector and error code of an exception."""


class Segment:
    def __init__(self, kind, base, limit, dpl, present, pages):
        self.kind, self.base, self.dpl, self.present = kind, base, dpl, present
        self.limit = limit * 4096 + 4095 if pages else limit


class Model:
    def __init__(self):
        self.table = {index: Segment(flat[0], 0, 0xFFFFF, flat[1], True, True)
                      for index, flat in enumerate(FLAT) if flat}
        self.registers = {name: None for name in REGISTERS}
        for name, index in (("cs", 3), ("ss", 4), ("ds", 4), ("es", 4)):
            self.registers[name] = self.table[index]

    def load(self, register, selector, cpl):
        if selector < 4:
            if register in ("cs", "ss"):
                raise Refused(13, 0)
            self.registers[register] = None
            return
        error, rpl = selector & ~3, selector & 3
        if selector & 4 or selector >> 3 >= ENTRIES:
            raise Refused(13, error)
        segment = self.table.get(selector >> 3)
        if segment is None or segment.kind is None:
            raise Refused(13, error)
        kind, dpl = segment.kind, segment.dpl
        if register == "ss":
            good = "w" in kind and rpl == cpl == dpl
        elif register == "cs" and "c" in kind:
            good = dpl <= cpl
        elif register == "cs":
            good = "x" in kind and dpl == cpl and rpl <= cpl
        else:
            good = "r" in kind and ("c" in kind or max(rpl, cpl) <= dpl)
        if not good:
            raise Refused(13, error)
        if not segment.present:
            raise Refused(12 if register == "ss" else 11, error)
        self.registers[register] = segment

    def linear(self, register, offset, width, what, cpl):
        segment = self.registers[register]
        if (segment is None or what not in segment.kind
                or (segment.dpl < cpl and "c" not in segment.kind)):
            raise Refused(13, 0)
        allowed = (range(segment.limit + 1, 1 << 32) if "d" in segment.kind
                   else range(segment.limit + 1))
        if offset not in allowed or offset + width - 1 not in allowed:
            raise Refused(12 if register == "ss" else 13, 0)
        return (segment.base + offset) % (1 << 32)


class Script:
    """Operations, and what each load and access must come to."""

    def __init__(self, seed):
        random = Random(f"segments {seed}")
        self.model, self.expected = Model(), []
        self.lines = [f"machine geometry={random.choice(('x86-32', 'x86-pae'))} memory=16M",
                      "process name=A"]
        self.lines += [f"map process=A va={page << 12:#x} frame={0x100 + page:#x} flags=rwxu"
                       for page in range(PAGES)]
        self.lines.append(f"segments entries={ENTRIES}")
        for _ in range(ROUNDS):
            random.choices((self.describe, self.load, self.access), (1, 2, 5))[0](random)

    def describe(self, random):
        word, index = random.choice(list(TYPES)), random.randrange(5, ENTRIES)
        base = random.choice((0, 0x1000, 0x8000, random.randrange(PAGES << 12), 0xFFFF0000))
        limit = random.choice((0, 7, 0xFFF, 0x10, random.randrange(1 << 14), 0xFFFFF))
        dpl, present = random.choice((0, 3, 3)), random.random() < 0.85
        pages = random.random() < 0.4
        self.model.table[index] = Segment(TYPES[word], base, limit, dpl, present, pages)
        self.lines.append(f"segment index={index} type={word} base={base:#x} limit={limit:#x}"
                          f" dpl={dpl} present={'on' if present else 'off'}"
                          f" granularity={'page' if pages else 'byte'}")

    def load(self, random):
        register = random.choice(REGISTERS)
        mode = random.choice(("user", "user", "kernel"))
        selector = (random.randrange(ENTRIES + 1) << 3 | (random.random() < 0.05) << 2
                    | (3 if random.random() < 0.7 else random.randrange(4)))
        self.expect(f"load register={register} selector={selector:#x} mode={mode}",
                    lambda: self.model.load(register, selector, 3 if mode == "user" else 0))

    def access(self, random):
        kind = random.choice(("read", "write", "fetch"))
        mode = random.choice(("user", "user", "kernel"))
        register = random.choice(REGISTERS)
        segment = self.model.registers[register]
        width = random.choice((1, 2, 4))
        edge = (segment.limit if segment else 0) + random.randrange(-8, 9)
        offset = random.choice((edge, random.randrange(PAGES << 12))) % (1 << 32)
        what, cpl = {"read": "r", "write": "w", "fetch": "x"}[kind], 3 if mode == "user" else 0
        if self.crosses(register, offset, width, what, cpl):
            width = 1
        self.expect(f"access va={offset:#x} segment={register} kind={kind} mode={mode}"
                    f" width={width}",
                    lambda: self.model.linear(register, offset, width, what, cpl))

    def crosses(self, *access):
        """Would it reach into a second page? What the segment refuses does not."""
        try:
            return self.model.linear(*access) % 4096 + access[2] > 4096
        except Refused:
            return False

    def expect(self, line, action):
        try:
            result = {"ok": True, "linear": action()}
        except Refused as refused:
            result = {"ok": False, "fault": refused.args}
        self.lines.append(line)
        self.expected.append((line, result))

    def text(self):
        return "".join(line + "\n" for line in self.lines)


def found_of(answer):
    """The part of an answer that the model speaks of."""
    fault = answer.get("fault")
    if fault is not None and fault["kind"] == "segment":
        return {"ok": False, "fault": (fault["vector"], int(fault["error"], 16))}
    linear = int(answer["linear"], 16) if "linear" in answer else None
    if answer["op"] == "access" and answer["ok"]:
        page = linear >> 12
        if int(answer["pa"], 16) != (0x100 + page << 12) + linear % 4096 or page >= PAGES:
            return {"ok": True, "linear": "another physical address"}
    return {"ok": True, "linear": linear}       # what paging refuses was let through


def check(report, cli, seed):
    script = Script(seed)
    done = subprocess.run([cli, "run", "--json", "-"], input=script.text().encode(),
                          capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        report.differ(f"seed {seed}: {done.stderr.decode().strip()}")
        return
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    got = [answer for answer in answers if answer["op"] in ("load", "access")]
    report.equal(f"seed {seed}: answers", len(script.expected), len(got))
    for (line, expected), answer in zip(script.expected, got):
        report.equal(f"seed {seed}: {line}", expected, found_of(answer))


def executed(report, seed, count):
    """Random loads, each by QEMU and by the model: exceptions, accessed bits, bases."""
    random, model = Random(f"loads {seed}"), Model()
    with loads.Loader(ENTRIES) as cpu:
        model.table[5] = Segment(None, 0, 0, 0, True, False)    # its task state
        for _ in range(count):
            random.choices((describe_both, load_both, store_both), (2, 5, 2))[0](
                report, random, model, cpu)


def describe_both(_report, random, model, cpu):
    word, index = random.choice(list(TYPES)), random.randrange(loads.FIRST_ENTRY, ENTRIES)
    parts = (random.randrange(loads.STORES.start, loads.STORES.stop - 0x1000),
             random.getrandbits(20) | 0xFFF, random.choice((0, 1, 2, 3, 3)),
             random.random() < 0.8, random.random() < 0.5)
    model.table[index] = Segment(TYPES[word], *parts)
    cpu.describe(index, loads.descriptor(word, *parts))


def load_both(report, random, model, cpu):
    register, user = random.choice(REGISTERS), random.random() < 0.6
    selector = (random.randrange(ENTRIES + 1) << 3 | (random.random() < 0.05) << 2
                | (3 if random.random() < 0.6 else random.randrange(4)))
    index, before = selector >> 3, 0
    if loads.FIRST_ENTRY <= index < ENTRIES:
        before = cpu.accessed(index)
    try:
        model.load(register, selector, 3 if user else 0)
        expected = None
    except Refused as refused:
        expected = refused.args
    case = f"{register} <- {selector:#x} by {'user' if user else 'kernel'}"
    report.equal(case, expected, cpu.load(register, selector, user))
    if loads.FIRST_ENTRY <= index < ENTRIES and register != "cs":
        wanted = 1 if expected is None and not selector & 4 else before
        report.equal(f"accessed after {case}", wanted, cpu.accessed(index))


def store_both(report, random, model, cpu):
    """Where the model lets a store through, its byte lands at the model's address."""
    register, offset = random.choice(("es", "ds", "fs", "gs")), random.randrange(0xFFF)
    value, user = random.randrange(1, 256), random.random() < 0.5
    try:
        linear = model.linear(register, offset, 1, "w", 3 if user else 0)
    except Refused:
        return
    if linear not in loads.STORES:
        return
    cpu.cpu.put(linear, b"\0")
    report.equal(f"store by {register}", None, cpu.store(register, offset, value, user))
    report.equal(f"byte at {linear:#x} by {register}", value, cpu.cpu.memory[linear])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cli", default=os.environ.get("PAGEWALK_CLI", "pagewalk-cli"))
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int)
    options = parser.parse_args()
    if options.show is not None:
        print(Script(options.show).text(), end="")
        return

    report, count = Report(), 12 if options.sample else 500
    for seed in range(options.seed, options.seed + count):
        check(report, options.cli, seed)
    good = tell(report, 1, f"{count} machines with segments")
    reason, report = loads.missing(), Report()
    if reason:
        print(f"ok 2 - QEMU loads registers as the model does # SKIP {reason}")
    else:
        executed(report, options.seed, 600 if options.sample else 20000)
        good &= tell(report, 2, "QEMU loads registers as the model does")
    print("1..2")
    sys.exit(0 if good else 1)


def tell(report, number, name):
    good = report.differences == 0
    print(f"# {report.compared} comparisons, {report.differences} differences")
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    return good


if __name__ == "__main__":
    main()
