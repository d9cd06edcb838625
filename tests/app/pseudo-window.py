"""Every text of the window can be translated: read, through accessibility, in a
language in which nothing is English."""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pseudo
from drive import Window, keys, wait
from tap import Tap, skip_all

# What is typed stands in listings and keys, and is the same everywhere.
CODE = set("""
access process kind mode width read write user kernel fetch map frame flags
mov eax pte uint avl rwu ctrl shift alt Page Down Home End Tab Space Escape
""".split())

# GTK translates the names of keys itself.
KEYS = {"Alt", "Backspace", "Ctrl", "Shift", "Left", "Right", "Return", "Menu"}

# GTK calls what has no name after its class, names its own buttons, and what a
# choice without choices says; lines of a listing are code.
FOREIGN = re.compile(r"(Gtk|Adw|Pw)\w+$|\(None\)$|(Minimize|Maximize|Close|Restore)\b"
                     r"|\$ |.*(;|[{}])$|.* [=|&]+ ")


def texts(window):
    for node in window.all():
        for text in (node.get_name(), node.get_description()):
            if text and not FOREIGN.match(text):
                yield node.get_role_name(), text


def told(tap, window, name, code=frozenset()):
    found = sorted({f"{role}: {word}: {text[:80]}"
                    for role, text in texts(window)
                    for word in pseudo.english(text, CODE | code)})
    tap.ok(not found, f"{name} has no English of its own", *found[:40])


def titled(window, text):
    return wait(lambda: pseudo.marked(text) in window.title())


def look(tap):
    window = Window()
    told(tap, window, "the library")
    window.press("push button", pseudo.marked("Walking a two-level page table"))
    tap.ok(titled(window, "Walking a two-level page table"), "the lesson opens")
    told(tap, window, "the lesson")
    captions = []
    keys("End")
    wait(lambda: window.known("status bar", ""))
    for _ in range(40):
        captions.append(window.caption())
        keys("Page_Up")
    words = sorted({word for text in captions
                    for word in pseudo.english(text, CODE)})
    tap.ok(not words and len(set(captions)) > 10, "the captions", *words)
    keys("F1")
    wait(lambda: window.app.get_child_count() == 2)
    told(tap, window, "the page of keys", KEYS)
    keys("Escape")
    wait(lambda: window.app.get_child_count() == 1)
    keys("F10")
    told(tap, window, "the menu")
    keys("Escape")
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")


def problems(tap):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lesson.xml")
        path.write_text("<lesson>\n", encoding="utf-8")
        window = Window(str(path))
        wait(lambda: window.find("label", "lesson.xml"))
        told(tap, window, "what is wrong with a lesson")
        window.close()


def main():
    if not shutil.which("msgfmt"):
        skip_all("msgfmt is not installed")
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(pseudo.make(folder))
        look(tap)
        problems(tap)
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
