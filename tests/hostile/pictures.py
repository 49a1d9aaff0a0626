"""Behaviours of pictures: each page is the article, and none of the pictures may be written."""

import struct
import zlib

from packed import bomb
from pages import MENDED, article
from stage import Peer, good

PNG = b"\x89PNG\r\n\x1a\n"


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """Return a PNG that says that it is of a size."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", data), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return PNG + b"".join(packed)


def shows(peer: Peer, picture: str) -> bool:
    """Answer for the page that shows a picture; tell whether it was asked for the page."""
    if peer.path.startswith("/2020"):
        peer.answer(article(f'<meta property="og:image" content="{picture}">'))
        return True
    return False


@good()
def a_picture_without_end(peer: Peer) -> None:
    if not shows(peer, "/picture.jpg"):
        peer.forever(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8", b"\xff\xe1\xff\xff" + b"x" * 65533)


@good()
def a_picture_that_drips(peer: Peer) -> None:
    if not shows(peer, "/picture.png"):
        peer.drip(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + PNG, b"x")


@good()
def a_picture_of_no_size(peer: Peer) -> None:
    if not shows(peer, "/picture.png"):
        peer.answer(png(0, 0), kind="image/png")


@good()
def a_picture_of_a_page(peer: Peer) -> None:
    if not shows(peer, "/picture.png"):
        peer.answer(MENDED, kind="image/png")


@good()
def a_picture_that_is_a_script(peer: Peer) -> None:
    if not shows(peer, "/picture.svg"):
        size = 'width="1e308" height="NaN" onload="alert(1)"'
        peer.answer(f'<svg xmlns="http://www.w3.org/2000/svg" {size}><script/></svg>', kind="image/svg+xml")


@good()
def a_picture_that_is_a_bomb(peer: Peer) -> None:
    if not shows(peer, "/picture.png"):
        peer.answer(bomb("gzip"), kind="image/png", Content_Encoding="gzip")


@good()
def a_picture_inside(peer: Peer) -> None:
    if not shows(peer, "/picture.png"):
        peer.answer(status="302 Found", Location="http://127.0.0.1/picture.png")


@good()
def a_picture_of_a_scheme_of_its_own(peer: Peer) -> None:
    shows(peer, "javascript:alert(1)//.png")


@good()
def a_picture_in_the_page(peer: Peer) -> None:
    shows(peer, "data:image/png;base64,iVBORw0KGgo=")


@good()
def a_picture_of_the_disk(peer: Peer) -> None:
    shows(peer, "file:///etc/passwd.png")


@good()
def a_picture_with_a_password(peer: Peer) -> None:
    shows(peer, f"http://user:secret@{peer.host}{peer.port}/picture.png")


@good()
def a_picture_that_resets(peer: Peer) -> None:
    if not shows(peer, "/picture.png"):
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99999\r\n\r\n" + png(1200, 630)[:20])
        peer.reset()


@good()
def a_picture_of_an_endless_address(peer: Peer) -> None:
    shows(peer, f"/{'p' * 1_000_000}.png")


@good()
def a_picture_of_an_address_that_no_server_takes(peer: Peer) -> None:
    shows(peer, f"/{'p' * 9000}.png")
