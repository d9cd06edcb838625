#!/usr/bin/python3
"""Page tables that are built in an exported page: whatever is filled in, on any
processor, the page says of it what the machine says. In a real browser."""

import json
import os
import random
import re
import tempfile

import browser
from command import (cannot_translate, environment, marks, run,
                     translating_locale)
from lesson_html import export, plain
from tap import Tap

# geometry, address of a page that is mapped already, by tables of its own; of the
# two that are asked for; tables besides the root: their frames and levels; options
MACHINES = [
    ("x86-32", 0x10000000, 0x400000, 0x401000, [(0x20, 1), (0x21, 1)], "nx=off"),
    ("x86-pae", 0x80000000, 0x40000000, 0x40001000, [(0x20, 2), (0x21, 1)], ""),
    ("x86-64", 0x100000000000, 0x7fff00000000, 0x7fff00001000,
     [(0x20, 3), (0x21, 2), (0x22, 1)], "smep=on smap=on"),
    ("sv39", 0x80000000, 0x3f0001000, 0x3f0002000, [(0x20, 2), (0x21, 1)], ""),
    ("sv32", 0x10000000, 0x400000, 0x401000, [(0x20, 1), (0x21, 1)], "flags=software"),
    ("aarch64", 0x8000000000, 0x400000, 0x401000, [(0x20, 3), (0x21, 2), (0x22, 1)], ""),
    ("toy:va=14,pa=12,page=64,levels=2,entry=2", 0x800, 0x140, 0x180,
     [(0x20, 1), (0x22, 1)], ""),
]

LESSON = """<?xml version="1.0" encoding="UTF-8"?>
<lesson xmlns="https://pagewalk.github.io/ns/lesson/1" id="build" part="2" minutes="5">
  <title>Tables</title>
  <summary>Tables are built.</summary>
  <objectives><objective>Build tables.</objective></objectives>
  <machine>
    <do>machine geometry={name} memory={memory} tlb-sets=1 tlb-ways=4 {options}</do>
    <do>process name=A</do>
    <do>process name=B</do>
    <do>map process=B va={far:#x} frame=0x18 flags=ru</do>
  </machine>
  <stage><figure kind="tables"/></stage>
  <section id="only">
    <title>Build</title>
{questions}
    <beat id="after">
      <title>B has another page</title>
      <do>map process=B va={first:#x} frame=0x2b flags=rwu</do>
      <do>access process=B va={first:#x}</do>
    </beat>
  </section>
  <sources><source>None.</source></sources>
</lesson>
"""

QUESTION = """    <question id="{id}" kind="build" beat="after">
      <ask>Build the tables.</ask>
      <table is="root">The root</table>
      {tables}
      <map va="{first:#x}" frame="0x2b" flags="rwu"/>
      <map va="{second:#x}" frame="0x30" flags="ru"/>
      <right>So it is.</right>
    </question>
"""

FILL = """(slots => {
  const form = document.getElementById('q-built');
  form.querySelectorAll('.remove').forEach(one => one.click());
  for (const slot of slots) {
    form.querySelector('.add').click();
    const node = form.querySelector('.slots').lastElementChild;
    const put = (name, value, event) => {
      const field = node.querySelector(`[name=${name}]`);
      field.value = value;
      field.dispatchEvent(new Event(event, {bubbles: true}));
    };
    put('table', slot.table, 'change');
    put('index', slot.index, 'input');
    for (const box of node.querySelectorAll('input[type=checkbox]'))
      box.checked = slot.bits.includes(+box.dataset.bit);
    put('frame', slot.frame, 'input');
  }
  const now = [...form.querySelectorAll('.slot small')].map(e => e.textContent);
  form.requestSubmit();
  const box = form.querySelector('.feedback');
  return {now, mark: box.classList[1], html: box.innerHTML,
          rows: [...form.querySelectorAll('.wanted li')].map(e => e.className)};
})(%s)"""


def write_lesson(folder, name, far, first, second, tables, options, copies=()):
    """A lesson that asks once, or, for the machine to mark many answers at once,
    again and again."""
    place = os.path.join(folder, re.sub("[^a-z0-9]", "-", name) + ("-all" if copies else ""))
    os.makedirs(place, exist_ok=True)
    values = {"name": name, "options": options, "first": first, "second": second,
              "memory": "4K" if name.startswith("toy") else "1M", "far": far,
              "tables": "".join(f'<table is="{frame:#x}" level="{level}">Free {frame:#x}'
                                "</table>" for frame, level in tables)}
    asked = "".join(QUESTION.format(id=one, **values) for one in copies or ["built"])
    with open(os.path.join(place, "lesson.xml"), "w", encoding="utf-8") as file:
        file.write(LESSON.format(questions=asked, **values))
    return place


