"""Behaviours of robots.txt: what cannot be had forbids for now, what is nonsense forbids nothing."""

import gzip

from pages import MENDED
from stage import Peer, behaviour, good

TEXT = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def page(peer: Peer) -> bool:
    """Answer for the page; tell whether it was asked for."""
    if peer.path == "/robots.txt":
        return False
    peer.answer(MENDED)
    return True


@good(has_robots=True)
def robots_without_end(peer: Peer) -> None:
    if not page(peer):
        peer.forever(TEXT + b"\r\n", b"Disallow: /x\r\n" * 5000)


@behaviour("timeout robots-unreachable", has_robots=True)
def robots_that_drip(peer: Peer) -> None:
    if not page(peer):
        peer.drip(TEXT + b"\r\n", b"#")


@behaviour("robots-unreachable", "robots-unreachable ok", has_robots=True)
def robots_that_are_a_bomb(peer: Peer) -> None:
    if not page(peer):
        peer.answer(gzip.compress(b"#" * (64 << 20), 1), kind="text/plain", Content_Encoding="gzip")


@good(has_robots=True)
def robots_of_forty_thousand_rules(peer: Peer) -> None:
    if not page(peer):
        peer.answer("User-agent: *\n" + "".join(f"Disallow: /no/{number}\n" for number in range(40_000)))


@good(has_robots=True)
def robots_of_many_stars(peer: Peer) -> None:
    if not page(peer):
        peer.answer("User-agent: *\n" + f"Disallow: /{'*o' * 2000}*q$\n" * 20, kind="text/plain")


@good(has_robots=True)
def robots_that_are_no_text(peer: Peer) -> None:
    if not page(peer):
        peer.answer(bytes(range(256)) * 200, kind="text/plain")


@good(has_robots=True)
def robots_with_delays_of_nonsense(peer: Peer) -> None:
    if not page(peer):
        wishes = ("-5", "NaN", "1e", "inf", "-inf", "0x10", "\x1b", "٣", "1;2")
        peer.answer("User-agent: *\n" + "".join(f"Crawl-delay: {wish}\n" for wish in wishes), kind="text/plain")


@behaviour("unsafe-address", has_robots=True)
def robots_inside(peer: Peer) -> None:
    if not page(peer):
        peer.answer(status="302 Found", Location="http://127.0.0.1/robots.txt")


@good(has_robots=True)
def robots_in_circles(peer: Peer) -> None:
    if not page(peer):
        peer.answer(status="302 Found", Location="/robots.txt")


@good(has_robots=True)
def robots_of_one_line(peer: Peer) -> None:
    if not page(peer):
        peer.answer("User-agent: *" + " " * 400_000 + "\nDisallow" + " " * 50_000 + "x", kind="text/plain")
