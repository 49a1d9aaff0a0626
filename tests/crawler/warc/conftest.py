"""Archives made from the text of the standard (ISO 28500, WARC 1.0 and 1.1), by no library."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = b"<!doctype html><title>Page</title><p>" + b"Words and words. " * 40


def record(kind: str, url: str = "", block: bytes = b"", version: str = "1.0", **fields: str) -> bytes:
    """One record; `warc_refers_to="x"` becomes the field `WARC-Refers-To: x`."""
    named = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2020-10-20T17:40:00Z"}
    named["Content-Length"] = str(len(block))
    named |= {name.title().replace("_", "-").replace("Warc-", "WARC-"): value for name, value in fields.items()}
    lines = [f"WARC/{version}", *(f"{name}: {value}" for name, value in named.items() if value)]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def http(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    """An HTTP response."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode("latin-1") + body


def response(url: str, body: bytes = PAGE, *headers: str, status: str = "200 OK", **fields: str) -> bytes:
    """A response record."""
    return record("response", url, http(body, *headers, status=status), **fields)


class Make:
    """Makes archives of records in a folder."""

    record = staticmethod(record)
    http = staticmethod(http)
    response = staticmethod(response)
    page = PAGE

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def members(self, *records: bytes, name: str = "members.warc.gz") -> Path:
        return self._file(name, b"".join(map(gzip.compress, records)))

    def plain(self, *records: bytes, name: str = "plain.warc") -> Path:
        return self._file(name, b"".join(records))

    def one_stream(self, *records: bytes, name: str = "one.warc.gz") -> Path:
        return self._file(name, gzip.compress(b"".join(records)))

    def any_cut(self, *records: bytes, name: str = "cut.warc.gz", every: int = 100) -> Path:
        whole = b"".join(records)
        parts = [whole[start : start + every] for start in range(0, len(whole), every)]
        return self._file(name, b"".join(map(gzip.compress, parts)))

    def _file(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return Make(tmp_path)


@pytest.fixture(params=["members", "plain", "one_stream", "any_cut"])
def any_file(request: pytest.FixtureRequest, make: Make) -> Callable[..., Path]:
    """Makes an archive of some records in each kind of file."""
    return getattr(make, request.param)
