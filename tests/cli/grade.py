#!/usr/bin/python3
"""pagewalk-cli progress and grade: what was done, handed in, marked again."""

import csv
import hashlib
import io
import os
import sqlite3
import tempfile
import time

from command import misuse, run
from tap import Tap

LESSON = "two-level-walk"
ROOT = os.environ["PAGEWALK_SOURCE"]
FILE = os.path.join(ROOT, "lessons", "content", "02-translation",
                    "08-two-level-walk", "lesson.xml")


def fill(path, answers):
    """A file of progress, made by running the program and adding rows."""
    run("progress", "--file", path)
    with open(FILE, "rb") as lesson:
        digest = hashlib.sha256(lesson.read()).hexdigest()
    base = sqlite3.connect(path)
    for number, (question, answer, mark) in enumerate(answers):
        base.execute(
            "INSERT INTO answer (lesson, hash, question, seed, answer, mark,"
            " right, total, seconds, time) VALUES (?,?,?,0,?,?,?,1,4.5,?)",
            (LESSON, digest, question, answer, mark, int(mark == "right"),
             1789000000000000 + number * 1000000))
    base.execute("INSERT INTO lesson VALUES (?, 12, 82, 9, x'ff0f', 600, 1, 2)",
                 (LESSON,))
    base.commit()
    base.close()


def hand_in(folder, student, answers, salt="s"):
    path = os.path.join(folder, f"{student}.db")
    result = os.path.join(folder, f"{student}.result")
    fill(path, answers)
    run("progress", "--file", path, "--result", result, "--student", student,
        "--salt", salt)
    return result


RIGHT = [("which-directory-entry", "68", "right"),
         ("which-physical-address", "0x44332344", "right")]
WRONG = [("which-directory-entry", "69", "wrong"),
         ("which-directory-entry", "0x44", "right"),
         ("which-physical-address", "0x44332555", "wrong")]


def check_progress(tap, folder):
    path = os.path.join(folder, "own.db")
    fill(path, WRONG)
    lines = run("progress", "--file", path, "--json").objects()
    tap.equal([(o["lesson"], o["step"], o["seen"], o["questions"], o["answered"],
                o["right"], o["attempts"], o["seconds"]) for o in lines],
              [(LESSON, 12, 12, 9, 2, 1, 3, 600)], "how far one is, as JSON")
    text = run("progress", "--file", path).output
    tap.ok("12 of 83 steps, 1 of 9 questions right, 10 minutes" in text,
           "and as text", text)
    table = list(csv.reader(io.StringIO(
        run("progress", "--file", path, "--csv").output, newline="")))
    tap.equal([table[0][0], len(table), table[2][5:9]],
              ["time", 4, ["0x44", "right", "1", "1"]], "the answers as CSV")
    tap.ok(run("progress", "tlb", "--file", path).output == "",
           "a lesson that was never opened")
    misuse(tap, "a result without a student", "progress", "--file", path,
           "--result", "/tmp/x", says="--student")


def check_grade(tap, folder):
    good = hand_in(folder, "anna", RIGHT)
    poor = hand_in(folder, "bo", WRONG)
    lines = run("grade", good, poor, "--salt", "s", "--json").objects()
    tap.equal([(o["student"], o["answers"], o["questions"], o["right"],
                o["first"], o["flags"]) for o in lines[:2]],
              [("anna", 2, 2, 2, 2, []), ("bo", 3, 2, 1, 0, [])],
              "two students")
    tap.equal([(o["question"], o["students"], o["right"], o["first"])
               for o in lines[2:]],
              [("which-directory-entry", 2, 2, 1),
               ("which-physical-address", 2, 1, 1)], "the questions")
    text = run("grade", good, poor, "--salt", "s").output
    tap.ok("50 %  1/2" in text and "anna" in text, "as text", text)
    rows = list(csv.reader(io.StringIO(
        run("grade", good, poor, "--salt", "s", "--csv").output, newline="")))
    tap.equal([len(rows), rows[1][1:7]],
              [3, ["anna", "2", "2", "2", "2", "9"]], "as CSV")

    flags = run("grade", good, "--json").objects()[0]["flags"]
    tap.equal(len(flags), 2, "another salt shows, twice")
    with open(poor, encoding="utf-8") as file:
        altered = file.read().replace("answer=69", "answer=68")
    with open(poor, "w", encoding="utf-8") as file:
        file.write(altered)
    flags = run("grade", poor, "--salt", "s", "--json").objects()[0]["flags"]
    tap.ok(any("altered" in flag for flag in flags)
           and any("does not give" in flag for flag in flags),
           "an altered answer shows", flags)
    missing = run("grade", "/nonexistent", good, "--salt", "s", "--json")
    tap.ok(missing.status == 1 and "/nonexistent" in missing.errors
           and len(missing.objects()) == 3, "a missing file stops nobody else",
           missing)
    other = run("grade", FILE, "--json")
    tap.ok(other.status == 1 and other.output == ""
           and other.errors.startswith(FILE + ": "), "a file of another kind",
           other)
    misuse(tap, "no file", "grade")
    misuse(tap, "--csv with --json", "grade", good, "--csv", "--json")


def check_class(tap, folder):
    files = [hand_in(folder, "c", RIGHT * 20)]
    with open(files[0], encoding="utf-8") as file:
        text = file.read()
    for number in range(299):
        files.append(os.path.join(folder, f"{number}.result"))
        with open(files[-1], "w", encoding="utf-8") as file:
            file.write(text)
    start = time.monotonic()
    lines = run("grade", *files, "--salt", "s", "--json").objects()
    print(f"# 300 files of 40 answers: {time.monotonic() - start:.2f} s")
    tap.equal([len(lines), lines[300]["students"]], [302, 300], "a whole class")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        check_progress(tap, folder)
        check_grade(tap, folder)
        check_class(tap, folder)
    tap.done()


if __name__ == "__main__":
    main()
