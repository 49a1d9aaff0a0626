"""The gauge in a real run: a record without pictures, whose page states one."""

import struct
import time

import pytest

from pipelines.gauge import ENOUGH, MORE, measured


@pytest.fixture
def refresh(web, article, record, recrawl, live, tmp_path):
    """Refresh a record whose page states some pictures, and return what the run wrote of them."""

    def run(*pictures, **fields):
        head = "".join(f'<meta property="og:image" content="{picture}">' for picture in pictures)
        record(web.page("/story", article(head=head)), **fields)
        outcome = recrawl("refresh", tmp_path / "articles", *live, "--format", "jsonl").outcomes["one.md"]
        return [change for change in outcome["changes"] if change["place"].startswith("images")]

    return run


def jpeg(width, height, before):
    """Return the head of a JPEG whose size stands behind so many bytes of other segments, and its first rows."""
    segments = b""
    while len(segments) < before:
        segments += b"\xff\xe2" + struct.pack(">H", 60_002) + b"\0" * 60_000
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8" + segments + frame + b"\0" * 1000


def test_the_size_is_measured_whatever_the_page_declares(web, png, refresh):
    web.page("/pier.png", png(640, 360), Content_Type="image/png")
    (change,) = refresh(web.url("/pier.png"))
    assert change["new"] == [{"url": web.url("/pier.png"), "width": 640, "height": 360, "isCached": False}]
    assert "640 x 360, measured" in change["because"]["seen"]


def test_only_the_first_bytes_are_asked_for_and_once(web, png, refresh):
    web.page("/pier.png", png(640, 360), Content_Type="image/png")
    refresh(web.url("/pier.png"))
    (asked,) = web.requests("/pier.png")
    assert asked.headers["Range"] == f"bytes=0-{ENOUGH - 1}"
    assert asked.headers["Accept"] == "image/*"


def test_more_is_asked_for_where_the_size_stands_further_behind(web, refresh):
    picture = jpeg(1200, 800, before=ENOUGH)

    def part_of_it(handler):
        last = int(handler.headers["Range"].partition("-")[2])
        part = picture[: last + 1]
        handler.send_response(206)
        handler.send_header("Content-Range", f"bytes 0-{len(part) - 1}/{len(picture)}")
        handler.send_header("Content-Length", str(len(part)))
        handler.end_headers()
        handler.wfile.write(part)

    web.answer("/pier.jpg", part_of_it)
    (change,) = refresh(web.url("/pier.jpg"))
    assert (change["new"][0]["width"], change["new"][0]["height"]) == (1200, 800)
    assert [asked.headers["Range"] for asked in web.requests("/pier.jpg")] == [
        f"bytes=0-{ENOUGH - 1}",
        f"bytes=0-{MORE - 1}",
    ]


def test_a_server_that_sends_all_of_a_large_file_is_cut_off(web, refresh):
    sent = []

    def all_of_it(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(64 * ENOUGH))
        handler.end_headers()
        handler.wfile.write(jpeg(1200, 800, before=0).ljust(ENOUGH, b"\0"))
        try:
            for _ in range(63):
                handler.wfile.write(bytes(ENOUGH))
                sent.append(1)
                time.sleep(0.02)
        except OSError:
            handler.close_connection = True

    web.answer("/pier.jpg", all_of_it)
    (change,) = refresh(web.url("/pier.jpg"))
    assert change["new"][0]["width"] == 1200
    assert len(sent) < 63


@pytest.mark.parametrize(
    ("body", "kind"), [(b"<h1>Not here</h1>", "text/html"), (b"", "image/png"), (b"\x89PNG\r\n\x1a\n", "image/png")]
)
def test_what_is_no_picture_is_not_written_and_not_asked_for_twice(body, kind, web, refresh):
    web.page("/pier.png", body, Content_Type=kind)
    assert refresh(web.url("/pier.png")) == []
    assert len(web.requests("/pier.png")) == 1


def test_a_picture_that_is_gone_or_too_small_gives_way_to_the_next(web, png, refresh):
    web.page("/small.png", png(120, 60), Content_Type="image/png")
    web.page("/pier.png", png(640, 360), Content_Type="image/png")
    (change,) = refresh(web.url("/gone.png"), web.url("/small.png"), web.url("/pier.png"))
    assert change["new"][0]["url"] == web.url("/pier.png")


def test_a_size_that_cannot_be_read_is_none():
    assert not measured(b"").is_picture
    assert not measured(b"\xff\xd8\xff\xe2\xff\xff").is_picture
    assert not measured(b"GIF89a\x00\x00\x00\x00").is_picture
