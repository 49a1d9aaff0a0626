"""Behaviours of framing: bodies whose length is none, or a lie, or without end."""

from pages import ARTICLE, MENDED
from stage import Peer, behaviour, good
from wire import CHUNKED, HTML, READ


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


@behaviour("too-large timeout", READ)
def chunks_without_end(peer: Peer) -> None:
    peer.forever(CHUNKED, chunk(b"x" * 65536))


@behaviour("too-large", f"{READ} timeout")
def chunks_of_one_byte_without_end(peer: Peer) -> None:
    peer.forever(CHUNKED, chunk(b"x") * 4096)


@behaviour("too-large", READ)
def a_body_without_end(peer: Peer) -> None:
    peer.forever(HTML + b"\r\n", b"<p>" + b"x" * 65536)


@behaviour("protocol-error connection-reset too-large timeout", "protocol-error connection-reset timeout")
def a_chunk_extension_without_end(peer: Peer) -> None:
    peer.forever(CHUNKED + b"5;", b"e=f;" * 20_000)


@behaviour("protocol-error connection-reset too-large timeout", "ok protocol-error too-large timeout")
def trailers_without_end(peer: Peer) -> None:
    peer.forever(CHUNKED + chunk(MENDED) + b"0\r\n", b"X: y\r\n" * 20_000)


@behaviour("protocol-error connection-reset too-large")
def a_chunk_of_more_than_64_bits(peer: Peer) -> None:
    peer.send(CHUNKED, b"FFFFFFFFFFFFFFFFF\r\n", MENDED)


@behaviour("protocol-error connection-reset too-large")
def a_chunk_of_less_than_nothing(peer: Peer) -> None:
    peer.send(CHUNKED, b"-5\r\n", MENDED)


@behaviour("protocol-error connection-reset")
def a_chunk_size_that_is_none(peer: Peer) -> None:
    peer.send(CHUNKED, b"<title>\r\n", MENDED)


@behaviour("connection-reset", "connection-reset ok")
def the_last_chunk_is_missing(peer: Peer) -> None:
    peer.send(CHUNKED, chunk(MENDED))


@behaviour("connection-reset", "ok connection-reset")
def a_length_that_is_too_long(peer: Peer) -> None:
    peer.send(HTML, b"Content-Length: %d\r\n\r\n" % (len(MENDED) + 1000), MENDED)


@behaviour("too-large", "ok too-large connection-reset")
def a_length_of_a_terabyte(peer: Peer) -> None:
    peer.send(HTML, b"Content-Length: 1099511627776\r\n\r\n", MENDED)


@good()
def a_length_that_is_too_short(peer: Peer) -> None:
    peer.send(HTML, b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(MENDED), MENDED, ARTICLE * 50)


@behaviour("protocol-error", "protocol-error ok")
def a_length_of_less_than_nothing(peer: Peer) -> None:
    peer.send(HTML, b"Content-Length: -1\r\nConnection: close\r\n\r\n", MENDED)


@behaviour("protocol-error", "protocol-error ok connection-reset")
def two_lengths(peer: Peer) -> None:
    peer.send(HTML, b"Content-Length: 5\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n", MENDED)


@good("ok protocol-error connection-reset")
def a_length_beside_chunks(peer: Peer) -> None:
    peer.send(HTML, b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(MENDED), b"0\r\n\r\n")
