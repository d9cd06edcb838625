"""Random scripts for machines whose TLBs are organised in all ways, and their comparison."""

from dataclasses import dataclass, field
from random import Random

import compare
import model
import scripts
import smp

FLUSHES = ("all", "address", "asid", "global", "spaces", "noflush")
LETTERS = ("r", "w", "x", "u", "g")
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (4, 1), (1, 4), (4, 2), (3, 3), (1, 8), (2, 4), (16, 4))
POWERS = tuple(shape for shape in SHAPES if shape[1] & shape[1] - 1 == 0)
LONG_MODE = ("x86-64", "x86-64-la57")
TAGGED = LONG_MODE + ("sv32", "sv39", "sv48", "sv57", "aarch64")

# What each family varies; the rest of the machine is plain.
FAMILIES = ("plain", "split", "two levels", "split and two levels", "plru", "fifo", "random",
            "tagged", "shootdown", "shootdown local", "shootdown off", "upper levels", "kpti",
            "everything")


@dataclass
class Page:
    """A page that some process may map; no two of a script overlap."""

    address: int
    shift: int


@dataclass
class Script:
    family: str
    seed: int
    how: smp.Organisation
    processes: list
    pages: list
    ops: list = field(default_factory=list)     # (name, arguments)

    def lines(self):
        yield machine_line(self.how)
        for name in self.processes:
            yield f"process name={name}"
        for name, arguments in self.ops:
            yield name + "".join(f" {key}={spell(value)}" for key, value in arguments.items()
                                 if value is not None)

    def text(self):
        return "".join(line + "\n" for line in self.lines())


