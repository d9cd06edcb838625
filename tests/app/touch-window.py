"""Touches the stage of the real window: card, pin, "Why?", item cursor, copy."""

import subprocess
import sys
import time

from drive import Atspi, Window, bounds, click, keys, wait
from tap import Tap

ROW = "Page table, entry 547"


def row_of(window):
    return window.find("label", ROW)


def state(node, which):
    return node and node.get_state_set().contains(which)


def focused(window):
    """The name of what has the focus on the stage."""
    stage = window.known("panel", "The machine at this step")
    for i in range(stage.get_child_count()):
        child = stage.get_child_at_index(i)
        if child and state(child, Atspi.StateType.FOCUSED):
            return child.get_name()
    return None


def reading(tap, window):
    tap.ok(window.reach(8), "eight steps on, entry 547 is read")
    row = wait(lambda: row_of(window))
    tap.ok(row, "its row is on the accessibility bus")
    stage = bounds(window.known("panel", "The machine at this step"))
    box = bounds(row)
    tap.ok(stage[0] < box[0] and stage[1] < box[1]
           and box[0] + box[2] < stage[0] + stage[2]
           and box[1] + box[3] < stage[1] + stage[3] and box[2] > box[3],
           "where it is painted", f"{box} in {stage}")
    return box


def card(tap, window, box):
    click(window, box[0] + box[2] // 2, box[1] + box[3] // 2)
    tap.ok(wait(lambda: window.find("label", "0x44332007")),
           "a click shows its card, in hexadecimal")
    tap.ok(window.find("label", "1144201223"), "in decimal")
    tap.ok(window.find("label", "at address 0x0000288c"), "where it lies")
    why = window.find("push button", "Why?")
    tap.ok(why and not state(why, Atspi.StateType.SENSITIVE),
           "nothing in the lesson has changed it yet")
    window.press("push button", "Next change")
    tap.ok(wait(lambda: "accessed" in window.caption()),
           "the next change sets its A", window.caption())
    changed = window.step()
    tap.ok(wait(lambda: window.find("label", "0x44332027")),
           "the card has stayed, and says so")
    keys("Page_Down", "Page_Down")
    tap.ok(wait(lambda: (window.step() or 0) > changed + 1),
           "Page Down still steps")
    tap.ok(wait(lambda: window.find("label",
                                    f"Changed last by step {changed}")),
           "the card names the step that changed it")
    window.press("push button", "Why?")
    tap.ok(window.at(changed), "and Why? goes there")
    keys("Escape")
    tap.ok(wait(lambda: not window.find("push button", "Why?")),
           "Escape lets it go")


def cursor(tap, window):
    here = window.step()
    keys("Home")
    first = wait(lambda: focused(window))
    tap.ok(first and ROW not in first, "Home: the first item has the focus",
           str(first))
    keys("End")
    tap.ok(wait(lambda: focused(window) not in (None, first)), "End: the last")
    tap.equal(window.step(), here, "neither is a step")
    last = focused(window)
    keys("Up")
    tap.ok(wait(lambda: focused(window) not in (None, last)),
           "an arrow goes to a neighbour")
    keys("Return")
    tap.ok(wait(lambda: window.find("push button", "Why?")), "Return pins")
    keys("shift+F10")
    tap.ok(wait(lambda: window.find("menu item", "Copy value")),
           "Shift+F10 offers to copy")
    keys("Escape", "Escape")
    tap.ok(wait(lambda: not window.find("push button", "Why?")),
           "Escape leaves menu and card")


def letters(field):
    """How many are in a field: itself, or the text inside it."""
    for node in (field, field.get_child_at_index(0), field.get_child_at_index(1)):
        text = node.get_text_iface() if node else None
        if text:
            return Atspi.Text.get_character_count(text)
    return -1


def copying(tap, window):
    """The value goes through the clipboard into a field that counts it."""
    row = row_of(window)
    box = bounds(row)
    subprocess.run(["xdotool", "mousemove", "--window", window.id(),
                    str(box[0] + box[2] // 2), str(box[1] + box[3] // 2),
                    "click", "3"], check=True)
    item = wait(lambda: window.find("menu item", "Copy value"))
    tap.ok(item, "a right click opens the menu")
    item.do_action(0)
    wait(lambda: not window.find("menu item", "Copy value"))
    keys("Escape", "ctrl+f")
    field = wait(lambda: window.find("entry", "Search steps"))
    wait(lambda: state(field, Atspi.StateType.FOCUSED))
    keys("ctrl+v")
    tap.ok(wait(lambda: letters(field) == len("0x44332027")),
           "what it copies can be pasted", str(letters(field)))
    keys("Escape", "ctrl+t")


def zoom(tap, window):
    stage = bounds(window.known("panel", "The machine at this step"))
    before = bounds(row_of(window))

    def wheel(button):
        subprocess.run(["xdotool", "mousemove", "--window", window.id(),
                        str(stage[0] + 200), str(stage[1] + 100),
                        "keydown", "ctrl", "click", "--repeat", "3", button,
                        "keyup", "ctrl"], check=True)

    def height():
        row = row_of(window)
        return bounds(row)[3] if row else 0

    wheel("4")
    tap.ok(wait(lambda: height() > before[3] * 1.1),
           "Ctrl and the wheel enlarge the figures",
           f"{before[3]} and {height()}")
    tap.ok(wait(lambda: bounds(window.known(
        "panel", "The machine at this step"))[2] <= stage[2]),
           "in the width that there is")
    keys("ctrl+0")
    tap.ok(wait(lambda: bounds(row_of(window)) == before),
           "Ctrl+0 takes that back")
    keys("ctrl+plus", "ctrl+minus")
    tap.ok(wait(lambda: bounds(row_of(window)) == before),
           "Ctrl+plus and Ctrl+minus are there and back")


def main():
    tap = Tap()
    start = time.monotonic()
    window = Window("two-level-walk")
    tap.ok(window.at(0), "the lesson is open")
    box = reading(tap, window)
    card(tap, window, box)
    cursor(tap, window)
    copying(tap, window)
    zoom(tap, window)
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")
    taken = time.monotonic() - start
    print(f"# {taken:.1f} s")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
