#!/usr/bin/python3
"""Runs each fuzz target for a moment, with sanitizers, where clang can build
one: a sample of what `./dev fuzz` does at length."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from tap import Tap, skip_all

ROOT = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
FUZZ = ROOT / "tests" / "fuzz"
RUNS = 5000

# A target, and the files that it begins with.
SEEDS = {
    "lesson": [*(ROOT / "tests" / "lessons" / "data").rglob("lesson.xml"),
               *(ROOT / "lessons" / "schema" / "templates").rglob("lesson.xml"),
               *(ROOT / "lessons" / "content").rglob("lesson.xml")],
}


def flags(*packages):
    command = ["pkg-config", "--cflags", "--libs", *packages]
    return subprocess.run(command, capture_output=True, text=True,
                          check=True).stdout.split()


def build(target, program):
    sources = [FUZZ / f"{target}.c", *(ROOT / "core").rglob("*.c"),
               *(ROOT / "lessons" / "engine").glob("*.c")]
    command = ["clang", "-O1", "-g1", "-fsanitize=fuzzer,address,undefined",
               "-fno-sanitize-recover=undefined",
               "-DGETTEXT_PACKAGE=\"pagewalk\"", f"-I{ROOT / 'core'}",
               f"-I{ROOT / 'lessons' / 'engine'}", *sources,
               *flags("glib-2.0", "libxml-2.0"), "-lm", "-o", program]
    return subprocess.run(command, capture_output=True, text=True)


def run(target, program, folder):
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS[target]):
        shutil.copy(seed, corpus / str(number))
    command = [program, corpus, f"-dict={FUZZ / (target + '.dict')}",
               f"-runs={RUNS}", "-seed=1", "-max_len=20000", "-timeout=25",
               "-rss_limit_mb=1024", f"-artifact_prefix={folder}/"]
    return subprocess.run(command, capture_output=True, text=True,
                          errors="replace")


def main():
    if not shutil.which("clang"):
        skip_all("there is no clang")
    tap = Tap()
    for target in SEEDS:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            program = folder / target
            built = build(target, program)
            if built.returncode != 0 and "libclang_rt" in built.stderr:
                tap.skip(target, "clang has no libFuzzer (libclang-rt-dev)")
                continue
            if not tap.ok(built.returncode == 0, f"{target} builds",
                          built.stderr[-2000:]):
                continue
            result = run(target, program, folder)
            tap.ok(result.returncode == 0, f"{target} survives {RUNS} runs",
                   result.stderr[-3000:])
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
