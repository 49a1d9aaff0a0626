"""Behaviours that send readers on: in circles, without end, inside, and to what is no web address."""

from packed import bomb
from pages import MENDED, article
from stage import Peer, behaviour, good

PATH = "/2020/10/new-pier-opens"
INSIDE = "http://127.0.0.1/"


def move(peer: Peer, to: str, status: str = "302 Found", **headers: str) -> None:
    peer.answer(status=status, Location=to, **headers)


@behaviour("redirect-loop")
def a_redirect_to_itself(peer: Peer) -> None:
    move(peer, PATH)


@behaviour("redirect-loop")
def a_redirect_to_itself_with_ever_new_cookies(peer: Peer) -> None:
    move(peer, PATH, Set_Cookie=f"seen={id(peer)}; Path=/")


@behaviour("redirect-loop")
def a_maze(peer: Peer) -> None:
    move(peer, f"{peer.path}/{len(peer.path)}")


@behaviour("redirect-loop")
def a_maze_of_two_hosts(peer: Peer) -> None:
    move(peer, f"http://a-maze-that-goes-on.test{peer.port}{peer.path}/x")


@behaviour("redirect-loop")
def a_maze_that_goes_on(peer: Peer) -> None:
    move(peer, f"http://a-maze-of-two-hosts.test{peer.port}{peer.path}/x")


@behaviour("invalid-url", "protocol-error")
def a_redirect_to_a_file(peer: Peer) -> None:
    move(peer, "file:///etc/passwd")


@behaviour("invalid-url", "protocol-error")
def a_redirect_to_data(peer: Peer) -> None:
    move(peer, "data:text/html,<title>New pier opens</title>")


@behaviour("invalid-url", "protocol-error")
def a_redirect_to_a_script(peer: Peer) -> None:
    move(peer, "javascript:alert(1)")


@behaviour("invalid-url", "protocol-error")
def a_redirect_to_ftp(peer: Peer) -> None:
    move(peer, "ftp://127.0.0.1/x")


@behaviour("invalid-url", "protocol-error")
def a_redirect_to_gopher(peer: Peer) -> None:
    move(peer, "gopher://127.0.0.1:6379/_FLUSHALL%0d%0a")


@behaviour("invalid-url", "protocol-error")
def a_redirect_with_a_password(peer: Peer) -> None:
    move(peer, f"http://user:secret@all-is-well{peer.port}.test{PATH}")


@behaviour("redirect-loop")
def a_redirect_to_no_host(peer: Peer) -> None:
    move(peer, "http:///x")


@behaviour("invalid-url", "protocol-error")
def a_redirect_to_half_an_address(peer: Peer) -> None:
    move(peer, "http://[::1")


@behaviour("unsafe-address")
def a_redirect_inside(peer: Peer) -> None:
    move(peer, INSIDE)


@behaviour("unsafe-address", without_space="connection-refused")
def a_redirect_to_another_service(peer: Peer) -> None:
    move(peer, "http://all-is-well.test:25/")


@behaviour("not-found redirect-loop invalid-url", "not-found redirect-loop invalid-url soft-404 ok protocol-error")
def a_location_that_splits_the_answer(peer: Peer) -> None:
    move(peer, "/x\rContent-Length: 0\r\rHTTP/1.1 200 OK\r\r<title>POISON</title>")


@behaviour("redirect-loop invalid-url protocol-error too-large")
def a_location_of_60_kilobytes(peer: Peer) -> None:
    move(peer, "/" + "x" * 60_000)


@behaviour("redirect-loop invalid-url")
def a_location_that_is_no_text(peer: Peer) -> None:
    move(peer, "/\xff\xfe\x80?\xed\xa0\x80" if peer.path == PATH else PATH)


@behaviour("redirect-loop too-large timeout connection-reset")
def a_redirect_with_a_body_without_end(peer: Peer) -> None:
    peer.forever(f"HTTP/1.1 302 Found\r\nLocation: {PATH}\r\n\r\n".encode(), b"x" * 65536)


@behaviour("redirect-loop too-large")
def a_redirect_with_a_bomb(peer: Peer) -> None:
    peer.answer(bomb("gzip"), "302 Found", Location=PATH, Content_Encoding="gzip")


@behaviour("unknown redirect-home soft-404", "unknown redirect-home soft-404")
def a_page_that_refreshes_for_ever(peer: Peer) -> None:
    peer.answer(f'<meta http-equiv="refresh" content="0;url={peer.path}x"><title>Wait</title>')


@behaviour("unknown redirect-home", "unknown redirect-home")
def a_page_that_refreshes_inside(peer: Peer) -> None:
    peer.answer(f'<meta http-equiv="refresh" content="0;url={INSIDE}"><title>Wait</title>')


@good()
def a_page_that_refreshes_to_a_file(peer: Peer) -> None:
    peer.answer(article('<meta http-equiv="refresh" content="0;url=file:///etc/passwd">'))


@behaviour("redirect-home")
def a_header_that_refreshes_inside(peer: Peer) -> None:
    peer.answer(MENDED, Refresh=f"0; url={INSIDE}")


@good(tls="good", without_space="moved-permanently")
def from_a_plain_address_to_a_secured_one(peer: Peer) -> None:
    if peer.is_tls:
        peer.answer(MENDED)
    else:
        move(peer, f"https://{peer.host}{peer.secure_port}{peer.path}", "301 Moved Permanently")


@behaviour("tls-failure", tls="expired")
def to_a_secured_address_that_expired(peer: Peer) -> None:
    move(peer, f"https://{peer.host}{peer.secure_port}{peer.path}")
