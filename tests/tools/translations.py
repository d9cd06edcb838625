#!/usr/bin/python3
"""Checks that po/ holds every text: the template, and each translation of it."""

import os
import pathlib
import re
import subprocess
import tempfile

from tap import Tap

SOURCE = pathlib.Path(os.environ["PAGEWALK_SOURCE"])
PO = SOURCE / "po"
ADVICE = "ninja -C build pagewalk-update-po brings po/ up to date"
ESCAPES = {"n": "\n", "t": "\t"}

# Where Chinese meets Latin letters or digits a space stands between them; and
# what ends or parts a Chinese sentence is full-width.
HAN = r"[\u3400-\u9fff]"
SLIPS = {
    "no space between Chinese and Latin": rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}",
    "half-width punctuation": rf"{HAN}[,:;?!]|[,;?!]{HAN}|{HAN}\.(?!\.)",
    "a space beside full-width punctuation": r" [，。；：？！、）]|[，。；：？！、（] ",
}
# A list of keywords parts them by semicolons, mnemonics stand in parentheses.
EXEMPT = re.compile(r"^[^ ]+;.*;$")


def entries(text):
    """The entries of a PO file, each as a dictionary of its fields."""
    entry, field = {}, None
    for line in text.splitlines() + [""]:
        match = re.match(r'(msg[a-z_]+(?:\[\d\])?) (".*")$', line)
        if not line.strip():
            if "msgid" in entry:
                yield entry
            entry, field = {}, None
        elif line.startswith("#,"):
            entry["flags"] = line
        elif match:
            field = match[1]
            entry[field] = unquoted(match[2])
        elif line.startswith('"') and field:
            entry[field] += unquoted(line)


def unquoted(quoted):
    return re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), quoted[1:-1])


def keyed(path):
    """The entries by what is translated; the header is left out."""
    found = entries(path.read_text(encoding="utf-8"))
    return {(entry.get("msgctxt"), entry["msgid"], entry.get("msgid_plural")):
            entry for entry in found if entry["msgid"]}


def named(keys):
    return [repr(msgid) for _, msgid, _ in sorted(keys, key=str)]


def made_template(folder):
    path = pathlib.Path(folder) / "made.pot"
    command = ["xgettext", "--directory", SOURCE, "--output", path,
               "--files-from", PO / "POTFILES",
               *os.environ["PAGEWALK_XGETTEXT"].split()]
    environment = {**os.environ,
                   "GETTEXTDATADIRS": str(SOURCE / "lessons" / "schema")}
    subprocess.run(command, env=environment, check=True)
    return keyed(path)


def check_template(tap, kept):
    with tempfile.TemporaryDirectory() as folder:
        made = made_template(folder)
    missing, surplus = made.keys() - kept.keys(), kept.keys() - made.keys()
    tap.ok(not missing, "the template holds every text", *named(missing), ADVICE)
    tap.ok(not surplus, "the template holds no other text", *named(surplus),
           ADVICE)
    cut = [key for key in made if re.search(r"%$", key[1])]
    tap.ok(not cut, "no text ends in the middle of a format", *named(cut),
           "xgettext knows PRIu64, but not G_GUINT64_FORMAT")


def translated(entry):
    values = [value for name, value in entry.items()
              if name.startswith("msgstr")]
    return all(values) and "fuzzy" not in entry.get("flags", "")


def check_language(tap, language, template):
    path = PO / f"{language}.po"
    found = keyed(path)
    missing = [key for key in template
               if key not in found or not translated(found[key])]
    tap.ok(not missing, f"{language}: every text is translated",
           *named(missing), ADVICE)
    result = subprocess.run(["msgfmt", "--check", "-o", os.devnull, path],
                            text=True, stderr=subprocess.PIPE)
    tap.ok(result.returncode == 0, f"{language}: the formats fit",
           result.stderr)
    return found


def shown(text):
    """The text without markup, mnemonics and formats."""
    text = re.sub(r"<num [^<>]*/>", "…", text)
    text = re.sub(r"</?[a-z]+[^<>]*>", "", text)
    text = re.sub(r"%(\d\$)?[\d.*]*(<\w+>|[a-z])", "…", text)
    return re.sub(r"\(_[A-Z]\)", "", text)


def check_chinese(tap, found):
    texts = [value for entry in found.values() for name, value in entry.items()
             if name.startswith("msgstr") and not EXEMPT.match(value)]
    for slip, pattern in SLIPS.items():
        wrong = [text for text in texts if re.search(pattern, shown(text))]
        tap.ok(not wrong, f"zh_CN: {slip}: nowhere", *wrong)


def main():
    tap = Tap()
    template = keyed(PO / "pagewalk.pot")
    check_template(tap, template)
    for language in (PO / "LINGUAS").read_text(encoding="utf-8").split():
        found = check_language(tap, language, template)
        if language == "zh_CN":
            check_chinese(tap, found)
    return tap.done()


if __name__ == "__main__":
    main()
