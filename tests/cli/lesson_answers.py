#!/usr/bin/python3
"""pagewalk-cli lesson run --answers: every kind of question, answered rightly,
wrongly, partly, and not at all; and every question of the book."""

import os
import pathlib
import re
import tempfile
import xml.etree.ElementTree as ElementTree

from command import SOURCE, failure, misuse, run
from tap import Tap

LESSON = os.path.join(SOURCE, "lessons/schema/templates/questions/lesson.xml")

# question, kind, a right, a wrong and a partly right answer (None: there is no
# such thing)
ANSWERS = [
    ("index", "predict", "0x44", "69", None),
    ("one", "choose", "c", "a", None),
    ("some", "several", "a c", "b", "a, b"),
    ("steps", "order", "c,b,d,a", "b,c,a,d", "c,d,b,a"),
    ("pairs", "match", "a=2; b=4; c=1", "a=1; b=1; c=2", "b=4"),
    ("walk", "fill", "r1c1=68; r1c3=2; r2c2=0x288c; r2c3=2b; r3c1=MISS",
     "r1c1=69", "r1c1=68; r2c2=0x3223"),
    ("let-write", "edit", "+w", "-u", "+w frame=0x2c"),
    ("from-nothing", "build", "0x4[1] 0x20007; 0x20[0] 0x2b007; 0x20[1] 0x30005",
     "0x20[0] 0x2b007", "0x4[1] 0x20007; 0x20[0] 0x2b007"),
]


def answered(lines, *options):
    return run("lesson", "run", LESSON, "--answers", "-", *options,
               script="\n".join(lines))


def check_marks(tap, mark, column):
    lines = [f"{row[0]}: {row[column]}" for row in ANSWERS if row[column]]
    answer = answered(lines, "--json")
    *objects, total = answer.objects()
    tap.equal((answer.status, answer.errors), (0, ""), f"{mark}: it runs")
    tap.equal([one["mark"] for one in objects], [mark] * len(lines),
              f"{mark}: so is every answer")
    tap.equal([one["kind"] for one in objects],
              [row[1] for row in ANSWERS if row[column]], f"{mark}: of every kind")
    right = len(lines) if mark == "right" else 0
    tap.equal((total["type"], total["answers"], total["right"]),
              ("total", len(lines), right), f"{mark}: they are counted")
    return objects


def check_all(tap):
    right = check_marks(tap, "right", 2)
    tap.ok(all(one["right"] == one["total"] for one in right),
           "all parts of what is right are right")
    wrong = check_marks(tap, "wrong", 3)
    tap.equal({one["misconception"] for one in wrong} - {None},
              {"ordinal-not-index", "my-counts-directories",
               "my-user-bit-for-write-bit"}, "misconceptions are named")
    partly = check_marks(tap, "partly", 4)
    tap.ok(all(0 < one["right"] < one["total"] for one in partly),
           "what is partly right has parts of both kinds")
    cells = {part["part"]: part for part in
             next(one for one in partly if one["question"] == "walk")["parts"]}
    tap.equal((cells["r2c2"]["mark"], cells["r2c2"]["key"],
               cells["r2c2"]["misconception"], cells["r2c3"]["mark"]),
              ("wrong", "0x288c", "forgot-entry-size", "not-sure"),
              "the cell that is wrong is told, with its key")


def check_unsure(tap):
    answer = answered([f"{row[0]}: ?" for row in ANSWERS], "--json")
    *objects, _ = answer.objects()
    tap.equal([one["mark"] for one in objects], ["not-sure"] * len(ANSWERS),
              "not sure is an answer to every kind")
    keys = [f"{one['question']}: {one['key']}" for one in objects]
    again = answered(keys, "--json").objects()
    tap.equal([one["mark"] for one in again[:-1]], ["right"] * len(ANSWERS),
              "and the key that comes with it is right")


def check_text(tap):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "answers")
        path.write_text("# mine\n\nindex: 69\nlet-write: -u\n  one: c  \n",
                        encoding="utf-8")
        text = run("lesson", "run", LESSON, "--answers", str(path))
    tap.equal(text.status, 0, "answers come from a file, too")
    tap.ok("index: wrong\n    > 69\n    That is its place when counting from one."
           in text.output, "the text says what is wrong", text)
    tap.ok("    - U: Look at this part of the entry again.\n" in text.output,
           "and with which bit", text)
    tap.ok(text.output.endswith("\n1 of 3 answers right\n"), "and how many are "
           "right", text)


def check_refused(tap):
    for name, lines, line in (
            ("a question that is not there", ["index: 68", "indices: 1"], 2),
            ("a line without a colon", ["", "index 68"], 2),
            ("a second answer", ["one: c", "one: c"], 2)):
        answer = answered(lines)
        tap.ok(answer.status == 1 and answer.errors.startswith(f"-:{line}: "),
               f"{name} is refused", answer)
    failure(tap, "a file that is not there", "lesson", "run", LESSON,
            "--answers", "/nowhere")
    misuse(tap, "no file", "lesson", "run", LESSON, "--answers")


