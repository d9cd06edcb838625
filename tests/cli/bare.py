#!/usr/bin/python3
"""pagewalk-cli run without paging: bare memory, base and bounds.

With --update it writes the step sequences in golden/ instead of comparing.
"""

import pathlib
import sys

from command import run
from tap import Tap

GOLDEN = pathlib.Path(__file__).parent / "golden"
UPDATE = "--update" in sys.argv

STORY = """\
machine geometry=x86-32 memory=64K translation=none
process name=A
process name=B
program process=A size=8K at=0x4000 linked=0x4000 references=1
run process=A
program process=B size=8K at=0x5000 linked=0x4000 references=1
run process=A
relocate process=B
run process=B
access process=A va=0x6abc kind=write value=1
swap-out process=B
swap-in process=B
compact
translation by=base-bounds
relocate process=B
access process=B va=0x1ffc width=4
access process=B va=0x2000 width=4
program process=A size=60K
"""


def objects(script):
    answer = run("run", "-", "--json", script=script)
    assert answer.status == 0 and answer.errors == "", answer
    return answer.objects()


def plain(answer):
    return {key: value for key, value in answer.items() if key != "steps"}


def check_story(tap):
    answers = objects(STORY)
    tap.equal(plain(answers[3]),
              {"op": "program", "process": "A", "ok": True, "place": "memory",
               "base": "0x4000", "size": 8192, "linked": "0x4000"},
              "a program and where it lies")
    tap.equal([plain(answers[i])["ok"] for i in (4, 6, 8)], [True, False, True],
              "a program that runs, one that was overwritten, one put right")
    tap.equal(plain(answers[9]),
              {"op": "access", "va": "0x6abc", "ok": True, "pa": "0x6abc",
               "tlb": "none", "reads": 0, "value": "0x1"},
              "without an MMU addresses are physical")
    tap.equal(plain(answers[10])["place"], "disk", "a program on the disk")
    tap.equal(plain(answers[16]),
              {"op": "access", "va": "0x2000", "ok": False,
               "fault": {"kind": "protection", "vector": 13, "error": "0x0",
                         "address": "0x2000"},
               "tlb": "none", "reads": 0},
              "beyond the limit")
    tap.equal(plain(answers[17])["ok"], False, "no hole for a program")


def check_golden(tap):
    path = GOLDEN / "bare-memory.txt"
    answer = run("run", "-", script=STORY)
    if UPDATE:
        path.write_text(answer.output, encoding="utf-8")
    tap.equal(answer.output, path.read_text(encoding="utf-8"),
              "what is said of bare memory")


def check_refusals(tap):
    for line, words in (
            ("machine geometry=x86-64 translation=none", "never runs without"),
            ("machine geometry=x86-32\nprocess name=A\n"
             "program process=A size=4K", "given by pages"),
            ("machine geometry=sv32 translation=none memory=64K\n"
             "process name=A\nswap-in process=A", "has no program"),
            ("machine geometry=sv32 translation=none memory=64K\n"
             "process name=A\nprogram process=A size=4K at=0", "in use")):
        answer = run("run", "-", script=line + "\n")
        tap.ok(answer.status == 1 and words in answer.errors, f"refused: {words}")


def main():
    tap = Tap()
    check_story(tap)
    check_golden(tap)
    check_refusals(tap)
    tap.done()


if __name__ == "__main__":
    main()
