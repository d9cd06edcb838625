"""Counts comparisons and tells of the differences."""

SHOWN = 20


class Report:
    def __init__(self, shown=SHOWN):
        self.compared = 0
        self.differences = 0
        self.shown = shown

    def equal(self, what, expected, found):
        """Compares one value; returns whether it was as expected."""
        self.compared += 1
        if expected == found:
            return True
        self.differ(f"{what}: expected {show(expected)}, found {show(found)}")
        return False

    def equal_lists(self, what, expected, found):
        """Compares item by item, so that one difference names one item."""
        if expected == found:
            self.compared += len(expected)
            return
        for item in expected:
            if item not in found:
                self.differ(f"{what}: {show(item)} is missing")
        for item in found:
            if item not in expected:
                self.differ(f"{what}: {show(item)} is too much")
        if len(expected) != len(found):
            self.differ(f"{what}: expected {len(expected)} items, found {len(found)}")

    def differ(self, sentence):
        self.differences += 1
        if self.differences <= self.shown:
            print(f"# {sentence}", flush=True)
        elif self.shown and self.differences == self.shown + 1:
            print("# further differences are only counted", flush=True)


def show(value):
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        return hex(value)
    if isinstance(value, (tuple, list)):
        return "(" + ", ".join(show(one) for one in value) + ")"
    if isinstance(value, bytes):
        return f"{len(value)} bytes {value.hex()[:60]}…" if len(value) > 30 else value.hex()
    return str(value)
