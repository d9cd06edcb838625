"""Runs pagewalk-cli for the tests of this folder."""

import json
import locale
import os
import pathlib
import platform
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


def marks(lesson, answers):
    """How the machine marks answers, pairs of a question and a text, in their
    order. A file answers a question once, so there are as many runs as the
    question that is answered most often needs."""
    rounds, found = [], [None] * len(answers)
    for index, (question, _) in enumerate(answers):
        free = next((one for one in rounds if question not in one), None)
        if free is None:
            rounds.append(free := {})
        free[question] = index
    for one in rounds:
        script = "\n".join(f"{question}: {answers[index][1]}"
                           for question, index in one.items())
        objects = run("lesson", "run", lesson, "--answers", "-", "--json",
                      script=script).objects()
        for index, verdict in zip(one.values(), objects[:-1], strict=True):
            found[index] = verdict
    return found


def environment(**changes):
    return {**os.environ, **changes}


def run(*words, script=None, env=None, cwd=None):
    """Runs the command; script is what stands on its standard input."""
    data = script.encode() if isinstance(script, str) else script
    done = subprocess.run([CLI, *words], input=data or b"", cwd=cwd, env=env,
                          capture_output=True, timeout=TIMEOUT, check=False)
    return Answer(done)


def translating_locale():
    """A locale in which gettext heeds LANGUAGE, or None. From glibc 2.39 on it
    does so no longer in C.UTF-8."""
    names = ["zh_CN.UTF-8", "en_US.UTF-8"]
    libc, version = platform.libc_ver()
    if libc != "glibc" or [int(n) for n in version.split(".")] < [2, 39]:
        names.append("C.UTF-8")
    kept = locale.setlocale(locale.LC_ALL)
    try:
        for name in names:
            try:
                locale.setlocale(locale.LC_ALL, name)
                return name
            except locale.Error:
                continue
    finally:
        locale.setlocale(locale.LC_ALL, kept)
    return None


def cannot_translate(tap):
    """True, and the check is skipped, where no text can be translated."""
    if translating_locale() is not None:
        return False
    tap.skip("text is translated", "no locale in which gettext heeds LANGUAGE")
    return True


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
    return environment(LC_ALL=translating_locale(), LANGUAGE="zh_CN",
                       PAGEWALK_LOCALE=str(folder))


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
