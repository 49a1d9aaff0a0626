"""Behaviours of servers that speak TLS, or say that they do."""

from pages import MENDED
from stage import Peer, behaviour, good


@good(tls="good", is_secure=True)
def tls_that_is_well(peer: Peer) -> None:
    peer.answer(MENDED)


@behaviour("tls-failure", tls="expired", is_secure=True)
def a_certificate_that_expired(peer: Peer) -> None:
    peer.answer(MENDED)


@behaviour("tls-failure", tls="early", is_secure=True)
def a_certificate_of_tomorrow(peer: Peer) -> None:
    peer.answer(MENDED)


@behaviour("tls-failure", tls="self", is_secure=True)
def a_certificate_of_its_own(peer: Peer) -> None:
    peer.answer(MENDED)


@behaviour("tls-failure", tls="other", is_secure=True)
def a_certificate_of_another(peer: Peer) -> None:
    peer.answer(MENDED)


@behaviour("tls-failure", tls="old", is_secure=True)
def tls_of_1999(peer: Peer) -> None:
    peer.answer(MENDED)


@behaviour("timeout robots-unreachable", is_secure=True)
def half_a_handshake(peer: Peer) -> None:
    peer.connection.recv(65536)
    peer.send(b"\x16\x03\x03\x00\x7a\x02\x00")
    peer.wait()


@behaviour("timeout robots-unreachable", is_secure=True)
def no_handshake(peer: Peer) -> None:
    peer.wait()


@behaviour("tls-failure connection-reset", is_secure=True)
def plain_text_in_place_of_tls(peer: Peer) -> None:
    peer.connection.recv(65536)
    peer.answer(MENDED)


@behaviour("connection-reset robots-unreachable", is_secure=True)
def a_handshake_that_is_reset(peer: Peer) -> None:
    peer.connection.recv(65536)
    peer.reset()


@behaviour("tls-failure connection-reset timeout", is_secure=True)
def a_handshake_without_end(peer: Peer) -> None:
    peer.connection.recv(65536)
    peer.forever(b"\x16\x03\x03\x40\x00" + b"\x0b\x00\x3f\xfc" + b"\0" * 16380)


@behaviour("tls-failure connection-reset timeout", "tls-failure connection-reset timeout", is_secure=True)
def warnings_without_end(peer: Peer) -> None:
    peer.connection.recv(65536)
    peer.forever(b"\x15\x03\x03\x00\x02\x01\x5a" * 5000)