def data_of(text):
    found = re.search(r'<script type="application/json" id="lesson">(.*?)</script>', text,
                      re.S)
    return json.loads(found[1])["questions"][0]["build"]


def slot_of(data, entry):
    """How an entry of the answer is filled in."""
    table, index, raw = entry
    level = data["levels"][data["tables"][table][1]]
    raw = int(raw, 0)
    row = sum((raw >> bit & 1) << i for i, bit in enumerate(level["bits"]))
    frame = sum((raw >> start & ((1 << count) - 1)) << to for start, count, to in
                level["ways"][level["rows"][row]][3])
    return {"table": str(table), "index": str(index), "frame": hex(frame),
            "bits": [bit for bit, _, _ in level["flags"] if raw >> bit & 1]}


def spoil(chance, data, slots):
    """Some of the answer's entries, changed here and there, and others."""
    slots = [dict(slot) for slot in slots if chance.random() < 0.9]
    if chance.random() < 0.3 or not slots:
        table = chance.randrange(len(data["tables"]))
        slots.append({"table": str(table), "index": str(chance.choice([0, 1, 2, 3])),
                      "frame": hex(chance.choice([0x18, 0x20, 0x21, 0x2b])),
                      "bits": [bit for bit in range(8) if chance.random() < 0.6]})
    for slot in slots:
        flags = data["levels"][data["tables"][int(slot["table"])][1]]["flags"]
        kind = chance.choice(["none", "flag", "frame", "index"])
        bits = [bit for bit, _, _ in flags]
        if kind == "flag":
            slot["bits"] = sorted(set(slot["bits"]) ^ {chance.choice(bits)})
        elif kind == "frame":
            frames = [int(table[0], 0) for table in data["tables"]]
            slot["frame"] = hex(chance.choice(frames + [0x18, 0x2b, 0x2c, 0x30]))
        elif kind == "index":
            slot["index"] = str(chance.choice([0, 1, 2, 5, 7]))
    return slots


def flipped(data, slots):
    """The answer with one bit after the other flipped."""
    for i, slot in enumerate(slots):
        for bit, _, _ in data["levels"][data["tables"][int(slot["table"])][1]]["flags"]:
            changed = {**slot, "bits": sorted(set(slot["bits"]) ^ {bit})}
            yield slots[:i] + [changed] + slots[i + 1:]


def answer_of(data, slots, now):
    return "; ".join(f"{data['tables'][int(slot['table'])][0]}[{slot['index']}] "
                     f"entry={re.search('0x[0-9a-f]+', text)[0]}"
                     for slot, text in zip(slots, now, strict=True))


def lines_of(markup):
    return [plain(line) for line in re.findall("<li>(.*?)</li>", markup)]


def check_machine(tap, page, folder, machine, count):
    name = machine[0]
    lesson = write_lesson(folder, *machine)
    answer = run("lesson", "check", lesson)
    tap.ok(answer.status == 0, f"{name}: a lesson", answer)
    path, text = export(folder, lesson, os.path.basename(lesson) + ".html")
    data = data_of(text)
    key = [slot_of(data, entry) for entry in data["answer"]]
    chance = random.Random(name)
    page.open(path)
    trials = [key, *flipped(data, key), *(spoil(chance, data, key) for _ in range(count))]
    seen = [page.run(FILL % json.dumps(slots)) for slots in trials]
    kept = [(slots, one) for slots, one in zip(trials, seen, strict=True)
            if one["mark"] != "unreadable"]
    answers = [(f"built-{i}", answer_of(data, slots, one["now"]))
               for i, (slots, one) in enumerate(kept)]
    found = marks(write_lesson(folder, *machine, [one[0] for one in answers]), answers)
    wrong = []
    for (slots, one), verdict in zip(kept, found, strict=True):
        why = [f"{part['part']}: {part['why']}" for part in verdict["parts"]
               if part.get("why")]
        if (one["mark"], lines_of(one["html"])) != (verdict["mark"], why):
            wrong.append((slots, one, verdict))
    tap.equal(seen[0]["mark"], "right", f"{name}: the answer is right")
    tap.equal(seen[0]["rows"], ["n good", "n good"], "and both pages are ticked")
    tap.ok(not wrong and len(kept) > count // 2,
           f"{name}: {len(kept)} answers, marked as the machine does", *wrong[:1])
    return {one["mark"] for one in seen}


