"""Runs pagewalk-cli for the tests of this folder."""

import json
import os
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
