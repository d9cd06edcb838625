#!/usr/bin/python3
"""Runs each fuzz target for a while, with sanitizers, where clang can build
one: between `fuzz-sample.py` and what `./dev fuzz` does at length."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import fuzzing
from tap import Tap, skip_all

# Of traces two are enough here: the formats that are recognised are also read.
RUNS = {"course": 5000, "elf": 20000, "exec": 300, "generator": 3000, "lesson": 20000,
        "result": 5000, "trace-auto": 3000, "trace-binary": 3000, "trace-replay": 1000}
SANITIZE = ["-O1", "-g1", "-fno-sanitize-recover=undefined"]


def flags(*kinds):
    command = ["pkg-config", *kinds, "glib-2.0", "libxml-2.0", "sqlite3"]
    return subprocess.run(command, capture_output=True, text=True,
                          check=True).stdout.split()


def run(*command, **options):
    return subprocess.run([str(word) for word in command], capture_output=True,
                          text=True, errors="replace", **options)


LAYERS = ["core", "lessons/engine", "lessons/progress"]
INCLUDES = [f"-I{fuzzing.ROOT / layer}" for layer in LAYERS]


def build_folder(source, folder):
    """What all targets share; a folder of objects for each of sources, for
    files of one name."""
    objects = folder / source.relative_to(fuzzing.ROOT)
    objects.mkdir(parents=True, exist_ok=True)
    return run("clang", *SANITIZE, "-c",
               "-fsanitize=fuzzer-no-link,address,undefined",
               "-DGETTEXT_PACKAGE=\"pagewalk\"", *INCLUDES,
               *source.glob("*.c"), *flags("--cflags"), cwd=objects)


def build(target, folder):
    return run("clang", *SANITIZE, "-fsanitize=fuzzer,address,undefined",
               "-Wl,--wrap=calloc,--wrap=free", *INCLUDES,
               fuzzing.FUZZ / f"{target}.c", fuzzing.FUZZ / "blocks.c",
               *folder.rglob("*.o"), *flags("--cflags", "--libs"), "-lm",
               "-o", folder / target)


def main():
    if not shutil.which("clang"):
        skip_all("there is no clang")
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        words = run(sys.executable, fuzzing.FUZZ / "dictionary.py",
                    os.environ["PAGEWALK_CLI"])
        tap.ok(words.returncode == 0 and words.stdout.count("\n") > 500,
               "the words of the language are found", words.stderr[-2000:])
        dictionary = folder / "words.dict"
        dictionary.write_text(words.stdout, encoding="utf-8")
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            folders = sorted({source.parent for layer in LAYERS for source
                              in (fuzzing.ROOT / layer).rglob("*.c")})
            results = list(pool.map(build_folder, folders,
                                    [folder] * len(folders)))
        for source, built in zip(folders, results):
            tap.ok(built.returncode == 0,
                   f"{source.relative_to(fuzzing.ROOT)} builds",
                   built.stderr[-2000:])
        for target in RUNS:
            built = build(target, folder)
            if built.returncode != 0 and "libclang_rt" in built.stderr:
                tap.skip(target, "clang has no libFuzzer (libclang-rt-dev)")
                continue
            if not tap.ok(built.returncode == 0, f"{target} builds",
                          built.stderr[-2000:]):
                continue
            result = run(*fuzzing.command(
                target, folder / target, dictionary, folder / f"run-{target}",
                f"-runs={RUNS[target]}", "-seed=1"))
            tap.ok(result.returncode == 0,
                   f"{target} survives {RUNS[target]} runs",
                   result.stderr[-3000:])
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
