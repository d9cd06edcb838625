#!/usr/bin/python3
"""pagewalk-cli exercise: worksheets, keys, files."""

import pathlib
import subprocess
import sys
import tempfile

from command import CLI, TIMEOUT, environment, failure, misuse, run
from tap import Tap


def check_sheets(tap):
    plain = run("exercise", "split", "--seed", "5", "--count", "3")
    tap.ok(plain.status == 0 and " 3. " in plain.output
           and "Key" not in plain.output, "three questions, no key", plain)
    tap.ok("--seed 5 --count 3" in plain.output,
           "a sheet says how to print it again", plain)
    keyed = run("exercise", "split", "--seed", "5", "--count", "3", "--answers")
    head = plain.output.rstrip()
    tap.ok(keyed.output.startswith(head) and "Key" in keyed.output[len(head):],
           "the key follows the same questions", keyed)
    other = run("exercise", "split", "--seed", "6", "--count", "3")
    tap.ok(other.output != plain.output, "another seed, other numbers")


def check_json(tap):
    asked = run("exercise", "fault", "--count", "4", "--json").objects()
    tap.ok(len(asked) == 4 and all("answer" not in q and q["ask"] for q in asked),
           "JSON: an object a question, no answer unless asked for", asked)
    chinese = run("exercise", "fault", "--count", "4", "--json",
                  env=environment(LANGUAGE="zh_CN")).objects()
    tap.ok(asked == chinese, "JSON is English in every language")


def pdf(*words):
    done = subprocess.run([CLI, "exercise", *words, "--format", "pdf"],
                          capture_output=True, timeout=TIMEOUT, check=False)
    return done.stdout


def check_pdf(tap):
    words = ("translate", "--level", "2", "--count", "6", "--answers")
    tap.ok(pdf(*words).startswith(b"%PDF"), "a PDF on standard output")
    tap.ok(pdf(*words) == pdf(*words), "the same sheet is the same file")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "sheet.pdf")
        path.write_text("old")
        run("exercise", *words, "--format", "pdf", "--output", path)
        tap.ok(path.read_bytes() == pdf(*words), "a PDF in a file that was there")
        tap.ok([p.name for p in path.parent.iterdir()] == ["sheet.pdf"],
               "nothing else is left behind")
        failure(tap, "a folder is no file", "exercise", *words, "--format", "pdf",
                "--output", folder, says="no regular file")


def main():
    tap = Tap()
    check_sheets(tap)
    check_json(tap)
    check_pdf(tap)
    listed = run("exercise", "--list")
    tap.ok(listed.status == 0 and listed.output.count("\n") >= 13,
           "the kinds are listed", listed)
    failure(tap, "no such kind", "exercise", "sums", says="There is no exercise")
    misuse(tap, "no kind", "exercise")
    misuse(tap, "no such level", "exercise", "split", "--level", "4", says="1 to 3")
    misuse(tap, "no question", "exercise", "split", "--count", "0", says="1 to 1000")
    misuse(tap, "no such format", "exercise", "split", "--format", "png")
    misuse(tap, "JSON is no PDF", "exercise", "split", "--json", "--format", "pdf")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
