"""A lesson presented in the real window with a simulated clicker: every key, on
one screen and on two, screens that come and go."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drive import Atspi, Window, bounds, keys, wait
from tap import Tap

LESSON = "two-level-walk"


class Hall(Window):
    """An application that presents."""

    def frame(self, begins):
        for i in range(self.app.get_child_count()):
            child = self.app.get_child_at_index(i)
            if child and child.get_name().startswith(begins):
                return child
        return None

    def hall(self):
        return self.frame("Presentation: ")

    def desk(self):
        return self.frame("Presenter")

    def cell(self, step):
        """What stands for a step in the overview."""
        label = self.named("label", step + "  ")
        return label and label.get_parent().get_parent()

    def presents(self):
        return bool(self.hall())

    def named(self, role, begins, node=None):
        node = node or self.hall()
        for found in self.all(node, stage=False) if node else ():
            if (found.get_role_name() == role
                    and (found.get_name() or "").startswith(begins)):
                return found
        return None

    def shown(self):
        """The step that the hall sees."""
        if not self.presents():
            return None
        if "count" not in self.nodes:
            self.nodes["count"] = self.named("label", "Step ")
        return int(self.nodes["count"].get_name().split()[1])

    def shows(self, step):
        return wait(lambda: self.shown() == step)

    def hall_caption(self):
        for node in self.all(self.hall(), stage=False):
            if (node.get_role_name() == "status bar" and is_visible(node)
                    and node.get_child_count() == 2):
                return node.get_name()
        return ""

    def said(self, text):
        """Most is said for a moment only: where something was said before is
        looked at first."""
        node = self.nodes.get("said")
        if node and wait(lambda: is_visible(node)
                         and node.get_name().startswith(text), 1.0):
            return True
        return wait(lambda: self.hears(text))

    def hears(self, text):
        for role in ("status bar", "label"):
            node = self.named(role, text)
            if is_visible(node):
                self.nodes["said"] = node
                return True
        return False


def is_visible(node):
    return bool(node) and node.get_state_set().contains(
        Atspi.StateType.VISIBLE)


def has_focus(node):
    return bool(node) and node.get_state_set().contains(
        Atspi.StateType.FOCUSED)


def click(button, x=900, y=500):
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click",
                    str(button)], check=True)


def pressed(tap, window, key, step, what):
    before = window.shown()
    keys(key)
    tap.ok(window.shows(step), f"{key}: {what}",
           f"from {before} to {window.shown()}, not {step}")


# The steps that the lesson speaks of first.
HALTS = (0, 4, 5, 6, 7, 8, 9)


def stepping(tap, window):
    keys("q")
    tap.ok(window.said("Questions are passed over"), "q: no questions")
    for n, key in enumerate(("Page_Down", "Right", "Down", "space", "Return")):
        pressed(tap, window, key, HALTS[n + 1], "next")
    click(1)
    tap.ok(window.shows(HALTS[6]), "a click: next")
    click(3)
    tap.ok(window.shows(HALTS[5]), "a click of the right button: previous")
    for n, key in enumerate(("Page_Up", "Left", "Up", "BackSpace")):
        pressed(tap, window, key, HALTS[4 - n], "previous")
    pressed(tap, window, "End", 120, "the last")
    pressed(tap, window, "Page_Down", 120, "and no further")
    pressed(tap, window, "Home", 0, "the first")
    pressed(tap, window, "Page_Up", 0, "and not before it")


def jumping(tap, window):
    keys("1", "7")
    tap.ok(window.said("Go to step 17"), "digits are shown as they are typed")
    pressed(tap, window, "Return", 17, "the step that was typed")
    keys("2", "4")
    pressed(tap, window, "g", 24, "so does g")
    keys("3", "9", "BackSpace")
    pressed(tap, window, "g", 3, "with one digit taken back")
    keys("9", "9", "9", "Return")
    tap.ok(window.shows(120), "beyond the end is the end")
    keys("Home", "4", "Escape")
    tap.ok(window.presents(), "Escape takes digits back first")
    pressed(tap, window, "Return", HALTS[1], "then Return is next again")
    keys("Home")
    window.shows(0)
    keys("shift+Page_Down")
    tap.ok(wait(lambda: window.shown() > 5), "Shift and next: another section")
    section = window.shown()
    keys("shift+Right")
    tap.ok(wait(lambda: window.shown() > section), "and the one after it")
    pressed(tap, window, "shift+Left", section, "and back")


def blanking(tap, window):
    keys("Home", "Page_Down")
    window.shows(HALTS[1])
    for key, name in (("b", "black"), ("period", "black"), ("w", "white")):
        keys(key)
        tap.ok(window.said(f"The screen is {name}"), f"{key}: {name}")
        keys(key)
        tap.ok(wait(lambda: not is_visible(
            window.named("status bar", "The screen is"))), "and back")
    keys("w", "Page_Down")
    tap.ok(wait(lambda: not is_visible(
        window.named("status bar", "The screen is"))), "so does the next step")
    tap.ok(window.shows(HALTS[1]), "which is not taken yet")


def freezing(tap, window):
    keys("f", "Page_Down", "Page_Down", "Page_Down")
    tap.ok(window.said(f"Frozen; the presenter is at step {HALTS[4]}"),
           "f: the presenter goes on alone")
    tap.equal(window.shown(), HALTS[1], "the hall's picture stays")
    keys("f")
    tap.ok(window.shows(HALTS[4]), "f again: the hall follows")


def looks(tap, window):
    keys("p")
    tap.ok(window.said("Timer halted"), "p: the timer is halted")
    keys("p")
    tap.ok(window.said("Timer:"), "and goes on")
    keys("plus", "plus", "minus", "minus")
    keys("l", "l", "s", "s")
    keys("a")
    tap.ok(window.said("A step every 5 seconds"), "a: steps by itself")
    keys("less", "greater", "greater", "greater", "greater", "greater")
    tap.ok(window.said("A step every second"), "at another pace")
    at = window.shown()
    tap.ok(wait(lambda: window.shown() > at), "and does")
    keys("a")
    tap.ok(window.said("No longer stepping"), "until it is halted")
    count = window.app.get_child_count()
    keys("question")
    tap.ok(wait(lambda: window.app.get_child_count() > count), "?: the keys")
    keys("Escape")
    tap.ok(wait(lambda: window.app.get_child_count() == count),
           "which Escape closes")


def overview(tap, window):
    keys("5", "0", "g")
    window.shows(50)
    keys("Tab")
    tap.ok(wait(lambda: has_focus(window.cell("50"))),
           "Tab: all steps as pictures, with the focus on this one")
    keys("Right", "Right")
    tap.ok(wait(lambda: has_focus(window.cell("52"))), "the arrows move there")
    tap.equal(window.shown(), 50, "which is not shown yet")
    pressed(tap, window, "Return", 52, "the picture that was chosen")
    keys("Tab")
    wait(lambda: has_focus(window.cell("52")))
    keys("Tab")
    tap.ok(wait(lambda: not window.named("table", "All steps")),
           "Tab again closes them")
    keys("Tab")
    wait(lambda: has_focus(window.cell("52")))
    keys("Escape")
    tap.ok(wait(lambda: not window.named("table", "All steps")),
           "so does Escape")
    pressed(tap, window, "Page_Down", 54, "and the keys step again")


def asked(window):
    return is_visible(window.named("status bar", "The top ten bits"))


def questions(tap, window):
    keys("q", "5", "g")
    window.shows(5)
    keys("Page_Down")
    tap.ok(wait(lambda: asked(window)), "before its step the hall is asked")
    tap.equal(window.shown(), 5, "no step is taken")
    tap.ok(window.named("panel", "67: 0 hands"),
           "answers are those that are commonly given")
    tap.ok(not window.named("label", "Answer: 68"), "the right one is not told")
    keys("1", "2")
    tap.ok(window.said("12 hands"), "a number is of hands")
    keys("Return", "3", "0", "Return")
    tap.ok(wait(lambda: window.named("panel", "67: 12 hands")
                and window.named("panel", "68: 30 hands")),
           "counted for one answer after the other")
    row = window.named("panel", "69: 0 hands")
    x, y, width, height = bounds(row)
    click(1, x + width // 2, y + height // 2)
    tap.ok(wait(lambda: window.named("panel", "69: 1 hand")),
           "a click on an answer is one more")
    keys("Page_Down")
    tap.ok(wait(lambda: window.named("label", "Answer: 68")),
           "next: the answer is told, and why")
    keys("Page_Up")
    tap.ok(wait(lambda: not window.named("label", "Answer: 68")),
           "previous: it is taken back")
    keys("Page_Up")
    tap.ok(wait(lambda: not asked(window)), "and the question")
    keys("Page_Down")
    tap.ok(wait(lambda: window.named("panel", "68: 30 hands")),
           "asked again it knows its hands")
    keys("Page_Down", "Page_Down")
    tap.ok(window.shows(6), "then the true step is shown")
    tap.ok(not asked(window), "without the question")
    keys("q")


def values(tap, window):
    keys("8", "g")
    window.shows(8)
    keys("v")
    line = wait(lambda: window.named("text", "Operation"))
    tap.ok(line, "v: the operation can be done with other values")
    subprocess.run(["xdotool", "type", "--delay", "10", "nonsense"], check=True)
    keys("Return")
    tap.ok(window.said("“va” needs a number"), "what is wrong is told")
    keys("ctrl+a")
    subprocess.run(["xdotool", "type", "--delay", "10",
                    "access process=A va=0x08048010 kind=fetch mode=user"],
                   check=True)
    keys("Return")
    tap.ok(window.shows(0), "the address of the hall is played from its beat on")
    tap.ok(window.said("va=0x08048010"), "and stands on the screen")
    keys("Page_Down")
    tap.ok(wait(lambda: "0x08048010" in window.hall_caption()),
           "which the next step speaks of", window.hall_caption())
    keys("Page_Down", "Page_Down", "Page_Down", "Page_Down", "Page_Down")
    tap.ok(window.shows(6), "the clicker works as before")
    keys("v")
    wait(lambda: window.named("text", "Operation"))
    keys("Escape")
    tap.ok(wait(lambda: not window.named("text", "Operation")),
           "Escape leaves the values, not the lesson")


def plug(path, *screens):
    path.write_text("\n".join(screens) + "\n", encoding="utf-8")


def size_of(node):
    box = node.get_extents(Atspi.CoordType.WINDOW)
    return box.width, box.height


def two_screens(tap):
    folder = tempfile.mkdtemp()
    path = Path(folder, "screens")
    desk, hall = "1024x768 Desk", "1280x720 Hall"
    plug(path, desk, hall)
    os.environ["PAGEWALK_SCREENS"] = str(path)
    window = Hall("--present", LESSON)
    tap.ok(wait(lambda: window.app.get_child_count() == 3),
           "on two screens the presenter has a window, too")
    tap.ok(wait(lambda: size_of(window.hall()) == (1280, 720)),
           "the hall sees the other screen", str(size_of(window.hall())))
    tap.ok(wait(lambda: size_of(window.desk()) == (1024, 768)),
           "the presenter this one")
    keys("Page_Down", "Page_Down")
    tap.ok(window.shows(HALTS[2]), "a clicker steps from the presenter's window")
    for begins in (f"Step {HALTS[2]} of 120 · One address",
                   "Before the first step"):
        tap.ok(window.named("label", begins, window.desk()),
               f"where the presenter reads “{begins} …”")
    keys("Page_Down")
    tap.ok(wait(lambda: window.named("status bar", "The top ten bits",
                                     window.desk()) and asked(window)),
           "a question is on both screens")
    keys("Page_Up", "f", "Page_Down")
    tap.ok(wait(lambda: window.named("label", f"Frozen: the hall sees step {HALTS[2]}",
                                     window.desk())), "f freezes the hall")
    plug(path, desk)
    tap.ok(wait(lambda: window.app.get_child_count() == 2),
           "a screen is pulled out: the presenter's window goes")
    tap.ok(wait(lambda: size_of(window.hall()) == (1024, 768)),
           "what the hall saw comes to the screen that is left")
    tap.ok(window.said(f"Frozen; the presenter is at step {HALTS[3]}"),
           "and nothing is lost")
    plug(path, desk, hall)
    tap.ok(wait(lambda: window.app.get_child_count() == 3),
           "plugged in again: the presenter's window comes back")
    tap.ok(wait(lambda: size_of(window.hall()) == (1280, 720)),
           "and the hall sees the screen that it saw")
    tap.ok(window.named("label", f"Step {HALTS[3]} of 120", window.desk()),
           "as before")
    keys("f", "x")
    tap.ok(wait(lambda: size_of(window.hall()) == (1024, 768)),
           "x: the screens are exchanged")
    tap.ok(window.shows(HALTS[3]), "at the same step")
    keys("Tab")
    tap.ok(wait(lambda: window.named("table", "All steps", window.desk())),
           "the overview is the presenter's")
    tap.ok(not window.named("table", "All steps"), "and not the hall's")
    keys("Escape", "Escape")
    tap.ok(wait(lambda: not window.presents()), "Escape leaves both")
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")
    del os.environ["PAGEWALK_SCREENS"]
    path.unlink()
    os.rmdir(folder)


def one_screen(tap):
    window = Hall("--present", LESSON)
    tap.ok(wait(window.presents), "--present begins at once",
           *window.complaints())
    tap.ok(wait(lambda: window.size() == (1920, 1080)), "on the whole screen")
    tap.ok(window.shows(0), "at the beginning")
    stepping(tap, window)
    jumping(tap, window)
    blanking(tap, window)
    freezing(tap, window)
    looks(tap, window)
    questions(tap, window)
    overview(tap, window)
    at = window.shown()
    keys("Escape")
    tap.ok(wait(lambda: not window.presents()), "Escape leaves")
    tap.ok(window.at(at), "at the step that was shown")
    keys("F5")
    wait(window.presents)
    window.nodes.pop("count", None)
    values(tap, window)
    keys("Escape")
    tap.ok(wait(lambda: not window.presents()), "Escape leaves them, too")
    at = 8
    tap.ok(window.at(at), "and the lesson is as it was before")
    keys("F5")
    tap.ok(wait(window.presents), "F5 begins there")
    window.nodes.pop("count", None)
    tap.ok(window.shows(at), "where the reader is")
    keys("Escape")
    wait(lambda: not window.presents())
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")


def main():
    tap = Tap()
    start = time.monotonic()
    one_screen(tap)
    two_screens(tap)
    print(f"# {time.monotonic() - start:.1f} s")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
