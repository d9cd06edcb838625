#!/usr/bin/python3
"""Takes every message of the lesson engine away, one at a time, and lists those
that no test misses. `mutants.py [BUILD]`; without a build folder it makes one.

A build for this asks mutant.c for every text: with PAGEWALK_MUTE it forgets
one, and whatever problem would have been reported with it; with
PAGEWALK_MUTANT_LOG it notes those that were brought up. So a message is only
tried with the tests that bring it up."""

import ast
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import broken
from tap import Tap

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SOURCES = sorted((ROOT / "lessons" / "engine").glob("*.c"))
PROGRAMS = ["answers", "catalog", "course", "exercise", "hostile", "language",
            "loader", "number", "play", "query", "question", "resume", "rules",
            "search", "text"]
SCRIPTS = ["exercise", "lesson", "lesson_answers", "lesson_new"]
MOST_TRIES = 4

# What no file can bring up: each stands behind another check, or the computer
# has to fail. They stay, for what they guard is worth it.
GUARDS = {
    "a lesson has no document type": "the scan refuses it first",
    "the tags of this file cannot be counted": "the scan has counted them",
    "this is not well-formed XML": "libxml2 always says what is wrong",
    "This entry cannot be tried.": "only without memory for another machine",
    "the closing quote is missing": "the tag is known to be closed",
    "the lesson has no such step": "only without memory to go there",
    "an address space is made of pages; say “translation by=paging” first":
        "where there are address spaces there is always paging",
    "the right answer, %s, is not marked right: %s":
        "a check of the marking itself",
}


# Messages -------------------------------------------------------------------

def text_of(strings):
    return "".join(ast.literal_eval(s) for s in re.findall(r'"(?:\\.|[^"])*"',
                                                           strings))


def sites():
    """All messages, as mutant.c names them: a file, and what is said."""
    found = []
    for source in SOURCES:
        code = re.sub(r'" PRIu64\s*"', "lu", source.read_text(encoding="utf-8"))
        # Those marked by N_ in values*.c are for the reference.
        mark = "_" if source.name.startswith("values") else "N?_"
        for match in re.finditer(rf'\b{mark} \(((?:\s*"(?:\\.|[^"])*")+)\)',
                                 code):
            site = f"{source.name}\t{text_of(match[1])}".replace("\n", " ")
            if site not in found:
                found.append(site)
    return found


# Programs -------------------------------------------------------------------

def build(folder):
    """A build in which mutant.c is asked."""
    helper = folder / "mutant.o"
    subprocess.run(["cc", "-O1", "-D_GNU_SOURCE", "-c", HERE / "mutant.c", "-o",
                    helper], check=True)
    variables = {**os.environ,
                 "CFLAGS": f"-include {HERE / 'mutant.h'} -w",
                 "LDFLAGS": f"{helper} -Wl,--wrap=lesson_problems_add"}
    subprocess.run(["meson", "setup", folder / "build", ROOT], env=variables,
                   stdout=subprocess.DEVNULL, check=True)
    subprocess.run(["ninja", "-C", folder / "build", "app/cli/pagewalk-cli",
                    *(f"tests/lessons/test-lessons-test-{name}"
                      for name in PROGRAMS)],
                   stdout=subprocess.DEVNULL, check=True)
    return folder / "build"


def run(command, **variables):
    environment = {**os.environ, **variables}
    return subprocess.run([str(word) for word in command], env=environment,
                          capture_output=True).returncode == 0


class Trial:
    """Something that passes, and should not with a message less."""

    def __init__(self, name, passes):
        self.name, self.passes = name, passes


def spoiled_passes(cli, variant, **variables):
    result = broken.check_spoiled(cli, variant, **variables)
    return result is not None and result[0] == 1 and broken.all_said(
        result[1], variant.problems)


def trials(folder):
    cli = folder / "app" / "cli" / "pagewalk-cli"
    for path in sorted((HERE / "data").glob("broken/*.txt")):
        for variant in broken.variants_of(path):
            yield Trial(f"broken: {variant.name}",
                        lambda variant=variant, **variables: spoiled_passes(
                            cli, variant, **variables))
    for name in PROGRAMS:
        program = folder / "tests" / "lessons" / f"test-lessons-test-{name}"
        yield Trial(f"test-{name}", lambda program=program, **variables: run(
            [program, "--tap"], **variables))
    for name in SCRIPTS:
        script = ROOT / "tests" / "cli" / f"{name}.py"
        yield Trial(f"cli: {name}", lambda script=script, **variables: run(
            [sys.executable, script], PAGEWALK_CLI=str(cli), **variables))


def brought_up(trial, folder):
    """The messages that a trial brings up; all may be if it does not bear to be
    listened to, as one that looks at what is opened; none if it fails."""
    with tempfile.NamedTemporaryFile(dir=folder, mode="r") as log:
        if trial.passes(PAGEWALK_MUTANT_LOG=log.name):
            return set(log.read().splitlines())
    if trial.passes():
        return set(sites())
    print(f"# {trial.name} does not pass by itself")
    return set()


def tried(candidates):
    """A few that bring up little else, then whole programs."""
    few = candidates[:MOST_TRIES]
    return few + [t for t in candidates[MOST_TRIES:]
                  if not t.name.startswith("broken")]


def is_missed(site, candidates):
    return any(not trial.passes(PAGEWALK_MUTE=site)
               for trial in tried(candidates))


def check_all(tap, folder, build_folder):
    everything = list(trials(build_folder))
    messages = [site for site in sites() if site.split("\t")[1] not in GUARDS]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = list(pool.map(lambda t: brought_up(t, folder), everything))
        # Who brings up little shows most about it.
        order = sorted(zip(said, everything), key=lambda pair: len(pair[0]))
        candidates = [[t for texts, t in order if site in texts]
                      for site in messages]
        missed = pool.map(is_missed, messages, candidates)
        for site, found, good in zip(messages, candidates, missed):
            names = ", ".join(trial.name for trial in tried(found))
            tap.ok(good, site.replace("\t", ": ").replace("#", "\\#"),
                   f"not missed by {names}" if found else
                   "no test brings this up")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if len(sys.argv) > 1:
            check_all(tap, folder, pathlib.Path(sys.argv[1]))
        else:
            check_all(tap, folder, build(folder))
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
