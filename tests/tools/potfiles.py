#!/usr/bin/python3
"""Checks that po/POTFILES names every file that has text to translate.

With --write it writes the file instead.
"""

import os
import pathlib
import re
import sys

MARKED = re.compile(r"\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?|"
                    r"gettext|dgettext|pgettext)\s?\(\s*\"")
TRANSLATABLE = re.compile(r"translatable\s*=\s*[\"'](yes|true|1)[\"']")


def has_marked_text(path):
    return bool(MARKED.search(path.read_text(encoding="utf-8")))


def has_translatable(path):
    return bool(TRANSLATABLE.search(path.read_text(encoding="utf-8")))


def translated_files(root):
    yield from root.glob("data/*.in")
    yield from root.glob("data/*.gschema.xml")
    yield from root.glob("lessons/content/**/*.xml")
    yield from root.glob("lessons/exercises/*.xml")
    yield from filter(has_translatable, root.glob("app/ui/**/*.ui"))
    for folder in ("app", "core", "lessons"):
        yield from filter(has_marked_text, root.glob(f"{folder}/**/*.[ch]"))


def wanted(root):
    return sorted(str(path.relative_to(root)) for path in translated_files(root))


def listed(root):
    lines = (root / "po" / "POTFILES").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def write(root):
    text = "\n".join(wanted(root)) + "\n"
    (root / "po" / "POTFILES").write_text(text, encoding="utf-8")


def main():
    here = pathlib.Path(__file__).resolve().parents[2]
    if sys.argv[1:] == ["--write"]:
        return write(here)
    from tap import Tap
    root = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
    tap = Tap()
    names, files = listed(root), wanted(root)
    missing = [name for name in files if name not in names]
    tap.ok(not missing, "every file with text to translate is in po/POTFILES",
           *missing, "tests/tools/potfiles.py --write adds them")
    surplus = [name for name in names if name not in files]
    tap.ok(not surplus, "po/POTFILES names no other file", *surplus)
    tap.ok(names == sorted(names), "po/POTFILES is sorted")
    return tap.done()


if __name__ == "__main__":
    main()
