"""Whatever the bytes of an archive are: captures, a warning or an ArchiveError, and an end."""

import gzip
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.errors import ArchiveError
from crawler.warc.capture import responses
from crawler.warc.index import Index

URL = "https://example.com/article"
SETTINGS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "x.warc.gz")
        path.write_bytes(data)
        with suppress(ArchiveError):
            for capture in responses(path):
                assert isinstance(capture.payload, bytes)
        with suppress(ArchiveError):
            Index([path]).get(URL)


@SETTINGS
@given(st.binary(max_size=3000))
def test_random_bytes(data):
    read(data)
    read(b"\x1f\x8b\x08\x00" + data)
    read(gzip.compress(b"WARC/1.0\r\n" + data))


@SETTINGS
@given(st.data())
def test_mutated_archives(make, data):
    coding = data.draw(st.sampled_from(["gzip", "br", "zstd", "deflate", "chunked"]))
    whole = b"".join(
        (
            make.record("warcinfo", block=b"software: x"),
            make.response(URL, gzip.compress(make.page), f"Content-Encoding: {coding}", warc_payload_digest="sha1:A"),
            make.record("request", URL, b"GET / HTTP/1.1\r\n\r\n"),
            make.response(f"{URL}/2", b"5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
            make.record("revisit", URL, make.http(b""), warc_payload_digest="sha1:A"),
        )
    )
    packed = gzip.compress(whole[:900]) + gzip.compress(whole[900:])
    for archive in (bytearray(whole), bytearray(packed)):
        for _ in range(data.draw(st.integers(1, 8))):
            at = data.draw(st.integers(0, len(archive) - 1))
            end = at + data.draw(st.sampled_from([1, 1, 1, 2, 50]))
            archive[at:end] = data.draw(st.sampled_from([b"", b"\n", b"\x00", b":", b"9", b"\xff", b"\r\n\r\n", b"ab"]))
        read(bytes(archive[: data.draw(st.integers(1, len(archive)))]))
        read(bytes(archive))


@SETTINGS
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["WARC-Type", "WARC-Target-URI", "WARC-Date", "Content-Length", "WARC-Refers-To", "WARC-Record-ID"]
            ),
            st.one_of(st.sampled_from(["response", "revisit", URL, "12", "-1", "http://["]), st.text(max_size=30)),
        ),
        max_size=8,
    ),
    st.binary(max_size=200),
)
def test_records_of_any_fields(fields, block):
    lines = "\r\n".join(["WARC/1.1", *(f"{name}: {value}" for name, value in fields), "", ""])
    read(lines.encode("utf-8", "replace") + b"HTTP/1.1 200 OK\r\n" + block)
