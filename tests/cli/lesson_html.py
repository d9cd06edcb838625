#!/usr/bin/python3
"""pagewalk-cli lesson export --format html: one page that needs nothing else,
read here, and driven in a real browser where there is one."""

import html
import html.parser
import json
import os
import re
import sys
import tempfile

import browser
from command import (SOURCE, cannot_translate, environment, marks, run,
                     translating_locale)
from lesson_answers import ANSWERS
from tap import Tap

LESSON = "two-level-walk"
QUESTIONS = os.path.join(SOURCE, "lessons/schema/templates/questions")
MOST = 1500 * 1000

# Elements that have no end.
VOID = set("meta link input br img hr".split())


class Page(html.parser.HTMLParser):
    """What stands in a page: that its elements are nested, their ids, what
    they refer to, and its text outside of scripts."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.wrong, self.links = [], [], [], []
        self.words, self.scripts = [], []
        self.feed(text)
        self.wrong += [f"<{name}> is never closed" for name in self.open]

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.append(values["id"])
        self.links += [values[name] for name in ("href", "src", "action", "poster")
                       if name in values]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        if self.open[-1:] == ["script"]:
            self.scripts.append(data)
        elif self.open[-1:] != ["style"]:
            self.words.append(data)


def export(folder, lesson=LESSON, name="page.html", env=None):
    """Writes the page, unless it is there; its path, and what it says."""
    path = os.path.join(folder, name)
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            return path, file.read()
    answer = run("lesson", "export", lesson, "--format", "html", "--output", path,
                 env=env)
    assert answer.status == 0, answer
    with open(path, encoding="utf-8") as file:
        return path, file.read()


def data_of(page):
    return json.loads(page.scripts[0])


def plain(markup):
    """A line of feedback as the command line says it."""
    return html.unescape(re.sub("<[^>]*>", "", markup)).replace("\u00a0", " ")


# Reading ------------------------------------------------------------------


def check_page(tap, folder):
    path, text = export(folder)
    again, other = export(folder, name="again.html")
    tap.ok(text == other, "the same lesson is the same page")
    tap.ok(os.path.getsize(path) < MOST, "it is not large", os.path.getsize(again))
    page = Page(text)
    tap.ok(not page.wrong, "elements are nested", *page.wrong)
    twice = sorted({one for one in page.ids if page.ids.count(one) > 1})
    tap.ok(not twice, "no id stands twice", *twice)
    outside = [link for link in page.links
               if not link.startswith("#") and link != "data:,"]
    tap.ok(not outside, "nothing leads out of the page", *outside)
    missing = [link for link in page.links
               if link.startswith("#") and link[1:] not in page.ids]
    tap.ok(not missing, "every link leads somewhere", *sorted(set(missing)))
    tap.ok("http" not in re.sub(r"http-equiv", "", "".join(page.scripts)),
           "scripts name no address")
    return page


def check_plot(tap, text):
    """Bars are drawn, as in the window, and stand there in numbers, too."""
    plot = re.search(r'<figure><figcaption>Memory that page tables take.*?</figure>', text,
                     re.S)[0]
    plot = plot.replace("\u202f", " ").replace("\u00a0", " ")
    drawn = re.search(r'<svg class="plot".*?</svg>', plot, re.S)
    widths = sorted(float(width) for width in
                    re.findall(r'<rect [^>]* width="([0-9.]+)"', drawn[0] if drawn else ""))
    tap.ok(drawn and "4 MiB" in drawn[0] and "20 KiB" in drawn[0]
           and widths[-1] > 30 * widths[0], "bars are drawn", widths)
    tap.ok('<td class="end n">4 MiB</td>' in plot, "and are a table, too", plot)


def check_words(tap, page):
    """Everything can be read without a script."""
    words = " ".join(" ".join(page.words).split())
    objects = run("lesson", "run", LESSON, "--json").objects()
    steps = [one["step"]["text"] for one in objects if one["type"] == "step"]
    missing = [text for text in steps if text not in words]
    tap.ok(len(steps) > 100 and not missing, "every step's sentence", *missing)
    asked = [one for one in objects if one["type"] == "question"]
    tap.ok(asked and all(one["ask"] in words for one in asked), "every question",
           *[one["ask"] for one in asked if one["ask"] not in words])
    keys = run("lesson", "run", LESSON, "--answers", "-", "--json",
               script="\n".join(f"{one['id']}: ?" for one in asked)).objects()
    tap.ok(all(one["key-text"] in words for one in keys[:-1] if "key-text" in one),
           "and its answer")


def check_pictures(tap, page):
    """Every step's picture is made of parts that there are, and each cut lies
    in the picture that it cuts."""
    data = data_of(page)
    for name in ("wide", "narrow"):
        parts, pictures = data[name]["parts"], data[name]
        now, good = list(pictures["first"]), len(set(parts)) == len(parts)
        seen = set(now)
        for cuts in pictures["steps"]:
            at = 0
            while at < len(cuts):
                place, away, count = cuts[at:at + 3]
                good &= place + away <= len(now)
                now[place:place + away] = cuts[at + 3:at + 3 + count]
                at += 3 + count
            good &= all(number < len(parts) for number in now)
            seen |= set(now)
        tap.ok(good and seen == set(range(len(parts))),
               f"{name}: pictures are made of parts, and every part is used")
        tap.ok(any("0x44332344" in parts[number] for number in now) or
               any("0x44332344" in part for part in parts),
               f"{name}: one of them shows the physical address")


def check_marks(tap, page):
    """What the page says of a wrong value is what the machine says."""
    answers, said = [], []
    for one in data_of(page)["questions"]:
        if not one["id"].startswith("q-") or one["kind"] != "predict":
            continue
        for value, mark in one.get("told", [])[:9]:
            answers.append((one["id"][2:], hex(int(value)) if one["hex"] else value))
            said.append(mark)
    tap.ok(len(answers) > 40, "many wrong values have words of their own", len(answers))
    wrong = [(answer, one, mark)
             for answer, one, mark in zip(answers, marks(LESSON, answers), said)
             if one["mark"] != mark[0]
             or (one.get("why") or "") not in plain(mark[1])]
    tap.ok(not wrong, "the page says what the machine says of them", *wrong)


# Driving ------------------------------------------------------------------


def caption(page):
    return page.run("document.getElementById('say').textContent")


def check_steps(tap, page, folder):
    objects = run("lesson", "run", LESSON, "--json").objects()
    texts = [one["step"]["text"] for one in objects if one["type"] == "step"]
    path = export(folder)[0]
    page.open(path)
    shot = ("[...document.querySelectorAll('#wide > *')].map(e => "
            "e.outerHTML.replace(/ class=\"(come)?\"/, '')).join('')")
    before, forward = [page.run(shot)], []
    for _ in texts[:20]:
        page.press("ArrowRight")
        forward.append(caption(page))
        before.append(page.run(shot))
    tap.equal(forward, texts[:20], "the right key steps, and each step has its sentence")
    tap.ok(len(set(before)) > 10, "pictures change")
    back = []
    for _ in range(20):
        page.press("ArrowLeft")
        back.append(page.run(shot))
    tap.equal(back, before[-2::-1], "the left key steps back, to the very same pictures")
    page.run(f"pagewalk.go({len(texts)})")
    tap.equal(caption(page), texts[-1], "any step can be reached")
    page.run("pagewalk.go(11)")
    tap.equal(page.run(shot), before[11], "and looks as when one steps to it")
    rows = page.run("[...document.querySelectorAll('.points a')].map(a => +a.dataset.step)")
    page.run("pagewalk.go(0)")
    page.press("ArrowRight", shift=True)
    tap.equal(page.run("pagewalk.step"), min(rows), "with Shift to the next row")
    page.run("document.getElementById('stage').focus()")
    moves = []
    for key in ("End", "PageUp", "Home", "PageDown", " "):
        page.press(key)
        moves.append(page.run("pagewalk.step"))
    tap.equal(moves, [len(texts), len(texts) - 1, 0, 1, 2],
              "a clicker's keys work in the stage")
    page.run("document.querySelector('[data-go=back]').click()")
    tap.equal(page.run("pagewalk.step"), 1, "so do the buttons")
    page.run("document.querySelector('.points a').click()")
    tap.equal((page.run("pagewalk.step"),
               page.run("document.querySelector('.points li.now a').dataset.step")),
              (rows[0], str(rows[0])), "and a row, which then stands out")
    page.run("document.querySelector('form input').focus()")
    page.press("ArrowRight")
    tap.equal(page.run("pagewalk.step"), rows[0], "not while one writes")


FILL = """(values => {
  const form = document.getElementById('q-' + values.id);
  const fields = form.elements;
  for (const input of form.querySelectorAll('input[type=radio],input[type=checkbox]'))
    input.checked = (values.ticked || []).includes(input.value);
  for (const [name, value] of Object.entries(values.fields || {}))
    fields.namedItem(name).value = value;
  (values.flags || []).forEach((on, i) =>
    form.querySelectorAll('.flags input')[i].checked = on);
  form.requestSubmit();
  const box = form.querySelector('.feedback');
  return [box.classList[1], box.textContent];
})(%s)"""


def fields_of(kind, answer):
    """How an answer of the command line is given in the page."""
    if kind in ("choose", "several"):
        return {"ticked": re.findall("[a-z]", answer)}
    if kind == "order":
        return {"fields": {f"i{ord(letter) - 97}": str(place) for place, letter
                           in enumerate(re.findall("[a-z]", answer))}}
    if kind == "match":
        return {"fields": {f"i{ord(item) - 97}": str(int(target) - 1)
                           for item, target in re.findall(r"([a-z])=(\d)", answer)}}
    if kind == "fill":
        return {"fields": dict(re.findall(r"(r\dc\d)=([^;]*)", answer))}
    return {"fields": {"answer": answer}}


def check_kinds(tap, page, folder):
    page.open(export(folder, QUESTIONS, "questions.html")[0])
    cases = [(row[0], row[1], row[column], mark)
             for mark, column in (("right", 2), ("wrong", 3), ("partly", 4))
             for row in ANSWERS
             if row[column] is not None and row[1] not in ("edit", "build")]
    marked = marks(QUESTIONS, [(case[0], case[2]) for case in cases])
    for (name, kind, answer, mark), words in zip(cases, marked, strict=True):
        page.run(f"document.getElementById('q-{name}').reset()")
        told = page.run(FILL % json.dumps({"id": name, **fields_of(kind, answer)}))
        tap.ok(told[0] == mark and (kind == "fill" or mark == "partly" or
                                    (words.get("why") or "") in told[1]),
               f"{kind}: {mark}", told, words)
    flags = page.run("[...document.querySelectorAll('#q-let-write .flags input')]"
                     ".map(box => box.checked)")
    for bit, on, mark in ((1, True, "right"), (0, False, "wrong")):
        flags[bit] = on
        told = page.run(FILL % json.dumps({"id": "let-write", "flags": flags}))
        tap.equal(told[0], mark, f"edit: {mark}")
    tried = ("(form => { form.requestSubmit(); return form.querySelector("
             "'.feedback').classList[1]; })(document.getElementById('q-from-nothing'))")
    tap.equal(page.run(tried), "unreadable", "build: nothing is built yet")
    page.run("document.querySelector('#q-from-nothing .unsure').click()")
    tap.equal(page.run(tried), "right", "build: right")
    for count, mark in ((1, "partly"), (2, "wrong")):
        page.run("document.querySelector('#q-from-nothing .slot:last-child .remove').click()")
        tap.equal(page.run(tried), mark, f"build: {mark}, {count} entries fewer")
    page.run("document.querySelectorAll('.unsure').forEach(button => button.click())")
    tap.equal(page.run("[...document.querySelectorAll('form.question')].filter(form => {"
                       " form.requestSubmit(); return !form.querySelector('.feedback')"
                       ".classList.contains('right'); }).map(form => form.id)"),
              [], "what is shown to whoever is not sure is right, of every kind")
    tap.equal(page.run("document.querySelector('#q-walk [name=r2c2]').value"), "0x288c",
              "who is not sure sees the answer in its place")


def check_numbers(tap, page, folder):
    """Numbers are read as the program reads them."""
    page.open(export(folder)[0])
    name = "which-physical-address"
    texts = ("0x44332344", "44332344", "0X4433_2344", "1,144,202,052",
             "1144202052", "４４３３２３４４", "0x44332344 ", "44,33", "0x", "…",
             "--", "1k", "4G", "0b100", "0x11223344", "0x44332555")
    marked = marks(LESSON, [(name, text) for text in texts])
    for text, mark in zip(texts, marked, strict=True):
        told = page.run(FILL % json.dumps({"id": name, "fields": {"answer": text}}))
        tap.equal(told[0], mark["mark"], f"a number written “{text}”")


def check_looks(tap, page, folder):
    path = export(folder)[0]
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    seen = set()
    for dark in (False, True):
        page.open(path, dark=dark)
        seen.add(page.run(ground))
    tap.equal(len(seen), 2, "light and dark")
    page.open(path, width=390, height=800)
    tap.equal(page.run("[getComputedStyle(document.getElementById('wide')).display,"
                       " document.documentElement.scrollWidth <= 390]"),
              ["none", True], "a telephone has a picture of its own, and no more width")
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    asked = [node for node in nodes if node.get("role", {}).get("value") in
             ("textbox", "button", "slider", "radio", "checkbox", "combobox", "img")
             and not node.get("ignored")]
    mute = [node for node in asked if not node.get("name", {}).get("value")]
    tap.ok(len(asked) > 50 and not mute, "whatever can be used has a name",
           *mute[:3])


HOSTILE = "</script><script>throw 1</script><!-- <b onclick='x'> \" & ]]> `${x}`"


def check_hostile(tap, page, folder):
    """What a lesson says is text, whatever it looks like."""
    place = os.path.join(folder, "hostile")
    os.makedirs(place, exist_ok=True)
    with open(os.path.join(QUESTIONS, "lesson.xml"), encoding="utf-8") as file:
        text = file.read()
    said = html.escape(HOSTILE)
    text = re.sub(r"<title>.*?</title>", lambda m: f"<title>{said}</title>", text,
                  count=1, flags=re.S)
    for element in ("ask", "hint", "right", "choice", "p"):
        text = re.sub(rf"(<{element}(?: [^>]*)?>)(.*?)(</{element}>)",
                      lambda m: m[1] + said + m[3], text, flags=re.S)
    text = re.sub(r"<section id=\"[^\"]*\"", '<section id="stage"', text, count=1)
    with open(os.path.join(place, "lesson.xml"), "w", encoding="utf-8") as file:
        file.write(text)
    before = len(page.complaints)
    path, text = export(folder, place, "hostile.html")
    tap.ok(not Page(text).wrong, "hostile text: elements are nested")
    page.open(path)
    tap.equal(page.run("document.querySelector('h1').textContent"), HOSTILE,
              "it is shown as it is")
    page.press("ArrowRight")
    tap.equal((page.run("pagewalk.step"), page.complaints[before:],
               page.run("document.scripts.length")), (1, [], 2),
              "and nothing of it runs")
    page.run("document.querySelector('.unsure').click()")
    tap.equal(page.run("document.querySelectorAll('[onclick]').length"), 0,
              "not in feedback either")


def check_book(tap, folder):
    """Every lesson of the book, in a browser if there is one."""
    program = browser.find()
    ids = [line.split()[0] for line in run("lesson", "list").output.splitlines()
           if line.startswith("  ") and "(" not in line and "/" not in line]
    tap.ok(len(ids) >= 8, "lessons of the book", ids)
    for lesson in ids:
        path, text = export(folder, lesson, f"{lesson}.html")
        size = os.path.getsize(path)
        tap.ok(size < MOST, f"{lesson} is below 1.5 MB", size)
        os.rename(path, path + ".old")
        tap.ok(export(folder, lesson, f"{lesson}.html")[1] == text,
               f"{lesson} is the same again")
        tap.ok(not Page(text).wrong, f"{lesson}: elements are nested")
        if program is not None:
            with browser.Browser(program) as page:
                page.open(path)
                for step in range(0, page.run("pagewalk.last") + 1, 7):
                    page.run(f"pagewalk.go({step})")
                page.run("document.querySelectorAll('.unsure').forEach(b => b.click())")
                tap.ok(not page.complaints and len(page.requests) == 1,
                       f"{lesson} runs", *page.complaints, *page.requests)


def check_plain(tap, program, folder):
    with browser.Browser(program, script=False) as page:
        page.open(export(folder)[0])
        shown = ("(s => [...document.querySelectorAll(s)].filter("
                 "e => e.offsetParent !== null).length)")
        tap.equal(page.run(shown + "('.transport, .buttons')"), 0,
                  "without scripts nothing is offered that would need them")
        tap.ok(page.run(shown + "('.answer')") > 10, "but answers are")


def check_browser(tap, folder):
    program = browser.find()
    if program is None:
        tap.skip("a page in a browser", "no Chromium is installed")
        return
    with browser.Browser(program) as page:
        check_steps(tap, page, folder)
        check_kinds(tap, page, folder)
        check_numbers(tap, page, folder)
        check_looks(tap, page, folder)
        check_hostile(tap, page, folder)
        asked = [url for url in page.requests if not url.startswith("file:///")]
        tap.ok(not asked, "the network is never asked for anything", *asked)
        tap.ok(not page.complaints, "nothing complains", *page.complaints)
    check_plain(tap, program, folder)


def check_chinese(tap, folder):
    if cannot_translate(tap):
        return
    chinese = environment(LC_ALL=translating_locale(), LANGUAGE="zh_CN")
    _, text = export(folder, name="chinese.html", env=chinese)
    page = Page(text)
    words = "".join(page.words)
    tap.ok('<html lang="zh-CN">' in text and not page.wrong, "a page in Chinese")
    tap.ok("页表" in words and "Not quite" not in text and "Hint" not in words,
           "all of it")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        if "--book" in sys.argv:
            check_book(tap, folder)
            tap.done()
        page = check_page(tap, folder)
        check_words(tap, page)
        check_plot(tap, export(folder)[1])
        check_pictures(tap, page)
        check_marks(tap, page)
        check_chinese(tap, folder)
        check_browser(tap, folder)
    tap.done()


if __name__ == "__main__":
    main()
