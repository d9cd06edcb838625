/* Steps through the pictures of a lesson and marks its questions. Everything
 * it knows was computed by the simulation and stands in this page. */
(function () {
  "use strict";
  const lesson = JSON.parse(document.getElementById("lesson").textContent);
  const words = lesson.words;
  const root = document.documentElement;
  const stage = document.getElementById("stage");
  const say = document.getElementById("say");
  const more = document.getElementById("more");
  const asked = document.getElementById("asked");
  const slider = stage.querySelector("input[type=range]");
  const position = stage.querySelector("output");
  const last = Number(slider.max);
  const rows = [...document.querySelectorAll(".points li")];
  const narrow = matchMedia("(max-width: 40em)");
  let now = 0;

  /* Pictures ------------------------------------------------------------- */

  function Picture(id, data) {
    this.svg = document.getElementById(id);
    this.parts = data.parts;
    this.steps = data.steps;
    this.lists = [data.first];
    this.come = []; /* what is new in the picture */
    [...this.svg.children].forEach((node, i) => { node.part = data.first[i]; });
  }

  /* The parts of a picture: those of the one before, after some cuts. */
  Picture.prototype.list = function (step) {
    for (let n = this.lists.length; n <= step; n++) {
      const list = this.lists[n - 1].slice(), cuts = this.steps[n - 1];
      for (let i = 0; i < cuts.length;) {
        const count = cuts[i + 2];
        list.splice(cuts[i], cuts[i + 1], ...cuts.slice(i + 3, i + 3 + count));
        i += 3 + count;
      }
      this.lists.push(list);
    }
    return this.lists[step];
  };

  const maker = document.createElement("template");

  Picture.prototype.make = function (part) {
    maker.innerHTML = "<svg>" + this.parts[part] + "</svg>";
    const node = maker.content.firstChild.firstChild;
    node.part = part;
    return node;
  };

  /* What stays is the same element as before. */
  Picture.prototype.show = function (step) {
    const pool = new Map();
    for (const node of this.svg.children) {
      if (!pool.has(node.part)) pool.set(node.part, []);
      pool.get(node.part).push(node);
    }
    for (const node of this.come) node.classList.remove("come");
    this.come = [];
    let next = this.svg.firstElementChild;
    for (const part of this.list(step)) {
      const known = pool.get(part);
      const kept = known && known.length > 0;
      const node = kept ? known.shift() : this.make(part);
      if (!kept) this.come.push(node);
      if (node === next) {
        next = next.nextElementSibling;
      } else {
        this.svg.insertBefore(node, next);
      }
    }
    for (const nodes of pool.values()) nodes.forEach((node) => node.remove());
    for (const node of this.come) node.classList.add("come");
  };

  /* What has just come is scrolled to, if the picture is higher than its
   * room. */
  Picture.prototype.follow = function () {
    const come = this.come.map((node) => node.getBoundingClientRect());
    if (come.length === 0) return;
    const box = stage.querySelector(".pictures"), view = box.getBoundingClientRect();
    const own = getComputedStyle(box).overflowY === "auto";
    const low = own ? view.bottom : stage.querySelector(".below").getBoundingClientRect().top;
    const high = own ? view.top : 0;
    const top = Math.min(...come.map((one) => one.top)) - 12;
    const bottom = Math.max(...come.map((one) => one.bottom)) + 12;
    const by = top < high || bottom - top > low - high ? top - high : Math.max(0, bottom - low);
    if (by !== 0) (own ? box : window).scrollBy({ top: by });
  };

  const pictures = {
    wide: new Picture("wide", lesson.wide),
    narrow: new Picture("narrow", lesson.narrow),
  };

  /* Steps ---------------------------------------------------------------- */

  function sentence(step) {
    const row = document.querySelector(`.steps > #s${step}`);
    const small = row && row.querySelector("small");
    say.textContent = row ? row.querySelector("a").textContent : lesson.start;
    more.textContent = small ? small.textContent : "";
  }

  /* The row of the prose that the step belongs to: the latest of its beat. */
  function mark(step) {
    let current = null;
    for (const row of rows) {
      const link = row.querySelector("a");
      if (Number(link.dataset.step) <= step) current = row;
    }
    document.querySelectorAll("li.now").forEach((row) => row.classList.remove("now"));
    if (current && step > 0) {
      current.classList.add("now");
      current.querySelector("a").setAttribute("aria-current", "step");
    }
    rows.forEach((row) => {
      if (row !== current) row.querySelector("a").removeAttribute("aria-current");
    });
    const own = document.querySelector(`.steps > #s${step}`);
    if (own) own.classList.add("now");
  }

  function ask(step) {
    asked.textContent = "";
    for (const question of lesson.questions) {
      const form = document.getElementById(question.id);
      const due = question.at === step && !form.settled;
      form.classList.toggle("due", due);
      if (!due || asked.firstChild) continue;
      const link = document.createElement("a");
      link.href = "#" + question.id;
      link.textContent = words.asked;
      asked.append(link);
    }
  }

  function go(step, follow = true) {
    now = Math.max(0, Math.min(last, step));
    const picture = pictures[narrow.matches ? "narrow" : "wide"];
    picture.show(now);
    if (follow) picture.follow();
    sentence(now);
    mark(now);
    ask(now);
    slider.value = now;
    position.textContent = words.position.replace("{step}", now).replace("{last}", last);
    slider.setAttribute("aria-valuetext", position.textContent);
    for (const button of stage.querySelectorAll("button")) {
      const back = button.dataset.go === "first" || button.dataset.go === "back";
      button.disabled = back ? now === 0 : now === last;
    }
  }

  /* The row before or behind this step, for those who do not want each one. */
  function nextRow(direction) {
    const steps = rows.map((row) => Number(row.querySelector("a").dataset.step));
    const ahead = direction > 0 ? steps.filter((step) => step > now)
                                : steps.filter((step) => step < now);
    if (ahead.length === 0) return direction > 0 ? last : 0;
    return direction > 0 ? Math.min(...ahead) : Math.max(...ahead);
  }

  const moves = {
    first: () => 0,
    back: () => now - 1,
    step: () => now + 1,
    last: () => last,
  };

  stage.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-go]");
    if (button) go(moves[button.dataset.go]());
  });
  slider.addEventListener("input", () => go(Number(slider.value)));
  narrow.addEventListener("change", () => go(now, false));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-step]");
    if (!link) return;
    event.preventDefault();
    go(Number(link.dataset.step));
  });

  /* Left and right step wherever they mean nothing else; the stage, once it
   * has the focus, also takes the keys of a clicker. */
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (at.closest("input, select, textarea")) return;
    const keys = {
      ArrowRight: () => (event.shiftKey ? nextRow(1) : now + 1),
      ArrowLeft: () => (event.shiftKey ? nextRow(-1) : now - 1),
    };
    if (at === stage) {
      Object.assign(keys, {
        PageDown: moves.step, PageUp: moves.back,
        Home: moves.first, End: moves.last, " ": moves.step,
      });
    }
    const move = keys[event.key];
    if (!move || (at.closest("pre, .wide") && at !== stage)) return;
    event.preventDefault();
    go(move());
  });

  /* Numbers -------------------------------------------------------------- */

  const most = (1n << 64n) - 1n;

  /* Blanks and underscores between digits, and commas that part groups of
   * three. Null if something else stands there. */
  function squeeze(text) {
    const plain = text.normalize("NFKC").trim().toLowerCase();
    if (!/^[0-9a-z]+([\s_,][0-9a-z]+)*$/.test(plain)) return null;
    const groups = plain.split(",");
    const length = (group) => group.replace(/[\s_]/g, "").length;
    if (groups.length > 1 && (length(groups[0]) > 3 || groups.slice(1).some((group) => length(group) !== 3)))
      return null;
    return plain.replace(/[\s_,]/g, "");
  }

  function number(text, bareHex) {
    let digits = squeeze(text);
    if (digits === null) return null;
    if (bareHex) return /^[0-9a-f]+$/.test(digits) ? small(BigInt("0x" + digits)) : null;
    let shift = 0n;
    const unit = /^(.+?)([kmgt])(ib)?$/.exec(digits);
    if (unit) {
      digits = unit[1];
      shift = 10n * BigInt("kmgt".indexOf(unit[2]) + 1);
    }
    if (!/^([0-9]+|0x[0-9a-f]+|0b[01]+)$/.test(digits)) return null;
    return small(BigInt(digits) << shift);
  }

  function small(value) {
    return value <= most ? value : null;
  }

  /* What a text may mean: in hexadecimal questions also without 0x. */
  function readings(text, hex, choices) {
    const found = [];
    const word = text.trim().toLowerCase();
    (choices || []).forEach((names, i) => {
      if (names.some((name) => name.toLowerCase() === word)) found.push(BigInt(i));
    });
    const plain = number(text, false);
    if (plain !== null) found.push(plain);
    const bare = hex ? number(text, true) : null;
    if (bare !== null) found.push(bare);
    return found;
  }

  const means = (found, value) => found.includes(BigInt(value));

  function told(found, list) {
    const entry = list.find((one) => means(found, one[0]));
    return entry ? entry[1] : null;
  }

  /* Marking -------------------------------------------------------------- */

  function field(form, name) {
    return form.elements.namedItem(name);
  }

  function paint(element, good) {
    element.classList.remove("good", "bad");
    if (good !== null) {
      element.classList.add(good ? "good" : "bad");
      element.setAttribute("aria-invalid", String(!good));
    }
  }

  function escaped(text) {
    const span = document.createElement("span");
    span.textContent = text;
    return span.innerHTML;
  }

  /* What is wrong with a part: "name: why", as each language writes it. */
  function part(name, why) {
    return escaped(words.part.replace(/\{(name|why)\}/g, (all, which) => (which === "name" ? name : why)));
  }

  /* A whole of parts: right if all are, partly right if one is. */
  function sum(question, right, reasons) {
    if (right === question.partly.length - 1) return question.right;
    const list = reasons.filter((text) => text);
    const lines = list.length ? `<ul><li>${list.join("</li><li>")}</li></ul>` : "";
    return [right > 0 ? "partly" : "wrong", question.partly[right] + lines];
  }

  function markValue(question, form) {
    const input = field(form, "answer");
    const found = readings(input.value, question.hex);
    if (found.length === 0) return question.unreadable;
    const right = means(found, question.key);
    paint(input, right);
    return right ? question.right : told(found, question.told) || question.other;
  }

  function markWord(question, form) {
    const chosen = form.querySelector("input:checked");
    if (!chosen) return question.unreadable || ["unreadable", words.nothing];
    const mark = question.words[chosen.value];
    form.querySelectorAll(".choice").forEach((label) => label.classList.remove("good", "bad"));
    chosen.closest(".choice").classList.add(mark[0] === "right" ? "good" : "bad");
    return mark;
  }

  function markSeveral(question, form) {
    const boxes = [...form.querySelectorAll("input[type=checkbox]")];
    if (!boxes.some((box) => box.checked)) return question.unreadable;
    let right = 0, hit = false;
    const reasons = question.items.map(([letter, holds, reason], i) => {
      right += boxes[i].checked === holds;
      hit = hit || (boxes[i].checked && holds);
      const label = boxes[i].closest(".choice");
      label.classList.toggle("good", boxes[i].checked && holds);
      label.classList.toggle("bad", boxes[i].checked !== holds);
      return boxes[i].checked && !holds ? reason : "";
    });
    const answer = sum(question, right, reasons.filter((text) => text).slice(0, 1));
    return answer[0] === "partly" && !hit ? ["wrong", answer[1]] : answer;
  }

  /* Where which item stands, or what belongs to it: a list for each item. */
  function markPairs(question, form) {
    const order = question.kind === "order";
    let right = 0, given = 0;
    question.keys.forEach((_, i) => {
      const select = field(form, "i" + i);
      if (select.value === "") { paint(select, null); return; }
      const good = order ? question.keys[Number(select.value)] === i
                         : question.keys[i] === Number(select.value);
      given++;
      right += good;
      paint(select, good);
    });
    return given === 0 ? ["unreadable", words.nothing] : sum(question, right, []);
  }

  function markCell(cell, input) {
    const found = readings(input.value, cell.hex, cell.words);
    if (input.value.trim() === "") { paint(input, null); return [false, ""]; }
    const good = means(found, cell.key);
    paint(input, good);
    if (good) return [true, ""];
    const why = found.length === 0 ? words.unreadable : told(found, cell.told);
    return [false, why ? part(cell.name, why) : ""];
  }

  function markFill(question, form) {
    const inputs = question.cells.map((cell) => field(form, cell.id));
    if (inputs.every((input) => input.value.trim() === "")) return ["unreadable", words.nothing];
    const marks = question.cells.map((cell, i) => markCell(cell, inputs[i]));
    return sum(question, marks.filter((one) => one[0]).length, marks.map((one) => one[1]));
  }

  function markEdit(question, form) {
    const flags = [...form.querySelectorAll("input[type=checkbox]")];
    const frame = field(form, "frame");
    const key = flags.map((box) => (box.checked ? "1" : "0")).join("") + (frame ? "@" + frame.value : "");
    return question.says[question.tried[key]];
  }

  function markBuild(question, form) {
    const [why, parts] = form.tables.mark();
    if (why !== null) return ["unreadable", escaped(why || words.nothing)];
    const right = parts.filter(([, fault]) => fault === null).length;
    if (right === parts.length) return question.right;
    const lines = parts.filter(([, fault]) => fault !== null)
      .map(([name, fault]) => `<li>${part(name, fault)}</li>`);
    return [right > 0 ? "partly" : "wrong",
            `${question.build.partly[parts.length][right]}<ul>${lines.join("")}</ul>`];
  }

  const markers = {
    predict: (question, form) => (question.words ? markWord : markValue)(question, form),
    choose: markWord,
    several: markSeveral,
    order: markPairs,
    match: markPairs,
    fill: markFill,
    edit: markEdit,
    build: markBuild,
  };

  /* The way to change the entry that is right with the fewest changes. */
  function revealEdit(question, form) {
    const flags = [...form.querySelectorAll("input[type=checkbox]")];
    const frame = field(form, "frame");
    const far = (key) => flags.filter((box, i) => box.defaultChecked !== (key[i] === "1")).length +
      (frame && key.split("@")[1] !== frame.options[0].value ? 1 : 0);
    const right = Object.keys(question.tried)
      .filter((key) => question.says[question.tried[key]][0] === "right")
      .sort((one, other) => far(one) - far(other))[0];
    if (right === undefined) return;
    flags.forEach((box, i) => { box.checked = right[i] === "1"; });
    if (frame) frame.value = right.split("@")[1];
  }

  /* Whoever is not sure sees the answer in its own place. */
  function reveal(question, form) {
    if (question.kind === "predict" && question.key !== undefined)
      field(form, "answer").value = question.hex ? "0x" + BigInt(question.key).toString(16) : question.key;
    if (question.kind === "fill")
      question.cells.forEach((cell) => { field(form, cell.id).value = cell.shown; });
    if (question.kind === "several")
      question.items.forEach(([, holds], i) => { form.querySelectorAll("input[type=checkbox]")[i].checked = holds; });
    if (question.kind === "order" || question.kind === "match")
      question.keys.forEach((key, i) => {
        field(form, "i" + i).value = question.kind === "order" ? question.keys.indexOf(i) : key;
      });
    if (question.kind === "edit") revealEdit(question, form);
    if (form.tables) form.tables.reveal();
    const choices = question.words || {};
    for (const input of form.querySelectorAll("input[type=radio]"))
      if (choices[input.value] && choices[input.value][0] === "right") input.checked = true;
    form.querySelector(".answer").style.display = "block";
    form.querySelector(".answer").open = true;
  }

  function tell(question, form, answer) {
    const box = form.querySelector(".feedback");
    box.className = "feedback " + answer[0];
    box.innerHTML = answer[1];
    form.settled = form.settled || answer[0] === "right" || answer[0] === "not-sure";
    form.classList.toggle("due", false);
    if (question.reveal !== undefined && form.settled) {
      const link = document.createElement("a");
      link.href = "#s" + question.reveal;
      link.dataset.step = question.reveal;
      link.textContent = words.show;
      box.append(" ", link);
    }
    if (asked.firstChild && asked.firstChild.hash === "#" + question.id) ask(now);
  }

  for (const question of lesson.questions) {
    const form = document.getElementById(question.id);
    if (question.build) form.tables = pageTables(question.build, form, (text) => number(text, false));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      tell(question, form, markers[question.kind](question, form));
    });
    form.querySelector(".unsure").addEventListener("click", () => {
      reveal(question, form);
      tell(question, form, question.unsure);
    });
  }

  root.classList.add("scripted");
  const wanted = /^#s(\d+)$/.exec(location.hash);
  go(wanted ? Number(wanted[1]) : 0, false);
  /* For those who drive the page: where it stands. */
  Object.defineProperty(window, "pagewalk", { value: { go, get step() { return now; }, last } });
})();
