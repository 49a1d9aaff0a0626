"""The heap: where pages stand while they are read, and which is to be small again when they are gone."""

import ctypes
from contextlib import suppress
from typing import Final

LARGE: Final = 256 * 1024
"""Bytes from which on a buffer is a mapping of its own."""

_M_MMAP_THRESHOLD: Final = -3  # malloc.h


def give_back() -> None:
    """Have the memory of large buffers returned to the system when they are freed.

    glibc takes buffers as large as any that was ever freed from its heap, where small ones come to stand behind them: a
    run over pages of many megabytes then keeps a hundred of them (mallopt(3), "dynamic mmap threshold"). Other
    libraries have no such setting, and no need of it.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE)
