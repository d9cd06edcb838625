"""Mistakes planted in the model of TLBs, to see that the comparison notices them."""

import buffers
import organised
import smp
from mutations import replaced
from report import Report

TRIES = 40      # short scripts of each family that may show a mistake


def nothing(right):
    return lambda *arguments, **named: None


def false(right):
    return lambda *arguments: False


def lower_half(right):
    def draw(self, count):
        right(self, count)
        return self.state % (1 << 32) % count
    return draw


def one_view(right):
    def asids_of(self, process):
        found = right(self, process)
        return found and found[:1]
    return asids_of


def global_ones_go(right):
    return lambda self, cpu, kind, asids=None, address=None, keep_global=False: right(
        self, cpu, kind, asids, address, False)


def noflush_flushes(right):
    return lambda self, cpu, kind, *rest, **named: right(
        self, cpu, "spaces" if kind == "noflush" else kind, *rest, **named)


def second_level_is_free(right):
    return lambda self: {**right(self), "stlb": 0}


def everybody_is_told(right):
    return lambda self, cpu, process, address, shared: right(self, cpu, process, address, True)


# Name, where, what, its wrong version, families that may show it.
PLANTED = (
    ("LRU forgets uses", buffers.Order, "used", nothing, ("plain", "two levels")),
    ("a tree never turns", buffers.Tree, "used", nothing, ("plru",)),
    ("numbers come from the lower half", buffers.Generator, "draw", lower_half, ("random",)),
    ("three upper entries are kept", buffers.Structures, "WAYS", lambda right: 3,
     ("upper levels", "everything")),
    ("a fault forgets nothing", smp.Smp, "forget_fault", nothing, ("split", "upper levels")),
    ("a shootdown forgets user mode's root", smp.Smp, "asids_of", one_view,
     ("kpti", "everything")),
    ("global entries always go", smp.Smp, "flush", global_ones_go, ("plain", "tagged")),
    ("noflush flushes", smp.Smp, "flush", noflush_flushes, ("plain", "tagged")),
    ("KPTI has one root", smp.Smp, "enter", nothing, ("kpti",)),
    ("the second level costs nothing", smp.Smp, "cycles", second_level_is_free, ("two levels",)),
    ("all processors are interrupted", smp.Smp, "changed", everybody_is_told, ("shootdown",)),
)


def notice(report, cli, seed, chosen):
    """Each mistake must make a difference."""
    for name, owner, what, wrong, families in chosen:
        unseen = Report(shown=0)        # of the planted mistake
        with replaced(owner, what, wrong):
            for number in range(seed, seed + TRIES):
                for family in families:
                    if not unseen.differences:
                        organised.compare_script(unseen, cli,
                                                 organised.make(family, number, count=300))
        report.equal(f"the mistake is noticed: {name}", True, unseen.differences > 0)
