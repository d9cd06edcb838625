#!/usr/bin/python3
"""Quizzes in GIFT and in Moodle's XML: read back by small parsers that know the
two formats and not who wrote them, and compared with each other and with what
the machine says."""

import os
import re
import tempfile
import xml.etree.ElementTree as ElementTree

from command import (SOURCE, cannot_translate, environment, failure, marks, misuse,
                     run, translating_locale)
from tap import Tap

QUESTIONS = os.path.join(SOURCE, "lessons/schema/templates/questions")
LESSON = "two-level-walk"
MOST = 9  # answers of one question that are tried

# What Moodle's documentation allows below a question of each type.
COMMON = set("name questiontext generalfeedback defaultgrade penalty hidden hint".split())
TYPES = {
    "category": {"category"},
    "multichoice": COMMON | set("single shuffleanswers answernumbering answer".split()),
    "shortanswer": COMMON | {"usecase", "answer"},
    "numerical": COMMON | {"answer"},
    "matching": COMMON | {"shuffleanswers", "subquestion"},
    "essay": COMMON | set("responseformat responserequired responsefieldlines "
                          "attachments graderinfo".split()),
}


class Item:
    """A question: its kind, name and text; answers as (percent, text, said)."""

    def __init__(self, kind, name, text, answers, general):
        self.kind, self.name, self.text = kind, name, text
        self.answers, self.general = answers, general

    def plain(self):
        return (self.kind, self.name, self.text,
                sorted((round(p, 3), t, s) for p, t, s in self.answers),
                self.general)


# GIFT ---------------------------------------------------------------------



def split_at(text, sign, most=-1):
    """Splits at a sign that has no backslash before it."""
    pieces, piece, i = [], "", 0
    while i < len(text):
        if text[i] == "\\" and i + 1 < len(text):
            piece += text[i:i + 2]
            i += 2
        elif text.startswith(sign, i) and (most < 0 or len(pieces) < most):
            pieces.append(piece)
            piece = ""
            i += len(sign)
        else:
            piece += text[i]
            i += 1
    return [*pieces, piece]


def unescape(text):
    text = text.strip()
    wild = re.search(r"(?<!\\)(?:\\\\)*[~=#{}:]", text)
    assert wild is None, f"a sign that is not escaped: {text!r}"
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text)


def gift_answers(body, numeric):
    answers, kinds = [], set()
    for piece in re.split(r"(?<!\\)(?=[~=])", body.strip()):
        if not piece.strip():
            continue
        sign, rest = piece[0], piece[1:]
        assert sign in "~=", piece
        weight = re.match(r"%(-?[0-9.]+)%", rest)
        percent = float(weight[1]) if weight else 100.0 if sign == "=" else 0.0
        rest = rest[weight.end():] if weight else rest
        text, *said = split_at(rest, "#", 1)
        if sign == "=" and len(split_at(text, "->")) == 2:
            kinds.add("pair")
            text = " -> ".join(unescape(side) for side in split_at(text, "->"))
        else:
            kinds.add("choice" if sign == "~" else "answer")
            text = unescape(text)
        answers.append((percent, text, unescape(said[0]) if said else ""))
    if not answers:
        return "essay", answers
    if kinds == {"pair"}:
        return "matching", answers
    if "choice" in kinds:
        return "multichoice", answers
    return "numerical" if numeric else "shortanswer", answers


def read_gift(text):
    items = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith(("$CATEGORY:", "//")):
            continue
        empty, name, rest = split_at(paragraph, "::", 2)
        assert empty == "", paragraph
        assert rest.startswith("[html]"), rest
        asked, braced = split_at(rest[len("[html]"):], "{", 1)
        body, behind = split_at(braced, "}", 1)
        assert behind.strip() == "", behind
        body, *general = split_at(body, "####", 1)
        numeric = body.startswith("#")
        kind, answers = gift_answers(body[1:] if numeric else body, numeric)
        items.append(Item(kind, unescape(name), unescape(asked), answers,
                          unescape(general[0]) if general else ""))
    return items


# XML ----------------------------------------------------------------------


def text_of(element, path):
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""


def xml_answers(question):
    if question.get("type") == "matching":
        return [(100.0, f"{text_of(one, 'text')} -> {text_of(one, 'answer/text')}", "")
                for one in question.iter("subquestion")]
    for answer in question.iter("answer"):
        assert answer.find("feedback/text") is not None
        if question.get("type") == "numerical":
            assert answer.findtext("tolerance") == "0"
            float(answer.findtext("text"))
    return [(float(answer.get("fraction")), text_of(answer, "text"),
             text_of(answer, "feedback/text")) for answer in question.iter("answer")]


def read_xml(text):
    root = ElementTree.fromstring(text)
    assert root.tag == "quiz"
    items = []
    for question in root:
        kind = question.get("type")
        strange = {child.tag for child in question} - TYPES[kind]
        assert question.tag == "question" and not strange, strange
        if kind == "category":
            continue
        general = text_of(question, "generalfeedback/text")
        if kind == "essay":
            general = text_of(question, "graderinfo/text")
        items.append(Item(kind, text_of(question, "name/text"),
                          text_of(question, "questiontext/text"),
                          xml_answers(question), general))
    return items


