"""Changes a lesson's file under the real window, as editors do, and sees that
the window follows, keeps the step, and survives what is wrong."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drive import Window, keys, wait
from tap import Tap

TEMPLATE = Path(os.environ["PAGEWALK_SOURCE"], "lessons", "schema", "templates",
                "walk", "lesson.xml")


def write_into(path, text):
    """The file is cut off and written anew, with a pause between."""
    with path.open("w", encoding="utf-8") as file:
        half = len(text) // 2
        file.write(text[:half])
        file.flush()
        time.sleep(0.05)
        file.write(text[half:])


def rename_over(path, text):
    new = path.with_name(".lesson.xml.new")
    new.write_text(text, encoding="utf-8")
    new.rename(path)


def back_up(path, text):
    """The old one goes out of the way, and the new one is written."""
    path.rename(path.with_name("lesson.xml~"))
    time.sleep(0.05)
    path.write_text(text, encoding="utf-8")


def remove_first(path, text):
    path.unlink()
    time.sleep(0.3)
    path.write_text(text, encoding="utf-8")


def silently(path, text):
    """Through another name, in a folder that nobody watches."""
    with tempfile.TemporaryDirectory(dir=path.parent.parent) as other:
        link = Path(other, "link")
        os.link(path, link)
        link.write_text(text, encoding="utf-8")


WAYS = (write_into, rename_over, back_up, remove_first, silently)


def titled(text, title):
    return text.replace("<title>My walk</title>", f"<title>{title}</title>")


def editors(tap, window, path, text):
    tap.ok(window.reach(5), "the reader stands at step 5")
    caption = window.caption()
    for number, way in enumerate(WAYS):
        title = f"Version {number}"
        way(path, titled(text, title))
        tap.ok(wait(lambda: window.title() == title), f"seen: {way.__name__}")
        tap.ok(window.at(5) and window.caption() == caption, "and the step stays",
               window.step(), window.caption())
        window.nodes.clear()


def steps_change(tap, window, path, text):
    keys("Home")
    window.reach(5)
    caption = window.caption()
    more = text.replace('<beat id="load">', '<beat id="extra"><title>B</title>'
                        '<do>process name=B</do></beat><beat id="load">')
    rename_over(path, titled(more, "More"))
    tap.ok(wait(lambda: window.title() == "More"), "a beat before it is seen")
    window.nodes.clear()
    tap.ok(wait(lambda: (window.step() or 0) > 5 and window.caption() == caption),
           "the same step has another number now", window.step(), window.caption())


def bar(window):
    return window.find("alert", "The saved file has")


def broken(tap, window, path, text):
    rename_over(path, titled(text, "Good"))
    wait(lambda: window.title() == "Good")
    window.nodes.clear()
    step = window.step()
    line = text[:text.index('is="0x2a234"')].count("\n") + 1
    write_into(path, titled(text, "Bad").replace('is="0x2a234"', 'is="0x2a235"'))
    tap.ok(wait(lambda: bar(window)), "a wrong claim shows a bar")
    tap.ok(wait(lambda: window.find("label", f"lesson.xml:{line}:")),
           "with its line")
    tap.ok(wait(lambda: window.find("label", "0x2a234")),
           "and with what would be right")
    tap.equal((window.title(), window.step()), ("Good", step),
              "the last good version stays")
    keys("period")
    tap.ok(window.at(step + 1), "and can be used")
    write_into(path, "<lesson>")
    tap.ok(wait(lambda: not window.find("label", "0x2a234")),
           "other problems take their place")
    path.unlink()
    tap.ok(wait(lambda: window.find("label", "lesson.xml") and bar(window)),
           "a file that is gone is a problem, too")
    path.write_text(titled(text, "Fixed"), encoding="utf-8")
    tap.ok(wait(lambda: window.title() == "Fixed"), "once it is right, it is shown")
    tap.ok(wait(lambda: not bar(window)), "and the bar goes")
    window.nodes.clear()
    tap.ok(window.at(step + 1), "at the same step", window.step())


def opened_wrong(tap, folder, text):
    path = Path(folder, "lesson.xml")
    path.write_text("<lesson>\n", encoding="utf-8")
    window = Window(str(path))
    tap.ok(wait(lambda: window.find("heading", "This lesson cannot be opened")),
           "a lesson that is wrong from the beginning is explained")
    path.write_text(text.replace("</section>", "</sectio>"), encoding="utf-8")
    tap.ok(wait(lambda: window.find("label", "sectio")), "anew at each save")
    rename_over(path, titled(text, "Right now"))
    tap.ok(wait(lambda: window.title() == "Right now"), "and opens when it is right")
    keys("alt+Left")
    tap.ok(wait(lambda: window.title() == "Pagewalk"), "back in the library")
    path.write_text("<lesson>", encoding="utf-8")
    time.sleep(1.5)
    tap.equal(window.title(), "Pagewalk", "the file is left alone")
    tap.equal(window.close(), 0, "it ends well")
    tap.equal(window.complaints(), [], "without a warning")


def hostile(tap, folder):
    """What is no lesson at all: a message each, in one window."""
    empty, pipe = Path(folder, "empty"), Path(folder, "pipe")
    loop, large = Path(folder, "loop"), Path(folder, "large")
    empty.mkdir()
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    large.write_bytes(b"<lesson>" + b" " * (3 << 20))
    closed = Path(folder, "nothing", "lesson.xml")
    for path in (empty, pipe, loop, large, closed, Path("/dev/zero")):
        window = Window(str(path))
        tap.ok(wait(lambda: window.find("heading", "This lesson cannot be opened")),
               f"{path.name} is explained")
        time.sleep(0.2)
        tap.equal((window.close(), window.complaints()), (0, []),
                  "and the window lives on")


def main():
    tap = Tap()
    text = TEMPLATE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lesson", "lesson.xml")
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        window = Window(str(path.parent))
        tap.ok(wait(lambda: window.title() == "My walk"), "a folder opens")
        editors(tap, window, path, text)
        steps_change(tap, window, path, text)
        broken(tap, window, path, text)
        tap.equal(window.close(), 0, "it ends well")
        tap.equal(window.complaints(), [], "without a warning")
        opened_wrong(tap, folder, text)
        hostile(tap, folder)
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
