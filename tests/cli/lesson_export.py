#!/usr/bin/python3
"""pagewalk-cli lesson export: pictures of steps."""

import os
import re
import shutil
import stat
import struct
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

import figures
from command import (CLI, SOURCE, cannot_translate, environment, misuse, run,
                     translating_locale)
from tap import Tap

ID = "two-level-walk"
QUESTIONS = os.path.join(SOURCE, "lessons/schema/templates/questions")
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


def tool(*words):
    """What a tool for PDF says, or None where it is not installed."""
    if shutil.which(words[0]) is None:
        return None
    return subprocess.run(words, capture_output=True, check=True, timeout=60,
                          text=True).stdout


def check_ranges(tap, folder):
    answer = export(folder, "--step", "3, 8-10", "--format", "svg", "--output", "some/")
    tap.equal(answer.output.split(), [f"some/{ID}-step-{n:02}.svg" for n in (3, 8, 9, 10)],
              "some steps")
    path = os.path.join(folder, "pages.pdf")
    answer = export(folder, "--step", "0-60", "--format", "pdf", "--output", path)
    again = export(folder, "--step", "0-60", "--format", "pdf", "--output", "again.pdf")
    tap.ok(read(path) == read(os.path.join(folder, "again.pdf")),
           "the same pages are the same file", again)
    lines = run("lesson", "run", ID, "--json").objects()
    texts = [one["step"]["text"] for one in lines if one["type"] == "step"][:60]
    check_pdf(tap, path, 61, texts)
    answer = export(folder, "--step", "beats", "--format", "text")
    beats = [one for one in lines if one["type"] == "beat"]
    text = read(os.path.join(folder, f"{ID}.txt")).decode()
    tap.ok(answer.output == f"{ID}.txt\n" and len(re.findall(r"^ +\d+  ", text, re.M))
           == len(beats), "the last step of each beat, as text", text)
    export(folder, "--format", "text", "--output", "all.txt")
    text = read(os.path.join(folder, "all.txt")).decode()
    tap.ok(all(line in text for line in texts), "the transcript has every sentence")


def check_pdf(tap, path, pages, texts):
    text = tool("pdftotext", "-layout", path, "-")
    if text is None:
        tap.skip("what a PDF says", "poppler-utils are not installed")
        return
    words = " ".join(text.split())
    missing = [one for one in texts if " ".join(one.split()) not in words]
    tap.ok(not missing, "its text is text", *missing)
    tap.equal(text.count("\f"), pages, "it has its pages")
    fonts = [line.split() for line in tool("pdffonts", path).splitlines()[2:]]
    tap.ok(fonts and all(line[-5] == "yes" for line in fonts), "fonts are embedded",
           *fonts)


def check_handout(tap, folder):
    answer = export(folder, "--format", "handout")
    plain = os.path.join(folder, f"{ID}-handout.pdf")
    tap.equal(answer.output, f"{ID}-handout.pdf\n", "a handout")
    keyed = os.path.join(folder, "keyed.pdf")
    export(folder, "--format", "handout", "--answers", "--paper", "letter", "--step",
           "none", "--output", keyed)
    if tool("pdfinfo", plain) is None:
        tap.skip("what a handout says", "poppler-utils are not installed")
        return
    tap.ok("A4" in tool("pdfinfo", plain) and "letter" in tool("pdfinfo", keyed),
           "on A4 or Letter")
    without, with_key = (" ".join(tool("pdftotext", path, "-").split())
                         for path in (plain, keyed))
    asked = [one for one in run("lesson", "run", ID, "--json").objects()
             if one["type"] == "question"]
    tap.ok(all(" ".join(one["ask"].split()) in without for one in asked),
           "it asks every question", *[one["ask"] for one in asked
                                       if one["ask"] not in without])
    tap.ok("Key: " not in without and "Key: " in with_key,
           "and answers them only if that is wanted")
    marks = re.findall(rb"/Title", read(plain))
    tap.ok(len(marks) > len(asked), "with bookmarks", len(marks))


def check_chinese(tap, folder):
    """The key of a handout is in the reader's language, yes and no included."""
    if cannot_translate(tap) or tool("pdfinfo", "-v") is None:
        return
    chinese = environment(LC_ALL=translating_locale(), LANGUAGE="zh_CN")
    path = os.path.join(folder, "chinese.pdf")
    answer = run("lesson", "export", QUESTIONS, "--format", "handout", "--answers",
                 "--step", "none", "--output", path, cwd=folder, env=chinese)
    text = tool("pdftotext", "-layout", path, "-")
    key = text.split("答案：")[-1] if answer.status == 0 else ""
    tap.ok("3.   命中" in key and re.search("未命中 +是", key), "a key in Chinese",
           answer, key)


def check_full(tap, folder):
    """No room: a message, and the file that was there stays."""
    path = os.path.join(folder, "full.html")
    with open(path, "w", encoding="ascii") as file:
        file.write("old")
    for format in ("html", "handout", "pdf", "png"):
        done = subprocess.run(
            ["/bin/sh", "-c", 'ulimit -f 16; trap "" XFSZ; exec "$0" "$@"', CLI,
             "lesson", "export", ID, "--step", "1-60" if format == "pdf" else "1",
             "--zoom", "3", "--format", format, "--output", path],
            capture_output=True, text=True, timeout=60, check=False)
        tap.ok(done.returncode == 1 and done.stderr.startswith(path + ": ")
               and done.stdout == "", f"{format}: no room is told", done)
    done = subprocess.run(
        ["/bin/sh", "-c", 'ulimit -f 180; trap "" XFSZ; exec "$0" "$@"', CLI,
         "lesson", "export", ID, "--step", "0-12", "--output", folder + "/new/"],
        capture_output=True, text=True, timeout=60, check=False)
    tap.ok(done.returncode == 1 and done.stderr.startswith(folder + "/new/" + ID)
           and done.stdout == "", "many pictures: no room for one is told", done)
    tap.equal((os.listdir(folder), read(path)), (["full.html"], b"old"),
              "what was there is still there, and nothing else")


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
    os.rename(pipe, os.path.join(folder, f"{ID}-step-02.png"))
    answer = export(folder, "--step", "1-3", "--output", folder)
    tap.ok(answer.status == 1 and f"{ID}-step-02.png: " in answer.errors
           and not os.path.exists(os.path.join(folder, f"{ID}-step-03.png")),
           "nor by one of many", answer)
    answer = export(folder, "--width", "8000", "--zoom", "8", "--step", "1")
    tap.ok(answer.status == 1 and "16384" in answer.errors, "too large", answer)
    for words in (["--format", "gif"], ["--step", "x"], ["--width", "10"],
                  ["--width", "99999"], ["--zoom", "0"], ["--zoom", "1,5"],
                  ["--zoom", "nan"], ["--palette", "mauve"], ["--step"],
                  ["--step", "5-3"], ["--step", ""], ["--paper", "a5"]):
        misuse(tap, " ".join(words), "lesson", "export", ID, *words)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        check_one(tap, folder)
        check_svg(tap, folder)
        check_palettes(tap, folder)
        check_ranges(tap, folder)
        check_handout(tap, folder)
        check_chinese(tap, folder)
        check_figures(tap, folder)
        check_errors(tap, folder)
        left = [name for name in os.listdir(folder) if name.endswith(("~", ".tmp"))]
        tap.equal(left, [], "no half-written file is left behind")
    with tempfile.TemporaryDirectory() as folder:
        check_full(tap, folder)
    tap.done()


if __name__ == "__main__":
    main()
