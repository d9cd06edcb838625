"""Drives the real window as a person would: start, open the lesson, step, back,
scrub, answer wrongly and rightly, full screen, present, close, come back."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tap import Tap, skip_all

try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi
except (ImportError, ValueError):
    skip_all("the accessibility bindings are not installed")

PATIENCE = 60.0  # only a failure takes so long
STAGE = "The machine at this step"
ON_STAGE = ("label", "panel")  # the roles that its items have

# The bus gives up after 0.8 s by itself, which a busy machine may need.
Atspi.set_timeout(int(PATIENCE * 1000), int(PATIENCE * 1000))


def wait(condition, patience=PATIENCE):
    """What the condition returns once it is true; None if it stays false."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            found = condition()
        except (gi.repository.GLib.Error, AttributeError, TypeError):
            found = None  # an object that has gone meanwhile, or None for it
        if found:
            return found
        time.sleep(0.02)
    return None


def keys(*names):
    subprocess.run(["xdotool", "key", "--delay", "20", *names], check=True)


def type_text(text):
    subprocess.run(["xdotool", "type", "--delay", "10", text], check=True)


def active():
    """The window that keys come to, for xdotool; "" for a moment between."""
    found = subprocess.run(["xdotool", "getactivewindow"], capture_output=True,
                           text=True, check=False)
    return found.stdout.strip()


class Window:
    """The running application, seen through the accessibility bus."""

    def __init__(self, *arguments):
        self.log = tempfile.TemporaryFile()
        self.nodes = {}
        self.start(arguments)
        if not self.app and self.process.poll() is None:
            # On a machine with much else to do a registration may get lost.
            print("# the window was not seen and is started once more")
            self.process.kill()
            self.process.wait()
            self.start(arguments)
        self.take_keys()
        self.first = self.find_id()

    def start(self, arguments):
        self.process = subprocess.Popen([os.environ["PAGEWALK_APP"], *arguments],
                                        stderr=self.log)
        self.app = wait(self.find_app)

    def take_keys(self):
        """A window manager under load may forget whom it gave the focus."""
        if wait(self.has_keys, 10.0) or not self.id():
            return
        print("# the window is activated by hand")
        subprocess.run(["xdotool", "windowactivate", "--sync", self.id()],
                       check=False, timeout=PATIENCE)
        wait(self.has_keys)

    def has_keys(self):
        """Whether the keys that are pressed come to this window."""
        return active() and active() == self.find_id()

    def dialog(self, other_than=None):
        """The window over the first, once it has the keys."""
        def over():
            count = self.app.get_child_count()
            node = self.app.get_child_at_index(count - 1) if count > 1 else None
            ready = (node and node.get_name() != other_than
                     and active() not in ("", self.first))
            return node if ready else None

        return wait(over)

    def find_app(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if (app and app.get_process_id() == self.process.pid
                    and app.get_child_count()):
                return app
        return None

    def all(self, node=None, backwards=False, stage=True):
        """All nodes; the items of the stage are many, and may be left out."""
        node = node or self.app
        yield node
        if not stage and node.get_name() == STAGE:
            return
        order = range(node.get_child_count())
        for i in reversed(order) if backwards else order:
            child = node.get_child_at_index(i)
            if child:
                yield from self.all(child, backwards, stage)

    def find(self, role, name):
        """The last such node: pages stand in the order in which they came."""
        for node in self.all(backwards=True, stage=role in ON_STAGE):
            if node.get_role_name() == role and name in (node.get_name() or ""):
                return node
        return None

    def press(self, role, name):
        node = wait(lambda: self.find(role, name))
        return bool(node) and node.do_action(0)

    def title(self):
        """Of the first window; "" while it is being made anew."""
        node = self.app.get_child_at_index(0)
        return node.get_name() if node else ""

    def id(self):
        """Of the window on the screen, for xdotool; it may not be there yet."""
        return wait(self.find_id, 10.0)

    def find_id(self):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid",
             str(self.process.pid)], capture_output=True, text=True, check=False)
        ids = found.stdout.split()
        return ids[-1] if ids else None

    def size(self):
        """Of that window; None of one that has just gone."""
        found = subprocess.run(["xdotool", "getwindowgeometry", "--shell",
                                self.id()], capture_output=True, text=True,
                               check=False)
        if found.returncode != 0:
            return None
        values = dict(line.split("=") for line in found.stdout.split())
        return int(values["WIDTH"]), int(values["HEIGHT"])

    def known(self, role, name):
        """As find, but looks only once: for what stays as long as the window,
        because walking the tree takes a call a node."""
        if (role, name) not in self.nodes:
            node = self.find(role, name)
            if not node:
                return None
            self.nodes[role, name] = node
        return self.nodes[role, name]

    def step(self):
        """The step that the counter shows, or None."""
        bar = self.known("panel", "Playback")
        if bar and ("label", "Step") not in self.nodes:
            self.nodes["label", "Step"] = next(
                n for n in self.all(bar) if n.get_name().startswith("Step ")
                and n.get_role_name() == "label")
        node = self.nodes.get(("label", "Step"))
        return int(node.get_name().split()[1]) if node else None

    def at(self, step):
        return wait(lambda: self.step() == step)

    def reach(self, step):
        """Steps on with the lesson until it has come to a step."""
        for _ in range(step):
            if (self.step() or 0) >= step:
                break
            before = self.step()
            keys("Page_Down")
            wait(lambda: self.step() != before, 10.0)
        return self.at(step)

    def caption(self):
        node = self.known("status bar", "")
        return node.get_name() if node else ""

    def stage(self):
        node = self.known("panel", STAGE)
        return node.get_description() if node else ""

    def complaints(self):
        self.log.seek(0)
        return [line for line in self.log.read().decode().splitlines()
                if "WARNING" in line or "CRITICAL" in line]

    def close(self):
        keys("ctrl+w")
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "still running"


