#!/usr/bin/python3
"""pagewalk-cli lesson: list, check and run."""

import os
import pathlib
import platform
import re
import shutil
import tempfile
import unicodedata

from command import (SOURCE, cannot_translate, environment, failure, misuse,
                     run, translation)
from tap import Tap

ID = "two-level-walk"
FOLDER = os.path.join(SOURCE, "lessons/content/02-translation/08-two-level-walk")


def check_list(tap):
    answer = run("lesson", "list", "--json")
    lessons = {one["id"]: one for one in answer.objects()}
    tap.equal((answer.status, answer.errors), (0, ""), "list succeeds")
    mine = lessons[ID]
    tap.ok(list(mine) == ["id", "part", "number", "title", "summary", "minutes",
                          "written", "path"], "the names of an entry", mine)
    tap.equal((mine["part"], mine["title"], mine["written"]),
              (2, "Walking a two-level page table", True), "the flagship's entry")
    tap.ok(os.path.samefile(mine["path"], FOLDER), "its path", mine)
    planned = [one for one in lessons.values() if not one["written"]]
    tap.ok(planned and all(one["path"] is None for one in planned),
           "planned lessons have no path")
    numbers = [one["number"] for one in answer.objects()]
    tap.equal(numbers, sorted(numbers), "lessons come in the book's order")
    text = run("lesson", "list").output
    tap.ok(ID in text and mine["title"] in text and mine["path"] in text,
           "the text names id, title and path", text)


def check_check(tap):
    answer = run("lesson", "check")
    tap.ok(answer.status == 0 and answer.errors == ""
           and re.fullmatch(r"\d+ lessons?, 0 problems\n", answer.output),
           "the book has no problem", answer)
    for word in (ID, FOLDER, os.path.join(FOLDER, "lesson.xml")):
        one = run("lesson", "check", word)
        tap.equal((one.status, one.output), (0, "1 lesson, 0 problems\n"),
                  f"check by {'id' if word == ID else 'path'}")
    tap.equal(run("lesson", "check", ID, FOLDER).output, "2 lessons, 0 problems\n",
              "check of two")


def changed(folder, before, after):
    """A copy of the flagship with a change; the path of its file."""
    target = os.path.join(folder, "copy")
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(FOLDER, target)
    path = pathlib.Path(target) / "lesson.xml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


def place_of(path, needle):
    """Line and column, from 1, of the first place of a text in a file."""
    text = path.read_text(encoding="utf-8")
    at = text.index(needle)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def check_wrong_claims(tap, folder):
    path = changed(folder, 'that="pa" is="0x44332344"', 'that="pa" is="0x44332555"')
    answer = run("lesson", "check", str(path))
    line, _ = place_of(path, 'that="pa" is="0x44332555"')
    first = answer.errors.splitlines()[0] if answer.errors else ""
    tap.ok(answer.status == 1 and re.match(rf"{re.escape(str(path))}:{line}:\d+: ", first)
           and "0x44332344" in first,
           "a claim of 0x44332555 is refused with place and right value", answer)
    tap.equal(answer.output, "1 lesson, 1 problem\n", "and counted")

    path = changed(folder, ">68</num>", ">67</num>")
    answer = run("lesson", "check", str(path.parent))
    tap.ok(answer.status == 1 and "68" in answer.errors, "a wrong number in the text",
           answer)

    path = changed(folder, '<figure kind="tlb"/>', '<figure kind="oracle"/>')
    answer = run("lesson", "check", str(path))
    line, _ = place_of(path, '<figure kind="oracle"/>')
    tap.ok(answer.status == 1 and f"{path}:{line}:" in answer.errors
           and "oracle" in answer.errors, "a figure that does not exist", answer)

    path = changed(folder, "</lesson>", "")
    for command in ("check", "run", "export"):
        answer = run("lesson", command, str(path))
        tap.ok(answer.status == 1 and f"{path}:" in answer.errors,
               f"{command} refuses what is no XML", answer)


