"""The web of the demo: builds web.warc.gz from web.yml and the pages beside it, the same bytes each time.

    python data/make_web.py [ARCHIVE]

A page is kept in UTF-8 and sent in the charset that its Content-Type names. Pictures are blank, and have the size that
web.yml gives them.
"""

import mimetypes
import struct
import sys
import uuid
import zlib
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import yaml
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATA = Path(__file__).resolve().parent
INFO = b"software: recrawl data/make_web.py\r\nformat: WARC File Format 1.1\r\nisPartOf: the demo of recrawl\r\n"

Response = dict[str, Any]
"""One entry of web.yml."""


def main(archive: Path = DATA / "web.warc.gz") -> None:
    """Write the archive."""
    manifest = yaml.safe_load((DATA / "web.yml").read_text("utf-8"))
    with archive.open("wb") as out:
        write(manifest["responses"], manifest["captured"].astimezone(UTC), out)


def write(responses: list[Response], captured: datetime, out: BinaryIO, pages: Path = DATA / "pages") -> None:
    """Write a record that describes the archive, and one for each response."""
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    head = warc_headers("urn:recrawl:demo", captured)
    writer.write_record(writer.create_warc_record("", "warcinfo", BytesIO(INFO), len(INFO), warc_headers_dict=head))
    for response in responses:
        url, body = response["url"], body_of(response, pages)
        head, http = warc_headers(url, captured), http_headers(response, len(body), captured)
        record = writer.create_warc_record(
            url, "response", BytesIO(body), len(body), warc_headers_dict=head, http_headers=http
        )
        writer.write_record(record)


def warc_headers(name: str, captured: datetime) -> dict[str, str]:
    """Return what would otherwise differ from one run to the next: the record's id and date."""
    return {
        "WARC-Record-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, name).urn}>",
        "WARC-Date": f"{captured:%Y-%m-%dT%H:%M:%SZ}",
    }


def http_headers(response: Response, length: int, captured: datetime) -> StatusAndHeaders:
    """Return the status line and the headers of a response."""
    status = HTTPStatus(response.get("status", 200))
    headers = {
        "Date": format_datetime(captured, usegmt=True),
        "Content-Type": content_type(response),
        **response.get("headers", {}),
        "Content-Length": str(length),
    }
    return StatusAndHeaders(f"{status.value} {status.phrase}", list(headers.items()), "HTTP/1.1")


def content_type(response: Response) -> str:
    """Return the media type of a response: the one given, else what the name of its file stands for."""
    kind, _ = mimetypes.guess_type(response.get("page") or urlsplit(response["url"]).path)
    guess = kind if kind and kind.startswith("image/") else f"{kind or 'text/html'}; charset=utf-8"
    return str(response.get("headers", {}).get("Content-Type", guess))


def body_of(response: Response, pages: Path) -> bytes:
    """Return the bytes of a response: those of a page, of a picture, or none."""
    if "page" in response:
        charset = content_type(response).partition("charset=")[2]
        return (pages / response["page"]).read_text("utf-8").encode(charset)
    if "picture" in response:
        width, height = map(int, response["picture"].split("x"))
        return (png if content_type(response) == "image/png" else jpeg)(width, height)
    return b""


def png(width: int, height: int) -> bytes:
    """Return a picture of one colour (PNG, W3C 3rd edition): one bit a pixel, one colour in the palette."""
    header = struct.pack(">IIBBBBB", width, height, 1, 3, 0, 0, 0)
    rows = bytes(1 + (width + 7) // 8) * height
    chunks = (b"IHDR" + header, b"PLTE\x4a\x6f\x8c", b"IDAT" + stored(rows), b"IEND")
    packed = (struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def stored(data: bytes) -> bytes:
    """Return data as a zlib stream of uncompressed blocks (RFC 1950; RFC 1951 section 3.2.4).

    Not `zlib.compress`: its result depends on the zlib that Python was built with.
    """
    size = 0xFFFF
    starts = range(0, len(data), size)
    blocks = ((at + size >= len(data), data[at : at + size]) for at in starts)
    packed = (struct.pack("<BHH", last, len(block), len(block) ^ size) + block for last, block in blocks)
    return b"\x78\x01" + b"".join(packed) + struct.pack(">I", zlib.adler32(data))


def jpeg(width: int, height: int) -> bytes:
    """Return a grey picture (baseline JPEG, ITU-T T.81).

    Each of its Huffman tables knows one code, the bit 0: "as bright as the block before", and "no more coefficients".
    So every block of 8 by 8 pixels is two zero bits; the last byte is filled up with ones.
    """
    table = b"\x01" + bytes(16)
    bits = 2 * ((width + 7) // 8) * ((height + 7) // 8)
    segments = (
        b"\xe0" + b"JFIF\0\1\1\0\0\1\0\1\0\0",
        b"\xdb" + b"\0" + b"\1" * 64,
        b"\xc0" + struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0),
        b"\xc4" + b"\x00" + table,
        b"\xc4" + b"\x10" + table,
        b"\xda" + b"\1\1\0\0\x3f\0",
    )
    head = b"".join(b"\xff" + part[:1] + struct.pack(">H", len(part) + 1) + part[1:] for part in segments)
    scan = bytes(bits // 8) + (bytes([0xFF >> bits % 8]) if bits % 8 else b"")
    return b"\xff\xd8" + head + scan + b"\xff\xd9"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
