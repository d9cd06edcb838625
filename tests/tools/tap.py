"""Prints what a Python test finds as TAP, the form that meson reads."""

import sys


class Tap:
    def __init__(self):
        self.count = 0
        self.failures = 0

    def ok(self, passed, name, *reasons):
        """Reports one test; the reasons explain a failure."""
        self.count += 1
        self.failures += not passed
        print(f"{'ok' if passed else 'not ok'} {self.count} - {name}")
        if not passed:
            for reason in reasons:
                for line in str(reason).splitlines():
                    print(f"# {line}")
        sys.stdout.flush()
        return passed

    def equal(self, found, expected, name):
        return self.ok(found == expected, name,
                       f"expected {expected!r}", f"found    {found!r}")

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}", flush=True)

    def done(self):
        print(f"1..{self.count}", flush=True)
        sys.exit(1 if self.failures else 0)


def skip_all(reason):
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)
