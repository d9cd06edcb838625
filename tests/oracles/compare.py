"""Runs scripts with the command line and compares it with the model and with QEMU."""

import json
import subprocess

import emulator
import model
import odd
import scripts
import x86

TIMEOUT = 120


class Failed(Exception):
    """The command line did not answer as its contract says."""


# What a wrong answer can lead to here: it is told, and the next script tried.
PROBLEMS = (Failed, ValueError, LookupError, TypeError, subprocess.TimeoutExpired)


def run(cli, script):
    """The objects that the command line prints for a script."""
    done = subprocess.run([cli, "run", "-", "--json"], input=script.text().encode(),
                          capture_output=True, timeout=TIMEOUT, check=False)
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode != 0:
        raise Failed(f"exit {done.returncode}: {said}")
    if said:
        raise Failed(f"it succeeded, but said: {said}")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def number(text):
    """Hex as the contract spells it: 0x, lower case, no leading zeros."""
    value = int(text, 16)
    if text != hex(value):
        raise Failed(f"{text} should be spelled {value:#x}")
    return value


def read_dump(machine, answer):
    """The root, or both of AArch64, and frame → bytes."""
    frames = {}
    for one in answer["frames"]:
        digits = one["bytes"]
        digits = digits[2:] if digits.startswith("0x") else digits
        frames[number(one["frame"])] = bytearray.fromhex(digits)
    if list(frames) != sorted(frames) or len(frames) != len(answer["frames"]):
        raise Failed("the frames of a dump are not in ascending order")
    if any(len(page) != model.PAGE for page in frames.values()):
        raise Failed("a frame of a dump has not 4096 bytes")
    root = number(answer["cr3"])
    if machine.geometry == "aarch64":
        root = (root, number(answer["ttbr1"]))
    return root, frames


