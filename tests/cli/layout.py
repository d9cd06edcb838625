#!/usr/bin/python3
"""pagewalk-cli layout against what the kernel's documentation says, written down
here once more from it, and against boot messages of kernels."""

from command import run
from tap import Tap

MIB, GIB, TIB = 1 << 20, 1 << 30, 1 << 40

# Documentation/arch/x86/x86_64/mm.rst: start, end, what. Both tables end alike.
X86_64_TOP = """
fffffe0000000000 fffffe7fffffffff cpu-entry-area
fffffe8000000000 fffffeffffffffff unused
ffffff0000000000 ffffff7fffffffff espfix
ffffff8000000000 ffffffeeffffffff unused
ffffffef00000000 fffffffeffffffff efi
ffffffff00000000 ffffffff7fffffff unused
ffffffff80000000 ffffffff9fffffff text
ffffffffa0000000 fffffffffeffffff modules
ffffffffff600000 ffffffffff600fff vsyscall
"""
X86_64 = """
0000000000000000 00007fffffffffff user
0000800000000000 ffff7fffffffffff non-canonical
ffff800000000000 ffff87ffffffffff guard
ffff880000000000 ffff887fffffffff ldt
ffff888000000000 ffffc87fffffffff direct-map
ffffc88000000000 ffffc8ffffffffff unused
ffffc90000000000 ffffe8ffffffffff vmalloc
ffffe90000000000 ffffe9ffffffffff unused
ffffea0000000000 ffffeaffffffffff vmemmap
ffffeb0000000000 ffffebffffffffff unused
ffffec0000000000 fffffbffffffffff kasan
fffffc0000000000 fffffdffffffffff unused
""" + X86_64_TOP
X86_64_LA57 = """
0000000000000000 00ffffffffffffff user
0100000000000000 feffffffffffffff non-canonical
ff00000000000000 ff0fffffffffffff guard
ff10000000000000 ff10ffffffffffff ldt
ff11000000000000 ff90ffffffffffff direct-map
ff91000000000000 ff9fffffffffffff unused
ffa0000000000000 ffd1ffffffffffff vmalloc
ffd2000000000000 ffd3ffffffffffff unused
ffd4000000000000 ffd5ffffffffffff vmemmap
ffd6000000000000 ffdeffffffffffff unused
ffdf000000000000 fffffbffffffffff kasan
fffffc0000000000 fffffdffffffffff unused
""" + X86_64_TOP

# Documentation/x86/x86_64/mm.txt of 4.19: the LDT stood elsewhere.
X86_64_4_19 = """
ffff800000000000 ffff87ffffffffff guard
ffff880000000000 ffffc7ffffffffff direct-map
ffffc80000000000 ffffc8ffffffffff unused
ffffc90000000000 ffffe8ffffffffff vmalloc
ffffe90000000000 ffffe9ffffffffff unused
ffffea0000000000 ffffeaffffffffff vmemmap
ffffec0000000000 fffffbffffffffff kasan
fffffe0000000000 fffffe7fffffffff cpu-entry-area
fffffe8000000000 fffffeffffffffff ldt
ffffff0000000000 ffffff7fffffffff espfix
ffffffff80000000 ffffffff9fffffff text
ffffffffa0000000 fffffffffeffffff modules
"""
X86_64_LA57_4_19 = """
ff00000000000000 ff0fffffffffffff guard
ff10000000000000 ff8fffffffffffff direct-map
ff90000000000000 ff9fffffffffffff ldt
ffa0000000000000 ffd1ffffffffffff vmalloc
ffd2000000000000 ffd3ffffffffffff unused
ffd4000000000000 ffd5ffffffffffff vmemmap
ffd6000000000000 ffdeffffffffffff unused
fffffe0000000000 fffffe7fffffffff cpu-entry-area
fffffe8000000000 fffffeffffffffff unused
"""

# The same before KPTI and KASAN.
X86_64_4_0 = """
ffff800000000000 ffff87ffffffffff guard
ffff880000000000 ffffc7ffffffffff direct-map
ffffc80000000000 ffffc8ffffffffff unused
ffffc90000000000 ffffe8ffffffffff vmalloc
ffffe90000000000 ffffe9ffffffffff unused
ffffea0000000000 ffffeaffffffffff vmemmap
ffffff0000000000 ffffff7fffffffff espfix
ffffffffa0000000 ffffffffff5fffff modules
ffffffffff600000 ffffffffffdfffff vsyscall
ffffffffffe00000 ffffffffffffffff unused
"""

