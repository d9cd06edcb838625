#!/usr/bin/python3
"""How commands are called: help, wrong uses, standard streams that fail."""

import json
import os
import pathlib
import subprocess
import tempfile

from command import (CLI, cannot_translate, environment, misuse, run,
                     translation)
from tap import Tap

COMMANDS = ["elf", "exercise", "grade", "layout", "lesson", "progress", "pte", "replace", "run", "split",
            "trace"]


def check_help(tap):
    answer = run("--help")
    tap.ok(answer.status == 0 and answer.errors == "", "--help succeeds", answer)
    for name in COMMANDS:
        tap.ok(f"\n  {name} " in answer.output, f"--help names {name}")
        one = run(name, "--help")
        tap.ok(one.status == 0 and one.errors == ""
               and f"pagewalk-cli {name} " in one.output, f"{name} --help", one)
        tap.equal(run(name, "-h").output, one.output, f"{name} -h is the same")
    version = run("--version")
    tap.equal((version.status, version.output),
              (0, f"pagewalk-cli {os.environ['PAGEWALK_VERSION']}\n"), "--version")


def is_development_build():
    options = pathlib.Path(os.environ["PAGEWALK_BUILD"], "meson-info",
                           "intro-buildoptions.json")
    values = {o["name"]: o["value"] for o in json.loads(options.read_text())}
    return values["development"]


def check_build_tree(tap):
    """A program run where it was built needs no variables."""
    if not is_development_build():
        tap.skip("lessons of the tree", "only in development builds")
        return
    bare = {name: value for name, value in os.environ.items()
            if not name.startswith(("PAGEWALK_", "GSETTINGS_"))}
    for words, says in ((["lesson", "list"], "two-level-walk"),
                        (["exercise", "--list"], "translate")):
        answer = run(*words, env=bare)
        tap.ok(answer.status == 0 and says in answer.output,
               f"{words[0]} of the tree", answer)


def check_misuse(tap):
    misuse(tap, "no command")
    misuse(tap, "an empty command", "")
    misuse(tap, "an unknown option", "--nonsense")
    misuse(tap, "what is no command", "layouts", "x", says="layouts")
    misuse(tap, "an unknown option of a command", "split", "x86-32", "1", "--nope",
           says="--nope")
    misuse(tap, "a short option", "split", "x86-32", "1", "-x", says="-x")
    misuse(tap, "a flag with a value", "split", "x86-32", "1", "--text=yes")
    misuse(tap, "an option without its value", "pte", "x86-32", "1", "--level")
    misuse(tap, "an option given twice", "pte", "x86-32", "1", "--level", "1",
           "--level=2")
    misuse(tap, "an unknown lesson command", "lesson", "dance", says="dance")
    misuse(tap, "lesson without a command", "lesson")
    tap.ok(run("split", "--", "x86-32", "1").status == 0, "-- ends the options")


def streams(name, **changes):
    """A run whose standard streams are not as usual: (status, errors)."""
    done = subprocess.run(changes.pop("command", [CLI, "split", "x86-32", "1"]),
                          stderr=subprocess.PIPE, timeout=60, check=False,
                          **changes)
    return done.returncode, done.stderr.decode()


def check_stand_in(tap):
    """What a command opens must not become a stream that its caller closed."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "script")
        os.mkfifo(path)
        with subprocess.Popen(["sh", "-c", f"exec '{CLI}' run '{path}' <&-"]) as process:
            with open(path, "wb"):      # returns when the script was opened
                found = os.readlink(f"/proc/{process.pid}/fd/0")
            process.wait(60)
    tap.equal(found, "/dev/null", "a script does not become standard input")


def check_streams(tap):
    with open("/dev/full", "wb") as full:
        status, errors = streams("full", stdout=full)
    tap.ok(status == 1 and errors.startswith("pagewalk-cli: "),
           "a full disk is an error", status, errors)

    reader, writer = os.pipe()
    os.close(reader)
    status, errors = streams("pipe", stdout=writer)
    os.close(writer)
    tap.ok(status == 1 and errors.startswith("pagewalk-cli: "),
           "a pipe that nobody reads is an error, not a signal", status, errors)

    status, errors = streams("closed", command=["sh", "-c", f"'{CLI}' --help >&-"])
    tap.ok(status == 1 and errors.startswith("pagewalk-cli: "),
           "a closed standard output is an error", status, errors)

    check_stand_in(tap)
    everything = ["sh", "-c", f"'{CLI}' run - <&- >&- 2>&-"]
    status, _ = streams("none", command=everything)
    tap.equal(status, 1, "all streams closed: an error, no crash")


def check_languages(tap):
    if cannot_translate(tap):
        return
    words = {"free for the operating system": "OPERATING SYSTEM",
             "Unknown command “%s”": "UNBEKANNT %s", "Too few arguments": "ZU WENIG"}
    with tempfile.TemporaryDirectory() as folder:
        foreign = translation(folder, words)
        tap.ok("OPERATING SYSTEM" in run("pte", "x86-32", "1", env=foreign).output,
               "text is translated")
        tap.ok("UNBEKANNT x" in run("x", env=foreign).errors, "errors are translated")
        tap.ok("Too few" in run("pte", "--json", env=foreign).errors,
               "with --json even a wrong use is told in English")


def check_latin(tap):
    latin = environment(LC_ALL="POSIX")
    tap.equal(run("pte", "x86-32", "0x67", env=latin).output,
              run("pte", "x86-32", "0x67").output, "output is always UTF-8")


def main():
    tap = Tap()
    check_help(tap)
    check_build_tree(tap)
    check_misuse(tap)
    check_streams(tap)
    check_languages(tap)
    check_latin(tap)
    tap.done()


if __name__ == "__main__":
    main()
