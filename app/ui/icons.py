#!/usr/bin/env python3
"""icons.py ENCODER OUT.gresource.xml SVG...: turns the icons into the pictures
that GTK can show without a reader of SVG, and lists them as resources.

The reader of SVG is a large library that every start would load for a few
glyphs. Where ENCODER, gtk4-encode-symbolic-svg, is '' the SVG files are listed
themselves."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

SIZES = [16, 32, 64]
PREFIX = "/io/github/pagewalk/Pagewalk"


def encode(encoder, svg, size, folder):
    """The name of the file that holds the icon at a size."""
    name = f"{svg.stem}-{size}.png"
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([encoder, "-o", scratch, svg, f"{size}x{size}"],
                       check=True)
        made = pathlib.Path(scratch) / f"{svg.stem}.symbolic.png"
        shutil.move(made, folder / name)
    return name


def entry(alias, name):
    return f'    <file alias="icons/{alias}">{name}</file>'


def entries(encoder, svg, folder):
    if not encoder:
        shutil.copy(svg, folder / svg.name)
        return [entry(f"scalable/actions/{svg.name}", svg.name)]
    return [entry(f"{size}x{size}/actions/{svg.stem}.symbolic.png",
                  encode(encoder, svg, size, folder)) for size in SIZES]


def main():
    encoder, listing = sys.argv[1], pathlib.Path(sys.argv[2])
    lines = [line for svg in sys.argv[3:]
             for line in entries(encoder, pathlib.Path(svg), listing.parent)]
    listing.write_text("\n".join(
        ["<gresources>", f'  <gresource prefix="{PREFIX}">', *lines,
         "  </gresource>", "</gresources>", ""]), encoding="utf-8")


main()