def check_translated(tap, folder):
    """A text of the book that nobody has translated, and one whose
    translation is longer than its place."""
    if cannot_translate(tap):
        return
    libc, version = platform.libc_ver()
    if libc == "glibc" and [int(n) for n in version.split(".")] >= [2, 39]:
        tap.skip("a text of the book without a translation",
                 "this libc translates nothing in C.UTF-8, which the check uses")
        return
    book = pathlib.Path(folder) / "book"
    shutil.copytree(os.path.join(SOURCE, "lessons/content"), book)
    path = book / os.path.relpath(FOLDER, os.path.join(SOURCE, "lessons/content"))
    file = path / "lesson.xml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("A hit costs no look-up", "A hit needs no look-up"),
                    encoding="utf-8")
    env = {**os.environ, "PAGEWALK_LESSONS": str(book)}
    answer = run("lesson", "check", ID, env=env)
    line, column = place_of(file, "<p>A hit needs")
    tap.ok(answer.status == 1 and answer.errors.startswith(
        f"{file}:{line}:{column}: a paragraph has no translation in “zh_CN”: A hit"),
           "a text of the book without a translation", answer)
    plain = run("lesson", "check", ID, env={**env, "LC_ALL": "C"})
    tap.ok(plain.status == 1 and "zh_CN" in plain.errors,
           "the same where nothing is ever translated", plain)
    own = run("lesson", "check", str(path), env=environment(
        PAGEWALK_LESSONS=os.path.join(SOURCE, "lessons/content")))
    tap.equal(own.status, 0, "a reader's own lesson needs no translation")


def check_geometries(tap):
    """A lesson of each processor plays: all that it claims is found."""
    folder = os.path.join(SOURCE, "tests/lessons/data/geometries")
    names = sorted(os.listdir(folder))
    tap.equal(len(names), 11, "a lesson for each geometry, and two toys")
    for name in names:
        lesson = os.path.join(folder, name)
        checked = run("lesson", "check", lesson)
        tap.ok(checked.status == 0, f"the lesson of {name} is right", checked)
        tap.equal(run("lesson", "run", lesson).status, 0, f"{name} runs")


def check_tlbs(tap):
    """A lesson of each kind of TLB, of what processors do to each other, of segments."""
    folder = os.path.join(SOURCE, "tests/lessons/data/tlbs")
    names = sorted(os.listdir(folder))
    tap.equal(len(names), 9, "a lesson for each")
    for name in names:
        lesson = os.path.join(folder, name)
        checked = run("lesson", "check", lesson)
        tap.ok(checked.status == 0, f"the lesson of {name} is right", checked)
        tap.equal(run("lesson", "run", lesson).status, 0, f"{name} runs")


def check_spaces(tap):
    """A lesson of each figure of address spaces."""
    folder = os.path.join(SOURCE, "tests/lessons/data/spaces")
    names = sorted(os.listdir(folder))
    tap.equal(names, ["handler", "mm", "processes", "regions"],
              "a lesson for each figure")
    for name in names:
        lesson = os.path.join(folder, name)
        checked = run("lesson", "check", lesson)
        tap.ok(checked.status == 0, f"the lesson of {name} is right", checked)
        tap.equal(run("lesson", "run", lesson).status, 0, f"{name} runs")


def check_kernel(tap):
    """Lessons with the kernel's own memory, its half of the addresses, its tasks: each
    operation and each figure of theirs."""
    folder = os.path.join(SOURCE, "tests/lessons/data/kernel")
    names = sorted(os.listdir(folder))
    tap.equal(names, ["blocks", "narrow", "threads", "wide"], "a lesson for each")
    figures, operations = set(), set()
    for name in names:
        lesson = os.path.join(folder, name)
        checked = run("lesson", "check", lesson)
        tap.ok(checked.status == 0, f"the lesson of {name} is right", checked)
        tap.equal(run("lesson", "run", lesson).status, 0, f"{name} runs")
        text = pathlib.Path(lesson, "lesson.xml").read_text(encoding="utf-8")
        figures |= set(re.findall(r'kind="([a-z-]+)"', text))
        operations |= set(re.findall(r"<do>([a-z_]+)", text))
    tap.equal({"buddy", "slab", "kernel-ruler", "vmalloc", "kmap", "running", "clone"}
              - figures, set(), "they use all figures")
    tap.equal({"get_pages", "free_pages", "kmalloc", "kfree", "rmmod", "kernel", "vmalloc",
               "vfree", "kmap", "kunmap", "kwrite", "clone", "vfork", "kthread", "switch"}
              - operations, set(), "and all operations")


def check_bare(tap):
    """A lesson of bare memory, of who answers, of a device by itself."""
    folder = os.path.join(SOURCE, "tests/lessons/data/bare")
    names = sorted(os.listdir(folder))
    tap.equal(names, ["iommu", "programs", "windows"], "a lesson for each")
    for name in names:
        lesson = os.path.join(folder, name)
        checked = run("lesson", "check", lesson)
        tap.ok(checked.status == 0, f"the lesson of {name} is right", checked)
        tap.equal(run("lesson", "run", lesson).status, 0, f"{name} runs")


