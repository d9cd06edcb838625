/* Page tables that a reader builds: fills them in, and walks them as the
 * processor does. What bits of an entry mean, what memory holds and what an
 * access may do with which page was asked of the simulation; here it is looked
 * up. */
function pageTables(data, form, number) {
  "use strict";
  const ABSENT = 0, PAGE = 2, RESERVED = 3;
  const MOST_PAGES = 4096, MOST_VISITS = 20000, MOST_TOLD = 4;
  const NOTED = 96; /* accessed and dirty: only the page's own count */
  const top = data.levels.length - 1;
  const bytes = BigInt(data.bytes), shift = BigInt(data.shift);
  const root = BigInt(data.tables[0][0]);
  const untouched = new Map(data.memory.map(([pa, raw]) => [BigInt(pa), BigInt(raw)]));
  const list = form.querySelector(".slots");
  const wanted = [...form.querySelectorAll(".wanted li")];
  let slots = [];

  const hex = (value) => "0x" + value.toString(16);
  const ones = (count) => (1n << BigInt(count)) - 1n;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name]);

  for (const level of data.levels.slice(1))
    for (const way of level.ways) way[2] = BigInt(way[2]);

  /* Entries -------------------------------------------------------------- */

  function wayOf(level, raw) {
    const { bits, rows, ways } = data.levels[level];
    let row = 0;
    bits.forEach((bit, i) => { row |= Number(raw >> BigInt(bit) & 1n) << i; });
    return ways[rows[row]];
  }

  function frameOf(level, raw) {
    let frame = 0n;
    for (const [from, count, to] of wayOf(level, raw)[3])
      frame |= (raw >> BigInt(from) & ones(count)) << BigInt(to);
    return frame;
  }

  /* Null if the entry cannot name that frame. */
  function withFrame(level, raw, frame) {
    for (const [from, count, to] of wayOf(level, raw)[3]) {
      raw &= ~(ones(count) << BigInt(from));
      raw |= (frame >> BigInt(to) & ones(count)) << BigInt(from);
    }
    return frameOf(level, raw) === frame ? raw : null;
  }

  const placeOf = (frame, index) => (frame << shift) + BigInt(index) * bytes;
  const entryAt = (memory, pa) => memory.get(pa) || 0n;

  /* Walking -------------------------------------------------------------- */

  /* Where an access ends: [kind of fault, null], or [0, physical address].
   * `rules` says what the processor answers to which rights. */
  function walk(memory, va, rules) {
    let table = root, denied = 0;
    for (let level = top; ; level--) {
      const { low, count } = data.levels[level];
      const raw = entryAt(memory, placeOf(table, va >> BigInt(low) & BigInt(count - 1)));
      const [now, no, bad] = wayOf(level, raw);
      if (now === ABSENT) return [data.absent, null];
      if (now === RESERVED || (raw & bad) !== 0n) return [data.reserved, null];
      if (level === 1 && now !== PAGE) return [data.absent, null];
      denied |= no & ~NOTED;
      table = frameOf(level, raw);
      if (now !== PAGE) continue;
      const kind = Number(rules[denied | no & NOTED]);
      return [kind, kind > 0 ? null : (table << shift) + (va & ones(low))];
    }
  }

  /* All pages that lie below the root. */
  function pagesOf(memory) {
    const places = [...memory.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const found = [];
    let visits = 0;

    function below(table, level, va) {
      const { low, count } = data.levels[level];
      const first = placeOf(table, 0), end = placeOf(table, count);
      if (visits++ === MOST_VISITS) return;
      for (const pa of places) {
        if (pa < first) continue;
        if (pa >= end || found.length === MOST_PAGES || visits > MOST_VISITS) return;
        const raw = memory.get(pa), [now, , bad] = wayOf(level, raw);
        const at = va | (pa - first) / bytes << BigInt(low);
        if (now === ABSENT || now === RESERVED || (raw & bad) !== 0n) continue;
        if (now === PAGE)
          found.push({ va: signed(at), frame: frameOf(level, raw), shift: low });
        else if (level > 1)
          below(frameOf(level, raw), level - 1, at);
      }
    }

    below(root, top, 0n);
    return found;
  }

  /* Above the top translated bit, addresses repeat it. */
  function signed(va) {
    const upper = data.sign > 0 && (va >> BigInt(data.sign - 1) & 1n) === 1n;
    return upper ? va | (ones(64) ^ ones(data.sign)) : va;
  }

  /* Marking -------------------------------------------------------------- */

  /* What is wrong with a page that is asked for; null if nothing is. */
  function faultOf(memory, va, frame, probes) {
    for (const [operation, allowed, rules] of probes) {
      const [kind, reached] = walk(memory, va, rules);
      if (allowed && kind > 0) return fill(data.refused[kind], { operation });
      if (!allowed && kind === 0) return fill(data.says.allowed, { operation });
      if (kind === 0 && reached !== frame << shift)
        return fill(data.says.elsewhere,
                    { operation, reached: hex(reached), wanted: hex(frame << shift) });
    }
    return null;
  }

  function excess(memory) {
    const same = (a, b) => a.va === b.va && a.frame === b.frame && a.shift === b.shift;
    const before = pagesOf(untouched);
    const asked = data.maps.map(([va]) => BigInt(va));
    return pagesOf(memory)
      .filter((page) => !(page.shift === data.shift && asked.includes(page.va)))
      .filter((page) => !before.some((other) => same(page, other)))
      .slice(0, MOST_TOLD)
      .map((page) => [hex(page.va), fill(data.says.excess, { frame: hex(page.frame) })]);
  }

  /* [why it cannot be read, null] ("": nothing is there), or [null, parts]: each
   * its name and what is wrong with it, null if nothing is. */
  function mark() {
    const memory = new Map(untouched), taken = new Set();
    let any = false;
    wanted.forEach((row) => row.classList.remove("good", "bad"));
    for (const slot of slots) {
      const { why, pa, raw, name, changed } = slot.read();
      if (why) return [why, null];
      if (taken.has(pa)) return [fill(data.says.twice, { entry: name }), null];
      taken.add(pa);
      memory.set(pa, raw);
      if (raw === 0n) memory.delete(pa);
      any = any || changed;
    }
    if (!any) return ["", null];
    const parts = data.maps.map(([va, frame, probes]) =>
      [va, faultOf(memory, BigInt(va), BigInt(frame), probes)]);
    parts.forEach(([, fault], i) => wanted[i].classList.add(fault === null ? "good" : "bad"));
    return [null, parts.concat(excess(memory))];
  }

  /* Entries that are filled in ------------------------------------------- */

  function Slot() {
    const node = form.querySelector("template").content.firstElementChild.cloneNode(true);
    this.node = node;
    [this.table, this.index, this.frame] = ["table", "index", "frame"]
      .map((name) => node.querySelector(`[name=${name}]`));
    this.bits = node.querySelector(".bits");
    this.now = node.querySelector("small");
    this.index.value = "0";
    this.before = 0n;
    this.level = 0;
    this.place();
    this.table.addEventListener("change", () => this.place());
    this.index.addEventListener("input", () => this.place());
    node.addEventListener("input", () => this.show());
    node.querySelector(".remove").addEventListener("click", () => {
      slots = slots.filter((one) => one !== this);
      node.remove();
      form.querySelector(".add").focus();
    });
    list.append(node);
    slots.push(this);
  }

  /* The index that was written; null if it is none of the table. */
  Slot.prototype.at = function () {
    const index = number(this.index.value);
    return index !== null && index < BigInt(data.levels[this.level].count) ? index : null;
  };

  Slot.prototype.addFlag = function ([bit, letters, title]) {
    const label = document.createElement("label"), box = document.createElement("input");
    const name = document.createElement("span");
    box.type = "checkbox";
    box.dataset.bit = bit;
    box.setAttribute("aria-label", `${letters}: ${title}`);
    name.className = "n";
    name.textContent = letters;
    label.title = title;
    label.append(box, " ", name);
    this.bits.append(label);
  };

  /* Another table, or another index: the entry that lies there is changed, as
   * the one before was. */
  Slot.prototype.place = function () {
    const changed = this.level > 0 ? this.changes() : null;
    const [frame, level] = data.tables[this.table.value];
    if (level !== this.level) {
      this.bits.textContent = "";
      data.levels[level].flags.forEach((flag) => this.addFlag(flag));
    }
    this.level = level;
    this.pa = placeOf(BigInt(frame), this.at() || 0n);
    this.set(entryAt(untouched, this.pa));
    this.before = entryAt(untouched, this.pa);
    if (changed) this.change(changed);
    this.show();
  };

  Slot.prototype.boxes = function () {
    return [...this.bits.querySelectorAll("input")];
  };

  Slot.prototype.set = function (raw) {
    for (const box of this.boxes()) box.checked = (raw >> BigInt(box.dataset.bit) & 1n) === 1n;
    this.frame.value = hex(frameOf(this.level, raw));
  };

  /* What differs from the entry that was there. */
  Slot.prototype.changes = function () {
    const flags = new Map();
    for (const box of this.boxes())
      if (box.checked !== ((this.before >> BigInt(box.dataset.bit) & 1n) === 1n))
        flags.set(box.getAttribute("aria-label"), box.checked);
    const own = hex(frameOf(this.level, this.before));
    return { flags, frame: this.frame.value === own ? null : this.frame.value };
  };

  Slot.prototype.change = function ({ flags, frame }) {
    for (const box of this.boxes()) {
      const name = box.getAttribute("aria-label");
      if (flags.has(name)) box.checked = flags.get(name);
    }
    if (frame !== null) this.frame.value = frame;
  };

  /* The entry that the boxes and the frame make; null if it cannot be. */
  Slot.prototype.raw = function () {
    const frame = number(this.frame.value);
    let raw = this.before;
    for (const box of this.boxes()) {
      const mask = 1n << BigInt(box.dataset.bit);
      raw = box.checked ? raw | mask : raw & ~mask;
    }
    return frame === null ? null : withFrame(this.level, raw, frame);
  };

  Slot.prototype.show = function () {
    const raw = this.raw();
    const digits = raw === null ? "" : raw.toString(16).padStart(2 * data.bytes, "0");
    this.now.textContent = raw === null ? "" : fill(data.says.now, { entry: "0x" + digits });
  };

  Slot.prototype.read = function () {
    const [table, , noIndex] = data.tables[this.table.value];
    const index = this.at(), frame = number(this.frame.value), raw = this.raw();
    if (index === null) return { why: fill(noIndex, { index: this.index.value }) };
    if (frame === null) return { why: fill(data.says.unread, { frame: this.frame.value }) };
    if (raw === null) return { why: data.says.large };
    return { pa: this.pa, raw, name: `${table}[${index}]`, changed: raw !== this.before };
  };

  /* The answer, in the place of what was filled in. */
  function reveal() {
    slots.forEach((slot) => slot.node.remove());
    slots = [];
    for (const [table, index, raw] of data.answer) {
      const slot = new Slot();
      slot.table.value = table;
      slot.index.value = index;
      slot.place();
      slot.set(BigInt(raw));
      slot.show();
    }
    mark();
  }

  form.querySelector(".add").addEventListener("click", () => new Slot().index.focus());
  new Slot();
  return { mark, reveal };
}
