"""Memory: kept from one page for the next, by Python's collector and by the allocator of the C library."""

import ctypes
import gc
from typing import Final

RARELY: Final = 100_000
"""New objects after which Python looks for reference cycles: pages come and go whole, without cycles of their own."""

KEPT: Final = 64 * 2**20
"""Bytes at the end of the heap that stay with the process, where glibc would give back and fetch anew 128 KiB and
more for each page, which costs a twentieth of the time that reading it takes."""

LARGEST: Final = 32 * 2**20
"""Bytes of one block up to which it is taken from the heap, the most that glibc allows."""

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3


def keep() -> None:
    """Have this process keep what it once has, up to a bound; where the C library is another, only Python knows."""
    gc.freeze()
    gc.set_threshold(RARELY)
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_TRIM_THRESHOLD, KEPT)
        mallopt(_M_MMAP_THRESHOLD, LARGEST)