# Checks -------------------------------------------------------------------


def exported(folder, lesson, form, env=None):
    path = os.path.join(folder, f"quiz.{form}")
    answer = run("lesson", "export", lesson, "--format", form, "--output", path,
                 env=env)
    assert answer.status == 0, answer
    with open(path, encoding="utf-8") as file:
        return file.read()


def check_same(tap, name, gift, moodle):
    one, other = read_gift(gift), read_xml(moodle)
    tap.ok(len(one) > 0 and [item.plain() for item in one]
           == [item.plain() for item in other], f"{name}: both files say the same",
           *[f"{a.plain()}\n{b.plain()}" for a, b in zip(one, other)
             if a.plain() != b.plain()][:2])
    for item in other:
        if item.kind == "multichoice":
            points = sum(percent for percent, _, _ in item.answers if percent > 0)
            tap.ok(abs(points - 100) < 0.01, f"{item.name}: all that is right is 100 %",
                   item.answers)
    return other


def check_kinds(tap, folder):
    items = check_same(tap, "every kind", exported(folder, QUESTIONS, "gift"),
                       exported(folder, QUESTIONS, "moodle"))
    tap.equal({item.kind for item in items}, set(TYPES) - {"category"},
              "every kind of question finds a type")
    by_name = {item.name.split(" ", 1)[1]: item for item in items}
    tap.equal([text for _, text, _ in by_name["pairs"].answers],
              ["Directory index -> 68", "Table index -> 547", "Offset -> 0x344"],
              "pairs are pairs")
    tap.equal([text for percent, text, _ in by_name["walk r2c2"].answers
               if percent == 100], ["0x288c", "288c"], "a cell is an item of its own")
    tap.ok("+rw" in by_name["let-write"].general, "an essay has its key")


def check_machine(tap, folder):
    """What is right and wrong is what the machine says."""
    items = check_same(tap, LESSON, exported(folder, LESSON, "gift"),
                       exported(folder, LESSON, "moodle"))
    known = {one["id"] for one in run("lesson", "run", LESSON, "--json").objects()
             if one["type"] == "question"}
    answers, expected = [], []
    for item in items:
        name = item.name.split(" ", 1)[1]
        if item.kind not in ("shortanswer", "numerical") or name not in known:
            continue
        for percent, text, _ in item.answers[:MOST]:
            answers.append((name, text))
            expected.append("right" if percent == 100 else "wrong")
    found = [one["mark"] for one in marks(LESSON, answers)]
    tap.ok(len(answers) > 40, "many answers are known", len(answers))
    wrong = [(answer, mark) for answer, mark, right in zip(answers, found, expected)
             if mark != right]
    tap.ok(not wrong, "and the machine marks them so", *wrong)


def check_exercises(tap):
    for kind in ("translate", "fault", "fork-count", "tlb-lookup"):
        words = ("exercise", kind, "--seed", "3", "--count", "4")
        gift, moodle = run(*words, "--gift"), run(*words, "--moodle")
        items = check_same(tap, kind, gift.output, moodle.output)
        tap.ok(len(items) >= 4, f"{kind}: four exercises", len(items))
        tap.ok(gift.output == run(*words, "--format", "gift").output,
               f"{kind}: again the same")


def check_escapes(tap, folder):
    path = os.path.join(folder, "lesson")
    os.makedirs(path)
    with open(os.path.join(QUESTIONS, "lesson.xml"), encoding="utf-8") as file:
        text = file.read()
    hard = "a = b ~ c # d {e} : f \\ g -- &lt;h&gt; &amp; 你好"
    text = re.sub(r"(<question id=\"one\".*?<ask>).*?(</ask>)",
                  lambda m: m[1] + hard + m[2], text, flags=re.S)
    with open(os.path.join(path, "lesson.xml"), "w", encoding="utf-8") as file:
        file.write(text)
    items = check_same(tap, "hard signs", exported(folder, path, "gift"),
                       exported(folder, path, "moodle"))
    asked = next(item.text for item in items if item.name.endswith(" one"))
    tap.equal(asked, "a = b ~ c # d {e} : f \\ g -- &lt;h&gt; &amp; 你好",
              "signs that mean something mean themselves")


def check_chinese(tap, folder):
    if cannot_translate(tap):
        return
    env = environment(LC_ALL=translating_locale(), LANGUAGE="zh_CN")
    items = check_same(tap, "Chinese", exported(folder, LESSON, "gift", env),
                       exported(folder, LESSON, "moodle", env))
    tap.ok(all(re.search("[一-龥]", item.text) for item in items),
           "questions are asked in Chinese",
           *[item.text for item in items if not re.search("[一-龥]", item.text)])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        check_kinds(tap, folder)
        check_machine(tap, folder)
        check_escapes(tap, folder)
        check_chinese(tap, folder)
        failure(tap, "a folder is no file", "exercise", "fault", "--gift", "--output",
                folder, says="no regular file")
    check_exercises(tap)
    misuse(tap, "JSON is no GIFT", "exercise", "fault", "--gift", "--json")
    tap.done()


if __name__ == "__main__":
    main()