# Documentation/arch/riscv/vm-layout.rst.
RISCV_TOP = """
ffffffff00000000 ffffffff7fffffff modules
ffffffff80000000 ffffffffffffffff text
"""
SV39 = """
0000000000000000 0000003fffffffff user
0000004000000000 ffffffbfffffffff non-canonical
ffffffc4fea00000 ffffffc4feffffff fixmap
ffffffc4ff000000 ffffffc4ffffffff pci-io
ffffffc500000000 ffffffc5ffffffff vmemmap
ffffffc600000000 ffffffd5ffffffff vmalloc
ffffffd600000000 fffffff5ffffffff direct-map
fffffff700000000 fffffffeffffffff kasan
""" + RISCV_TOP
SV48 = """
ffff8d7ffea00000 ffff8d7ffeffffff fixmap
ffff8d7fff000000 ffff8d7fffffffff pci-io
ffff8d8000000000 ffff8f7fffffffff vmemmap
ffff8f8000000000 ffffaf7fffffffff vmalloc
ffffaf8000000000 ffffef7fffffffff direct-map
ffffef8000000000 fffffffeffffffff kasan
""" + RISCV_TOP
SV57 = """
0000000000000000 00ffffffffffffff user
ff1bfffffea00000 ff1bfffffeffffff fixmap
ff1bffffff000000 ff1bffffffffffff pci-io
ff1c000000000000 ff1fffffffffffff vmemmap
ff20000000000000 ff5fffffffffffff vmalloc
ff60000000000000 ffdeffffffffffff direct-map
ffdf000000000000 fffffffeffffffff kasan
""" + RISCV_TOP

# Documentation/arch/arm64/memory.rst: 4 KiB pages, 48 bits.
AARCH64 = """
0000000000000000 0000ffffffffffff user
ffff000000000000 ffff7fffffffffff direct-map
ffff800000000000 ffff80007fffffff modules
ffff800080000000 fffffbffefffffff vmalloc
fffffbfff0000000 fffffbfffdffffff fixmap
fffffbfffe000000 fffffbfffe7fffff guard
fffffbfffe800000 fffffbffff7fffff pci-io
fffffbffff800000 fffffbffffffffff guard
fffffc0000000000 fffffdffffffffff vmemmap
fffffe0000000000 ffffffffffffffff guard
"""

TABLES = [
    ("x86-64", None, X86_64), ("x86-64", "6.8", X86_64), ("x86-64", "4.20", X86_64),
    ("x86-64", "4.19", X86_64_4_19), ("x86-64", "4.0", X86_64_4_0),
    ("x86-64-la57", None, X86_64_LA57), ("x86-64-la57", "5.10", X86_64_LA57),
    ("x86-64-la57", "4.15", X86_64_LA57_4_19),
    ("sv39", None, SV39), ("sv48", None, SV48), ("sv57", None, SV57),
    ("aarch64", None, AARCH64),
]

# A machine of each version of each layout, and one with bases that were drawn.
MACHINES = [
    ("geometry=x86-32 memory=1G zones=on", ""),
    ("geometry=x86-32 memory=1G buddy=on", "version=2.6"),
    ("geometry=x86-32 memory=1G buddy=on", "version=4.0"),
    ("geometry=x86-32 memory=300M", "version=4.0"),
    ("geometry=x86-pae memory=512M", "version=2.6"),
    ("geometry=x86-pae memory=4G zones=on", "version=4.0"),
    ("geometry=x86-64 memory=3G", "kaslr=on seed=5"),
    ("geometry=x86-64 memory=256M buddy=on", "version=3.16"),
    ("geometry=x86-64 memory=256M", "version=4.15"),
    ("geometry=x86-64 memory=2G", "version=4.20"),
    ("geometry=x86-64 memory=256M kpti=on", "version=6.7"),
    ("geometry=x86-64-la57 memory=256M", "version=4.15"),
    ("geometry=x86-64-la57 memory=2G zones=on", "version=4.20"),
    ("geometry=x86-64-la57 memory=1G", "kaslr=on seed=9"),
    ("geometry=sv39 memory=1G", ""), ("geometry=sv48 memory=128M", ""),
    ("geometry=sv57 memory=128M", "version=6.7"),
    ("geometry=aarch64 memory=256M", "direct=2M"),
]

