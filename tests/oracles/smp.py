"""A slow, naive model of processors that share page tables and have TLBs of their own.

What the manuals say of caching translations: Intel SDM vol. 3A, 4.10; RISC-V
privileged architecture, SFENCE.VMA; Arm ARM, D8.14. What is the simulation's own
choice follows the headers of core/mmu. Tables are no bytes here but sets of what is
there; `run` compares bytes.
"""

from dataclasses import dataclass, field

import arm
import model
from buffers import ANY, Buffer, Generator, Kept, Structures

USER_VIEW = 0x800           # of a process's number, with KPTI
COSTS = {"tlb": 1, "stlb": 7, "walk": 100, "memory": 100, "disk": 10000000}


@dataclass
class Organisation:
    """How a machine's TLBs are arranged: what stands on its line of a script."""

    machine: model.Machine
    cpus: int = 1
    data: tuple = (4, 4)            # sets, ways
    code: tuple = None
    second: tuple = None
    replacement: str = None         # None: not said
    seed: int = 1
    pcid: bool = False
    kpti: bool = False
    psc: bool = False
    shootdown: str = "on"
    costs: dict = field(default_factory=lambda: dict(COSTS))

    @property
    def plain(self):
        """One TLB of one processor with nothing said of it tells no victims."""
        return (self.cpus == 1 and not self.code and not self.second and not self.pcid
                and not self.replacement and not self.kpti and not self.psc
                and self.shootdown == "on")


@dataclass
class Leaf:
    frame: int
    shift: int
    rights: model.Rights
    everywhere: bool
    accessed: bool = False
    dirty: bool = False


@dataclass
class Answer:
    """What an access came to."""

    pa: int = None
    fault: object = None
    hit: bool = False
    level: int = 0
    reads: int = 0


class Cpu:
    def __init__(self, organisation, generator):
        self.process = None
        self.asid = 0
        self.mode = "kernel"        # whose root is loaded, with KPTI
        policy = organisation.replacement or "lru"
        self.data = Buffer("dtlb" if organisation.code else "tlb", organisation.data, policy,
                           generator)
        self.code = organisation.code and Buffer("itlb", organisation.code, policy, generator)
        self.second = organisation.second and Buffer("stlb", organisation.second, policy,
                                                     generator)
        self.buffers = [one for one in (self.data, self.code, self.second) if one]
        self.structures = Structures(len(model.LEVELS[organisation.machine.geometry]))


