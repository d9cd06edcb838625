#!/usr/bin/python3
"""pseudo.py COMMAND...: runs a command in a language that nobody speaks, in which
every text is there, longer by two fifths, and in letters with marks. What still
reads as plain English in it cannot be translated."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

from translations import entries

SOURCE = pathlib.Path(os.environ.get(
    "PAGEWALK_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
LANGUAGE = "en_XA"

MARKS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćđéƒǵĥíĵķĺḿńóṕʠŕśťúṽẃẋýźÁƁĆĐÉƑǴĤÍĴĶĹḾŃÓṔʠŔŚŤÚṼẂẊÝŹ")

# What a translation keeps: markup, elements that hold code, conversions of
# printf, numbers and what is spelt with digits, options, entities.
KEPT = re.compile(
    r"<(num|code|kbd|man|url)\b[^>]*>.*?</\1>|<[^>]*>|&[a-z#0-9]+;"
    r"|%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:<PRI\w+>|[hlqjzt]*[a-zA-Z%])"
    r"|(?<!\w)--?[a-z][a-z-]*|\b\w*\d\w*\b|\\[nt\"\\]|https?:\S+", re.S)


def marked(text):
    """With marks on every letter that is not kept."""
    out, at = [], 0
    for match in KEPT.finditer(text):
        out += [text[at:match.start()].translate(MARKS), match[0]]
        at = match.end()
    return "".join(out + [text[at:].translate(MARKS)])


def pseudo(text):
    """In brackets, so that a text that is put together, or cut off, shows."""
    inner = text.strip()
    if not inner:
        return text
    before = text[:text.index(inner)]
    after = text[len(before) + len(inner):]
    plain = len(re.sub(r"<[^>]*>", "", inner))
    return f"{before}[{marked(inner)}{'·' * max(1, plain * 2 // 5)}]{after}"


def quoted(text):
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def catalogue(template):
    """A PO file with every entry of the template translated, two plural forms."""
    lines = ['msgid ""', 'msgstr ""',
             '"Content-Type: text/plain; charset=UTF-8\\n"',
             '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"', ""]
    for entry in entries(template):
        if not entry["msgid"]:
            continue
        lines.append(entry.get("flags", "#,").replace(", fuzzy", ""))
        if "msgctxt" in entry:
            lines.append("msgctxt " + quoted(entry["msgctxt"]))
        lines.append("msgid " + quoted(entry["msgid"]))
        if "msgid_plural" in entry:
            lines += ["msgid_plural " + quoted(entry["msgid_plural"]),
                      "msgstr[0] " + quoted(pseudo(entry["msgid"])),
                      "msgstr[1] " + quoted(pseudo(entry["msgid_plural"])), ""]
        else:
            lines += ["msgstr " + quoted(pseudo(entry["msgid"])), ""]
    return "\n".join(line for line in lines if line != "#,")


# Words that are the same in every language: names, and what is code wherever it
# stands. Everything else that reads as English is a text that was forgotten.
NAMES = set("""
Pagewalk pagewalk cli Intel SDM AMD RISC Linux GNU GPL
TLB PML PDPT PTE PDE CPU MMU ASID PCID CRx toy
""".split())
CODE = re.compile(
    r"</?[a-z]+>|0[xb][0-9a-f_]+|https?:\S+|\w+\(\d\)|--?[a-z][a-z-]*(=\S*)?"
    r"|\b[\w/.-]+\.(xml|png|svg|pdf|csv|json)\b|/\S+|\b\w*[\d_]\w*\b"
    r"|\b[A-Z]+\b|\b[a-z-]+=\S*|\b(KiB|MiB|GiB|TiB)\b")
WORD = re.compile(r"[A-Za-z]{3,}")


def english(text, code=()):
    """The words of a text that was shown in this language and that are English,
    beside code."""
    # A word that is partly marked is no word of English.
    plain = re.sub(r"\S*[^\x00-\x7f]\S*", lambda m: re.sub(
        r"\w*[\u00c0-\u1eff]\w*", " ", m[0]), CODE.sub(" ", text))
    return [word for word in WORD.findall(plain)
            if word not in NAMES and word not in code]


def make(folder):
    """Writes the catalogue below a folder; the environment that uses it."""
    place = pathlib.Path(folder, LANGUAGE, "LC_MESSAGES")
    place.mkdir(parents=True, exist_ok=True)
    text = catalogue((SOURCE / "po" / "pagewalk.pot").read_text(encoding="utf-8"))
    subprocess.run(["msgfmt", "-o", place / "pagewalk.mo", "-"],
                   input=text.encode(), check=True)
    return {"PAGEWALK_LOCALE": str(folder), "LANGUAGE": LANGUAGE}


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as temporary:
        os.environ.update(make(temporary))
        sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)
