"""Touches the stage of the real window: card, pin, "Why?", item cursor, copy."""

import os
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
    keys(*["Page_Down"] * 8)
    tap.ok(window.at(8), "eight steps on, entry 547 is read")
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
    tap.ok(window.at(changed + 2), "Page Down still steps")
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


def main():
    tap = Tap()
    start = time.monotonic()
    window = Window("two-level-walk")
    tap.ok(window.at(0), "the lesson is open")
    box = reading(tap, window)
    card(tap, window, box)
    cursor(tap, window)
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")
    taken = time.monotonic() - start
    print(f"# {taken:.1f} s")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