# "virtual kernel memory layout" that kernels printed: lowmem, vmalloc, pkmap; ends
# exclusive.
BOOTS = [
    ("2.6", 1048320 << 10, 0xf8000000, 0xf8800000, 0xff7fe000, 0xff800000, 0xffc00000),
    ("2.6", 0xefc0000, 0xcefc0000, 0xcf800000, 0xff7fe000, 0xff800000, 0xffc00000),
    ("4.3", 3 << 30, 0xf73fe000, 0xf7bfe000, 0xff3fe000, 0xff400000, 0xff800000),
]


def layout(*words):
    answer = run("layout", *words, "--json")
    return answer.objects()[0] if answer.status == 0 else None


def ranges_of(found):
    return [(int(r["start"], 16), int(r["end"], 16), r["name"]) for r in found["ranges"]]


def check_tables(tap):
    for arch, version, table in TABLES:
        words = [arch] + (["--kernel", version] if version else [])
        found = ranges_of(layout(*words))
        for line in table.split("\n"):
            if not line:
                continue
            first, last, name = line.split()
            wanted = (int(first, 16), int(last, 16), name)
            tap.ok(wanted in found, f"{' '.join(words)}: {line}", str(found))
        ends = [first for first, _, _ in found[1:]] + [1 << 64]
        tap.equal([last + 1 for _, last, _ in found], ends,
                  f"{' '.join(words)}: every address has one range")


def check_boots(tap):
    for version, memory, low, start, end, pkmap, pkmap_end in BOOTS:
        found = ranges_of(layout("x86-32", "--kernel", version, "--memory", str(memory)))
        for wanted in [(0xc0000000, low - 1, "direct-map"), (start, end - 1, "vmalloc"),
                       (pkmap, pkmap_end - 1, "pkmap")]:
            tap.ok(wanted in found, f"x86-32 {version} with {memory >> 20} MiB: "
                   f"{wanted[2]} {wanted[0]:x}", str(found))


def check_addresses(tap):
    answers = run("layout", "x86-32", "0xf3211000", "0xd581e700", "0xf9251000",
                  "--json").objects()
    tap.equal([(a["area"], a["rule"], a["pa"]) for a in answers],
              [("direct-map", "linear", "0x33211000"),
               ("direct-map", "linear", "0x1581e700"), ("vmalloc", "tables", None)],
              "the module's three addresses")
    tap.ok("page tables" in answers[2]["why"], "and why one has no physical address",
           answers[2]["why"])
    text = run("layout", "x86-64", "--address", "0xffff888000001234").output
    tap.ok("0x1234" in text, "--address says the physical address", text)
    found = layout("x86-64", "--address", "0xffffea0000000ac8")
    tap.equal((found["rule"], found["struct_page_of"]), ("tables", "0x2b"), "vmemmap")
    text = run("layout", "x86-64", "0xffffea0000000ac8").output
    tap.ok("struct page of frame 0x2b\n" in text, "whose struct page it is", text)
    found = layout("x86-64", "--address", "0x800000000000")
    tap.equal((found["area"], found["pa"]), ("non-canonical", None), "no address at all")


def check_random(tap):
    seen = set()
    for seed in range(40):
        found = layout("x86-64", "--seed", str(seed), "--memory", "8G")
        first = {name: start for start, _, name in ranges_of(found)}
        order = [first["direct-map"], first["vmalloc"], first["vmemmap"],
                 first["cpu-entry-area"]]
        seen.add(order[0])
        ok = order == sorted(order) and all(base % GIB == 0 for base in order[:3])
        ok &= order[1] - order[0] >= 11 * TIB and order[2] - order[1] >= 32 * TIB
        ok &= int(found["phys_base"], 16) % (2 * MIB) == 0
        ok &= int(found["image"], 16) % (2 * MIB) == 0
        if not ok:
            tap.ok(False, f"seed {seed}", str(found))
    tap.ok(len(seen) > 30, "seeds give different bases, in order, at multiples of 1 GiB")


def check_refusals(tap):
    for words, status in [(["sv32"], 1), (["x86-64", "--kernel", "2.6"], 1),
                          (["x86-32", "--seed", "1"], 1), (["x86-64", "--kernel", "x"], 2),
                          (["x86-64", "--memory", "1M"], 1), (["vax"], 2),
                          (["x86-32", "0x100000000"], 1), (["x86-64", "nine"], 2),
                          (["x86-64", "--seed", "q"], 2), ([], 2)]:
        answer = run("layout", *words)
        tap.ok(answer.status == status and answer.errors != "",
               f"layout {' '.join(words)}: exit {status}",
               f"{answer.status} {answer.errors}")


