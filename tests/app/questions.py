"""Answers every kind of question of the template in the real window, with
keyboard and mouse: rightly, wrongly, partly, and not at all."""

import os
import subprocess
import sys
import time
from pathlib import Path

from drive import Atspi, Window, bounds, click, keys, remember, type_text, wait
from tap import Tap

LESSON = Path(os.environ["PAGEWALK_SOURCE"], "lessons", "schema", "templates",
              "questions", "lesson.xml")
SAME = {"toggle button": "push button"}  # as GTK 4.8 calls it
TOP, BOTTOM = 60, 740  # of the prose, in the window


def prose_of(window, node=None):
    """All nodes outside the stage, whose items are many."""
    node = node or window.app
    if node.get_name() == "The machine at this step":
        return
    yield node
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child:
            yield from prose_of(window, child)


class Card:
    """The card of a question, found by what it asks."""

    known = {}

    def __init__(self, window, ask):
        self.window = window
        if not Card.known:
            Card.known = {n.get_name(): n for n in prose_of(window)
                          if n.get_role_name() == "panel"}
        self.node = Card.known[ask]

    def all(self, role, name=None):
        return [n for n in self.window.all(self.node)
                if n.get_role_name() in (role, SAME.get(role))
                and (name is None or n.get_name() == name)
                and bounds(n)[2] > 0]

    def one(self, role, name=None):
        return wait(lambda: next(iter(self.all(role, name)), None))

    def scroll_to(self, node):
        """Turns the wheel until the node is in sight."""
        for _ in range(40):
            _, y, _, height = bounds(node)
            below, above = y + height - BOTTOM, TOP - y
            if below <= 0 and above <= 0:
                return
            turns = max(1, max(below, above) // 90)
            subprocess.run(["xdotool", "mousemove", "--window",
                            self.window.id(), "8", "400", "click", "--repeat",
                            str(turns), "--delay", "2",
                            "5" if below > 0 else "4"], check=True)
            time.sleep(0.05)

    def click(self, node):
        self.scroll_to(node)
        x, y, width, height = bounds(node)
        click(self.window, x + width // 2, y + height // 2)

    def press(self, name, role="push button"):
        """Presses a button, as a screen reader does; boxes to be ticked offer
        no action in this version of GTK, and are clicked."""
        node = self.one(role, name)
        if node and node.get_n_actions() > 0:
            return node.do_action(0)
        if node:
            self.click(node)
        return bool(node)

    def says(self, *texts):
        return wait(lambda: any(text in n.get_name() for text in texts
                                for n in self.window.all(self.node)
                                if n.get_role_name() == "label"))

    def pick(self, item, target, place):
        """Picks a target from the list of an item, with the keyboard."""
        node = self.one("combo box", item) if isinstance(item, str) else item
        for _ in range(5):
            self.click(node)
            time.sleep(0.2)
            keys("Home", *["Down"] * place, "Return")
            if wait(lambda: any(n.get_name() == target
                                for n in self.window.all(node)), 1):
                return
            keys("Escape")

    def check(self):
        return self.press("Check")

    def marks(self):
        """The marks that stand beside the parts."""
        return [n.get_name() for n in self.all("image")
                if n.get_name() in ("right", "wrong", "left empty")]


def choices(tap, window):
    card = Card(window, "How many entries does a second load read?")
    card.press("Two", "check box")
    card.check()
    tap.ok(card.says("There is one page directory"),
           "choose: a wrong one is told by its misconception")
    tap.equal(card.marks(), ["wrong"], "and marked where it stands")
    tap.ok(card.press("Try again"), "one may try again")
    card.press("None", "check box")
    card.check()
    tap.ok(card.says("Right."), "choose: the right one is right")

    card = Card(window, "Which of these are true now?")
    card.press("The page is dirty", "check box")
    card.check()
    tap.ok(card.says("Not quite."), "several: none of the right ones")
    card.press("The page is dirty", "check box")
    card.press("The TLB knows page 0x11223", "check box")
    card.check()
    tap.ok(card.says("Partly right: 3 of 4."), "several: one is missing")
    tap.ok(card.says("User mode may use the page: This holds, too."),
           "and it is said which")
    card.press("User mode may use the page", "check box")
    card.check()
    tap.ok(card.says("Right."), "several: both are right")


def drag(card):
    """Drags the second item onto the first; whether it came there. A busy
    machine may miss the moment at which dragging begins."""
    item = card.one("list item", "2: The TLB is asked")
    if not item:
        return True
    card.scroll_to(item)
    x, y, width, height = bounds(item)
    _, onto, _, _ = bounds(card.one("list item", "1: The directory entry is read"))
    x, y = x + width // 3, y + height // 2
    path = ["xdotool", "mousemove", "--window", card.window.id(), str(x), str(y),
            "mousedown", "1", "sleep", "0.1"]
    for part in range(1, 9):
        path += ["mousemove", "--window", card.window.id(), str(x + 2 * part),
                 str(y - (y - onto - height // 2) * part // 8), "sleep", "0.05"]
    subprocess.run([*path, "sleep", "0.2", "mouseup", "1"], check=True)
    return wait(lambda: card.all("list item", "1: The TLB is asked"), 2)


def ordering(tap, window):
    card = Card(window, "Put the walk into its order.")
    card.check()
    tap.ok(card.says("Partly right: 1 of 4."),
           "order: as it stands it is not right")
    first = card.one("list item", "1: The data is read")
    card.click(first)
    keys("alt+Down")
    card.check()
    tap.ok(card.says("Not quite."), "order: none in its place")
    card.click(card.one("list item", "2: The data is read"))
    keys("alt+Down", "alt+Down")
    tap.ok(card.one("list item", "4: The data is read"),
           "order: Alt+Down moves the item with the focus")
    tap.ok(any(drag(card) for _ in range(4)),
           "order: dragging moves it, too",
           *(n.get_name() for n in card.all("list item")))
    card.check()
    tap.ok(card.says("Right."), "order: now it is right")


def matching(tap, window):
    card = Card(window, "What belongs together?")
    card.pick("Directory index", "0x344", 1)
    card.check()
    tap.ok(card.says("Not quite."), "match: a wrong pair")
    card.pick("Directory index", "68", 2)
    card.pick("Table index", "547", 4)
    card.pick("Offset", "68", 2)
    card.check()
    tap.ok(card.says("Partly right: 2 of 3."), "match: two of three")
    tap.equal(card.marks(), ["right", "right", "wrong"], "match: which is marked")
    card.pick("Offset", "0x344", 1)
    card.check()
    tap.ok(card.says("Right."), "match: and then all")


def filling(tap, window):
    card = Card(window, "Fill in the walk.")
    card.click(card.one("text", "Directory, Index"))
    type_text("69")
    keys("Return")
    tap.ok(card.says("Not quite."), "fill: a wrong cell")
    keys("ctrl+a")
    type_text("68")
    keys("Tab")
    type_text("0x2")
    keys("Tab")
    type_text("0x3223")
    keys("Return")
    tap.ok(card.says("Partly right: 2 of 5."), "fill: Tab goes from cell to cell")
    tap.ok(card.says("Table, Entry lies at: That adds the index itself."),
           "fill: the cell that is wrong is told, and why")
    tap.equal(card.one("text", "Table, Entry lies at").get_description(),
              "wrong", "fill: it is marked for a screen reader")
    card.click(card.one("text", "Table, Entry lies at"))
    keys("ctrl+a")
    type_text("288C")
    keys("Tab")
    type_text("2b")
    keys("Tab")
    type_text("miss")
    keys("Return")
    tap.ok(card.says("Right."), "fill: in any spelling")


def editing(tap, window):
    card = Card(window, "Change the entry so that the write succeeds.")
    card.press("U: user mode may use it", "toggle button")
    card.check()
    tap.ok(card.says("U/S says who may come in."), "edit: the wrong bit, and why")
    tap.ok(card.says("U: Look at this part"), "edit: the bit is named")
    card.press("U: user mode may use it", "toggle button")
    card.click(card.one("toggle button", "W: may be written"))
    card.click(card.one("text", "Frame"))
    keys("ctrl+a")
    type_text("0x2c")
    keys("Return")
    tap.ok(card.says("Partly right: 1 of 2."), "edit: one goal of two")
    keys("ctrl+a")
    type_text("0x2b")
    keys("Return")
    tap.ok(card.says("Right."), "edit: both goals")


def building(tap, window):
    card = Card(window, "Build B's page table.")
    card.press("Hint")
    tap.ok(card.says("Two levels: an entry for the table"), "a hint is there")
    card.click(card.one("text", "Index"))
    keys("ctrl+a")
    type_text("1")
    card.click(card.one("text", "Frame"))
    keys("ctrl+a")
    type_text("0x20")
    for bit in ("P: present", "W: may be written", "U: user mode may use it"):
        card.press(bit, "toggle button")
    card.check()
    tap.ok(card.says("Not quite."), "build: a table alone maps nothing")
    tap.ok(card.says("ends in a fault"), "build: the access that shows it is told")
    card.press("Add an entry")
    wait(lambda: len(card.all("combo box", "Table")) == 2)
    card.pick(card.all("combo box", "Table")[1], "0x20 · A free frame, all zero", 1)
    card.click(card.all("text", "Frame")[1])
    keys("ctrl+a")
    type_text("0x2b")
    for bit in ("P: present", "W: may be written", "U: user mode may use it"):
        card.all("toggle button", bit)[1].do_action(0)
    card.check()
    tap.ok(card.says("Partly right: 1 of 2."), "build: one page of two")
    card.press("Show me")
    tap.ok(card.says("This is the answer."), "not sure is an answer")
    tap.equal(len(card.all("text", "Index")), 3, "build: three entries do it")
    card.check()
    tap.ok(card.says("Right."), "build: and what was shown is right")


def predicting(tap, window):
    card = Card(window, "Which directory entry does 0x11223344 select?")
    card.press("Hint")
    tap.ok(card.says("The top ten bits."), "the first hint")
    card.press("Next hint")
    tap.ok(card.says("divided by 4 MiB"), "the second says more")
    card.click(card.one("text", "Your answer"))
    type_text("69")
    keys("Return")
    tap.ok(card.says("Indices count from zero."),
           "predict: the ordinal is a misconception of the book")
    keys("ctrl+a")
    type_text("sixty")
    keys("Return")
    tap.ok(card.says("That is not a number."), "predict: what cannot be read")
    keys("ctrl+a")
    type_text("0x44")
    keys("Return")
    tap.ok(card.says("Right."), "predict: right in hexadecimal")


def unsure(tap, window):
    keys("Escape", "Home")
    for ask in ("The same page once more: hit or miss?",
                "How many entries does a second load read?",
                "Which of these are true now?", "Put the walk into its order.",
                "What belongs together?", "Fill in the walk.",
                "Change the entry so that the write succeeds."):
        card = Card(window, ask)
        card.press("Show me")
        tap.ok(card.says("answer is", "This is the answer."),
               f"not sure: {ask}")
    tap.ok(wait(lambda: (window.step() or 0) > 0), "the true step is shown",
           f"step {window.step()}")


def main():
    tap = Tap()
    remember()
    start = time.monotonic()
    window = Window(str(LESSON))
    tap.ok(wait(lambda: window.title() == "My questions"), "it opens")
    keys("End")
    tap.ok(wait(lambda: (window.step() or 0) > 20), "to its end")
    for test in (choices, ordering, matching, filling, editing, building,
                 predicting, unsure):
        test(tap, window)
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")
    print(f"# {time.monotonic() - start:.1f} s")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
