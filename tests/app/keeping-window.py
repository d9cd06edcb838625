"""Progress is taken out of the real window and marked again: a table and a
result file are saved with the file chooser, the command line grades the latter,
everything is deleted and a copy stays; the language changes while a question is
being answered, and a lesson is opened with the file chooser."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drive import (Atspi, Window, bounds, click, keys, remember, type_text,
                   wait)
from tap import Tap

TEMPLATE = Path(os.environ["PAGEWALK_SOURCE"], "lessons", "schema", "templates",
                "walk", "lesson.xml")
QUESTION = "which-directory-entry"


def named(window, role, words):
    return wait(lambda: window.find(role, words))


def says(window, words):
    """A label, or a toast."""
    return wait(lambda: next((n for n in window.all() if words in n.get_name()),
                             None))


def switch(window, name):
    node = wait(lambda: next(
        (n for n in window.all() if n.get_name() == name
         and n.get_role_name() in ("toggle button", "radio button", "page tab",
                                   "push button")), None))
    return bool(node) and node.do_action(0)


def first_entry(window):
    """Of the first question, and the card that it stands in."""
    entry = wait(lambda: next((n for n in window.all() if n.get_role_name()
                               == "text" and n.get_name() == "Your answer"), None))
    card = entry
    while card and card.get_role_name() != "panel":
        card = card.get_parent()
    return entry, card


def answer(window, text):
    entry, card = first_entry(window)
    Atspi.EditableText.set_text_contents(entry, text)
    check = wait(lambda: next(
        (n for n in window.all(card) if n.get_name() == "Check"
         and n.get_state_set().contains(Atspi.StateType.SENSITIVE)), None))
    return bool(check) and check.do_action(0)


def windows(window, count):
    return wait(lambda: window.app.get_child_count() == count)


def choose(window, path):
    """Types a path into a file chooser that has just been asked for. Keys that
    came before it was ready for them are typed again."""
    if not window.dialog():
        return False
    for _ in range(4):
        time.sleep(0.3)
        keys("ctrl+a")
        type_text(str(path))
        time.sleep(0.3)
        keys("Return")
        if wait(lambda: window.app.get_child_count() == 1, 8.0):
            return True
    return False


def type_into(window, text):
    """Types into the field of the dialog that has just been asked for, and
    answers its name."""
    dialog = window.dialog()
    field = wait(lambda: next(
        (n for n in window.all(dialog) if n.get_role_name() == "text"
         and n.get_state_set().contains(Atspi.StateType.FOCUSED)), None))
    type_text(text)
    wait(lambda: Atspi.Text.get_character_count(field) == len(text), 8.0)
    return dialog.get_name()


def press_row(window, name):
    """Clicks a row of a list."""
    row = named(window, "list item", name)
    x, y, width, height = bounds(row)
    click(window, x + width // 3, y + height // 2)
    return bool(windows(window, 2))


def exported(tap, window, folder):
    switch(window, "My progress")
    tap.ok(press_row(window, "Export answers"), "a table is asked for")
    path = folder / "answers.csv"
    tap.ok(choose(window, path), "a name is typed into the file chooser")
    tap.ok(says(window, "was written"), "and it is said that it was written")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tap.equal([(row["question"], row["answer"], row["mark"]) for row in rows],
              [(QUESTION, "69", "wrong"), (QUESTION, "68", "right")],
              "the table holds both attempts")


def handed_in(tap, window, folder):
    tap.ok(press_row(window, "Write a result file"), "a result file is asked for")
    asked = type_into(window, "s-2026")
    keys("Return")
    window.dialog(other_than=asked)
    path = folder / "s-2026.pagewalk-result"
    tap.ok(choose(window, path), "whose it is, then where it goes")
    tap.ok(wait(path.exists), "it is written")
    result = subprocess.run([os.environ["PAGEWALK_CLI"], "grade", "--json", path],
                            capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    student = found[0] if found else {}
    tap.ok([student.get(key) for key in ("student", "answers", "questions",
                                         "right", "first", "flags")]
           == ["s-2026", 2, 1, 1, 0, []],
           "and graded: right, not at the first attempt, nothing odd",
           result.stdout, result.stderr)


def deleted(tap, window):
    data = Path(os.environ["XDG_DATA_HOME"], "pagewalk")
    before = set(data.iterdir())
    tap.ok(press_row(window, "Delete all progress"), "deleting asks first")
    window.press("push button", "Delete")
    tap.ok(says(window, "A copy lies beside"), "a copy is kept, it says")
    tap.ok(len(set(data.iterdir()) - before) == 1, "and it is there",
           *sorted(str(path) for path in data.iterdir()))
    tap.ok(named(window, "label", "Nothing yet")
           or says(window, "Nothing yet"), "the page begins anew")


def pick_language(window, move):
    keys("ctrl+comma")
    windows(window, 2)
    row = wait(lambda: next((n for n in window.all() if n.get_role_name()
                             in ("list item", "combo box")
                             and n.get_name() in ("Language", "语言")), None))
    x, y, width, height = bounds(row)
    title = window.title()
    for _ in range(4):
        click(window, x + width // 2, y + height // 2)
        time.sleep(0.5)
        keys(*move, "Return")
        if wait(lambda: window.title() != title, 8.0):
            break
    keys("Escape")
    return bool(windows(window, 1))


def other_language(tap):
    """Text of a lesson of the book is changed under a reader who types."""
    window = Window("two-level-walk")
    window.reach(4)
    entry, _ = first_entry(window)
    Atspi.EditableText.set_text_contents(entry, "0x4")
    tap.ok(pick_language(window, ["Home", "Down", "Down"]), "a language is chosen",
           *[n.get_name() for n in window.all(window.app.get_child_at_index(
               window.app.get_child_count() - 1)) if n.get_name()][:40])
    tap.ok(wait(lambda: window.title() == "遍历两级页表"),
           "the window speaks Chinese at once", window.title())
    window.nodes.clear()
    tap.ok(named(window, "label", "第 4 步"), "at the same step")
    tap.ok(wait(lambda: any(Atspi.Text.get_character_count(n) == 3
                            for n in window.all()
                            if n.get_role_name() == "text")),
           "and what was typed is still there")
    return window


def opened(tap, window, folder):
    """A lesson of one's own, by the file chooser, under the window that shows
    another one."""
    path = folder / "lesson.xml"
    path.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    keys("ctrl+o")
    tap.ok(windows(window, 2), "a file is asked for")
    choose(window, path)
    tap.ok(wait(lambda: window.title() == "My walk"), "and opens", window.title())


def main():
    tap = Tap()
    remember()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        window = Window("two-level-walk")
        tap.ok(answer(window, "69"), "an answer is given")
        tap.ok(named(window, "label", "Not quite."), "which is wrong")
        tap.ok(answer(window, "68"), "and another")
        tap.ok(named(window, "label", "Right."), "which is right")
        keys("alt+Left")
        exported(tap, window, folder)
        handed_in(tap, window, folder)
        deleted(tap, window)
        tap.equal(window.close(), 0, "it ends well")
        tap.equal(window.complaints(), [], "without a warning")
        window = other_language(tap)
        opened(tap, window, folder)
        tap.equal(window.close(), 0, "it ends well, too")
        tap.equal(window.complaints(), [], "without a warning")
    print(f"# {time.monotonic() - start:.1f} s")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
