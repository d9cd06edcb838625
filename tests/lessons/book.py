#!/usr/bin/python3
"""Holds the lessons of the book to what the book promises its readers: how much
is read before something happens, how much is watched before something is asked,
what every lesson has; and that each error of corrections.txt is played out."""

import os
import pathlib
import re
import xml.etree.ElementTree as ElementTree

from tap import Tap

LESSONS = pathlib.Path(os.environ["PAGEWALK_SOURCE"]) / "lessons"
SPACE = "{https://pagewalk.github.io/ns/lesson/1}"

# Words between two beats, and named steps for each question that is asked.
WORDS = 95
POINTS = 5


def tag(element):
    return element.tag.removeprefix(SPACE)


def words(element):
    """Of its prose: what is looked at, as a figure or a listing, is not read."""
    if tag(element) in ("plot", "table", "code") and len(element):
        return 0
    inside = element if tag(element) in ("callout", "list") else ()
    return (sum(words(one) for one in inside) if len(inside)
            else len(re.findall(r"\S*\w\S*", "".join(element.itertext()))))


class Lesson:
    def __init__(self, path):
        self.path = path
        self.root = ElementTree.parse(path / "lesson.xml").getroot()
        self.id = self.root.get("id")
        self.blocks = [block for section in self.all("section")
                       for block in section]
        self.beats = [b for b in self.blocks if tag(b) == "beat"]
        self.questions = [b for b in self.blocks if tag(b) == "question"]

    def all(self, name):
        return self.root.iter(SPACE + name)

    def named(self, name):
        return next((b for b in self.beats + self.questions
                     if b.get("id") == name), None)


def book():
    """Ids of all lessons; those that are written, as lessons."""
    root = ElementTree.parse(LESSONS / "content/book.xml").getroot()
    entries = list(root.iter(SPACE + "lesson"))
    return ([entry.get("id") for entry in entries],
            [Lesson(LESSONS / "content" / entry.get("path"))
             for entry in entries if entry.get("path")])


def stretches(lesson):
    """Words of prose before each beat, by the beat's id."""
    count = 0
    for block in lesson.blocks:
        if tag(block) == "beat":
            yield block.get("id"), count
            count = 0
        elif tag(block) in ("p", "list", "callout"):
            count += words(block)


def check_pace(tap, lesson):
    long = [f"{name}: {count}" for name, count in stretches(lesson)
            if count > WORDS]
    tap.ok(not long, f"{lesson.id}: at most {WORDS} words before a beat", *long)
    asked = {}
    for question in lesson.questions:
        beat = question.get("beat")
        asked[beat] = asked.get(beat, 0) + 1
    watched = [beat.get("id") for beat in lesson.beats
               if len(beat.findall(SPACE + "point"))
               > POINTS * asked.get(beat.get("id"), 0)]
    tap.ok(not watched, f"{lesson.id}: no beat is only watched", *watched)
    tap.ok(5 <= len(lesson.beats) <= 16, f"{lesson.id}: a fair number of beats",
           len(lesson.beats))


def check_parts(tap, lesson):
    kinds = {block.get("kind") for block in lesson.all("callout")}
    missing = {"cost", "simplification", "linux", "misconception"} - kinds
    tap.ok(not missing, f"{lesson.id}: has callouts of every kind", *missing)
    predictions = [q for q in lesson.questions if q.get("kind") == "predict"]
    tap.ok(len(predictions) >= 2, f"{lesson.id}: has two predictions")
    own = [q for q in lesson.questions
           if q.get("kind") in ("edit", "build", "fill")]
    tap.ok(own, f"{lesson.id}: the reader puts in values")
    tap.ok(list(lesson.all("exercise")), f"{lesson.id}: has an exercise")
    commands = [code for box in lesson.all("callout")
                if box.get("kind") == "linux"
                for code in box.iter(SPACE + "code") if code.get("language")]
    tap.ok(commands, f"{lesson.id}: has something to try on a Linux")
    for name in ("prerequisites", "glossary", "notes", "reading", "sources"):
        tap.ok(lesson.root.find(SPACE + name) is not None,
               f"{lesson.id}: has {name}")
    wrong = [w for w in lesson.all("wrong") if w.get("question")]
    tap.ok(len(wrong) >= 2, f"{lesson.id}: tells the teacher what to expect")
    tap.ok(all(lesson.named(w.get("question")) is not None for w in wrong),
           f"{lesson.id}: of questions that there are")
    unsaid = [q.get("id") for q in lesson.questions
              if q.find(SPACE + "hint") is None]
    tap.ok(not unsaid, f"{lesson.id}: every question has a hint", *unsaid)


def check_misconceptions(tap, lesson):
    """Each is the reason of some wrong answer."""
    named = {one.get("id") for one in lesson.all("misconception")}
    used = {one.get("of") for one in lesson.root.iter() if one.get("of")}
    tap.ok(named <= used, f"{lesson.id}: its misconceptions can be had",
           *(named - used))


def corrections():
    rows = []
    for line in (LESSONS / "corrections.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            rows.append([cell.strip() for cell in line.split("|", 3)])
    return rows


def can_be_wrong(question):
    """It has a wrong answer that is told apart."""
    return (question.find(f".//{SPACE}mistake") is not None
            or len(question.findall(SPACE + "choice")) > 1)


def check_row(tap, lessons, number, name, places, says):
    lesson = lessons.get(name)
    if lesson is None:
        tap.equal(places, "-", f"{number}: {name} is only planned")
        return
    found = [lesson.named(place) for place in places.split()]
    tap.ok(found and None not in found,
           f"{number}: {name} plays it where the table says", places)
    questions = [one for one in found if one is not None
                 and tag(one) == "question"]
    if "->" in says:
        tap.ok(any(can_be_wrong(one) for one in questions),
               f"{number}: in {name} the wrong answer can be given", places)
    tap.ok(all(lesson.named(one.get("beat")) in lesson.beats
               for one in questions), f"{number}: and a beat refutes it")


def check_corrections(tap, ids, lessons):
    rows = corrections()
    tap.ok(all(len(row) == 4 and all(row) for row in rows),
           "every row has four cells")
    keys = [tuple(row[:2]) for row in rows]
    tap.equal(len(set(keys)), len(keys), "none stands there twice")
    tap.ok(all(row[1] in ids for row in rows), "they name lessons of the book",
           *[row[1] for row in rows if row[1] not in ids])
    taught = {row[1] for row in rows}
    tap.ok(all(name in taught for name in lessons),
           "every lesson that is written corrects something",
           *(set(lessons) - taught))
    for row in rows:
        check_row(tap, lessons, *row)


def main():
    tap = Tap()
    ids, written = book()
    for lesson in written:
        check_pace(tap, lesson)
        check_parts(tap, lesson)
        check_misconceptions(tap, lesson)
    check_corrections(tap, ids, {lesson.id: lesson for lesson in written})
    tap.done()


if __name__ == "__main__":
    main()