def spell(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    return hex(value) if isinstance(value, int) and value > 9 else str(value)


def shape(pair):
    return f"{pair[0]}x{pair[1]}"


def machine_line(how):
    machine = how.machine
    words = [f"machine geometry={machine.geometry} memory=64M"]
    if how.code is None and how.seed % 2:
        words.append(f"tlb-sets={how.data[0]} tlb-ways={how.data[1]}")
    else:
        words.append(f"dtlb={shape(how.data)}")
    for name, value in (("itlb", how.code), ("stlb", how.second)):
        if value is not None:
            words.append(f"{name}={shape(value)}")
    for name in ("wp", "nx", "smep", "smap", "sum", "mxr"):
        if name != "nx" or machine.geometry != "x86-32":
            words.append(f"{name}={spell(getattr(machine, name))}")
    if machine.software:
        words.append("flags=software")
    if how.replacement is not None:
        words.append(f"tlb-replacement={how.replacement}")
    for name, value, usual in (("cpus", how.cpus, 1), ("pcid", how.pcid, False),
                               ("kpti", how.kpti, False), ("psc", how.psc, False),
                               ("shootdown", how.shootdown, "on")):
        if value != usual:
            words.append(f"{name}={spell(value)}")
    words.append(f"seed={how.seed}")
    words += [f"cost-{name}={value}" for name, value in how.costs.items()
              if value != smp.COSTS[name]]
    return " ".join(words)


def organise(random, family):
    """A machine of a family."""
    everything = family == "everything"

    def has(name, chance=0.5):
        return family == name or (everything and random.random() < chance)

    kpti = has("kpti", 0.3)
    tagged = has("tagged", 0.6) or (kpti and random.random() < 0.6)
    many = family.startswith("shootdown") or (everything and random.random() < 0.8)
    geometry = random.choice(LONG_MODE if kpti else TAGGED if tagged
                             else tuple(model.LEVELS))
    replacement = family if family in ("plru", "fifo", "random") else None
    if replacement is None and (everything or random.random() < 0.2):
        replacement = random.choice(("lru", "plru", "fifo", "random"))
    if family == "plain":
        replacement = None
    shapes = POWERS if replacement == "plru" else SHAPES
    split = has("split") or family == "split and two levels" or (many and random.random() < 0.3)
    second = (has("two levels") or family == "split and two levels"
              or (family != "plain" and random.random() < 0.3))
    reach = "on"
    if many:
        reach = family.split()[-1] if family in ("shootdown local", "shootdown off") else "on"
        reach = random.choice(("on", "local", "off")) if everything else reach
        tagged = tagged or (geometry in TAGGED and random.random() < 0.6)
    machine = model.Machine(
        geometry, wp=random.random() < 0.7, nx=random.random() < 0.7,
        smep=random.random() < 0.2, smap=random.random() < 0.1, sum=random.random() < 0.9,
        mxr=random.random() < 0.3,
        software=not geometry.startswith("x86") and random.random() < 0.03)
    costs = dict(smp.COSTS)
    if random.random() < 0.5:
        costs.update((name, random.randrange(0, 1000)) for name in costs)
    return smp.Organisation(
        machine, cpus=random.choice((2, 3, 4, 8)) if many else 1, data=random.choice(shapes),
        code=random.choice(shapes) if split else None,
        second=random.choice(shapes[2:]) if second else None, replacement=replacement,
        seed=random.randrange(1, 1 << random.choice((4, 32, 64))), pcid=tagged, kpti=kpti,
        psc=has("upper levels") or (kpti and random.random() < 0.4), shootdown=reach,
        costs=costs)


def entries_of(how):
    return sum(one[0] * one[1] for one in (how.data, how.code, how.second) if one)


def some_pages(random, how):
    """Rather more pages than the TLBs hold: neighbours, and some that share a set."""
    geometry = how.machine.geometry
    width = model.ADDRESS_BITS[geometry]
    sizes = scripts.shifts(geometry)
    halves = (0, 1 << width - 1)
    pages = []
    wanted = min(60, 4 + int(entries_of(how) * random.choice((0.7, 1.3, 2))))
    spread = random.choice((1, 1, how.data[0], 512))
    while len(pages) < wanted:
        shift = random.choice(sizes) if random.random() < 0.15 else 12
        base = random.choice(halves) + (0x400000 if random.random() < 0.7
                                        else random.getrandbits(width - 2))
        address = base + ((1 + random.randrange(wanted)) * spread << shift)
        address = model.extend(geometry, address) >> shift << shift
        if any(address >> max(shift, one.shift) == one.address >> max(shift, one.shift)
               for one in pages):
            wanted -= len(pages) > 4 and random.random() < 0.1
            continue
        pages.append(Page(address, shift))
    return pages


def make(family, seed, count=2000):
    random = Random(f"organised {family} {seed}")
    how = organise(random, family)
    most = random.choice((2, 3, 4)) if how.pcid or how.cpus > 1 else random.choice((1, 2, 3))
    script = Script(family, seed, how, [chr(ord("A") + i) for i in range(most)],
                    some_pages(random, how))
    for process in script.processes:
        for page in script.pages:
            if random.random() < 0.8:
                script.ops.append(map_op(random, script, process, page))
    few = script.pages[:1]
    for _ in range(count):
        if random.random() < 0.03:
            few = random.sample(script.pages, min(len(script.pages), 1 + entries_of(how) // 2))
        script.ops.append(some_op(random, script, few))
    script.ops += [("tlb", {"cpu": cpu}) for cpu in range(how.cpus)]
    return script


def map_op(random, script, process, page):
    letters = "r" + "".join(letter for letter, chance in zip(LETTERS[1:], (0.8, 0.7, 0.85, 0.1))
                            if random.random() < chance)
    # Small pages lie in the upper half of memory, large ones behind it: tables lie below.
    frame = random.randrange(0x2000, 0x4000)
    if page.shift > 12:
        frame = random.randrange(1, 4) << max(page.shift, 26) - 12
    return "map", {"process": process, "va": page.address, "frame": frame, "flags": letters,
                   "size": None if page.shift == 12 else 1 << page.shift,
                   "cpu": random.randrange(script.how.cpus) if random.random() < 0.3 else None,
                   "trampoline": True if script.how.kpti and random.random() < 0.3 else None}


def some_op(random, script, few):
    how = script.how
    cpu = random.randrange(how.cpus)
    process = random.choice(script.processes)
    page = random.choice(few if random.random() < 0.7 else script.pages)
    chance = random.random()
    if chance < 0.04:
        return map_op(random, script, process, page)
    if chance < 0.06:
        return "flush", {"kind": random.choice(FLUSHES), "cpu": cpu, "va": page.address}
    if chance < 0.075:
        return "flush", {"kind": random.choice(("asid", "address")), "cpu": cpu,
                         "va": page.address, "process": process}
    if chance < 0.09:
        return "switch", {"process": process, "cpu": cpu}
    if chance < 0.12:
        return "tlb", {"cpu": cpu}
    address = page.address + (random.getrandbits(page.shift) & ~7)
    geometry = how.machine.geometry
    if random.random() < 0.003 and not model.canonical(geometry, 1 << 63):
        address ^= 1 << random.randrange(model.ADDRESS_BITS[geometry], 64)
    running = process if random.random() < 0.1 else None
    return "access", {"cpu": cpu, "va": address, "kind": random.choice(model.KINDS),
                      "mode": "user" if random.random() < 0.8 else "kernel",
                      "process": running}


# What a step says of the TLBs, as the model says it.
FIELDS = {
    "switch": ("dropped",), "mode": ("mode", "dropped"), "flush": ("flush", "dropped"),
    "tlb-probe": ("unit", "set", "page", "shift", "valid"),
    "tlb-compare": ("unit", "way", "tag", "match"), "tlb-hit": ("unit", "set", "way", "frame"),
    "tlb-miss": ("unit",),
    "tlb-victim": ("unit", "set", "way", "page", "shift", "reason"),
    "tlb-fill": ("unit", "set", "way", "page", "shift", "frame", "evicted"),
    "tlb-promote": ("unit", "set", "way", "page", "shift", "frame", "evicted"),
    "tlb-drop": ("unit", "set", "way", "page", "shift", "frame"),
    "entry-read": ("level",), "register-read": (), "psc-hit": ("level",), "psc-fill": ("level",),
    "shootdown": ("processors",), "ipi-send": ("to",), "ipi-wait": ("awaited",),
    "ipi-receive": ("count",), "ipi-ack": ("awaited",), "owe": ("entries",),
    "behind": ("entries",),
}


def told(answer):
    """The steps of an answer as the model's events."""
    events = []
    for step in answer["steps"]:
        names = FIELDS.get(step["kind"])
        if names is None:
            continue
        values = [step.get(name, "tlb" if name == "unit" else None) for name in names]
        values = [int(one, 16) if isinstance(one, str) and one.startswith("0x") else one
                  for one in values]
        events.append((step.get("cpu", 0), step["kind"], *values))
    return events


def expected_events(smp_model):
    if not smp_model.how.plain:
        return smp_model.events
    return [one for one in smp_model.events if one[1] != "tlb-victim"]


def flags_of(kept):
    rights = kept.rights
    return "".join(letter for letter, has in zip(LETTERS, (
        rights.readable, rights.writable, rights.executable or rights.kernel_executable,
        rights.user, kept.everywhere)) if has)


def expected_tlb(machine, number):
    """What the operation "tlb" should print."""
    cpu = machine.cpus[number]
    geometry = machine.machine.geometry
    units = []
    for buffer in cpu.buffers:
        entries = []
        for index, way, kept in buffer:
            one = {"set": index, "way": way,
                   "va": hex(model.extend(geometry, kept.page << kept.shift)),
                   "size": 1 << kept.shift, "frame": hex(kept.frame), "flags": flags_of(kept),
                   "dirty": kept.dirty, "owed": kept.owed}
            if machine.how.pcid:
                one["asid"] = kept.asid
            entries.append(one)
        units.append({"unit": buffer.name, "sets": buffer.sets, "ways": buffer.ways,
                      "entries": entries})
    counters = {name: value for name, value in machine.counters.items() if name != "data"}
    for name, there in (("itlb", machine.how.code), ("stlb", machine.how.second),
                        ("psc", machine.how.psc)):
        if not there:
            counters.pop(f"{name}-hits")
            counters.pop(f"{name}-misses", None)
    answer = {"tlbs": units, "counters": counters, "cycles": machine.cycles()}
    if machine.how.pcid:
        answer["asid"] = cpu.asid
    if machine.how.psc:
        answer["psc"] = sorted((level, hex(prefix))
                               for level, known in cpu.structures.known.items()
                               for _, prefix in known)
    return answer


def found_tlb(answer, expected):
    found = {name: answer.get(name) for name in expected}
    if "psc" in expected:
        found["psc"] = sorted((one["level"], one["prefix"]) for one in answer["psc"])
    return found


def do_access(machine, arguments):
    running = machine.cpus[arguments["cpu"]].process
    process = arguments["process"] or running or machine.processes[0]
    out = machine.access(arguments["cpu"], process, arguments["va"], arguments["kind"],
                         arguments["mode"])
    expected = {"tlb": "hit" if out.hit else "miss", "reads": out.reads}
    if machine.how.second is not None:
        expected["tlb-level"] = out.level
    if out.fault is None:
        return {**expected, "ok": True, "pa": hex(out.pa)}
    fault = {"kind": out.fault.kind, "vector": out.fault.vector, "error": hex(out.fault.error),
             "address": hex(arguments["va"])}
    return {**expected, "ok": False, "fault": fault}


def do_map(machine, arguments):
    shift = (arguments["size"] or 4096).bit_length() - 1
    flags = arguments["flags"]
    leaf = smp.Leaf(arguments["frame"], shift, compare.asked_rights(machine.machine, flags),
                    "g" in flags)
    machine.map(arguments["process"], arguments["va"], leaf, arguments["cpu"],
                bool(arguments["trampoline"]))
    return {}


def do(machine, name, arguments):
    """Does an operation on the model: what the command line should answer."""
    if name == "access":
        return do_access(machine, arguments)
    if name == "map":
        return do_map(machine, arguments)
    if name == "tlb":
        return expected_tlb(machine, arguments["cpu"])
    cpu = machine.cpus[arguments["cpu"]]
    if name == "switch":
        machine.run(cpu, arguments["process"])
        return {"ok": True}
    return {"dropped": machine.flush_asked(cpu, arguments["kind"], arguments["va"],
                                           arguments.get("process"))}


def compare_script(report, cli, script):
    """Every operation of a script; returns how many accesses it had. It stops at the
    first difference, since what follows would differ, too."""
    case = f"{script.family} {script.seed}"
    try:
        answers = compare.run(cli, script)[1 + len(script.processes):]
    except compare.PROBLEMS as problem:
        report.differ(f"{case}: {type(problem).__name__}: {problem}")
        return 0
    machine = smp.Smp(script.how)
    for process in script.processes:
        machine.make_process(process)
    report.equal(f"{case}: answers", len(script.ops), len(answers))
    for position, ((name, arguments), answer) in enumerate(zip(script.ops, answers)):
        machine.events = []
        expected = do(machine, name, arguments)
        what = f"{case}: operation {position}, {name} {arguments}"
        found = found_tlb(answer, expected) if name == "tlb" else compare.found_answer(
            answer, expected)
        same = report.equal(what, expected, found)
        if "steps" in answer and same:
            same = report.equal(f"{what}: steps", expected_events(machine), told(answer))
        if not same:
            break
    return machine.counters["accesses"]
