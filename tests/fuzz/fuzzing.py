"""What each fuzz target begins with, and how it is called."""

import os
import pathlib
import shutil

ROOT = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
FUZZ = ROOT / "tests" / "fuzz"

TRACES = sorted((ROOT / "tests" / "core" / "traces").iterdir())
FORMATS = ["auto", "binary", "csv", "din", "lackey", "list"]

# A target, and the files that it begins with.
SEEDS = {
    "course": [FUZZ / "seeds" / "course.xml"],
    "elf": [FUZZ / "seeds" / "small.elf"],
    "exec": [FUZZ / "seeds" / "exec.elf", FUZZ / "seeds" / "small.elf"],
    "generator": sorted((ROOT / "lessons" / "exercises").glob("*.xml")),
    "lesson": [*(ROOT / "tests" / "lessons" / "data").rglob("lesson.xml"),
               *(ROOT / "lessons" / "schema" / "templates").rglob("lesson.xml"),
               *(ROOT / "lessons" / "content").rglob("lesson.xml")],
    "result": [FUZZ / "seeds" / "result.ini"],
    **{f"trace-{name}": TRACES for name in FORMATS},
    "trace-inflate": [FUZZ / "seeds" / "small.gz", FUZZ / "seeds" / "small.zst"],
    "trace-replay": TRACES,
}


def limits(target, dictionary):
    """The words that a target is given, and how long its input may become."""
    if target.startswith("trace-"):
        # Each byte is also pushed on its own, so a short trace will do.
        return FUZZ / "trace.dict", 600
    return dictionary, 32768


def command(target, program, dictionary, folder, *options):
    """What runs a target in a folder, where it leaves what broke it."""
    corpus = pathlib.Path(folder) / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[target]):
        shutil.copy(seed, corpus / f"seed-{number}")
    words, length = limits(target, dictionary)
    return [program, corpus, f"-dict={words}", f"-max_len={length}",
            "-timeout=25", "-rss_limit_mb=1024", f"-artifact_prefix={folder}/",
            *options]
