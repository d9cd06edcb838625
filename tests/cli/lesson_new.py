#!/usr/bin/python3
"""pagewalk-cli lesson new: what it makes is right, and harms nothing."""

import os
import pathlib
import shutil
import stat
import subprocess
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree

from command import environment, failure, misuse, run
from tap import Tap

NAMESPACE = "{https://pagewalk.github.io/ns/lesson/1}"
TEMPLATES = ("minimal", "walk", "questions")


def lesson(path):
    return ElementTree.parse(path).getroot()


def schema_of(path):
    """Where the second line says that the schema lies."""
    line = path.read_text(encoding="utf-8").splitlines()[1]
    address = line.split('href="')[1].split('"')[0]
    assert line.startswith("<?xml-model ")
    return pathlib.Path(path.parent,
                        urllib.parse.unquote(urllib.parse.urlparse(address).path))


def check_templates(tap, folder):
    for name in TEMPLATES:
        target = pathlib.Path(folder, name)
        answer = run("lesson", "new", str(target), "--template", name, "--id",
                     f"of-{name}", "--title", "A & <B>")
        path = target / "lesson.xml"
        tap.equal((answer.status, answer.output, answer.errors),
                  (0, f"{path}\n", ""), f"{name}: its file is told")
        root = lesson(path)
        tap.equal((root.get("id"), root.find(f"{NAMESPACE}title").text),
                  (f"of-{name}", "A & <B>"), f"{name}: id and title")
        tap.ok("my-" not in path.read_text(encoding="utf-8"),
               f"{name}: nothing has the template's name")
        tap.ok("<!--" in path.read_text(encoding="utf-8"),
               f"{name}: it explains itself")
        check_schema(tap, name, path)
    tap.equal(run("lesson", "check", folder).output, "3 lessons, 0 problems\n",
              "each passes")


def check_schema(tap, name, path):
    schema = schema_of(path)
    tap.ok(schema.is_file(), f"{name}: the schema is where it says", schema)
    if not shutil.which("xmllint"):
        return tap.skip(f"{name}: it fits the schema", "there is no xmllint")
    done = subprocess.run(["xmllint", "--noout", "--relaxng", schema, path],
                          capture_output=True, text=True, check=False)
    tap.ok(done.returncode == 0, f"{name}: it fits the schema", done.stderr)


def check_two(tap, folder):
    """Words and misconceptions are known to all lessons: two new ones must not
    define the same."""
    home = environment(XDG_DATA_HOME=folder)
    own = pathlib.Path(folder, "pagewalk", "lessons")
    for name in ("one", "two"):
        run("lesson", "new", str(own / name), "--template", "walk", env=home)
    answer = run("lesson", "list", env=home)
    tap.ok(answer.status == 0 and "one" in answer.output,
           "two lessons of one template live side by side", answer)
    answer = run("lesson", "new", str(own / "three"), "--id", "one", env=home)
    tap.ok(answer.status == 1 and "--id" in answer.errors,
           "an id that a lesson has is refused", answer)
    tap.ok(not (own / "three").exists(), "and nothing is made")


def check_names(tap, folder):
    for name, words in (("Paging by_hand 2", ("paging-by-hand-2", "Paging by hand 2")),
                        ("42", ("lesson", "42")),
                        ("über-seiten", ("ber-seiten", "Über seiten")),
                        ("x" * 70, ("x" * 48, None))):
        target = pathlib.Path(folder, name)
        answer = run("lesson", "new", str(target), *(() if words[1] else (
            "--title", "Long")))
        root = lesson(target / "lesson.xml")
        tap.equal((answer.status, root.get("id"), root.find(f"{NAMESPACE}title").text),
                  (0, words[0], words[1] or "Long"), f"named after {name[:20]}")
    tap.equal(run("lesson", "new", "sub/of/it", cwd=folder).status, 0,
              "folders on the way are made")


def check_refusals(tap, folder):
    taken = pathlib.Path(folder, "taken")
    taken.mkdir()
    failure(tap, "a folder that is there", "lesson", "new", str(taken),
            says="another folder")
    tap.equal(os.listdir(taken), [], "stays as it was")
    link = pathlib.Path(folder, "link")
    link.symlink_to("nowhere")
    failure(tap, "a link to nowhere", "lesson", "new", str(link), says=str(link))
    for option, word in (("--id", "Not A Name"), ("--title", "x" * 300),
                         ("--title", "")):
        target = pathlib.Path(folder, "never")
        answer = run("lesson", "new", str(target), option, word)
        tap.ok(answer.status == 1 and answer.errors and not target.exists(),
               f"{option} {word[:12]!r} is refused before anything is made", answer)
    misuse(tap, "a template that is none", "lesson", "new", "x", "--template", "y",
           says="minimal")
    misuse(tap, "no folder", "lesson", "new")
    if os.geteuid() != 0:
        closed = pathlib.Path(folder, "closed")
        closed.mkdir(mode=0o500)
        failure(tap, "a folder without the right to write", "lesson", "new",
                str(closed / "x"), says=str(closed))
    pathlib.Path(folder, "file").write_text("", encoding="utf-8")
    failure(tap, "a file on the way", "lesson", "new", f"{folder}/file/x",
            says="file")
    left = [name for name in os.listdir(folder) if name not in
            ("taken", "link", "closed", "file")]
    tap.equal(left, [], "nothing is left behind")


def check_copy(tap, folder):
    target = pathlib.Path(folder, "copy")
    run("lesson", "new", str(target), "--copy-schema")
    tap.equal(sorted(os.listdir(target)), ["lesson.rng", "lesson.xml"],
              "the schema can lie beside it")
    tap.ok(schema_of(target / "lesson.xml").samefile(target / "lesson.rng"),
           "and is what the lesson names")
    mask = os.umask(0)
    os.umask(mask)
    tap.equal(stat.S_IMODE(target.stat().st_mode), 0o777 & ~mask,
              "the folder has the usual rights")


def main():
    tap = Tap()
    for check in (check_templates, check_two, check_names, check_refusals,
                  check_copy):
        with tempfile.TemporaryDirectory() as folder:
            check(tap, folder)
    tap.done()


if __name__ == "__main__":
    main()
