#!/usr/bin/python3
"""Counts the single tests that ran in build folders.

  summary.py [--notes] BUILD...

The last line reads `N passed, N failed, N skipped`. A TAP program counts once
for each of its results, any other program once. With --notes what programs say
beside their results (lines that begin with #) is shown, too.
"""

import json
import pathlib
import re
import sys

RESULT = re.compile(r"^(not )?ok\b\s*\d*\s*-?\s*([^#]*)(?:#\s*(\w+)\s*(.*))?$")
PLAN = re.compile(r"^1\.\.(\d+)\s*(?:#\s*skip\w*\s*(.*))?$", re.IGNORECASE)
GOOD = ("OK", "EXPECTEDFAIL")


class Counts:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.skipped = []

    def line(self, program, match):
        """Counts one TAP result."""
        bad, name, directive, reason = match.groups()
        name = f"{program}: {name.strip() or 'unnamed'}"
        directive = (directive or "").upper()
        if directive.startswith(("SKIP", "TODO")):
            self.skipped.append((name, reason.strip() or "no reason given"))
        elif bad:
            self.failed.append(name)
        else:
            self.passed += 1

    def program(self, record, where):
        """Counts one program's results."""
        name = where + record["name"].removeprefix("pagewalk:")
        output = record.get("stdout") or ""
        lines = output.splitlines()
        plan = next(filter(None, map(PLAN.match, lines)), None)
        failed_before = len(self.failed)
        results = [m for m in map(RESULT.match, lines) if m] if plan else []
        for match in results:
            self.line(name, match)
        if record["result"] == "SKIP" and not results:
            reason = plan.group(2) if plan else None
            self.skipped.append((name, reason or "no reason given"))
        elif record["result"] in GOOD and not results:
            self.passed += 1
        elif (record["result"] not in GOOD + ("SKIP",)
              and len(self.failed) == failed_before):
            self.failed.append(f"{name}: the program ended "
                               f"with {record['result']}")


def records(folder):
    for log in sorted(pathlib.Path(folder, "meson-logs").glob("testlog*.json")):
        for line in log.read_text().splitlines():
            yield json.loads(line)


def show_notes(record):
    for line in (record.get("stdout") or "").splitlines():
        if line.startswith("# "):
            print(line[2:])


def main(arguments):
    notes = arguments[:1] == ["--notes"]
    folders = arguments[1:] if notes else arguments
    counts = Counts()
    for folder in folders:
        where = f"{pathlib.Path(folder).name}: " if len(folders) > 1 else ""
        for record in records(folder):
            counts.program(record, where)
            if notes:
                show_notes(record)
    for name, reason in counts.skipped:
        print(f"skipped: {name} ({reason})")
    for name in counts.failed:
        print(f"FAILED: {name}")
    nothing = not (counts.passed or counts.failed)
    if nothing:
        print("FAILED: no test ran at all")
    print(f"{counts.passed} passed, {len(counts.failed) + nothing} failed, "
          f"{len(counts.skipped)} skipped")
    return 1 if counts.failed or nothing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