def check_blocks(tap):
    lesson = os.path.join(SOURCE, "tests/lessons/data/language")
    found = run("lesson", "run", lesson, "--json").objects()
    table = next(one for one in found if one["type"] == "table")
    tap.equal(table["rows"][0], ["directory", "1024", "4 MiB"], "a table's row")
    figure = next(one for one in found if one["type"] == "figure")
    tap.equal(figure["series"][0],
              {"name": "4 bytes an entry",
               "values": ["64 B", "16 KiB", "4 MiB", "1 GiB", "256 GiB"]},
              "the values of a figure")
    callout = next(one for one in found if one["type"] == "callout")
    tap.equal([one["type"] for one in callout["blocks"]],
              ["paragraph", "list", "code", "figure"], "what a remark holds")
    text = run("lesson", "run", lesson).output
    tap.ok("  directory     1024  4 MiB\n" in text, "a table as text", text)
    tap.ok("Count aloud." not in text, "notes for the presenter stay out")


def check_notes(tap):
    """What is for teachers is told only to those who ask for it."""
    lesson = os.path.join(SOURCE, "tests/lessons/data/language")
    plain = run("lesson", "run", lesson, "--json").objects()
    found = run("lesson", "run", lesson, "--notes", "--json").objects()
    told = [one for one in found if one["type"] in ("presenter", "note", "wrong")]
    tap.equal([one for one in found if one not in told], plain,
              "notes are added to what is told anyway")
    tap.equal([one["type"] for one in told],
              ["presenter", "presenter", "wrong", "note"],
              "they stand where they belong, the whole lesson's last")
    tap.equal([told[2][key] for key in ("question", "says", "why", "ask")],
              ["how-many", "Three.", "They count the load itself.",
               "What does the load read?"], "a wrong answer to expect")
    text = run("lesson", "run", lesson, "--notes").output
    tap.ok("For the presenter: Count aloud." in text and "Three." in text
           and "Begin with a drawing." in text, "the same for people", text)


def check_reference(tap):
    rows = run("lesson", "reference", "--json").objects()
    queries = {row["name"]: row for row in rows if row["type"] == "query"}
    steps = {row["name"]: row for row in rows if row["type"] == "step"}
    tap.equal(queries["split"]["arguments"], ["number", "number"],
              "the arguments of a query")
    tap.ok(queries["levels"]["geometry"] and not queries["pa"]["geometry"],
           "which queries other processors can be asked")
    tap.ok("level" in [v["name"] for v in steps["entry-read"]["values"]],
           "the values of a step")
    tap.ok(all(row["help"] for row in queries.values()), "each says what it is")
    text = run("lesson", "reference").output
    tap.ok(all(name in text for name in [*queries, *steps]),
           "the text names all of it", text)
    misuse(tap, "reference takes no word", "lesson", "reference", "x")
def check_folders(tap, folder):
    """A folder of lessons is checked as a whole, and told as objects."""
    path = changed(folder, ">68</num>", ">67</num>")
    part = pathlib.Path(folder, "part")
    shutil.copytree(FOLDER, part / "good")
    line, column = place_of(path, ">67</num>")
    answer = run("lesson", "check", folder, "--json")
    problem, total = answer.objects()
    tap.equal((answer.status, total),
              (1, {"type": "sum", "lessons": 2, "problems": 1}),
              "a folder of lessons is checked, at any depth")
    tap.equal((problem["type"], problem["file"], problem["line"],
               problem["column"]), ("problem", str(path), line, column + 1),
              "a problem is an object with its place")
    tap.ok("68" in problem["text"], "that says the right value", problem)
    os.symlink(folder, part / "round")
    tap.equal(run("lesson", "check", folder).output, "2 lessons, 1 problem\n",
              "links are not followed")
    path.unlink()
    tap.equal(run("lesson", "check", folder, str(part)).output,
              "2 lessons, 0 problems\n", "two folders are")


