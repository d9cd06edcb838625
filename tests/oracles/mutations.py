"""Mistakes planted in the model, to see that the comparisons notice them."""

from contextlib import contextmanager
from dataclasses import replace

import model


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
    return lambda *arguments: right(*arguments) & ~model.ERROR_FETCH


def fetch_bit_is_always_set(right):
    return lambda machine, kind, *rest: right(machine, kind, *rest) | (
        model.ERROR_FETCH if kind == "fetch" else 0)


def user_bit_is_forgotten(right):
    return lambda *arguments: right(*arguments) & ~model.ERROR_USER


def nothing_is_reserved(right):
    return lambda *arguments: 0


def high_large_bits_are_lost(right):
    return lambda machine, shift, entry: right(machine, shift, entry) & model.bits(0, 31)


def reads_dirty(right):
    return lambda frames, address, bits: right(
        frames, address, bits | (model.DIRTY if bits == model.ACCESSED else 0))


def nothing_gets_accessed(right):
    return lambda frames, address, bits: right(frames, address, bits & ~model.ACCESSED)


def bit_47_is_free(right):
    return lambda address: address >> 48 in (0, 0xFFFF)


# Name of the function in the model → its wrong versions.
PLANTED = (
    ("permitted", writes_ignore_wp),
    ("permitted", kernel_ignores_smap),
    ("permitted", kernel_ignores_smep),
    ("permitted", users_are_kernels),
    ("error_code", fetch_bit_is_forgotten),
    ("error_code", fetch_bit_is_always_set),
    ("error_code", user_bit_is_forgotten),
    ("reserved_bits", nothing_is_reserved),
    ("page_address", high_large_bits_are_lost),
    ("set_bits", reads_dirty),
    ("set_bits", nothing_gets_accessed),
    ("canonical", bit_47_is_free),
)


def each():
    """(name of the mistake, a context in which the model makes it)."""
    for function, wrong in PLANTED:
        yield wrong.__name__, replaced(model, function, wrong)
