#!/usr/bin/python3
"""Checks what the desktop is told about the application: entry, metainfo,
settings, icons and the Flatpak manifest."""

import os
import pathlib
import re
import shutil
import subprocess
import xml.etree.ElementTree

from tap import Tap

ID = "io.github.pagewalk.Pagewalk"
PERMISSIONS = {"--socket=wayland", "--socket=fallback-x11", "--share=ipc",
               "--device=dri"}

# That an application's name begins with a capital is the convention of this
# desktop; and version 0.16 does not know the tag that version 1.0 asks for.
ACCEPTED = ("cid-contains-uppercase-letter", "unknown-tag developer")

SOURCE = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
BUILT = pathlib.Path(os.environ["PAGEWALK_BUILD"]) / "data"


def run(*command):
    return subprocess.run([str(word) for word in command], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def validated(tap, name, *command):
    """One test that a validator accepts a file."""
    if not shutil.which(command[0]):
        return tap.skip(name, f"{command[0]} is not installed")
    result = run(*command)
    return tap.ok(result.returncode == 0, name, result.stdout)


def check_entry(tap):
    entry = BUILT / f"{ID}.desktop"
    validated(tap, "the desktop file is valid", "desktop-file-validate", entry)
    text = entry.read_text(encoding="utf-8")
    tap.ok(f"\nIcon={ID}\n" in text, "the desktop file names the icon")
    tap.ok(re.search(r"^Exec=pagewalk\b", text, re.M),
           "the desktop file starts pagewalk")


def check_metainfo(tap):
    name = "the metainfo is valid, also to a pedant"
    path = BUILT / f"{ID}.metainfo.xml"
    if not shutil.which("appstreamcli"):
        return tap.skip(name, "appstreamcli is not installed")
    result = run("appstreamcli", "validate", "--no-net", "--pedantic",
                 "--no-color", path)
    remarks = [line for line in result.stdout.splitlines()
               if re.match(r"[EWIP]: ", line)
               and not any(known in line for known in ACCEPTED)]
    tap.ok(result.returncode == 0 and not remarks, name, result.stdout)
    root = xml.etree.ElementTree.parse(path).getroot()
    tap.equal(root.findtext("id"), ID, "the metainfo carries the identity")
    return tap.equal(root.find("releases/release").get("version"),
                     os.environ["PAGEWALK_VERSION"],
                     "the newest release in it is the version being built")


def check_settings(tap):
    validated(tap, "the settings schema is valid", "glib-compile-schemas",
              "--strict", "--dry-run", SOURCE / "data")


def check_icon(tap, path):
    name = f"{path.name} can be drawn"
    try:
        import gi
        gi.require_version("Rsvg", "2.0")
        from gi.repository import Rsvg
    except (ImportError, ValueError):
        return tap.skip(name, "librsvg cannot be called from Python here")
    try:
        handle = Rsvg.Handle.new_from_file(str(path))
        known, width, height = handle.get_intrinsic_size_in_pixels()
        return tap.ok(known and width == height, name, "it is not square")
    except gi.repository.GLib.Error as error:
        return tap.ok(False, name, error.message)


def check_manifest(tap):
    name = "the manifest asks for a window and nothing else"
    try:
        import yaml
    except ImportError:
        return tap.skip(name, "Python has no YAML reader here")
    text = (SOURCE / "flatpak" / f"{ID}.yml").read_text(encoding="utf-8")
    manifest = yaml.safe_load(text)
    tap.equal(sorted(manifest["finish-args"]), sorted(PERMISSIONS), name)
    tap.equal(manifest["id"], ID, "the manifest carries the identity")
    tap.equal(manifest["separate-locales"], False,
              "a bundle carries its translations")
    return tap.ok(all(module.get("run-tests") for module in manifest["modules"]
                      if module["name"] == "pagewalk"),
                  "the Flatpak is tested as it is built")


def main():
    tap = Tap()
    check_entry(tap)
    check_metainfo(tap)
    check_settings(tap)
    for icon in sorted((SOURCE / "data" / "icons").rglob("*.svg")):
        check_icon(tap, icon)
    check_manifest(tap)
    tap.done()


if __name__ == "__main__":
    main()
