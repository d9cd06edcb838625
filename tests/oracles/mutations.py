"""Mistakes planted in the model, to see that the comparisons notice them."""

from contextlib import contextmanager
from dataclasses import replace

import arm
import riscv
import x86


@contextmanager
def replaced(owner, name, wrong):
    right = getattr(owner, name)
    setattr(owner, name, wrong(right))
    try:
        yield
    finally:
        setattr(owner, name, right)


def writes_ignore_wp(right):
    return lambda machine, *rest: right(replace(machine, wp=False), *rest)


def kernel_ignores_smap(right):
    return lambda machine, *rest: right(replace(machine, smap=False), *rest)


def kernel_ignores_smep(right):
    return lambda machine, *rest: right(replace(machine, smep=False), *rest)


def users_are_kernels(right):
    return lambda machine, rights, kind, mode: right(machine, rights, kind, "kernel")


def fetch_bit_is_forgotten(right):
    return lambda *arguments: right(*arguments) & ~x86.ERROR_FETCH


def fetch_bit_is_always_set(right):
    return lambda machine, kind, *rest: right(machine, kind, *rest) | (
        x86.ERROR_FETCH if kind == "fetch" else 0)


def user_bit_is_forgotten(right):
    return lambda *arguments: right(*arguments) & ~x86.ERROR_USER


def nothing_is_reserved(right):
    return lambda *arguments: 0


def high_large_bits_are_lost(right):
    return lambda machine, shift, entry: right(machine, shift, entry) & x86.bits(0, 31)


def reads_dirty(right):
    return lambda frames, address, bits: right(
        frames, address, bits | (x86.DIRTY if bits == x86.ACCESSED else 0))


def nothing_gets_accessed(right):
    return lambda frames, address, bits: right(frames, address, bits & ~x86.ACCESSED)


def pae_has_software_bits(right):
    return lambda machine, number, is_page: right(machine, number, is_page) & ~(
        x86.bits(52, 62) if machine.geometry == "x86-pae" else 0)


def pointers_reserve_nothing(right):
    return lambda machine, number, is_page: (
        0 if machine.geometry == "x86-pae" and number == 0 else right(machine, number, is_page))


def registers_follow_memory(right):
    """PAE's pointers are read at each walk, not kept from the load of CR3."""
    def walk(machine, frames, root, *rest):
        if machine.geometry == "x86-pae" and LATEST:
            root = tuple(x86.read_entry(frames, LATEST[0] + 8 * n, 8) for n in range(4))
        return right(machine, frames, root, *rest)
    return walk


LATEST = []


def remembers_cr3(right):
    def load_root(machine, frames, cr3):
        loaded = right(machine, frames, cr3)
        LATEST[:] = [cr3] if machine.geometry == "x86-pae" else []
        return loaded
    return load_root


@contextmanager
def both(*planted):
    with planted[0], planted[1]:
        yield


def pointers_may_be_marked(right):
    return lambda machine, number, entry: right(machine, number, entry) & ~(
        0 if riscv.is_page(entry) else riscv.USER | riscv.ACCESSED | riscv.DIRTY)


def superpages_lie_anywhere(right):
    return lambda machine, number, entry: right(machine, number, entry) & ~riscv.bits(10, 53)


def lone_writes_are_fine(right):
    return lambda machine, number, entry: right(machine, number, entry) & ~(
        riscv.WRITE if riscv.is_page(entry) else 0)


def upper_bits_are_free(right):
    return lambda machine, number, entry: right(machine, number, entry) & riscv.bits(0, 53)


def kernel_ignores_sum(right):
    return lambda machine, *rest: right(replace(machine, sum=True), *rest)


def sum_is_never_set(right):
    return lambda machine, *rest: right(replace(machine, sum=False), *rest)


def mxr_is_never_set(right):
    return lambda machine, *rest: right(replace(machine, mxr=False), *rest)


def mxr_is_always_set(right):
    return lambda machine, *rest: right(replace(machine, mxr=True), *rest)


def kernel_executes_user_pages(right):
    return lambda machine, rights, kind, mode: right(
        machine, replace(rights, user=False) if kind == "fetch" and mode == "kernel" else rights,
        kind, mode)


def stores_are_loads(right):
    return lambda machine, address, kind, *rest: right(
        machine, address, "read" if kind == "write" else kind, *rest)


def upper_address_bits_are_free(right):
    return lambda geometry, address: True


def writes_leave_dirty_clear(right):
    return lambda frames, address, mask: right(frames, address, mask & ~riscv.DIRTY)


def blocks_anywhere(right):
    return lambda number, entry: (
        "block" if number == 0 and entry & 3 == 1 else right(number, entry))