def changed_number(text):
    """A number that is near, in the same base, or the other word."""
    words = {"hit": "miss", "miss": "hit", "yes": "no", "no": "yes"}
    if text in words:
        return words[text]
    if not text[0].isdigit():
        return "none" if text != "none" else "protection"
    value = int(text, 0) ^ 1
    return hex(value) if text.startswith("0x") else str(value)


def wrong_letters(question):
    """Each other choice; where several are right, one more or one less."""
    letters = "abcdefgh"[:len(question["choices"])]
    key = question["key"].replace(" ", "").split(",")
    if question["kind"] == "choose":
        return [one for one in letters if one not in key]
    return [",".join(sorted(set(key) ^ {one})) for one in letters
            if set(key) ^ {one}]


def wrong_answers(question):
    """Answers that are not right, made of the key."""
    kind, key = question["kind"], question["key"]
    if kind == "predict":
        return [changed_number(key)]
    if kind in ("choose", "several"):
        return wrong_letters(question)
    parts = [one.strip() for one in key.replace(";", ",").split(",")]
    if kind == "order":
        return [",".join(reversed(parts))]
    if kind == "edit":
        return ["unchanged"]
    if kind == "build":
        return ["; ".join(parts[:-1])]
    cells = [one.split("=") for one in parts]
    if kind == "match":
        values = [value for _, value in cells]
        values = values[1:] + values[:1]
        return ["; ".join(f"{cell[0]}={v}" for cell, v in zip(cells, values))]
    return ["; ".join(f"{name}={changed_number(value) if i == n else value}"
                      for i, (name, value) in enumerate(cells))
            for n in range(len(cells))]


def marks(lesson, lines):
    answer = run("lesson", "run", lesson, "--answers", "-", "--json",
                 script="\n".join(lines))
    return [one["mark"] for one in answer.objects()[:-1]]


def check_lesson(tap, lesson):
    """A lesson of the book: its questions, answered in every way."""
    played = run("lesson", "run", lesson, "--json").objects()
    questions = [one for one in played if one["type"] == "question"
                 and "key" in one]
    rounds = [[f"{one['id']}: {one['key']}" for one in questions]]
    tap.equal(marks(lesson, rounds[0]), ["right"] * len(questions),
              f"{lesson}: every question has a right answer")
    wrong = [(one["id"], text) for one in questions
             for text in wrong_answers(one)]
    tap.ok({one["id"] for one in questions} == {name for name, _ in wrong},
           f"{lesson}: and wrong ones")
    while wrong:
        now, later, seen = [], [], set()
        for row in wrong:
            (later if row[0] in seen else now).append(row)
            seen.add(row[0])
        found = marks(lesson, [f"{name}: {text}" for name, text in now])
        bad = [row for row, mark in zip(now, found)
               if mark not in ("wrong", "partly")]
        tap.ok(not bad and len(found) == len(now),
               f"{lesson}: {len(now)} wrong answers are marked so", *bad)
        wrong = later


SPACE = "{https://pagewalk.github.io/ns/lesson/1}"


def said(element):
    return " ".join("".join(element.itertext()).split())


def check_mistakes(tap, lesson, path):
    """What a lesson says to a wrong number, where it writes that number down."""
    rows = []
    for question in ElementTree.parse(path).getroot().iter(SPACE + "question"):
        for mistake in question.findall(SPACE + "mistake"):
            if (question.get("kind") == "predict" and said(mistake)
                    and re.fullmatch(r"0x[0-9a-f]+|\d+", mistake.get("is"))):
                rows.append((question.get("id"), mistake.get("is"), said(mistake)))
    bad = []
    for name, value, text in rows:
        answer = run("lesson", "run", lesson, "--answers", "-", "--json",
                     script=f"{name}: {value}").objects()[0]
        if answer["mark"] != "wrong" or answer["why"] != text:
            bad.append(f"{name}: {value}: {answer['mark']}, {answer['why']}")
    tap.ok(not bad, f"{lesson}: {len(rows)} wrong numbers are explained", *bad)


def check_book(tap):
    for one in run("lesson", "list", "--json").objects():
        if one["written"]:
            check_lesson(tap, one["id"])
            check_mistakes(tap, one["id"],
                           os.path.join(one["path"], "lesson.xml"))


def main():
    tap = Tap()
    check_all(tap)
    check_unsure(tap)
    check_text(tap)
    check_refused(tap)
    check_book(tap)
    tap.done()


if __name__ == "__main__":
    main()
