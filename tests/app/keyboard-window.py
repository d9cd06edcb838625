"""A whole lesson in the real window by keyboard alone: from the library to the
last step, with its questions, a card, the transcript, and back; and whether
assistive technology can name whatever the focus can reach."""

import sys
import time

from drive import Atspi, Window, keys, type_text, wait
from tap import Tap

FOCUSED = Atspi.StateType.FOCUSED


def has(node, which):
    return bool(node) and node.get_state_set().contains(which)


def open_lesson(tap):
    window = Window()
    tap.ok(wait(lambda: has(window.find("push button", "Begin"), FOCUSED)),
           "the library has its focus on the way in")
    keys("Return")
    tap.ok(wait(lambda: window.title() == "The page-table entry"),
           "Return opens the first lesson")
    tap.equal(window.close(), 0, "which can be closed at once")
    window = Window("two-level-walk")
    tap.ok(window.at(0), "another opens at its beginning")
    return window


def tab_to(node, most=40):
    """Presses Tab until a node has the focus. On a busy machine the focus may
    come by while nobody looks: then it comes round once more, slowly."""
    for patience in (0.15, 2.0):
        for _ in range(most):
            if has(node, FOCUSED):
                return True
            keys("Tab")
            wait(lambda: has(node, FOCUSED), patience)
    return has(node, FOCUSED)


def entries(window):
    return [n for n in window.all()
            if n.get_role_name() == "text" and n.get_name() == "Your answer"]


def answers(tap, window):
    tap.ok(window.reach(5), "five steps on the first question is asked")
    keys("F6")
    tap.ok(tab_to(entries(window)[0]), "F6 and Tab lead to its answer")
    type_text("68")
    keys("Return")
    tap.ok(wait(lambda: window.find("label", "Right.")), "68 is right")
    tap.ok(window.at(6), "and the step that shows it follows")
    tap.ok(window.reach(11), "the next question, without leaving the text")
    tap.ok(tab_to(entries(window)[1]), "Tab leads to it")
    type_text("0x44332344")
    keys("Return")
    tap.ok(window.at(12), "its answer, too, shows the step")
    keys("Page_Down")
    tap.ok(window.at(13), "the next question is one of three choices")
    none = next(n for n in window.all()
                if n.get_role_name() == "check box" and n.get_name() == "None")
    tap.ok(tab_to(none), "Tab leads to the first")
    keys("space")
    nodes = list(window.all())
    check = next(n for n in nodes[nodes.index(none):]
                 if n.get_role_name() == "push button"
                 and n.get_name() == "Check")
    tap.ok(tab_to(check), "and on to Check")
    keys("Return")
    tap.ok(wait(lambda: window.step() > 13), "which shows what happens",
           str(window.step()))


def focused(window):
    stage = window.known("panel", "The machine at this step")
    for i in range(stage.get_child_count()):
        child = stage.get_child_at_index(i)
        if has(child, FOCUSED):
            return child.get_name()
    return None


def card(tap, window):
    # With nothing pinned F6 goes on from the text.
    keys("F6", "Home")
    tap.ok(wait(lambda: focused(window)), "F6, Home: the stage's first item")
    for _ in range(6):
        if "CR3" in (focused(window) or ""):
            break
        before = focused(window)
        keys("Down")
        wait(lambda: focused(window) != before, 10.0)
    tap.ok("CR3" in (focused(window) or ""), "the arrows come to CR3",
           str(focused(window)))
    keys("Return")
    tap.ok(wait(lambda: window.find("label", "CR3 of CPU 0, which runs A")),
           "its pinned card says who names the frame")
    keys("shift+F10")
    why = wait(lambda: window.find("menu item", "Why?"))
    tap.ok(why, "the menu offers the way to its last change")
    keys("Return")
    tap.ok(wait(lambda: window.step() == 2), "which is step 2: CR3 is loaded",
           str(window.step()))
    tap.ok("CR3" in window.caption(), "as the caption says", window.caption())
    keys("Escape", "Escape")
    tap.ok(wait(lambda: not window.find("label", "CR3 of CPU 0")),
           "Escape leaves the card")


def transcript(tap, window):
    keys("ctrl+t")
    rows = wait(lambda: window.find("list", "Transcript"))
    tap.ok(rows, "Ctrl+T shows the transcript")
    tap.ok(wait(lambda: has(window.find("list item", "2: The kernel"), FOCUSED)),
           "with the focus on the present step")
    keys("Down", "Down", "Return")
    tap.ok(window.at(4), "Return goes to another")
    keys("ctrl+f")
    tap.ok(wait(lambda: has(window.find("entry", "Search steps"), FOCUSED)),
           "Ctrl+F searches")
    type_text("entry 547")
    row = wait(lambda: rows.get_child_count() == 1 and rows)
    tap.ok(row, "one step tells of entry 547", str(rows.get_child_count()))
    keys("Tab", "Tab", "Tab", "Tab", "Return")
    tap.ok(window.at(8), "and is reached")
    keys("ctrl+t")
    tap.ok(wait(lambda: window.find("text", "Your answer")),
           "Ctrl+T brings back the text")


def is_shown(node):
    states = node.get_state_set()
    return (states.contains(Atspi.StateType.VISIBLE)
            and states.contains(Atspi.StateType.FOCUSABLE))


def named(tap, window):
    """No focusable thing without a name; each item of the stage has one."""
    nameless = [f"{n.get_role_name()} in {n.get_parent().get_name()!r}"
                for n in window.all()
                if is_shown(n) and not n.get_name()
                and n.get_role_name() not in ("viewport", "filler")]
    tap.equal(nameless, [], "whatever takes the focus has a name")
    stage = window.known("panel", "The machine at this step")
    items = [stage.get_child_at_index(i)
             for i in range(stage.get_child_count())]
    tap.ok(len(items) > 60, "the stage's items are there", str(len(items)))
    tap.equal([n.get_role_name() for n in items
               if not n.get_name()
               or n.get_role_name() not in ("label", "panel")], [],
              "each with a role and a name")
    tables = [n for n in items if n.get_name() == "Page table"]
    tap.ok(tables and "frame 0x00002" in tables[0].get_description(),
           "and a description where there is more to say")
    tap.equal(window.caption(), window.stage(), "the caption is a status")


def end(tap, window):
    keys("Escape", "Escape", "F6", "Escape")
    keys("ctrl+t", "ctrl+t")
    count = int(window.nodes["label", "Step"].get_name().split()[-1])
    while (window.step() or 0) < count:
        before = window.step()
        keys(*["Page_Down"] * min(10, count - before))
        if not wait(lambda: (window.step() or 0) > before):
            break
    tap.ok(window.at(count), "Page Down comes to the last step",
           str(window.step()))
    keys("alt+Left")
    tap.ok(wait(lambda: window.title() == "Pagewalk"),
           "Alt+Left is the way back")


def main():
    tap = Tap()
    start = time.monotonic()
    window = open_lesson(tap)
    answers(tap, window)
    card(tap, window)
    transcript(tap, window)
    named(tap, window)
    end(tap, window)
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")
    print(f"# {time.monotonic() - start:.1f} s")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