def bounds(node):
    box = node.get_extents(Atspi.CoordType.WINDOW)
    return box.x, box.y, box.width, box.height


def click(window, x, y):
    subprocess.run(["xdotool", "mousemove", "--window", window.id(), str(x),
                    str(y), "click", "1"], check=True)


def remember():
    """Keeps the settings in a file of the test's own home."""
    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    folder = Path(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "keyfile"


def library(tap):
    window = Window()
    tap.ok(window.app, "the window is there", *window.complaints())
    tap.equal(window.title(), "Pagewalk", "it shows the library")
    planned = window.find("push button", "Three problems of bare memory")
    tap.ok(planned and not planned.get_state_set().contains(
        Atspi.StateType.SENSITIVE), "a planned lesson cannot be opened")
    tap.ok(window.press("push button", "Walking a two-level page table"),
           "the lesson can be pressed")
    tap.ok(wait(lambda: window.title() == "Walking a two-level page table"),
           "and opens")
    return window


def stepping(tap, window):
    tap.ok(window.at(0), "it begins at step 0")
    keys("period")
    tap.ok(window.at(1), "a period is one step of the machine")
    keys("comma")
    tap.ok(window.at(0), "a comma is the way back")
    keys("Page_Down")
    tap.ok(window.at(4), "Page Down goes to what the lesson speaks of")
    tap.equal(window.caption(), window.stage(),
              "the stage is described as the caption says")
    # The lesson plays to the next question: what tells must be at hand.
    button = window.known("push button", "Play")
    keys("Right", "Right", "space")
    tap.ok(wait(lambda: button.get_name() == "Pause"),
           "Right steps, Space plays")
    keys("space")
    tap.ok(wait(lambda: button.get_name() == "Play"), "and pauses")
    keys("Home")
    tap.ok(window.at(0), "Home is the beginning")
    before = window.caption()
    keys("Page_Down", "Page_Down", "Page_Up", "Page_Up")
    tap.ok(window.at(0), "two steps and two back")
    tap.equal(window.caption(), before, "say what was said before")
    keys("End")
    tap.ok(wait(lambda: (window.step() or 0) > 20), "End is the end")
    keys("Home", "shift+Right")
    tap.ok(wait(lambda: (window.step() or 0) > 8), "Shift+Right steps over")
    keys("shift+Left")
    tap.ok(window.at(0), "and Shift+Left back over")


def scrubbing(tap, window):
    slider = window.find("slider", "Step of the lesson")
    x, y, width, height = bounds(slider)
    click(window, x + width // 2, y + 2 * height // 3)
    tap.ok(wait(lambda: (window.step() or 0) > 20), "a click on the bar goes there")
    middle = window.step()
    subprocess.run(["xdotool", "mousedown", "1", "mousemove", "--window",
                    window.id(), str(x + width // 4), str(y + height // 2)],
                   check=True)
    tap.ok(wait(lambda: 0 < (window.step() or 0) < middle), "dragging scrubs",
           f"step {window.step()}")
    subprocess.run(["xdotool", "mouseup", "1"], check=True)
    keys("Right")
    tap.ok(wait(lambda: window.step() < middle), "and the arrows move the knob")


def answering(tap, window):
    keys("Home")
    window.press("push button", "Bits 21")
    tap.ok(wait(lambda: (window.step() or 0) > 4), "a point of the prose goes there")
    entries = [n for n in window.all()
               if n.get_role_name() == "text" and n.get_name() == "Your answer"]
    x, y, width, height = bounds(entries[0])
    scroll_to_first(window)
    x, y, width, height = bounds(entries[0])
    click(window, x + width // 2, y + height // 2)
    type_text("69")
    keys("Return")
    tap.ok(wait(lambda: window.find("label", "Not quite.")),
           "69 is not the entry, says the machine")
    tap.ok(window.find("push button", "Show the true step"),
           "the true step is offered")
    keys("ctrl+a")
    type_text("68")
    keys("Return")
    tap.ok(wait(lambda: window.find("label", "Right.")), "68 is right")
    tap.ok(wait(lambda: "68" in window.caption()), "and is shown",
           window.caption())


def scroll_to_first(window):
    """Back to the top of the prose, as with the wheel."""
    panel = window.find("scroll pane", "")
    subprocess.run(["xdotool", "mousemove", "--window", window.id(), "120", "300",
                    "click", "--repeat", "40", "--delay", "2", "4"], check=True)
    time.sleep(0.3)
    return panel


def screens(tap, window):
    before = window.size()
    keys("Escape", "F11")
    tap.ok(wait(lambda: window.size() == (1920, 1080)), "F11 fills the screen")
    keys("F11")
    tap.ok(wait(lambda: window.size() == before), "and again leaves it")
    keys("F5")
    tap.ok(wait(lambda: window.size() == (1920, 1080)), "F5 presents")
    keys("Escape")
    tap.ok(wait(lambda: window.size() == before), "Escape ends that")
    keys("F1")
    tap.ok(wait(lambda: window.app.get_child_count() == 2), "F1 shows the keys")
    keys("Escape")
    tap.ok(wait(lambda: window.app.get_child_count() == 1), "Escape closes them")
    keys("F6", "Tab", "Tab", "Tab", "F6", "Tab", "F6", "Tab")


def coming_back(tap, keyfile):
    window = Window()
    tap.ok(wait(lambda: window.find("push button", "Resume")),
           "the library offers to go on", keyfile.read_text())
    window.press("push button", "Resume")
    tap.ok(wait(lambda: (window.step() or 0) > 0), "at the step that was left")
    keys("alt+Left")
    tap.ok(wait(lambda: window.title() == "Pagewalk"),
           "Alt+Left is the way back")
    tap.equal(window.close(), 0, "it ends well again")
    tap.equal(window.complaints(), [], "without a warning")


def broken(tap):
    folder = tempfile.mkdtemp()
    path = Path(folder, "lesson.xml")
    path.write_text("<lesson>\n  <title>\n</lesson>\n")
    window = Window(str(path))
    tap.ok(wait(lambda: window.find("heading", "This lesson cannot be opened")),
           "a broken lesson is explained in the window")
    tap.ok(wait(lambda: window.find("label", "lesson.xml:")), "with its place")
    tap.equal(window.close(), 0, "and nothing ends badly")
    path.unlink()
    os.rmdir(folder)


def main():
    tap = Tap()
    keyfile = remember()
    start = time.monotonic()
    window = library(tap)
    stepping(tap, window)
    scrubbing(tap, window)
    answering(tap, window)
    screens(tap, window)
    tap.equal(window.close(), 0, "Ctrl+W ends it well")
    tap.equal(window.complaints(), [], "without a warning")
    coming_back(tap, keyfile)
    broken(tap)
    taken = time.monotonic() - start
    print(f"# {taken:.1f} s")
    if "PAGEWALK_SECONDS" in os.environ:
        most = float(os.environ["PAGEWALK_SECONDS"])
        tap.ok(taken < most, f"all within {most:g} seconds", f"{taken:.1f} s")
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