def check_run(tap):
    answer = run("lesson", "run", ID, "--json")
    objects = answer.objects()
    tap.equal((answer.status, answer.errors), (0, ""), "run succeeds")
    tap.equal((objects[0]["type"], objects[0]["id"]), ("lesson", ID),
              "it begins with the lesson")
    kinds = {one["type"] for one in objects}
    tap.ok({"section", "paragraph", "beat", "step", "question"} <= kinds,
           "it has sections, text, beats, steps and questions", kinds)
    steps = [one for one in objects if one["type"] == "step"]
    tap.equal([one["number"] for one in steps],
              list(range(1, objects[0]["steps"] + 1)), "every step, in order")
    tap.ok(all(one["step"]["text"] for one in steps), "every step has its sentence")
    points = [one for one in steps if "point" in one]
    tap.ok(("entry-read", "Bits 31–22 = 68: read directory entry 68.") in
           [(one["step"]["kind"], one["point"]) for one in points],
           "a beat's row comes with its step", points)
    composed = [one["step"]["pa"] for one in steps if one["step"]["kind"] == "compose"]
    tap.equal(composed[0], "0x44332344", "the flagship's physical address")
    keys = {one["id"]: one["key"] for one in objects if one["type"] == "question"}
    tap.equal((keys["which-directory-entry"], keys["which-physical-address"]),
              ("68", "0x44332344"), "questions come with the machine's answers")
    text = run("lesson", "run", ID)
    tap.ok(text.status == 0 and "0x44332344" in text.output
           and objects[0]["title"] in text.output, "the text plays, too", text)
    wide = [line for line in text.output.splitlines() if len(line) > 78
            and "$ " not in line]
    tap.ok(not wide, "its lines fit 78 columns", *wide)


def cells(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check_languages(tap):
    if cannot_translate(tap):
        return
    answer = run("lesson", "run", ID, "--json")
    title = answer.objects()[0]["title"]
    with tempfile.TemporaryDirectory() as folder:
        foreign = translation(folder, {title: "ZWEI STUFEN"})
        tap.ok("ZWEI STUFEN" in run("lesson", "run", ID, env=foreign).output
               and "ZWEI STUFEN" in run("lesson", "list", env=foreign).output,
               "lessons are translated")
        tap.equal(run("lesson", "run", ID, "--json", env=foreign).output,
                  answer.output, "JSON is English in every language")


def check_wide_letters(tap):
    """Chinese text breaks anywhere, but never before a closing mark."""
    if cannot_translate(tap):
        return
    answer = run("lesson", "run", ID, "--json").objects()
    words = {answer[0]["summary"]: "页表，" * 11 + "0x11223344 的「目录」。" * 9}
    with tempfile.TemporaryDirectory() as folder:
        text = run("lesson", "run", ID, env=translation(folder, words)).output
    lines = [line for line in text.splitlines() if "页" in line or "目" in line]
    tap.equal("".join(lines).replace(" ", ""), list(words.values())[0].replace(" ", ""),
              "no letter is lost")
    tap.ok(len(lines) > 3 and all(60 < cells(line) <= 78 for line in lines[:-1]),
           "lines of wide letters are filled, and fit", *lines)
    tap.ok(not any(line[0] in "，。」" for line in lines),
           "no line begins with a closing mark", *lines)


def check_errors(tap):
    failure(tap, "run of an unknown lesson", "lesson", "run", "no-such-lesson",
            says="no-such-lesson")
    failure(tap, "export of an unknown lesson", "lesson", "export", "no-such-lesson",
            says="no-such-lesson")
    answer = run("lesson", "check", "no-such-lesson")
    tap.ok(answer.status == 1 and "no-such-lesson" in answer.errors,
           "check of an unknown lesson", answer)
    misuse(tap, "run of nothing", "lesson", "run")
    misuse(tap, "run of two", "lesson", "run", ID, ID)
    misuse(tap, "list takes no word", "lesson", "list", ID)
    misuse(tap, "lesson draw is no command", "lesson", "draw", "x")


def main():
    tap = Tap()
    check_list(tap)
    check_check(tap)
    with tempfile.TemporaryDirectory() as folder:
        check_wrong_claims(tap, folder)
        check_translated(tap, folder)
    check_geometries(tap)
    check_bare(tap)
    check_kernel(tap)
    check_tlbs(tap)
    check_spaces(tap)
    check_blocks(tap)
    check_notes(tap)
    check_reference(tap)
    with tempfile.TemporaryDirectory() as folder:
        check_folders(tap, folder)
    check_run(tap)
    check_languages(tap)
    check_wide_letters(tap)
    check_errors(tap)
    tap.done()


if __name__ == "__main__":
    main()
