"""What was done is there again: in the real window an answer is given, the
window is closed and opened, and answer, step and sums are back; a place is
found by words, and by an address; words and a course are shown."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drive import Atspi, Window, keys, remember, type_text, wait
from tap import Tap

LESSON = "Walking a two-level page table"
COURSE = """<course xmlns="https://pagewalk.github.io/ns/lesson/1">
  <title>Operating systems</title>
  <lesson id="tlb"/>
  <lesson id="two-level-walk" due="2001-01-01"/>
</course>
"""


def named(window, role, words):
    return wait(lambda: window.find(role, words))


def answer(tap):
    window = Window("two-level-walk")
    entry = named(window, "text", "Your answer")
    tap.ok(entry and window.at(0), "a lesson begins")
    tap.ok(window.reach(5), "five steps are looked at")
    Atspi.EditableText.set_text_contents(entry, "1024")
    check = wait(lambda: next(
        (n for n in window.all() if n.get_name() == "Check"
         and n.get_role_name() == "push button"
         and n.get_state_set().contains(Atspi.StateType.SENSITIVE)), None))
    check.do_action(0)
    tap.ok(named(window, "label", "Not quite."), "a wrong answer is marked")
    tap.equal(window.close(), 0, "the window is closed")
    tap.equal(window.complaints(), [], "without a warning")


def come_back(tap):
    window = Window("two-level-walk")
    tap.ok(window.at(5), "the lesson goes on where it was left")
    tap.ok(named(window, "label", "Not quite."), "and the answer is back, marked")
    keys("alt+Left")
    tap.ok(named(window, "push button", "Resume"), "the library offers to go on")
    tap.ok(named(window, "label", "Left at step 5 · 6 of "), "and says how far it is", *[
        n.get_name() for n in window.all() if " steps" in (n.get_name() or "")])
    return window


def pages(tap, window):
    switch(window, "My progress")
    tap.ok(named(window, "label", "1 attempt"), "my progress counts the attempt")
    switch(window, "Glossary")
    tap.ok(named(window, "label", "The top table of a two-level page table"),
           "the glossary says what a word means")
    switch(window, "Lessons")


def switch(window, name):
    node = wait(lambda: next(
        (n for n in window.all() if n.get_name() == name
         and n.get_role_name() in ("toggle button", "radio button", "page tab",
                                   "push button")), None))
    node.do_action(0)


def find(tap, window):
    keys("ctrl+f")
    type_text("second time")
    row = named(window, "list item", "The second time")
    tap.ok(row, "typing finds a heading", *[
        n.get_name() for n in window.all() if n.get_role_name() == "list item"][:5])
    keys("Return")
    tap.ok(wait(lambda: window.title() == LESSON), "Return opens the lesson")
    tap.ok(wait(lambda: (window.step() or 0) > 10), "at that place",
           f"step {window.step()}")


def hand_over(tap, window):
    """A second program hands its address over to the first, and ends."""
    second = subprocess.run([os.environ["PAGEWALK_APP"],
                             "pagewalk:two-level-walk#5"], timeout=60,
                            check=False)
    tap.equal(second.returncode, 0, "a second program ends at once")
    tap.ok(window.at(5), "and the first goes to the step of the address")


def course(tap, window):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "os.xml")
        path.write_text(COURSE)
        subprocess.run([os.environ["PAGEWALK_APP"], str(path)], timeout=60,
                       check=False)
        tap.ok(named(window, "label", "was due 2001-01-01, late"),
               "a course shows its days in words")
        window.press("push button", "Back to the whole book")
        tap.ok(wait(lambda: not window.find("push button", "Back to the whole")),
               "and gives way to the book again")
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")


def main():
    tap = Tap()
    remember()
    start = time.monotonic()
    answer(tap)
    window = come_back(tap)
    pages(tap, window)
    find(tap, window)
    hand_over(tap, window)
    course(tap, window)
    print(f"# {time.monotonic() - start:.1f} s")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
