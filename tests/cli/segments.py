#!/usr/bin/python3
"""pagewalk-cli run with segments: what is loaded, what is refused, what is said.

With --update it writes the step sequences in golden/ instead of comparing.
"""

import pathlib
import sys

from command import run
from tap import Tap

GOLDEN = pathlib.Path(__file__).parent / "golden"
UPDATE = "--update" in sys.argv

MACHINE = """\
machine geometry=x86-32 memory=16M tlb-sets=1 tlb-ways=4
process name=A
map process=A va=0x10000 frame=0x44332 flags=rwu
map process=A va=0x11000 frame=0x44333 flags=rwu
segments model=empty entries=8
segment index=3 type=code base=0x10000 limit=0x7fff granularity=byte
segment index=4 type=data base=0x10000 limit=0xfff granularity=byte
segment index=5 type=stack base=0x11000 limit=0xe granularity=page
segment index=6 type=data present=off
segment index=7 type=system
"""

STORY = MACHINE + """\
load register=cs selector=0x1b
load register=ds selector=0x23
load register=ss selector=0x2b
access va=0x344 width=4
access va=0x348 segment=cs kind=write width=4
access va=0xffe width=4
access va=0x10 segment=ss
load register=es selector=0x33
load register=es selector=0x3b
load register=es selector=0x43
load register=es selector=0x24
load register=es selector=0
access va=0 segment=es
load register=ss selector=0x33 mode=kernel
"""


def plain(answer):
    return {key: value for key, value in answer.items() if key != "steps"}


def fault(vector, error, address="0x0"):
    return {"kind": "segment", "vector": vector, "error": error, "address": address}


def check_story(tap):
    answer = run("run", "-", "--json", script=STORY)
    tap.equal((answer.status, answer.errors), (0, ""), "faults are results")
    answers = [plain(one) for one in answer.objects()[MACHINE.count("\n"):]]
    tap.equal(answers[1], {"op": "load", "register": "ds", "selector": "0x23", "ok": True},
              "a register is loaded")
    tap.equal(answers[3],
              {"op": "access", "va": "0x344", "segment": "ds", "linear": "0x10344", "ok": True,
               "pa": "0x44332344", "tlb": "miss", "reads": 2, "value": "0x0"},
              "offset, linear and physical address")
    refused = [(4, fault(13, "0x0", "0x10348"), "a write to code"),
               (5, fault(13, "0x0", "0x10ffe"), "a last byte beyond limit and page"),
               (6, fault(12, "0x0", "0x11010"), "below a stack"),
               (7, fault(11, "0x30"), "a segment that is not present"),
               (8, fault(13, "0x38"), "one of the system's"),
               (9, fault(13, "0x40"), "an entry beyond the table"),
               (10, fault(13, "0x24"), "a local table"),
               (12, fault(13, "0x0"), "a register without a segment"),
               (13, fault(13, "0x30"), "privilege comes before presence")]
    for i, what, name in refused:
        tap.equal((answers[i]["ok"], answers[i].get("fault")), (False, what), name)
    tap.equal(answers[11]["ok"], True, "a null selector empties a register")


def check_golden(tap):
    path = GOLDEN / "segments.txt"
    answer = run("run", "-", script=STORY)
    if UPDATE:
        path.write_text(answer.output, encoding="utf-8")
    tap.equal(answer.output, path.read_text(encoding="utf-8"), "what is said of segments")


def check_long_mode(tap):
    script = ("machine geometry=x86-64\nprocess name=A\n"
              "map process=A va=0x7f0000001000 frame=0x800 flags=rwu\n"
              "segments\nload register=fs base=0x7f0000001000\n"
              "access va=0x10 segment=fs width=8\naccess va=0x10 segment=ds width=8\n")
    answers = run("run", "-", "--json", script=script).objects()
    tap.equal((answers[5]["linear"], answers[5]["pa"]), ("0x7f0000001010", "0x800010"),
              "FS has a base in long mode")
    tap.equal(answers[6]["linear"], "0x10", "DS has none")


def check_errors(tap):
    """What cannot be done is said with the line and with what would be right."""
    for line, words in (
            ("access va=0 segment=ds", "segments"),
            ("segment index=5 type=data", "segments"),
            ("segments entries=4", "entries"),
            ("segments\nsegments", "already"),
            ("segments\nsegment index=9 type=data", "index"),
            ("segments\nsegment index=5 type=stick", "type"),
            ("segments\nsegment index=5 type=data limit=0x100000", "limit"),
            ("segments\nload register=ds", "selector"),
            ("segments\nload register=xs selector=8", "register"),
            ("segments\nload register=ds selector=0x10000", "selector"),
            ("segments\nload register=fs base=8", "base"),
            ("segments\nload register=ds selector=8 cpu=1", "cpu")):
        answer = run("run", "-", script=f"machine geometry=x86-32\nprocess name=A\n{line}\n")
        tap.ok(answer.status == 1 and words in answer.errors
               and answer.errors.startswith(f"-:{3 + line.count(chr(10))}: "),
               f"refused: {line!r}", answer)
    for geometry in ("sv39", "aarch64", "toy:va=14,pa=12,page=64,levels=1,entry=4"):
        answer = run("run", "-", script=f"machine geometry={geometry}\nsegments\n")
        tap.ok(answer.status == 1 and "segments" in answer.errors, f"none on {geometry}", answer)


def main():
    tap = Tap()
    check_story(tap)
    check_golden(tap)
    check_long_mode(tap)
    check_errors(tap)
    tap.done()


if __name__ == "__main__":
    main()
