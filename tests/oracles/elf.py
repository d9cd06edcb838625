#!/usr/bin/python3
"""Checks what pagewalk-cli says of ELF files against readelf: headers,
segments, sections and symbols of files of this system.

  elf.py [--sample] [--seed N]    200 files drawn by lot, or all"""

import argparse
import json
import os
import random
import re
import subprocess
import sys

FOLDERS = ("/usr/bin", "/usr/sbin", "/usr/lib")
CLI = os.environ["PAGEWALK_CLI"]
SEGMENT = re.compile(r"^  (\S+)\s+(0x\w+) (0x\w+) (0x\w+) (0x\w+) (0x\w+) "
                     r"([R ][W ][E ]) (0x\w+|0)\s*$")
SECTION = re.compile(r"^  \[ *(\d+)\] (.*?)\s+([0-9a-f]{8,16}) ([0-9a-f]+) "
                     r"([0-9a-f]+) ([0-9a-f]+) (.{3}\S*) *(\d+) +(\d+) +(\d+)$")
TABLE = re.compile(r"^Symbol table '(.*)' contains (\d+) entr")
SYMBOL = re.compile(r"^ *(\d+): ([0-9a-f]+) +(0x\w+|\d+) (\S+) +(\S+) +(\S+)"
                    r"(?: +\[.*?\])? +(\S+)(?: (.*))?$")


def is_elf(path):
    if not os.path.isfile(path) or os.path.islink(path):
        return False
    try:
        with open(path, "rb") as file:
            return file.read(4) == b"\x7fELF" and os.path.getsize(path) <= 64 << 20
    except OSError:
        return False


def files():
    found = []
    for top in FOLDERS:
        for folder, _, names in os.walk(top):
            found += [path for path in (os.path.join(folder, name) for name in names)
                      if is_elf(path)]
    return sorted(found)


def readelf(option, path):
    return subprocess.run(["readelf", option, path], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, errors="replace",
                          env={**os.environ, "LC_ALL": "C"}).stdout.splitlines()


def number(text):
    return hex(int(text, 16 if text.startswith("0x") else 10))


def segments(path):
    rows = []
    for line in readelf("-lW", path):
        match = SEGMENT.match(line)
        if match:
            kind, *numbers, flags, align = match.groups()
            flags = "".join(low if up != " " else "-"
                            for up, low in zip(flags, "rwx"))
            rows.append((kind, *map(number, numbers), flags, number(align)))
    return rows


def sections(path):
    rows = []
    for line in readelf("-SW", path):
        match = SECTION.match(line)
        if match:
            index, _, addr, offset, size, entry, _, link, info, align = match.groups()
            rows.append((int(index), *(hex(int(n, 16)) for n in (addr, offset, size, entry)),
                         int(link), int(info), int(align)))
    return rows


def without_version(name):
    return re.sub(r"@.*", "", name)


def symbols(path):
    tables = []
    for line in readelf("-sW", path):
        table = TABLE.match(line)
        if table:
            tables.append((table.group(1), []))
            continue
        # So it calls what only GNU has, in files that do not say they are.
        match = SYMBOL.match(line.replace("<OS specific>: 10", "UNIQUE"))
        if match and tables:
            _, value, size, kind, bind, visibility, section, name = match.groups()
            tables[-1][1].append((hex(int(value, 16)), int(size, 0), kind, bind, visibility,
                                  section, without_version(name or "")))
    return tables


def ours(path):
    run = subprocess.run([CLI, "elf", "--json", path], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
    return json.loads(run.stdout) if run.returncode == 0 else run.stderr


def kind_of(name):
    """readelf's name of what has none here."""
    return name.replace("<OS specific>: ", "").replace("<processor specific>: ", "")


def same_symbol(theirs, symbol):
    *numbers, name = theirs
    mine = (symbol["value"], symbol["size"], symbol["type"], symbol["bind"],
            symbol["visibility"], str(symbol["section"]))
    return tuple(numbers) == mine and name in (without_version(symbol["name"]),
                                               symbol["name"])


def differences(path):
    answer = ours(path)
    if isinstance(answer, str):
        yield answer.strip()
        return
    mine = [(s["type"], s["offset"], s["vaddr"], s["paddr"], s["filesz"], s["memsz"],
             s["flags"], s["align"]) for s in answer["segments"]]
    theirs = segments(path)
    if [row[1:] for row in mine] != [row[1:] for row in theirs]:
        yield f"segments: {mine} but {theirs}"
    mine = [(n, s["addr"], s["offset"], s["size"], s["entsize"], s["link"], s["info"],
             s["align"]) for n, s in enumerate(answer["sections"])]
    if mine != sections(path):
        yield "sections: " + str([pair for pair in zip(mine, sections(path))
                                  if pair[0] != pair[1]][:3])
    tables = symbols(path)
    listed = [table for table in answer["tables"] if table["symbols"]]
    if [name for name, _ in tables] != [table["name"] for table in listed]:
        yield f"tables: {[name for name, _ in tables]}"
    for (name, rows), table in zip(tables, listed):
        if len(rows) != len(table["symbols"]):
            yield f"{name}: {len(table['symbols'])} symbols, not {len(rows)}"
        for row, symbol in zip(rows, table["symbols"]):
            if not same_symbol(row, symbol):
                yield f"{name}: {symbol} but {row}"
                break


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chosen = files()
    if args.sample:
        chosen = random.Random(args.seed).sample(chosen, min(200, len(chosen)))
    wrong = 0
    for path in chosen:
        for text in differences(path):
            wrong += 1
            print(f"# {path}: {text}"[:2000])
    print("1..1")
    print(f"{'ok' if wrong == 0 and chosen else 'not ok'} 1 {len(chosen)} files as "
          f"readelf has them, {wrong} differences")
    return 0


if __name__ == "__main__":
    sys.exit(main())
