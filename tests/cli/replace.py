#!/usr/bin/python3
"""pagewalk-cli replace: strings of references under replacement policies."""

import pathlib
import tempfile

from command import failure, misuse, run
from tap import Tap

BELADY = "1,2,3,4,1,2,5,1,2,3,4,5"
POLICIES = ["fifo", "lru", "mru", "clock-set", "clock-clear", "second-chance", "nru",
            "aging", "lfu", "lfu-aging", "random", "opt", "two-list", "2q", "arc",
            "sieve", "s3-fifo"]


def replace(policy, frames, *words, **more):
    return run("replace", "--policy", policy, "--frames", str(frames), *words, **more)


def check_json(tap):
    answer = replace("fifo", 3, "--json", BELADY)
    tap.equal(answer.output, '{"policy":"fifo","frames":3,"references":12,"hits":3,'
              '"faults":9,"victims":[1,2,3,4,1,2]}\n', "FIFO, to the letter")
    tap.equal((answer.status, answer.errors), (0, ""), "and nothing else is said")
    tap.equal([one["policy"] for one in replace("all", 3, "--json", BELADY).objects()],
              POLICIES, "all policies, in their order")
    tap.equal([(one["policy"], one["frames"], one["faults"])
               for one in replace("fifo,lru", "3,4", "--json", BELADY).objects()],
              [("fifo", 3, 9), ("fifo", 4, 10), ("lru", 3, 10), ("lru", 4, 8)],
              "each policy with each number of frames")
    written = replace("fifo", 1, "--json", "1w,2,0x3w,1").objects()[0]
    tap.equal((written["faults"], written["victims"], written["writebacks"]),
              (4, [1, 2, 3], 2), "writes are written back")
    huge = 2**64 - 1
    tap.equal(replace("lru", 1, "--json", f"{huge:#x},1,{huge}").objects()[0]["victims"],
              [huge, 1], "a page number may have 64 bits")


def check_file(tap):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "string")
        path.write_text("# Belady's string\n1, 2\t3\r\n4;1 2 # and so on\n5 1 2 3 4 0x5")
        answer = replace("fifo", 4, "--json", "--file", path)
        tap.equal(answer.objects()[0]["faults"], 10, "references out of a file")
        tap.equal(replace("fifo", 4, "--json", "--file", "-",
                          script=path.read_text()).output,
                  answer.output, "or from standard input")
        for text, line, says in (("1 2\n3 x 4\n", 2, "“x”"), ("1\n\n2\n-3", 4, "“-3”"),
                                 ("1\n" + 40 * "1", 2, "page number"),
                                 ("1 \0 2", 1, "not a list"), ("", None, "no ref"),
                                 ("# none\n", None, "no ref")):
            path.write_text(text)
            wrong = replace("fifo", 3, "--file", path)
            at = f"{path}:" if line is None else f"{path}:{line}: "
            tap.ok(wrong.status == 1 and wrong.errors.startswith(at)
                   and says in wrong.errors and wrong.output == "",
                   f"{text[:12]!r} is refused with its line", wrong)
        failure(tap, "no such file", "replace", "--policy", "fifo", "--frames", "3",
                "--file", path.with_name("none"))
        failure(tap, "a folder", "replace", "--policy", "fifo", "--frames", "3",
                "--file", folder)


def check_text(tap):
    lines = replace("fifo", 3, BELADY).output.splitlines()
    tap.equal(lines[0], "FIFO, frames: 3. References: 12, hits: 3, faults: 9",
              "the sums come first")
    tap.equal(lines[3].split(), "frame 0 1 1 1 4 4 4 5 5 5 5 5 5".split(),
              "a row for each frame")
    clock = replace("clock-set", 3, "1,2,3,1,4").output
    tap.ok("1'" in clock and ">" in clock and "hand" in clock,
           "Clock shows its hand and its bits", clock)
    long = replace("lru", 2, ",".join(map(str, range(1000, 1100)))).output
    tap.ok(max(map(len, long.splitlines())) <= 78, "long strings are broken", long)
    sums = replace("lru", 2, ",".join(map(str, range(600)))).output
    tap.equal(sums.count("\n"), 1, "very long ones are only summed up")


def check_describe(tap):
    told = {one["policy"]: one["parameters"]
            for one in run("replace", "--describe", "--json", "--frames", "20").objects()}
    tap.equal(list(told), POLICIES, "--describe tells of all policies")
    tap.equal((told["2q"], told["nru"], told["lfu-aging"], told["random"]),
              ({"kin": 5, "kout": 10}, {"interval": 20}, {"interval": 80}, {"seed": 1}),
              "and of their parameters")
    tap.equal((told["s3-fifo"], told["arc"]),
              ({"small": 2, "most": 3, "ghosts": 18}, {"target": 0, "ghosts": 20}),
              "and of what they remember")
    text = run("replace", "--describe", "--policy", "arc")
    tap.ok(text.status == 0 and "FAST 2003" in text.output, "with their sources", text)
    tap.ok(replace("random", 3, "--json", "--seed", "9", "1,2,3,4,5,6,7,8").output
           != replace("random", 3, "--json", "1,2,3,4,5,6,7,8").output,
           "another seed draws other lots")
    string = "1,2,3,1,4,2,5,1,2,3,4,5,1,6,2,3"
    tap.ok(replace("aging", 3, "--json", "--interval", "1", string).output
           != replace("aging", 3, "--json", string).output, "--interval is heeded")