def check_unreadable(tap, page, folder):
    """What cannot be read is told as the program tells it."""
    lesson = write_lesson(folder, *MACHINES[0])
    path, text = export(folder, lesson, "x86-32.html")
    data = data_of(text)
    page.open(path)
    slot = {"table": "1", "index": "0", "frame": "0x2b", "bits": [0, 1, 2]}
    cases = [([{**slot, "index": "1024"}], "0x20[1024] +present"),
             ([{**slot, "frame": "x"}], "0x20[0] frame=x"),
             ([{**slot, "frame": "0x100000"}], "0x20[0] frame=0x100000")]
    for slots, words in cases:
        one = page.run(FILL % json.dumps(slots))
        verdict = marks(lesson, [("built", words)])[0]
        tap.equal((one["mark"], plain(one["html"])), ("unreadable", verdict["why"]), words)
    twice = page.run(FILL % json.dumps([slot, slot]))
    tap.ok(twice["mark"] == "unreadable" and "0x20[0]" in twice["html"],
           "an entry that stands there twice", twice)
    zero = {**slot, "frame": "0x0", "bits": []}
    tap.equal(page.run(FILL % json.dumps([zero]))["mark"], "unreadable",
              "nothing that differs is no answer")
    page.run("document.querySelector('#q-built .unsure').click()")
    page.run("document.getElementById('q-built').requestSubmit()")
    tap.ok("right" in page.run("document.querySelector('#q-built .feedback').className"),
           "who is not sure sees the answer in its place, and it is right")
    full = {**slot, "index": "3"}
    page.run(FILL % json.dumps([full]))
    page.run("""(slot => { const field = slot.querySelector('[name=index]');
        field.value = '4'; field.dispatchEvent(new Event('input', {bubbles: true})); })(
        document.querySelector('.slot'))""")
    tap.ok(page.run("document.querySelector('.slot small').textContent")
           .endswith("0x0002b007."), "another index keeps what was changed")


def check_chinese(tap, page, folder):
    if cannot_translate(tap):
        return
    chinese = environment(LC_ALL=translating_locale(), LANGUAGE="zh_CN")
    lesson = write_lesson(folder, *MACHINES[0])
    path, text = export(folder, lesson, "chinese.html", env=chinese)
    page.open(path)
    key = [slot_of(data_of(text), entry) for entry in data_of(text)["answer"]]
    for slots in (key, key[:-1]):
        one = page.run(FILL % json.dumps(slots))
        script = "built: " + answer_of(data_of(text), slots, one["now"])
        told = "".join(run("lesson", "run", lesson, "--answers", "-", script=script,
                           env=chinese).output.split())
        tap.ok(all("".join(line.split()) in told for line in lines_of(one["html"]))
               and not re.search("[a-z]{4}", re.sub("“.*?”", "", plain(one["html"]))),
               f"{one['mark']}, in Chinese", one, told)


def check_kernel(tap, folder):
    """Where a kernel answers faults, a page cannot say what comes of an access."""
    first = MACHINES[0]
    lesson = write_lesson(folder, *first)
    path = os.path.join(lesson, "lesson.xml")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = text.replace('<do>map process=B va=0x10000000 frame=0x18 flags=ru</do>',
                        '<do>map process=B va=0x10000000 frame=0x18 flags=ru</do>'
                        '<do>mmap process=B length=4K prot=rw</do>')
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    _, text = export(folder, lesson, "kernel.html")
    tap.ok('"build":{' not in text and 'class="answer"' in text,
           "where a kernel answers faults, the answer is shown")


def main():
    tap = Tap()
    program = browser.find()
    with tempfile.TemporaryDirectory() as folder:
        check_kernel(tap, folder)
        if program is None:
            tap.skip("tables built in a page", "no Chromium is installed")
            tap.done()
            return
        with browser.Browser(program) as page:
            met = [check_machine(tap, page, folder, machine, 16) for machine in MACHINES]
            tap.equal(set().union(*met) & {"right", "partly", "wrong"},
                      {"right", "partly", "wrong"}, "some of each mark")
            check_unreadable(tap, page, folder)
            check_chinese(tap, page, folder)
            tap.ok(not page.complaints, "nothing complains", *page.complaints)
    tap.done()


if __name__ == "__main__":
    main()