def last_level_takes_blocks(right):
    return lambda number, entry: (
        "page" if number == arm.LAST and entry & 1 else right(number, entry))


def kernel_executes_what_users_write(right):
    return lambda machine, rights, kind, mode: (
        rights.kernel_executable if kind == "fetch" and mode == "kernel"
        else right(machine, rights, kind, mode))


def user_pages_have_one_execute_bit(right):
    return lambda machine, rights, *rest: right(
        machine, replace(rights, executable=rights.kernel_executable), *rest)


def fetch_needs_user_right(right):
    return lambda machine, rights, kind, mode: right(machine, rights, kind, mode) and (
        mode == "kernel" or rights.user)


def levels_count_from_one(right):
    return lambda machine, address, kind, mode, cause, number=0, status=None: right(
        machine, address, kind, mode, cause, number + 1, status)


def permission_comes_first(right):
    """The access flag is looked at after the rights."""
    def walk(machine, *rest):
        out = right(machine, *rest)
        if out.ok or out.fault.error & ~3 != arm.ACCESS_FLAG:
            return out
        again = right(replace(machine, software=False), *rest[:5], False)
        return out if again.ok else again
    return walk


def software_never_sets_flags(right):
    return lambda *arguments: False


def one_root(right):
    return lambda machine, frames, root, *rest: right(machine, frames, (root[0], root[0]), *rest)


# Module, the function in it, its wrong versions.
X86_PLANTED = (
    (x86, "permitted", (writes_ignore_wp, kernel_ignores_smap, kernel_ignores_smep,
                        users_are_kernels)),
    (x86, "error_code", (fetch_bit_is_forgotten, fetch_bit_is_always_set,
                         user_bit_is_forgotten)),
    (x86, "reserved_bits", (nothing_is_reserved,)),
    (x86, "page_address", (high_large_bits_are_lost,)),
    (x86, "set_bits", (reads_dirty, nothing_gets_accessed)),
    (x86, "canonical", (upper_address_bits_are_free,)),
)
RISCV_PLANTED = (
    (riscv, "reserved_bits", (pointers_may_be_marked, superpages_lie_anywhere,
                              lone_writes_are_fine, upper_bits_are_free)),
    (riscv, "permitted", (kernel_ignores_sum, sum_is_never_set, mxr_is_never_set,
                          mxr_is_always_set, kernel_executes_user_pages, users_are_kernels)),
    (riscv, "fault_of", (stores_are_loads,)),
    (riscv, "canonical", (upper_address_bits_are_free,)),
    (riscv, "set_bits", (writes_leave_dirty_clear,)),
)
ARM_PLANTED = (
    (arm, "kind_of_entry", (last_level_takes_blocks,)),
    (arm, "permitted", (kernel_executes_what_users_write, user_pages_have_one_execute_bit,
                        fetch_needs_user_right)),
    (arm, "fault_of", (levels_count_from_one,)),
    (arm, "misses_flag", (software_never_sets_flags,)),
    (arm, "walk", (one_root, permission_comes_first)),
    (arm, "canonical", (upper_address_bits_are_free,)),
)
# What QEMU does not show: PAE's registers, flags that software sets on RISC-V, and
# blocks of AArch64's level 0, which it takes.
CLI_PLANTED = (
    (arm, "kind_of_entry", (blocks_anywhere,)),
    (x86, "reserved_bits", (pointers_reserve_nothing, pae_has_software_bits)),
    (riscv, "misses_flag", (software_never_sets_flags,)),
)
GEOMETRIES = {x86: ("x86-32", "x86-pae", "x86-64", "x86-64-la57"),
              riscv: ("sv32", "sv39", "sv48", "sv57"), arm: ("aarch64",)}


def _each(planted):
    for module, function, versions in planted:
        for wrong in versions:
            yield wrong.__name__, module, replaced(module, function, wrong)


def x86_mistakes():
    """(name of the mistake, a context in which the model makes it)."""
    return [(name, planted) for name, _, planted in _each(X86_PLANTED)]


def riscv_mistakes():
    return [(name, planted) for name, _, planted in _each(RISCV_PLANTED)]


def arm_mistakes():
    return [(name, planted) for name, _, planted in _each(ARM_PLANTED)]


def all_mistakes():
    """(name, geometries that may show it, a context in which a model makes it)."""
    for name, module, planted in _each(CLI_PLANTED + ARM_PLANTED + X86_PLANTED
                                        + RISCV_PLANTED):
        yield name, GEOMETRIES[module], planted
    yield "registers_follow_memory", ("x86-pae",), both(
        replaced(x86, "load_root", remembers_cr3), replaced(x86, "walk", registers_follow_memory))