def check_anomaly(tap):
    found = run("replace", "--anomaly", "--policy", "fifo", "--frames", "3,4",
                "--json").objects()[0]
    string = ",".join(map(str, found["string"]))
    faults = [one["faults"] for one in replace("fifo", "3,4", "--json", string).objects()]
    tap.equal((found["found"], found["faults"]), (True, faults),
              "the string found faults as it says")
    tap.ok(faults[1] > faults[0], "more with more frames", found)
    for policy in ("clock-set", "lfu", "2q"):
        other = run("replace", "--anomaly", "--policy", policy, "--frames", "3,4",
                    "--json").objects()[0]
        string = ",".join(map(str, other["string"]))
        tap.equal([one["faults"]
                   for one in replace(policy, "3,4", "--json", string).objects()],
                  other["faults"], f"the string of {policy} faults as it says")
    string = ",".join(map(str, found["string"]))
    clock = run("replace", "--anomaly", "--policy", "clock-clear", "--frames", "3,4",
                "--json").objects()[0]
    tap.equal(clock["string"], shortest(3, 4, 9), "no shorter string does, none before it")
    none = run("replace", "--anomaly", "--policy", "lru", "--frames", "2,3", "--length",
               "8", "--json").objects()[0]
    tap.equal((none["found"], none["length"]), (False, 8), "LRU has no anomaly")
    text = run("replace", "--anomaly", "--policy", "fifo", "--frames", "4,3")
    tap.ok(text.status == 0 and text.output.startswith(string + "\n"),
           "the string comes first, whatever the order of the sizes", text)


def clock_faults(string, frames):
    """Clock, bit clear at load, a page's bit being there or not."""
    pages, bits, hand, faults = [], {}, 0, 0
    for page in string:
        if page in pages:
            bits[page] = True
            continue
        faults += 1
        if len(pages) < frames:
            pages.append(page)
            continue
        while bits.pop(pages[hand], False):
            hand = (hand + 1) % frames
        pages[hand] = page
        hand = (hand + 1) % frames
    return faults


def shortest(fewer, more, longest):
    """The first string, by length and then by letters, that shows the anomaly."""
    level = [()]
    for length in range(1, longest + 1):
        grown = []
        for string in level:
            for page in range(1, max(string, default=0) + 2):
                now = string + (page,)
                behind = clock_faults(now, fewer) - clock_faults(now, more)
                if behind < 0:
                    return list(now)
                if behind < longest - length:
                    grown.append(now)
        level = grown
    return None


def check_misuse(tap):
    for name, words in (
            ("anomaly, one size", ["--anomaly", "--policy", "fifo", "--frames", "3"]),
            ("anomaly, equal sizes", ["--anomaly", "--policy", "fifo", "--frames", "3,3"]),
            ("anomaly, too long", ["--anomaly", "--policy", "fifo", "--frames", "3,4",
                                   "--length", "25"]),
            ("anomaly, references", ["--anomaly", "--policy", "fifo", "--frames", "3,4",
                                     "1,2"]),
            ("a length alone", ["--policy", "fifo", "--frames", "3", "--length", "4", "1"]),
            ("no policy", ["--frames", "3", "1"]),
            ("no frames", ["--policy", "fifo", "1"]),
            ("no references", ["--policy", "fifo", "--frames", "3"]),
            ("empty references", ["--policy", "fifo", "--frames", "3", ","]),
            ("an unknown policy", ["--policy", "best", "--frames", "3", "1"]),
            ("no frame at all", ["--policy", "fifo", "--frames", "0", "1"]),
            ("too many frames", ["--policy", "fifo", "--frames", "1T", "1"]),
            ("frames that are no number", ["--policy", "fifo", "--frames", "x", "1"]),
            ("an empty size", ["--policy", "fifo", "--frames", "3,", "1"]),
            ("a page that is no number", ["--policy", "fifo", "--frames", "3", "1,b"]),
            ("a page of 65 bits", ["--policy", "fifo", "--frames", "3", str(2**64)]),
            ("only a w", ["--policy", "fifo", "--frames", "3", "w"]),
            ("both", ["--policy", "fifo", "--frames", "3", "--file", "-", "1"])):
        misuse(tap, name, "replace", *words)


def main():
    tap = Tap()
    check_json(tap)
    check_file(tap)
    check_text(tap)
    check_describe(tap)
    check_anomaly(tap)
    check_misuse(tap)
    tap.done()


if __name__ == "__main__":
    main()
