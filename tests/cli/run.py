#!/usr/bin/python3
"""pagewalk-cli run: operations, what they print, and what is refused.

With --update it writes the step sequences in golden/ instead of comparing.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from command import (CLI, cannot_translate, failure, misuse, run,
                     translation)
from tap import Tap

GOLDEN = pathlib.Path(__file__).parent / "golden"
UPDATE = "--update" in sys.argv

FLAGSHIP = """\
machine geometry=x86-32 memory=64M tlb-sets=4 tlb-ways=4
process name=A
map process=A va=0x11223000 frame=0x44332 flags=rwu
access va=0x11223344
access va=0x11223344
dump process=A
"""

LONG = """\
machine geometry=x86-64
process name=A
map process=A va=0x7fffdeadb000 frame=0x44332 flags=rwu
access va=0x7fffdeadbeef kind=write
access va=0x7fffdeadbeef kind=fetch
"""


def objects(script, *options):
    answer = run("run", "-", "--json", *options, script=script)
    assert answer.status == 0 and answer.errors == "", answer
    return answer.objects()


def without_steps(answer):
    return {key: value for key, value in answer.items() if key != "steps"}


def machine(geometry="x86-32", **more):
    words = [f"{name.replace('_', '-')}={value}" for name, value in more.items()]
    return (f"machine geometry={geometry} {' '.join(words)}\nprocess name=A\n")


def access(script, line):
    """What the access of the last line came to, without its steps."""
    return without_steps(objects(script + line + "\n")[-1])


def check_flagship(tap):
    answers = objects(FLAGSHIP)
    tap.equal([a["op"] for a in answers],
              ["machine", "process", "map", "access", "access", "dump"],
              "an object for each operation, in their order")
    tap.equal(without_steps(answers[0]),
              {"op": "machine", "geometry": "x86-32", "memory": 64 << 20,
               "tlb": {"sets": 4, "ways": 4}, "wp": True, "nx": False,
               "smep": False, "smap": False}, "machine")
    tap.equal(without_steps(answers[1]),
              {"op": "process", "name": "A", "pid": answers[1]["pid"],
               "cr3": "0x1000"}, "process")
    tap.equal(without_steps(answers[2]),
              {"op": "map", "process": "A", "va": "0x11223000", "frame": "0x44332",
               "size": 4096, "flags": "rwu"}, "map")
    tap.equal(without_steps(answers[3]),
              {"op": "access", "va": "0x11223344", "ok": True, "pa": "0x44332344",
               "tlb": "miss", "reads": 2}, "the first access: a miss, two reads")
    tap.equal(without_steps(answers[4]),
              {"op": "access", "va": "0x11223344", "ok": True, "pa": "0x44332344",
               "tlb": "hit", "reads": 0}, "the second: a hit, no read")
    tap.ok(list(answers[3]) == ["op", "va", "ok", "pa", "tlb", "reads", "steps"],
           "names come in the contract's order", list(answers[3]))

    reads = [s for s in answers[3]["steps"] if s["kind"] == "entry-read"]
    tap.equal([(s["index"], s["frame"]) for s in reads],
              [(68, "0x2"), (547, "0x44332")], "entries 68 and 547 are read")
    tap.ok(all(s["text"].endswith(".") for a in answers[:5] for s in a["steps"]),
           "every step has a sentence")
    tap.ok(all(isinstance(s["depth"], int) for s in answers[3]["steps"]),
           "every step has a depth")


def check_dump(tap):
    dump = objects(FLAGSHIP)[-1]
    tap.equal(list(dump), ["op", "process", "cr3", "frames"], "dump: its names")
    tap.equal([f["frame"] for f in dump["frames"]], ["0x1", "0x2"],
              "every page-table frame, ascending")
    tables = {f["frame"]: bytes.fromhex(f["bytes"]) for f in dump["frames"]}
    tap.ok(all(len(t) == 4096 for t in tables.values()), "4096 bytes of each")
    directory, table = bytearray(4096), bytearray(4096)
    directory[4 * 68:4 * 69] = bytes.fromhex("27200000")
    table[4 * 547:4 * 548] = bytes.fromhex("27203344")
    tap.equal((tables["0x1"], tables["0x2"]), (bytes(directory), bytes(table)),
              "bytes in memory order, A set in both entries, D in none")


def check_long_mode(tap):
    answers = objects(LONG)
    tap.equal(without_steps(answers[3]),
              {"op": "access", "va": "0x7fffdeadbeef", "ok": True,
               "pa": "0x44332eef", "tlb": "miss", "reads": 4},
              "x86-64: four entries are read")
    tap.equal(without_steps(answers[4]),
              {"op": "access", "va": "0x7fffdeadbeef", "ok": False,
               "fault": {"kind": "protection", "vector": 14, "error": "0x15",
                         "address": "0x7fffdeadbeef"}, "tlb": "hit", "reads": 0},
              "x86-64: a fetch from a page without x")
    large = machine("x86-64", memory="8M") + (
        "map process=A va=2M frame=0x400 size=2M flags=rwu\n"
        "map process=A va=1G frame=0x40000 size=1G flags=rwu\n")
    tap.equal(access(large, "access va=0x212345")["pa"], "0x412345", "a 2 MiB page")
    tap.equal(access(large, "access va=0x52345678")["pa"], "0x52345678",
              "a 1 GiB page")
    tap.equal(access(large, "access va=0x212345")["reads"], 3, "reads one entry less")


def check_faults(tap):
    base = machine() + "map process=A va=0x1000 frame=9 flags=r\n"
    cases = [
        ("access va=0x2000 mode=user", "not-present", "0x4"),
        ("access va=0x2000 mode=user kind=write", "not-present", "0x6"),
        ("access va=0x2000 mode=kernel", "not-present", "0x0"),
        ("access va=0x1000 mode=user", "protection", "0x5"),
        ("access va=0x1000 mode=user kind=write", "protection", "0x7"),
        ("access va=0x1000 mode=kernel kind=write", "protection", "0x3"),
    ]
    for line, kind, error in cases:
        found = access(base, line)
        tap.equal((found["ok"], found["fault"]["kind"], found["fault"]["error"],
                   found["fault"]["vector"]), (False, kind, error, 14), line)
    free = machine(wp="off") + "map process=A va=0x1000 frame=9 flags=r\n"
    tap.ok(access(free, "access va=0x1000 mode=kernel kind=write")["ok"],
           "with WP=0 the kernel writes to a read-only page")
    found = access(machine("x86-64"), "access va=0x800000000000")
    tap.equal(found, {"op": "access", "va": "0x800000000000", "ok": False,
                      "fault": {"kind": "non-canonical", "vector": 13,
                                "error": "0x0", "address": "0x800000000000"},
                      "tlb": "miss", "reads": 0}, "a non-canonical address")
    answers = objects(machine() + "access va=0\nmap process=A va=0 frame=5 flags=ru\n"
                      "access va=0\n")
    tap.equal([a["ok"] for a in answers if a["op"] == "access"], [False, True],
              "after a fault the script goes on")


def check_values(tap):
    base = machine() + "map process=A va=0x1000 frame=9 flags=rwu\n"
    answers = objects(base + "access va=0x1004 kind=write width=4 value=0xdeadbeef\n"
                      "access va=0x1004 width=4\naccess va=0x1006 width=1\n"
                      "access va=0x1004\n")[-4:]
    tap.equal([a.get("value") for a in answers],
              ["0xdeadbeef", "0xdeadbeef", "0xad", None],
              "a value is printed where width or value is given")
    tap.equal(objects(base.replace("0x1000", "4K"))[-1]["va"], "0x1000",
              "4K is 0x1000")
    answers = objects("machine geometry=x86-64 memory=64K # tiny\n\n  # nothing\n"
                      "\tprocess\tname=long-name.1_x\r\n")
    tap.equal(answers[-1]["name"], "long-name.1_x",
              "comments, empty lines, tabs, CR LF, odd names")
    mark = b"\xef\xbb\xbf" + FLAGSHIP.encode()
    tap.equal(run("run", "-", "--json", script=mark).output,
              run("run", "-", "--json", script=FLAGSHIP).output,
              "a byte-order mark is passed over")
    tap.equal(run("run", "-", "--json", script=FLAGSHIP.rstrip()).output,
              run("run", "-", "--json", script=FLAGSHIP).output,
              "the last line needs no end")


def refused(tap, name, script, line, says=""):
    """The script stops at that line; what came before it is printed."""
    data = script if isinstance(script, bytes) else script.encode()
    answer = run("run", "-", "--json", script=data)
    head = b"\n".join(data.split(b"\n")[:line - 1])
    before = run("run", "-", "--json", script=head)
    tap.ok(answer.status == 1 and answer.errors.startswith(f"-:{line}: ")
           and says in answer.errors and answer.errors.count("\n") == 1
           and answer.output == before.output and before.status == 0,
           name, answer)


def check_errors(tap):
    ready = machine() + "map process=A va=0x1000 frame=9 flags=rwu\n"
    for name, line in [
            ("an unknown operation", "fly"),
            ("an unknown parameter", "access va=0 speed=9"),
            ("a parameter given twice", "access va=0 va=0"),
            ("a missing parameter", "access kind=read"),
            ("a word without a value", "access va"),
            ("an empty value", "access va="),
            ("no number", "access va=12q"),
            ("too large a number", "access va=0x10000000000000000"),
            ("a number out of bounds", "access va=0 width=9"),
            ("a width that is no power of two", "access va=0 width=3"),
            ("no such choice", "access va=0 kind=look"),
            ("no such flag", "map process=A va=0x2000 frame=1 flags=rq"),
            ("a flag twice", "map process=A va=0x2000 frame=1 flags=rr"),
            ("flags without r", "map process=A va=0x2000 frame=1 flags=wu"),
            ("a bad name", "process name=a/b"),
            ("a long name", "process name=" + "a" * 32),
            ("a second machine", "machine geometry=x86-32"),
            ("a second process of a name", "process name=A"),
            ("an unknown process", "access va=0 process=B"),
            ("an address that does not fit", "access va=0x100000000"),
            ("an access across pages", "access va=0xfff width=2"),
            ("a page that is not aligned", "map process=A va=0x1001 frame=1 flags=r"),
            ("a page size that is not there",
             "map process=A va=0 frame=0 size=2M flags=r"),
            ("a frame that does not fit", "map process=A va=0 frame=0x100000 flags=r"),
            ("a large page over a table",
             "map process=A va=0 frame=0 size=4M flags=r")]:
        refused(tap, name, ready + line + "\naccess va=0x1000\n", 4)
    refused(tap, "no machine", "# first\nprocess name=A\n", 2)
    refused(tap, "no process", "machine geometry=x86-32\naccess va=0\n", 2)
    refused(tap, "an unknown geometry", "machine geometry=vax\n", 1)
    refused(tap, "memory runs out", "machine geometry=x86-32 memory=64K\n" + "".join(
        f"process name=p{i}\n" for i in range(20)), 17)


def check_text_of_scripts(tap):
    ready = machine().encode()
    for name, line in [("a NUL", b"access va=0\0"), ("a control character", b"\x07"),
                       ("a CR inside", b"access\rva=0"),
                       ("bytes that are not UTF-8", b"# \xff\xfe"),
                       ("a line of 5000 bytes", b"#" * 5000),
                       ("a line of 4097 bytes", b"#" * 4097)]:
        refused(tap, f"{name} is refused", ready + line + b"\naccess va=0\n", 3)
    fits = ready + b"#" * 4096 + b"\r\n# \xe4\xbd\xa0\xe5\xa5\xbd\naccess va=0\n"
    tap.equal(run("run", "-", script=fits).status, 0, "4096 bytes are a line")
    answer = run("run", "-", script=b"x" * 30_000_000)
    tap.ok(answer.status == 1 and answer.errors.startswith("-:1: "),
           "30 MB without a line end are refused at once", answer)


def check_files(tap):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a script")
        pathlib.Path(path).write_text(FLAGSHIP, encoding="utf-8")
        tap.equal(run("run", path, "--json").output,
                  run("run", "-", "--json", script=FLAGSHIP).output,
                  "a file is as good as standard input")
        pathlib.Path(path).write_text("machine geometry=x86-32\nfly\n")
        answer = run("run", path)
        tap.ok(answer.status == 1 and answer.errors.startswith(f"{path}:2: "),
               "errors name the file and the line", answer)
        failure(tap, "a missing file", "run", path + "x", says=f"{path}x: ")
        failure(tap, "a folder", "run", folder, says=f"{folder}: ")
    misuse(tap, "no script", "run")
    misuse(tap, "two scripts", "run", "-", "-")
    misuse(tap, "a script and --help-ops", "run", "-", "--help-ops")
    tap.equal(run("run", "-", script="").status, 0, "an empty script")


def check_text(tap):
    text = run("run", "-", script=FLAGSHIP).output
    for piece in ("access va=0x11223344\n",
                  "0x11223344 → 0x44332344  (TLB miss, 2 entries read)",
                  "0x11223344 → 0x44332344  (TLB hit, no entry read)"):
        tap.ok(piece in text, f"the text says: {piece.strip()}", text)
    sentences = [s["text"] for a in objects(FLAGSHIP) for s in a.get("steps", [])]
    tap.ok(all(f"{sentence}\n" in text for sentence in sentences),
           "the text has every sentence of the JSON")
    broken = run("run", "-", script=FLAGSHIP + "fly\n")
    tap.equal((broken.status, broken.output), (1, text),
              "what was done before an error stays")


def check_languages(tap):
    if cannot_translate(tap):
        return
    words = {"The TLB looks for page %s in set %u.": "SUCHE %s %u",
             "TLB hit, no entry read": "TREFFER",
             "there is no operation “%s”": "UNBEKANNT %s"}
    with tempfile.TemporaryDirectory() as folder:
        foreign = translation(folder, words)
        text = run("run", "-", script=FLAGSHIP, env=foreign).output
        tap.ok("SUCHE" in text and "TREFFER" in text, "text is translated", text)
        tap.equal(run("run", "-", "--json", script=LONG, env=foreign).output,
                  run("run", "-", "--json", script=LONG).output,
                  "JSON is English in every language")
        tap.ok("UNBEKANNT" in run("run", "-", script="fly\n", env=foreign).errors,
               "errors are translated")
        tap.equal(run("run", "-", "--json", script="fly\n", env=foreign).errors,
                  run("run", "-", "--json", script="fly\n").errors,
                  "but not with --json")


def check_as_coprocess(tap):
    """Every line is answered before the next one is sent."""
    with subprocess.Popen([CLI, "run", "-", "--json"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        seen = []
        for line in FLAGSHIP.splitlines():
            process.stdin.write(line + "\n")
            process.stdin.flush()
            seen.append(json.loads(process.stdout.readline())["op"])
        process.stdin.close()
        tap.equal((seen, process.wait(60)),
                  ([line.split()[0] for line in FLAGSHIP.splitlines()], 0),
                  "each operation is answered at once")


def check_broken_pipe(tap):
    script = machine() + "access va=0\n" * 100_000
    with subprocess.Popen([CLI, "run", "-", "--json"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        try:
            process.stdin.write(script.encode())
            process.stdin.close()
        except BrokenPipeError:
            pass
        errors = process.stderr.read().decode()
        status = process.wait(60)
    tap.ok(status == 1 and errors.startswith("pagewalk-cli: ")
           and errors.count("\n") == 1,
           "a reader that goes away ends the run", status, errors)


def check_length(tap):
    count = 50_000
    script = machine() + "map process=A va=0 frame=5 flags=ru\n" + "".join(
        f"access va={i % 4096}\n" for i in range(count))
    answer = run("run", "-", "--json", script=script)
    lines = answer.output.splitlines()
    tap.equal((answer.status, len(lines)), (0, count + 3),
              f"a script of {count} accesses")
    tap.equal(without_steps(json.loads(lines[-1]))["pa"],
              hex(0x5000 + (count - 1) % 4096), "up to its last line")


def check_help_ops(tap):
    answer = run("run", "--help-ops", "--json")
    operations = {op["op"]: op for op in answer.objects()}
    tap.equal(sorted(operations), ["access", "brk", "chdir", "clone", "close", "compact", "dma", "drop-caches",
                                     "dump", "exec", "exit", "file", "flush", "fork", "free",
                                     "free_pages", "fsync", "get_pages", "input", "iommu",
                                     "kernel", "kfree", "kmalloc", "kmap", "kthread", "kunmap", "kwrite",
                                     "limit", "link", "load", "machine", "madvise", "malloc",
                                     "map", "mlock", "mlockall", "mmap", "mprotect", "mremap",
                                     "msync", "munlock", "munlockall", "munmap", "oom-adjust",
                                     "open", "overcommit", "pin", "poke", "pool", "port",
                                     "process", "program", "read", "reference", "relocate", "rmap",
                                     "rmmod", "run", "segment", "segments", "shm", "show", "sigaction",
                                     "string", "swap-in", "swap-out", "swapoff", "swapon",
                                     "switch", "sync", "tick", "tlb", "translation", "truncate",
                                     "unlink", "unmap", "unpin", "vfork", "vfree", "vmalloc",
                                     "wait", "window", "write"],
              "--help-ops --json names every operation")
    parameters = {p["name"]: p for p in operations["machine"]["parameters"]}
    tap.equal((parameters["geometry"]["required"], parameters["geometry"]["choices"]),
              (True, ["x86-32", "x86-pae", "x86-64", "x86-64-la57", "sv32", "sv39",
                      "sv48", "sv57", "aarch64", "toy"]), "a choice and what there is to choose")
    memory = parameters["memory"]
    tap.equal((memory["type"], memory["required"], memory["low"], memory["high"],
               memory["default"]), ("number", False, 32, 4 << 30, 64 << 20),
              "a number, its bounds and its default")
    text = run("run", "--help-ops").output
    for name, op in operations.items():
        tap.ok(f"{name}: " in text and all(f"  {p['name']}=  " in text and
               p["help"] in text for p in op["parameters"]),
               f"--help-ops explains {name}", text)


def golden_text(geometry, answer):
    """One line a step: its kind and its values, without the sentence."""
    lines = [f"{geometry}: {json.dumps(without_steps(answer))}"]
    for step in answer["steps"]:
        values = " ".join(f"{name}={value}" for name, value in step.items()
                          if name not in ("kind", "depth", "text"))
        lines.append("  " * step["depth"] + f"{step['kind']} {values}")
    return "\n".join(lines) + "\n"


def compare_golden(tap, name, found, what):
    path = GOLDEN / f"{name}.txt"
    if UPDATE:
        path.write_text(found, encoding="utf-8")
    tap.equal(found, path.read_text(encoding="utf-8"), what)


def check_pair(tap, geometry, script):
    """The last two accesses of a script miss and hit."""
    for name, answer in zip(("miss", "hit"), objects(script)[-2:]):
        compare_golden(tap, f"{geometry}-{name}", golden_text(geometry, answer),
                       f"the steps of a {name}, {geometry}")


def check_golden(tap):
    for geometry, va in (("x86-32", 0x11223344), ("x86-pae", 0x91223344),
                         ("x86-64", 0x7fffdeadbeef),
                         ("x86-64-la57", 0x2f7fffdeadbeef), ("sv32", 0x11223344),
                         ("sv39", 0x3fdeadbeef), ("sv48", 0x7fffdeadbeef),
                         ("sv57", 0xff7fffdeadbeef), ("aarch64", 0x7fffdeadbeef)):
        script = (machine(geometry, memory="64M", tlb_sets=4, tlb_ways=4)
                  + f"map process=A va={va & ~0xfff:#x} frame=0x44332 flags=rwu\n"
                  + f"access va={va:#x}\naccess va={va:#x} kind=write\n")
        check_pair(tap, geometry, script)
    for name, numbers, va, page in (
            ("toy", "va=14,pa=12,page=64,levels=1,entry=4", 0x3d4, 64),
            ("toy-5-5-5", "split=5/5/5,pa=12,entry=1", 0x1d62, 32)):
        script = (machine("toy:" + numbers, tlb_sets=4, tlb_ways=4)
                  + f"map process=A va={va // page * page:#x} frame=0xd flags=rwu\n"
                  + f"access va={va:#x}\naccess va={va:#x} kind=write\n")
        check_pair(tap, name, script)


# TLBs of every organisation: what stands on the machine's line; what goes before; the
# operation that misses, the one that hits, and one more where there is more to tell.
ORGANISED = {
    "split": ("itlb=1x2 dtlb=2x2", "access va=0x1000", "access va=0x1000 kind=fetch",
              "access va=0x1008 kind=fetch"),
    "two-levels": ("dtlb=1x1 stlb=2x2", "access va=0x1000", "access va=0x2000",
                   "access va=0x1008 kind=write"),
    "lru": ("dtlb=1x2 tlb-replacement=lru",
            "access va=0x1000\naccess va=0x2000\naccess va=0x1000",
            "access va=0x3000", "access va=0x1008"),
    "plru": ("dtlb=1x4 tlb-replacement=plru",
             "access va=0x1000\naccess va=0x2000\naccess va=0x3000\naccess va=0x4000\n"
             "access va=0x1000", "access va=0x5000", "access va=0x1008"),
    "fifo": ("dtlb=1x2 tlb-replacement=fifo",
             "access va=0x1000\naccess va=0x2000\naccess va=0x1000",
             "access va=0x3000", "access va=0x2008"),
    "random": ("dtlb=1x4 tlb-replacement=random seed=2",
               "access va=0x1000\naccess va=0x2000\naccess va=0x3000\naccess va=0x4000",
               "access va=0x5000", "access va=0x5008"),
    "pcid": ("dtlb=1x4 pcid=on", "access process=A va=0x1000",
             "access process=B va=0x1000", "access process=A va=0x1008"),
    "processors": ("dtlb=1x2 cpus=2",
                   "access cpu=0 va=0x1000\naccess cpu=1 process=A va=0x1000",
                   "map cpu=0 process=A va=0x1000 frame=0x900 flags=rwxu",
                   "access cpu=1 va=0x1008", "access cpu=1 va=0x1010"),
    "psc": ("dtlb=1x2 psc=on", "access va=0x1000", "access va=0x2000", "access va=0x2008"),
    "kpti": ("dtlb=1x2 kpti=on pcid=on", "access va=0x1000 mode=kernel",
             "access va=0x1000", "access va=0x1008"),
}


def check_organised(tap):
    for name, (words, before, *after) in ORGANISED.items():
        lines = [f"machine geometry=x86-64 memory=16M {words}"]
        lines += [f"process name={process}" for process in "AB"]
        lines += [f"map process={process} va={page << 12:#x} frame={0x800 + page:#x} flags=rwxu"
                  for process in "AB" for page in range(1, 6)]
        answers = objects("\n".join((*lines, before, *after)) + "\n")[-len(after):]
        found = "".join(golden_text(line, answer) for line, answer in zip(after, answers))
        hits = [answer.get("tlb") for answer in answers]
        tap.equal(hits[-2:], ["miss", "hit"], f"{name}: a miss and a hit")
        if name == "pcid":
            texts = [step["text"] for step in answers[0]["steps"]]
            tap.ok("Way 0 holds page 0x000000001, but of another address space." in texts,
                   "pcid: the tag is right, the address space is not", texts)
        compare_golden(tap, f"tlb-{name}", f"# {words}\n{found}",
                       f"the steps of a miss and a hit, TLB {name}")


def main():
    tap = Tap()
    check_flagship(tap)
    check_dump(tap)
    check_long_mode(tap)
    check_faults(tap)
    check_values(tap)
    check_errors(tap)
    check_text_of_scripts(tap)
    check_files(tap)
    check_text(tap)
    check_languages(tap)
    check_as_coprocess(tap)
    check_broken_pipe(tap)
    check_length(tap)
    check_help_ops(tap)
    check_golden(tap)
    check_organised(tap)
    tap.done()


if __name__ == "__main__":
    main()