def check_text(tap):
    text = run("layout", "x86-64").output
    tap.ok("ffff888000000000  ffffc87fffffffff" in text and "64 TiB" in text,
           "the table for people", text)
    text = run("layout", "x86-32", "--kernel", "4.4").output
    tap.ok("FIXADDR_START" in text and "4.14" in text, "with the kernel's own names", text)
    text = run("layout", "x86-64-la57", "--seed", "9").output
    tap.ok("seed 9" in text, "and the seed", text)


def script_answers(text):
    return run("run", "-", "--json", script=text).objects()


def check_machine(tap):
    """What the tables of a machine map is what `layout` says of its version."""
    for first, kernel in MACHINES:
        words = dict(word.split("=") for word in f"{first} {kernel}".split())
        asked = [words["geometry"], "--memory", words["memory"]]
        asked += ["--kernel", words["version"]] if "version" in words else []
        asked += ["--seed", words["seed"]] if "seed" in words else []
        said = layout(*asked)
        shown = script_answers(f"machine {first}\nkernel {kernel}\nshow what=kernel\n")[-1]
        same = ("ranges", "page_offset", "direct_bytes", "vmalloc_start", "vmalloc_end",
                "since", "until", "text", "phys_base", "pkmap_base", "fixmap_start")
        differ = [key for key in same if said.get(key) != shown.get(key)]
        tap.equal(differ, [], f"{first} {kernel}: its layout is the command's")
        tables = script_answers(f"machine {first}\nkernel {kernel}\nprocess name=A\n"
                                "map process=A va=0x1000 frame=7 flags=rwu\n"
                                "show what=tables process=A\nshow what=tables\n")[-2:]
        own = [m for m in tables[0]["mapped"] if m["area"] == "user"]
        tap.equal([(m["start"], m["pa"], m["entries"]) for m in own], [("0x1000", "0x7000", 1)],
                  f"{first} {kernel}: the process's own page")
        tap.equal([tables[0]["mapped"][1:], tables[1]["mapped"]], [shown["mapped"]] * 2,
                  f"{first} {kernel}: its tables lead where the kernel's do")
        direct = next(r for r in shown["ranges"] if r["name"] == "direct-map")
        parts = [m for m in shown["mapped"] if m["area"] == "direct-map"]
        at, pa = int(direct["start"], 16), 0
        ok = True
        for part in parts:
            ok &= int(part["start"], 16) == at and int(part["pa"], 16) == pa
            ok &= int(part["end"], 16) + 1 - at == part["page"] * part["entries"]
            pa += part["page"] * part["entries"]
            at = int(part["end"], 16) + 1
        tap.ok(ok and pa == shown["direct_bytes"],
               f"{first} {kernel}: tables of the direct map", str(parts))


def check_areas(tap):
    """Areas, windows and resources of a machine."""
    lines = script_answers(
        "machine geometry=x86-32 memory=1G zones=on\nkernel\nprocess name=A\n"
        "vmalloc bytes=1000000 module=pagemem\nshow what=vmalloc\nshow what=iomem\n"
        "show what=address va=0xf8800000\nkmap frame=0x38000\nkunmap va=0xff801000\n"
        "vfree va=4096\n")
    area = lines[4]["areas"][0]
    tap.equal((area["bytes"], area["pages"], area["module"], len(area["frames"])),
              (1000000, 245, "pagemem", 245), "a million bytes are 245 pages")
    tap.equal(int(area["end"], 16) - int(area["start"], 16), 246 * 4096, "and a guard")
    tap.equal([(r["name"], r["start"]) for r in lines[5]["resources"]],
              [("System RAM", "0x0"), ("Kernel code", "0x100000"),
               ("Kernel data", "0x500000")], "/proc/iomem")
    tap.equal((lines[6]["mapped"], lines[6]["pa"]), (True, None), "tables alone know")
    tap.equal((lines[7]["address"], lines[8]["ok"], lines[9]["errno"]),
              ("0xff801000", True, "EINVAL"), "windows, and what was never given")
    text = run("run", "-", script="machine geometry=x86-32 memory=64M windows=pc\nkernel\n"
               "vmalloc bytes=9\nshow what=vmalloc\nshow what=iomem\nshow what=kernel\n"
               "show what=address va=0xc0001000\n").output
    tap.ok(all(word in text for word in ("System RAM", "Kernel code", "pages=1 vmalloc",
                                         "4 MiB × ", "page tables map it to 0x1000")),
           "the same in words", text)


def main():
    tap = Tap()
    for check in (check_tables, check_boots, check_addresses, check_random, check_refusals,
                  check_text, check_machine, check_areas):
        check(tap)
    tap.done()


if __name__ == "__main__":
    main()
