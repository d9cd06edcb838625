#!/usr/bin/python3
"""pagewalk-cli lesson export: pictures of steps."""

import os
import stat
import struct
import tempfile
import xml.etree.ElementTree as ElementTree

import figures
from command import environment, misuse, run
from tap import Tap

ID = "two-level-walk"
SVG = "{http://www.w3.org/2000/svg}"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def png_size(path):
    data = read(path)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


def svg_text(path):
    """All text of an SVG, piece by piece."""
    return ["".join(one.itertext()) for one in ElementTree.parse(path).iter(SVG + "text")]


def export(folder, *words, env=None):
    return run("lesson", "export", ID, *words, cwd=folder, env=env)


def check_one(tap, folder):
    answer = export(folder, "--step", "12")
    tap.equal((answer.status, answer.output, answer.errors),
              (0, f"{ID}-step-12.png\n", ""), "a step as PNG, where one stands")
    width, height = png_size(os.path.join(folder, f"{ID}-step-12.png"))
    tap.ok(width == 1280 and height > 300, "1280 pixels wide", width, height)
    path = os.path.join(folder, "x.png")
    answer = export(folder, "--step", "3", "--output", "x.png", "--width", "700",
                    "--zoom", "1.5")
    tap.equal((answer.output, png_size(path)[0]), ("x.png\n", 1050),
              "a file of its own, narrower, enlarged")
    answer = export(folder, "--step=0", "--format=pdf", "--output=new/folder/")
    path = os.path.join(folder, "new/folder", f"{ID}-step-00.pdf")
    tap.ok(answer.status == 0 and read(path)[:5] == b"%PDF-",
           "a PDF in a folder that is made", answer)


def check_svg(tap, folder):
    answer = export(folder, "--format", "svg", "--output", "all")
    steps = run("lesson", "run", ID, "--json").objects()[0]["steps"]
    names = [f"{ID}-step-{n:02}.svg" for n in range(steps + 1)]
    tap.equal(sorted(os.listdir(os.path.join(folder, "all"))), sorted(names),
              "every step by default, and the start")
    tap.equal(answer.output.splitlines(), [f"all/{name}" for name in names],
              "each file is named")
    texts = [svg_text(os.path.join(folder, "all", name)) for name in names]
    tap.ok(all(texts), "every picture has text")
    tap.ok(any("0x44332344" in " ".join(text).replace(" ", "").lower()
               for text in texts), "one shows the physical address")
    tap.ok(texts[0] != texts[len(texts) // 2], "pictures of other steps differ")


def check_palettes(tap, folder):
    pictures = set()
    for name in ("light", "dark", "print"):
        export(folder, "--step", "5", "--palette", name, "--output", f"{name}.png")
        pictures.add(read(os.path.join(folder, f"{name}.png")))
    tap.equal(len(pictures), 3, "three palettes, three pictures")
    chinese = environment(LC_ALL="C.UTF-8", LANGUAGE="zh_CN")
    answer = export(folder, "--step", "5", "--output", "zh.svg", "--format", "svg",
                    env=chinese)
    tap.equal(answer.status, 0, "export in Chinese")


def check_figures(tap, folder):
    """A lesson that names every figure there is, through the loader."""
    lesson = str(figures.write_lesson(folder))
    answer = run("lesson", "check", lesson)
    tap.ok(answer.status == 0, "a lesson with every figure is a good one", answer)
    for width in ("360", "1280"):
        path = os.path.join(folder, f"figures-{width}")
        answer = run("lesson", "export", lesson, "--format", "svg", "--width", width,
                     "--output", path + "/", cwd=folder)
        tap.ok(answer.status == 0, f"it plays, {width} pixels wide", answer)
        shown = set()
        for name in os.listdir(path):
            groups = ElementTree.parse(os.path.join(path, name)).iter(SVG + "g")
            panels = {group.get("id", "")[:3] for group in groups
                      if group.get("class", "").startswith("panel ")}
            shown.add(len(panels))
        # and the caption, which an export adds
        tap.equal(shown, {len(figures.kinds()) + 1}, "every picture shows every figure")


def check_errors(tap, folder):
    last = run("lesson", "run", ID, "--json").objects()[0]["steps"]
    answer = export(folder, "--step", str(last + 1))
    tap.ok(answer.status == 1 and str(last) in answer.errors,
           "a step behind the last one", answer)
    answer = export(folder, "--step", "1", "--output", "no/such/folder.png")
    tap.ok(answer.status == 1 and answer.errors.startswith("no/such/folder.png: ")
           and answer.output == "", "a file that cannot be written", answer)
    pipe = os.path.join(folder, "pipe")
    os.mkfifo(pipe)
    answer = export(folder, "--step", "1", "--output", pipe)
    tap.ok(answer.status == 1 and answer.output == "" and stat.S_ISFIFO(
        os.stat(pipe).st_mode), "what is no file is not replaced by one", answer)
    answer = export(folder, "--width", "8000", "--zoom", "8", "--step", "1")
    tap.ok(answer.status == 1 and "16384" in answer.errors, "too large", answer)
    for words in (["--format", "gif"], ["--step", "x"], ["--width", "10"],
                  ["--width", "99999"], ["--zoom", "0"], ["--zoom", "1,5"],
                  ["--zoom", "nan"], ["--palette", "mauve"], ["--step"]):
        misuse(tap, " ".join(words), "lesson", "export", ID, *words)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        check_one(tap, folder)
        check_svg(tap, folder)
        check_palettes(tap, folder)
        check_figures(tap, folder)
        check_errors(tap, folder)
        left = [name for name in os.listdir(folder) if name.endswith(("~", ".tmp"))]
        tap.equal(left, [], "no half-written file is left behind")
    tap.done()


if __name__ == "__main__":
    main()
