#!/usr/bin/python3
"""pagewalk-cli lesson preview: a lesson as readers see it, without a display."""

import os
import pathlib
import tempfile

from command import SOURCE, environment, failure, misuse, run
from lesson_export import png_size, read, svg_text
from tap import Tap

LESSON = os.path.join(SOURCE, "lessons/schema/templates/walk")


def preview(folder, *words, env=None):
    return run("lesson", "preview", LESSON, *words, cwd=folder, env=env)


def check_file(tap, folder):
    path = pathlib.Path(folder)
    answer = preview(folder, "--output", "start.png")
    tap.equal((answer.status, answer.output, answer.errors),
              (0, "start.png\n", ""), "one file is the start")
    width, height = png_size(path / "start.png")
    tap.ok(width == 1280 and height > 300, "of usual size", width, height)
    answer = preview(folder, "--output", "step.svg", "--step", "3", "--width", "600")
    text = " ".join(svg_text(path / "step.svg"))
    tap.ok(answer.status == 0 and "0x7f0000001234" in text,
           "a step as SVG, with what the caption says", answer)
    preview(folder, "--output", "page.pdf", "--step=4")
    tap.equal(read(path / "page.pdf")[:5], b"%PDF-", "or as PDF")
    for theme in ("light", "dark", "contrast", "print"):
        preview(folder, "--output", f"{theme}.png", "--theme", theme)
    pictures = {read(path / f"{theme}.png")
                for theme in ("light", "dark", "contrast", "print")}
    tap.equal(len(pictures), 4, "every theme looks different")


def check_folder(tap, folder):
    answer = preview(folder, "--output", "all", "--width", "500")
    steps = run("lesson", "run", LESSON, "--json").objects()[0]["steps"]
    names = [f"step-{n:02}.png" for n in range(steps + 1)]
    tap.equal((answer.status, sorted(os.listdir(pathlib.Path(folder, "all")))),
              (0, names), "a folder gets every step")
    preview(folder, "--output", "one.d/", "--step", "2")
    tap.equal(os.listdir(pathlib.Path(folder, "one.d")), ["step-02.png"],
              "or one of them")


def check_wrong(tap, folder):
    blind = environment(DISPLAY="", WAYLAND_DISPLAY="")
    answer = preview(folder, env=blind)
    tap.ok(answer.status == 1 and "--output" in answer.errors,
           "without a display it says what to do", answer)
    for words, says in ((("--output", "x.gif"), "gif"),
                        (("--output", "x.png", "--step", "all"), "folder"),
                        (("--output", "x.png", "--theme", "pink"), "light"),
                        (("--output", "x.png", "--width", "5"), "200")):
        misuse(tap, " ".join(words), "lesson", "preview", LESSON, *words, says=says)
    failure(tap, "a step that is not there", "lesson", "preview", LESSON,
            "--output", os.path.join(folder, "x.png"), "--step", "999", says="17")
    misuse(tap, "no lesson", "lesson", "preview")


def main():
    tap = Tap()
    for check in (check_file, check_folder, check_wrong):
        with tempfile.TemporaryDirectory() as folder:
            check(tap, folder)
    tap.done()


if __name__ == "__main__":
    main()
