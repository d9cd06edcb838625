"""Runs pagewalk-cli for the tests of this folder."""

import json
import os
import pathlib
import struct
import subprocess

CLI = os.environ["PAGEWALK_CLI"]
SOURCE = os.environ["PAGEWALK_SOURCE"]
TIMEOUT = 60


class Answer:
    """What a run came to."""

    def __init__(self, done):
        self.status = done.returncode
        self.output = done.stdout.decode()
        self.errors = done.stderr.decode()

    def objects(self):
        return [json.loads(line) for line in self.output.splitlines()]

    def __repr__(self):
        return f"exit {self.status}\n{self.output}{self.errors}"


def environment(**changes):
    return {**os.environ, **changes}


def run(*words, script=None, env=None, cwd=None):
    """Runs the command; script is what stands on its standard input."""
    data = script.encode() if isinstance(script, str) else script
    done = subprocess.run([CLI, *words], input=data or b"", cwd=cwd, env=env,
                          capture_output=True, timeout=TIMEOUT, check=False)
    return Answer(done)


def translation(folder, texts):
    """An environment in a language in which these texts, and no others, are
    translated: a gettext catalogue made by hand."""
    texts = {"": "Content-Type: text/plain; charset=UTF-8\n", **texts}
    pairs = sorted((a.encode(), b.encode()) for a, b in texts.items())
    table, data, start = [], b"", 28 + 16 * len(pairs)
    for column in (0, 1):
        for pair in pairs:
            table += [len(pair[column]), start + len(data)]
            data += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412de, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    path = pathlib.Path(folder, "zh_CN", "LC_MESSAGES", "pagewalk.mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + struct.pack(f"<{len(table)}I", *table) + data)
    return environment(LC_ALL="C.UTF-8", LANGUAGE="zh_CN", PAGEWALK_LOCALE=str(folder))


def misuse(tap, name, *words, says=""):
    """A wrong use: exit 2, nothing on standard output, and the reason."""
    answer = run(*words)
    tap.ok(answer.status == 2 and answer.output == ""
           and says in answer.errors and "--help" in answer.errors, name, answer)


def failure(tap, name, *words, says="", script=None, output=""):
    """An error: exit 1, what was done before it, and one line that says why."""
    answer = run(*words, script=script)
    tap.ok(answer.status == 1 and answer.output == output
           and says in answer.errors and answer.errors.count("\n") == 1,
           name, answer)
