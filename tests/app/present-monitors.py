"""A lesson presented on real monitors of an X server, which are plugged in,
changed and pulled out meanwhile: which window fills which of them."""

import importlib
import subprocess
import sys
import time

from drive import keys, wait
from tap import Tap

hall_test = importlib.import_module("present-window")
Hall, HALTS, LESSON = hall_test.Hall, hall_test.HALTS, hall_test.LESSON


def randr(*words):
    subprocess.run(["xrandr", *words], check=True, stdout=subprocess.DEVNULL)


def plug(output, mode, *place):
    randr("--addmode", output, mode)
    randr("--output", output, "--mode", mode, *place)
    # Only when somebody asks does that server see that it is connected.
    randr("--query")


def area_of(title):
    """Where the window whose title begins so lies, and how large it is."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^" + title],
                           capture_output=True, text=True, check=False).stdout.split()
    if not found:
        return None
    told = subprocess.run(["xdotool", "getwindowgeometry", "--shell", found[-1]],
                          capture_output=True, text=True, check=False).stdout
    values = dict(line.split("=") for line in told.split())
    return (tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))
            if "HEIGHT" in values else None)


def fills(tap, title, area, what):
    tap.ok(wait(lambda: area_of(title) == area), what,
           f"{title}: {area_of(title)}, not {area}")


def gone(tap, title, what):
    tap.ok(wait(lambda: area_of(title) is None), what, area_of(title))


def begin(tap):
    randr("--newmode", "3840x2160", "533.25", "3840", "3888", "3920", "4000", "2160",
          "2163", "2168", "2222")
    window = Hall("--present", LESSON)
    tap.ok(wait(window.presents), "presenting, with one monitor")
    fills(tap, "Presentation", (0, 0, 1920, 1080), "which the hall fills")
    tap.ok(area_of("Presenter") is None, "and no presenter's window")
    keys("Page_Down", "Page_Down")
    tap.ok(window.shows(HALTS[2]), "two steps on")
    return window


def second(tap, window):
    plug("DUMMY1", "1280x720", "--right-of", "DUMMY0")
    fills(tap, "Presentation", (1920, 0, 1280, 720),
          "a second monitor is plugged in: the hall fills it")
    fills(tap, "Presenter", (0, 0, 1920, 1080), "and the presenter the first")
    tap.ok(window.shows(HALTS[2]), "at the same step")
    keys("Page_Down")
    tap.ok(wait(lambda: window.named("status bar", "The top ten bits", window.desk())),
           "the clicker works on: a question is asked")
    keys("Page_Up", "f", "Page_Down")
    tap.ok(wait(lambda: window.named("label", f"Frozen: the hall sees step {HALTS[2]}",
                                     window.desk())), "the hall is frozen")


def changes(tap, window):
    plug("DUMMY1", "3840x2160")
    fills(tap, "Presentation", (1920, 0, 3840, 2160),
          "the monitor becomes larger: so does what the hall sees")
    plug("DUMMY1", "1280x720")
    fills(tap, "Presentation", (1920, 0, 1280, 720), "and smaller again")
    randr("--output", "DUMMY1", "--left-of", "DUMMY0")
    fills(tap, "Presentation", (0, 0, 1280, 720), "it moves to the other side")
    fills(tap, "Presenter", (1280, 0, 1920, 1080), "the presenter's window, too")
    randr("--output", "DUMMY1", "--right-of", "DUMMY0")
    fills(tap, "Presentation", (1920, 0, 1280, 720), "and back")
    keys("x")
    fills(tap, "Presentation", (0, 0, 1920, 1080), "x: the hall has the first monitor")
    fills(tap, "Presenter", (1920, 0, 1280, 720), "and the presenter the second")
    tap.ok(window.shows(HALTS[2]), "still at the step at which it is frozen")
    keys("x")
    fills(tap, "Presentation", (1920, 0, 1280, 720), "x again: back")
    fills(tap, "Presenter", (0, 0, 1920, 1080), "both")


def pulled(tap, window):
    randr("--output", "DUMMY1", "--off")
    gone(tap, "Presenter", "the second is pulled out: the presenter's window goes")
    fills(tap, "Presentation", (0, 0, 1920, 1080), "the hall's comes to the first")
    tap.ok(window.said(f"Frozen; the presenter is at step {HALTS[3]}"),
           "nothing is forgotten")
    plug("DUMMY1", "1280x720", "--right-of", "DUMMY0")
    fills(tap, "Presentation", (1920, 0, 1280, 720), "plugged in again: it goes back")
    fills(tap, "Presenter", (0, 0, 1920, 1080), "and the presenter's comes")
    randr("--output", "DUMMY0", "--off")
    gone(tap, "Presenter", "the presenter's own monitor is pulled out")
    tap.ok(wait(lambda: (area_of("Presentation") or ())[2:] == (1280, 720)),
           "the hall's stays on what is left", area_of("Presentation"))
    plug("DUMMY0", "1920x1080", "--left-of", "DUMMY1")
    fills(tap, "Presenter", (0, 0, 1920, 1080), "it comes back with its monitor")
    fills(tap, "Presentation", (1920, 0, 1280, 720), "beside the hall's")
    keys("f")
    tap.ok(window.shows(HALTS[3]), "f: the hall follows again")


def third(tap):
    plug("DUMMY2", "1280x720", "--right-of", "DUMMY1")
    fills(tap, "Presentation", (1920, 0, 1280, 720), "a third monitor changes nothing")
    fills(tap, "Presenter", (0, 0, 1920, 1080), "for either window")
    randr("--output", "DUMMY2", "--off")


def main():
    tap = Tap()
    start = time.monotonic()
    window = begin(tap)
    second(tap, window)
    changes(tap, window)
    pulled(tap, window)
    third(tap)
    keys("Escape")
    tap.ok(wait(lambda: not window.presents()), "Escape leaves")
    tap.ok(window.at(HALTS[3]), "at the step that was shown")
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")
    print(f"# {time.monotonic() - start:.1f} s")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
