import struct
import zlib
from collections.abc import Callable

import pytest


def blank(width: int, height: int) -> bytes:
    """Return a white picture of one bit a pixel (PNG specification)."""
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * ((width + 7) // 8) for _ in range(height)))
    chunks = (b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0), b"IDAT" + rows, b"IEND")
    sums = (struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(sums)


@pytest.fixture(scope="session")
def png() -> Callable[[int, int], bytes]:
    """Make a picture of some size."""
    return blank
