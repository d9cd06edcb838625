#!/usr/bin/python3
"""Checks that no file includes what its layer must not know.

With a folder as argument it checks the tree in there and prints what it
refuses; without, it prints TAP for the project and for the fixture, a tree in
which every wrong include is marked.
"""

import os
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:(?P<quote>"(?P<own>[^"]*)")'
                     r"|<(?P<system>[^>]*)>)?")

# Libraries by what their headers' paths begin with.
LIBRARIES = {
    "GLib": r"(glib|gio|gobject|gmodule)([./-]|$)",
    "libxml2": r"libxml/",
    "cairo": r"cairo",
    "Pango": r"pango",
    "GTK": r"(gtk|gdk|gsk)([./]|$)",
    "libadwaita": r"(libadwaita/)?adwaita",
    "SQLite": r"sqlite3",
    "zstd": r"zstd",
}

# The core sees C11 but nothing that could read a clock, a file or a signal.
C11 = {name + ".h" for name in (
    "assert ctype errno float inttypes iso646 limits math stdalign stdarg "
    "stdatomic stdbool stddef stdint stdlib stdnoreturn string").split()}


class Layer:
    def __init__(self, folder, below, libraries):
        self.folder = folder
        self.sees = (folder,) + below
        self.libraries = set(libraries)


ENGINE = ("core",)
SCENE = ENGINE + ("lessons/engine",)
EXPORT = SCENE + ("app/scene",)
CLI = EXPORT + ("lessons/progress", "app/export", "app/program", "app/trace")
SHELL = CLI + ("app/widgets",)
DRAWING = ("GLib", "cairo", "Pango")

LAYERS = [
    Layer("core", (), ()),
    Layer("lessons/engine", ENGINE, ("GLib", "libxml2")),
    Layer("lessons/progress", SCENE, ("GLib", "SQLite")),
    Layer("app/scene", SCENE, DRAWING),
    Layer("app/export", EXPORT, DRAWING),
    Layer("app/program", ENGINE, ("GLib",)),
    Layer("app/trace", ENGINE, ("GLib", "zstd")),
    Layer("app/cli", CLI, DRAWING + ("libxml2", "SQLite")),
    Layer("app/widgets", CLI, DRAWING + ("GTK",)),
    Layer("app/shell", SHELL, DRAWING + ("GTK", "SQLite", "libadwaita")),
]

# Within the core a folder uses itself and those of a lower rank.
CORE_RANK = {"": 0, "tape": 1, "policy": 2, "elf": 2, "mmu": 3, "mm": 4,
             "process": 5, "replay": 6, "machine": 7}

# Made by the build, so not found in the source.
GENERATED = {"config.h", "export-resources.h", "pagewalk-resources.h"}


def layer_of(path):
    for layer in LAYERS:
        if path.is_relative_to(layer.folder):
            return layer
    return None


def core_folder(path):
    """The folder of a file of the core, '' for those on top."""
    parts = path.relative_to("core").parts
    return parts[0] if len(parts) > 1 else ""


def own_header(root, file, layer, name):
    """The rule that an #include "name" breaks, or None."""
    if ".." in pathlib.PurePath(name).parts:
        return "an include names a header by its layer, not by '..'"
    if name in GENERATED and layer.folder.startswith("app/"):
        return None
    places = [file.parent] + [pathlib.PurePath(f) for f in layer.sees]
    for place in places:
        if (root / place / name).is_file():
            return core_order(file, place / name)
    for other in LAYERS:
        if (root / other.folder / name).is_file():
            return f"{layer.folder} must not know {other.folder}"
    return "no header of ours has this name; <...> is for others' headers"


def core_order(file, header):
    if not (file.is_relative_to("core") and header.is_relative_to("core")):
        return None
    user, used = core_folder(file), core_folder(header)
    if user not in CORE_RANK or used not in CORE_RANK:
        return "this folder has no place in the core's order"
    if user == used or CORE_RANK[used] < CORE_RANK[user]:
        return None
    return f"core/{used} is not below core/{user}"


def system_header(layer, name):
    """The rule that an #include <name> breaks, or None."""
    if layer.folder == "core":
        return None if name in C11 else "the core uses only a part of C11"
    for library, pattern in LIBRARIES.items():
        if re.match(pattern, name):
            if library in layer.libraries:
                return None
            return f"{layer.folder} must not use {library}"
    if "/" not in name or name.startswith("sys/"):
        return None
    return f"{name} belongs to a library that no layer may use"


def broken_rule(root, file, layer, match):
    if match["own"] is not None:
        return own_header(root, file, layer, match["own"])
    if match["system"] is not None:
        return system_header(layer, match["system"])
    return "an include names its header, never a macro"


def sources(root):
    for top in ("core", "lessons", "app"):
        for path in sorted((root / top).rglob("*.[ch]")):
            yield path.relative_to(root)


def check(root):
    """Yields (file, line number, rule) for every wrong include."""
    for file in sources(root):
        layer = layer_of(file)
        if layer is None:
            yield file, 1, "this file lies in no layer"
            continue
        text = (root / file).read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            match = INCLUDE.match(line)
            rule = match and broken_rule(root, file, layer, match)
            if rule:
                yield file, number, rule


def marked(root):
    """The lines of the fixture that say that they are wrong."""
    for file in sources(root):
        lines = (root / file).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if "/* wrong:" in line:
                yield f"{file}:{number}"


def report(root):
    return [f"{file}:{line}: {rule}" for file, line, rule in check(root)]


def main():
    if len(sys.argv) > 1:
        found = report(pathlib.Path(sys.argv[1]))
        print("\n".join(found))
        return sys.exit(1 if found else 0)
    from tap import Tap
    tap = Tap()
    project = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
    found = report(project)
    tap.ok(not found, "every include is one that its layer may use", *found)
    fixture = project / "tests" / "tools" / "layers"
    refused = sorted(f"{file}:{line}" for file, line, _ in check(fixture))
    tap.equal(refused, sorted(marked(fixture)),
              "of the fixture exactly the marked includes are refused")
    tap.done()


if __name__ == "__main__":
    main()