def tables_below(machine, frames, root):
    """The frames of all tables that can be reached from the root."""
    found = set()
    size = model.ENTRY_BYTES[machine.geometry]
    levels = model.LEVELS[machine.geometry]

    def descend(number, table):
        found.add(table // model.PAGE)
        if number == len(levels) - 1:
            return
        for index in range(1 << levels[number].bits):
            entry = model.read_entry(frames, table + index * size, size)
            below = model.family(machine).follow(machine, number, entry)
            if below is not None and not below[0]:
                descend(number + 1, below[1])

    for table in (root,) if isinstance(root, int) else root:
        descend(0, table)
    return found


def asked_rights(machine, flags):
    """What a mapping's letters stand for: without nx, x changes nothing."""
    user = "u" in flags
    executable = kernel_executable = "x" in flags or not machine.no_execute
    if machine.geometry == "aarch64" and machine.nx:
        # As Linux has it, user mode and the kernel execute their own pages only.
        executable, kernel_executable = executable and user, executable and not user
    return model.Rights("w" in flags, user, executable, True, kernel_executable)


def compare_mappings(report, case, script, process, root, frames):
    """What was asked for is what the tables say."""
    machine = script.machine
    reader = machine.reader
    report.equal(f"{case}: frames of tables of {process}",
                 sorted(tables_below(machine, frames, root)), list(frames))
    asked = [one for one in script.mappings
             if one.process == process or scripts.shared(machine.geometry, one.address)]
    leaves = {address: entry for address, _, _, entry
              in model.translations(machine, frames, root)}
    report.equal(f"{case}: pages mapped by {process}",
                 sorted(one.address for one in asked), sorted(leaves))
    loaded = model.load_root(machine, frames, root)
    for one in asked:
        out = model.walk(reader, frames, loaded, one.address, "read", "kernel", mark=False)
        found = out.page and (out.page.start // model.PAGE, out.page.shift, out.page.rights)
        report.equal(f"{case}: mapping of {one.address:#x}",
                     (one.frame, one.shift, asked_rights(machine, one.flags)), found)
        found = model.family(machine).marks(leaves.get(one.address, 0))
        report.equal(f"{case}: G, D, A of {one.address:#x}",
                     ("g" in one.flags, False, False), found)


def expected_answer(out, address):
    """What the command line should print for an access, as far as we compare it."""
    if out.ok:
        return {"ok": True, "pa": hex(out.pa), "tlb": "hit" if out.hit else "miss",
                "reads": out.reads}
    fault = {"kind": out.fault.kind, "vector": out.fault.vector,
             "error": hex(out.fault.error), "address": hex(address)}
    return {"ok": False, "fault": fault}


# Four pointers of PAE are loaded with CR3: none of them, if one cannot be.
REFUSED = {"ok": False, "fault": {"kind": "reserved", "vector": x86.GENERAL_PROTECTION,
                                  "error": "0x0"}}


def found_answer(answer, expected):
    """The same members out of an answer; others are none of our business."""
    found = {name: answer.get(name) for name in expected}
    if isinstance(found.get("fault"), dict):
        found["fault"] = {name: found["fault"].get(name) for name in expected["fault"]}
    return found


def compare_accesses(report, case, script, answers, roots, memory):
    """Every access, in order, through one TLB; memory holds all processes' tables."""
    running = root = None
    tlb = model.Tlb(script.machine, script.sets, script.ways)
    for position, (one, answer) in enumerate(zip(script.accesses, answers)):
        if one.process != running:
            try:
                root = model.load_root(script.machine, memory, roots[one.process])
            except x86.Refused:
                report.equal(f"{case}: access {position}, {one.line()}", REFUSED,
                             found_answer(answer, REFUSED))
                continue
            running = one.process
            tlb.change_space()
        out = model.access(script.machine, memory, root, tlb,
                           one.address, one.kind, one.mode)
        if out.ok and one.value is not None and out.pa // model.PAGE in memory:
            start = out.pa % model.PAGE
            memory[out.pa // model.PAGE][start:start + one.width] = \
                one.value.to_bytes(one.width, "little")
        expected = expected_answer(out, one.address)
        expected["va"] = hex(one.address)
        if not out.ok and "reads" in answer:
            expected["reads"] = out.reads
        if not out.ok and "tlb" in answer and out.fault.kind != "non-canonical":
            expected["tlb"] = "hit" if out.hit else "miss"
        report.equal(f"{case}: access {position}, {one.line()}", expected,
                     found_answer(answer, expected))


def odd_script(cli, geometry, seed):
    """A script that overwrites entries of its own page tables with odd bits."""
    script = odd.begin(geometry, seed)
    dumps = [one for one in run(cli, script) if one["op"] == "dump"]
    odd.complete(script, dict(zip(script.processes, (read_dump(script.machine, one)
                                                     for one in dumps))))
    return script


def compare_odd(report, cli, geometry, seed):
    try:
        script = odd_script(cli, geometry, seed)
    except PROBLEMS as problem:
        report.differ(f"odd {geometry} {seed}: {type(problem).__name__}: {problem}")
        return
    compare_script(report, cli, script)


def compare_script(report, cli, script, machine_emulator=None):
    """Everything about one script; with QEMU also its reading of the tables.

    A difference names the script as `run --show` prints it.
    """
    case = f"{script.family} {script.machine.geometry} {script.seed}"
    try:
        answers = run(cli, script)
        _compare_answers(report, case, script, answers, machine_emulator)
    except PROBLEMS as problem:
        report.differ(f"{case}: {type(problem).__name__}: {problem}")


def _compare_answers(report, case, script, answers, machine_emulator):
    dumps = [one for one in answers if one["op"] == "dump"]
    accesses = [one for one in answers if one["op"] == "access"]
    count = len(script.processes)
    if len(dumps) != 2 * count or len(accesses) != len(script.accesses):
        raise Failed(f"{len(dumps)} dumps and {len(accesses)} accesses answered")

    roots, tables = {}, {}
    for name, answer in zip(script.processes, dumps):
        roots[name], tables[name] = read_dump(script.machine, answer)
        compare_mappings(report, case, script, name, roots[name], tables[name])
        if machine_emulator is not None:
            addresses = {one.address for one in script.accesses if one.process == name}
            addresses |= {one.address for one in script.mappings if one.process == name}
            emulator.compare_walks(report, machine_emulator, script.machine, tables[name],
                                   roots[name], sorted(addresses))

    # The very same frames, in one memory: a global page that one process left
    # in the TLB is marked dirty in its own tables while another one runs. What
    # the processes share is the same page for all.
    memory = {}
    for frames in tables.values():
        for frame in frames:
            frames[frame] = memory.setdefault(frame, frames[frame])
    compare_accesses(report, case, script, accesses, roots, memory)
    for name, answer in zip(script.processes, dumps[count:]):
        root, frames = read_dump(script.machine, answer)
        report.equal(f"{case}: root of {name}", roots[name], root)
        report.equal(f"{case}: frames of {name} at the end", list(tables[name]), list(frames))
        for frame, page in tables[name].items():
            report.equal(f"{case}: bytes of frame {frame:#x} at the end",
                         bytes(page), bytes(frames.get(frame, b"")))