class Smp:
    """The whole machine. `events` is what an operation is expected to tell."""

    def __init__(self, organisation):
        self.how = organisation
        self.machine = organisation.machine
        self.rules = model.family(self.machine)
        self.levels = model.LEVELS[self.machine.geometry]
        self.width = model.ADDRESS_BITS[self.machine.geometry]
        generator = Generator(organisation.seed)
        self.cpus = [Cpu(organisation, generator) for _ in range(organisation.cpus)]
        self.processes = []
        self.tables = set()         # (space, number of the level, prefix)
        self.leaves = {}            # the same → Leaf
        self.sizes = set()          # shifts that were ever filled
        self.behind = set()         # (cpu, process): must flush before it runs there
        self.counters = dict.fromkeys(
            ("accesses", "hits", "misses", "itlb-hits", "itlb-misses", "stlb-hits",
             "stlb-misses", "psc-hits", "entry-reads", "interrupts", "data"), 0)
        self.events = []

    # Address spaces

    def tell(self, cpu):
        """A function that notes what a processor does."""
        return lambda *event: self.events.append((self.cpus.index(cpu), *event))

    def number_of(self, process):
        """What tags a process's translations; 0: nothing does."""
        return self.processes.index(process) + 1 if self.how.pcid else 0

    def loaded(self, cpu):
        return cpu.asid if self.how.pcid else ANY

    def upper_half(self, address):
        return bool(address >> self.width - 1 & 1)

    def shared_half(self, address):
        """AArch64 has one root for the upper halves of all."""
        return self.machine.geometry == "aarch64" and bool(address >> 63)

    def space(self, process, mode, address):
        """Which tables translate an address."""
        if self.shared_half(address):
            return "all"
        if self.how.kpti and mode == "user" and self.upper_half(address):
            return process, "user"
        return process, "kernel"

    def prefix(self, number, address):
        return (address & model.bits(0, self.width - 1)) >> self.levels[number].shift

    # Flushing

    def drop_pages(self, cpu, taken, tells=False):
        """Removes what taken (kept) names from all TLBs of a processor."""
        for buffer in cpu.buffers:
            for number, way, kept in sorted(buffer.drop(taken), key=lambda one: one[2].shift):
                if tells:
                    self.tell(cpu)("tlb-drop", buffer.name, number, way, kept.page, kept.shift,
                                   kept.frame)

    def kept(self, cpu, taken):
        return [kept for buffer in cpu.buffers for _, _, kept in buffer if taken(kept)]

    @staticmethod
    def in_space(asid, asids):
        return asids is ANY or asid in asids

    def flush(self, cpu, kind, asids=ANY, address=None, keep_global=False):
        """One flush. asids: those that are meant, or ANY."""
        def taken(kept):
            if kind in ("all", "global"):
                return True
            if kind == "spaces":
                return not kept.everywhere
            if kind == "asid":
                return not kept.everywhere and self.in_space(kept.asid, asids)
            if kind == "address":
                return kept.holds(address) and (
                    not keep_global if kept.everywhere else self.in_space(kept.asid, asids))
            return False                            # noflush

        dropped = len(self.kept(cpu, taken))
        self.drop_pages(cpu, taken, tells=kind == "address")
        if kind != "noflush":
            # A flush of one page takes all the upper levels of its space along.
            whole = kind not in ("asid", "address")
            cpu.structures.drop(lambda level, asid, prefix:
                                whole or self.in_space(asid, asids))
        return dropped

    def forget_fault(self, cpu, address):
        """A page fault drops what is kept for its address (SDM 4.10.4.1)."""
        asids = [cpu.asid] if self.how.pcid else ANY
        self.drop_pages(cpu, lambda kept: kept.holds(address) and (
            kept.everywhere or self.in_space(kept.asid, asids)), tells=True)
        cpu.structures.drop(lambda level, asid, prefix: asid == cpu.asid
                            and prefix == address >> self.low_bit(level))

    # What the kernel does

    def make_process(self, process):
        self.processes.append(process)

    def asids_of(self, process):
        """Both views' numbers; ANY where nothing is tagged."""
        number = self.number_of(process)
        return (number, number | USER_VIEW if self.how.kpti else number) if number else ANY

    def run(self, cpu, process):
        """Loads the root of a process."""
        if cpu.process == process:
            return
        kind = "noflush" if self.how.pcid else "spaces"
        count = 0 if self.how.pcid else len(self.kept(cpu, lambda kept: not kept.everywhere))
        self.tell(cpu)("switch", count)
        self.flush(cpu, kind)
        cpu.process = process
        cpu.asid = self.number_of(process)
        cpu.mode = "kernel"
        late = (self.cpus.index(cpu), process)
        if late in self.behind:
            self.behind.remove(late)
            asids = self.asids_of(process)
            self.tell(cpu)("flush", "asid", len(self.kept(
                cpu, lambda kept: not kept.everywhere and kept.asid in asids)))
            self.flush(cpu, "asid", asids)

    def enter(self, cpu, mode):
        """KPTI: each mode has its root."""
        if not self.how.kpti or cpu.mode == mode:
            return
        count = 0 if self.how.pcid else len(self.kept(cpu, lambda kept: not kept.everywhere))
        self.tell(cpu)("mode", mode, count)
        cpu.mode = mode
        if self.how.pcid:
            cpu.asid = self.number_of(cpu.process) | (USER_VIEW if mode == "user" else 0)
        else:
            self.flush(cpu, "spaces")

    def flush_asked(self, cpu, kind, address, process):
        """The operation "flush". process: the one that the instruction names, or None."""
        asids = [cpu.asid] if self.how.pcid else ANY
        if process is not None and self.how.pcid:
            asids = [self.number_of(process)]
        self.tell(cpu)("flush", kind, None)
        place = len(self.events) - 1
        dropped = self.flush(cpu, kind, asids, address, keep_global=process is not None)
        self.events[place] = self.events[place][:-1] + (dropped,)
        return dropped

    def map(self, process, address, leaf, cpu, trampoline):
        """A page is mapped, perhaps in place of another of its size."""
        if cpu is None:
            cpu = next((one for one in self.cpus if one.process == process), self.cpus[0])
        else:
            cpu = self.cpus[cpu]
        registers_written = False
        views = ["kernel"]
        if trampoline and self.how.kpti and self.upper_half(address):
            views.append("user")
        for view in views:
            space = self.space(process, view, address)
            for number, level in enumerate(self.levels):
                key = (space, number, self.prefix(number, address))
                if level.shift == leaf.shift:
                    break
                if key not in self.tables and self.machine.geometry == "x86-pae" and number == 0:
                    registers_written = True
                self.tables.add(key)
            old = self.leaves.get(key)
            self.leaves[key] = Leaf(leaf.frame, leaf.shift, leaf.rights, leaf.everywhere)
            if old is not None:
                self.changed(cpu, process, address,
                             old.everywhere or self.shared_half(address))
        if registers_written:
            for one in self.cpus:
                if one.process == process:
                    self.tell(one)("switch", len(self.kept(one, lambda kept:
                                                           not kept.everywhere)))
                    self.flush(one, "spaces")

    def changed(self, cpu, process, address, shared):
        """A mapping is no longer what it was: who drops it, and when (shootdown.h)."""
        asids = ANY if shared else self.asids_of(process)

        def taken(kept):
            return kept.holds(address) and (kept.everywhere or self.in_space(kept.asid, asids))

        def runs(one):
            return shared or one.process == process

        def leave(one, step):
            stale = self.kept(one, taken)
            if not stale or not (runs(one) or self.how.pcid):
                return
            self.tell(one)(step, len(stale))
            for kept in stale:
                kept.owed = True
            if step == "behind":
                self.behind.add((self.cpus.index(one), process))

        reach = self.how.shootdown
        if reach != "off":
            if runs(cpu):
                self.flush(cpu, "address", asids, address)
            else:
                leave(cpu, "behind")
        if reach != "on":
            for one in self.cpus:
                if one is not cpu or reach == "off":
                    leave(one, "owe")
            return
        others = [one for one in self.cpus if one is not cpu]
        for one in others:
            if not runs(one):
                leave(one, "behind")
        told = [one for one in others if runs(one)]
        if not told:
            return
        self.tell(cpu)("shootdown", len(told))
        for one in told:
            self.tell(cpu)("ipi-send", self.cpus.index(one))
            self.counters["interrupts"] += 1
        self.tell(cpu)("ipi-wait", len(told))
        for awaited, one in zip(reversed(range(len(told))), told):
            self.tell(one)("ipi-receive", len(self.kept(one, taken)))
            self.flush(one, "address", asids, address)
            self.tell(one)("ipi-ack", awaited)

    # What the processor does

    def low_bit(self, level):
        return self.levels[len(self.levels) - level].shift

    def walk(self, cpu, address, kind, mode, answer):
        """Reads entries from the root, or from where it is known to lead: a leaf's key,
        or None, with the fault in the answer."""
        count = len(self.levels)
        first = 0
        if self.how.psc:
            known = cpu.structures.find(cpu.asid, address, self.low_bit)
            if known is not None:
                self.tell(cpu)("psc-hit", known)
                self.counters["psc-hits"] += 1
                first = count - known + 1
        # Without KPTI there is one view; with it the mode's root is loaded.
        space = self.space(cpu.process, cpu.mode, address)
        for number in range(first, count):
            level = count - number
            register = self.machine.geometry == "x86-pae" and number == 0
            if register:
                self.tell(cpu)("register-read")
            else:
                self.tell(cpu)("entry-read", level)
                answer.reads += 1
                self.counters["entry-reads"] += 1
            key = (space, number, self.prefix(number, address))
            if key in self.leaves:
                return self.judge(address, kind, mode, key, answer)
            if key not in self.tables:
                answer.fault = self.fault(address, kind, mode, "not-present", number)
                return None
            if self.how.psc and not register:
                self.tell(cpu)("psc-fill", level)
                cpu.structures.keep(level, cpu.asid, address >> self.low_bit(level))
        raise AssertionError("a last table's entries are leaves")

    def fault(self, address, kind, mode, cause, number):
        return self.rules.fault_of(self.machine, address, kind, mode, cause, number)

    def judge(self, address, kind, mode, key, answer):
        """May the access use a leaf that a walk found? Marks it, if so."""
        leaf = self.leaves[key]
        arms = self.rules is arm
        if arms and self.rules.misses_flag(self.machine, True, leaf.accessed, kind):
            answer.fault = arm.fault_of(self.machine, address, kind, mode, "protection", key[1],
                                        arm.ACCESS_FLAG)
            return None
        if (not self.rules.permitted(self.machine, leaf.rights, kind, mode)
                or (not arms and self.rules.misses_flag(self.machine, leaf.dirty,
                                                        leaf.accessed, kind))):
            answer.fault = self.fault(address, kind, mode, "protection", key[1])
            return None
        leaf.accessed = True
        leaf.dirty = leaf.dirty or kind == "write"
        return key

    def access(self, cpu, process, address, kind, mode):
        cpu = self.cpus[cpu]
        answer = Answer()
        self.run(cpu, process)
        self.enter(cpu, mode)
        self.counters["accesses"] += 1
        if not model.canonical(self.machine.geometry, address):
            answer.fault = self.fault(address, kind, mode, "non-canonical", 0)
            return answer

        first = cpu.code if kind == "fetch" and cpu.code else cpu.data
        kept = self.look_up(cpu, first, address, answer)
        if kept is not None and kept.owed and kind == "write" and not kept.dirty:
            # The dirty flag has to be set: a walk, which sees what is there now.
            self.forget_fault(cpu, address)
            kept, answer.level = None, 0
        answer.hit = kept is not None
        self.counters["hits" if answer.hit else "misses"] += 1
        if kept is not None:
            self.use(address, kind, mode, kept, answer)
        else:
            kept = self.fetch(cpu, first, address, kind, mode, answer)
        if answer.fault is not None:
            self.forget_fault(cpu, address)
            return answer
        answer.pa = (kept.frame << 12) + (address & (1 << kept.shift) - 1)
        self.counters["data"] += 1
        return answer

    def look_up(self, cpu, first, address, answer):
        """Asks one level after the other; what the second has goes into the first."""
        sizes = sorted(self.sizes) or [12]
        tell = self.tell(cpu)
        kept = first.find(address, self.loaded(cpu), sizes, tell)
        if first.name == "itlb":
            self.counters["itlb-misses" if kept is None else "itlb-hits"] += 1
        if kept is not None:
            answer.level = 1
            return kept
        if cpu.second is None:
            return None
        kept = cpu.second.find(address, self.loaded(cpu), sizes, tell)
        self.counters["stlb-misses" if kept is None else "stlb-hits"] += 1
        if kept is None:
            return None
        answer.level = 2
        kept = kept.copy()
        first.fill(kept, "tlb-promote", tell)
        return kept

    def use(self, address, kind, mode, kept, answer):
        """A hit: what was kept decides, not what the tables say."""
        if (not self.rules.permitted(self.machine, kept.rights, kind, mode)
                or self.rules.misses_flag(self.machine, kept.dirty, True, kind)):
            answer.fault = self.fault(address, kind, mode, "protection", kept.number)
        elif kind == "write" and not kept.dirty:
            kept.dirty = True
            self.leaves[kept.leaf].dirty = True

    def fetch(self, cpu, first, address, kind, mode, answer):
        """A miss: walks, and fills the second level, then the first."""
        key = self.walk(cpu, address, kind, mode, answer)
        if key is None:
            return None
        leaf = self.leaves[key]
        kept = Kept(address >> leaf.shift, leaf.shift, leaf.frame, leaf.rights, leaf.everywhere,
                    cpu.asid, key, key[1], leaf.dirty or self.rules is arm)
        self.sizes.add(leaf.shift)
        if cpu.second is not None:
            cpu.second.fill(kept.copy(), "tlb-fill", self.tell(cpu))
        first.fill(kept, "tlb-fill", self.tell(cpu))
        return kept

    # What can be asked

    def cycles(self):
        """The cost of everything so far (cost.h)."""
        n, cost = self.counters, self.how.costs
        parts = {"tlb": (n["hits"] + n["misses"]) * cost["tlb"],
                 "stlb": (n["stlb-hits"] + n["stlb-misses"]) * cost["stlb"],
                 "walk": n["entry-reads"] * cost["walk"],
                 "memory": n["data"] * cost["memory"], "disk": 0}
        return {**parts, "total": sum(parts.values()), "accesses": n["accesses"]}
