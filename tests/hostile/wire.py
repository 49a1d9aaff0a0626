"""Behaviours on the wire: what is no HTTP, too much of it, too slow, or cut short."""

from pages import MENDED
from stage import Peer, behaviour, good

OK = b"HTTP/1.1 200 OK\r\n"
HTML = OK + b"Content-Type: text/html\r\n"
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
READ = "ok empty unknown drifted"  # a check reads the begin of a page, and no more of it


@behaviour("timeout")
def says_nothing(peer: Peer) -> None:
    peer.wait()


@behaviour("timeout")
def headers_that_drip(peer: Peer) -> None:
    peer.drip(OK, b"X: y\r\n")


@behaviour("timeout")
def a_status_line_that_drips(peer: Peer) -> None:
    peer.drip(b"HTTP/1.1 200 ", b"O")


@behaviour("timeout", f"{READ} timeout")
def a_body_that_drips(peer: Peer) -> None:
    peer.drip(HTML + b"Content-Length: 100000\r\n\r\n", b"<")


@behaviour("timeout", READ)
def an_article_that_never_ends(peer: Peer) -> None:
    peer.drip(HTML + b"\r\n" + MENDED, b" ")


@behaviour("too-large")
def headers_of_400_megabytes(peer: Peer) -> None:
    peer.forever(OK, b"X-Filler: " + b"f" * 8180 + b"\r\n", most=400 << 20)


@behaviour("too-large")
def headers_of_one_letter_without_end(peer: Peer) -> None:
    peer.forever(OK, b"a:b\r\n" * 2000, most=400 << 20)


@behaviour("too-large protocol-error")
def one_header_line_without_end(peer: Peer) -> None:
    peer.forever(OK + b"X-Long: ", b"f" * 65536)


@behaviour("too-large protocol-error")
def one_folded_header_without_end(peer: Peer) -> None:
    peer.forever(OK + b"X-Long: a\r\n", b" folded\r\n" * 4000)


@behaviour("too-large protocol-error")
def a_status_line_without_end(peer: Peer) -> None:
    peer.forever(b"HTTP/1.1 200 ", b"O" * 65536)


@behaviour("too-large protocol-error timeout connection-reset")
def informational_answers_without_end(peer: Peer) -> None:
    peer.forever(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 500)


@behaviour("connection-reset")
def closes_without_a_word(peer: Peer) -> None:
    pass


@behaviour("connection-reset timeout")
def closes_one_half_only(peer: Peer) -> None:
    peer.connection.shutdown(1)
    peer.wait()


@behaviour("connection-reset protocol-error timeout")
def closes_one_half_after_the_headers(peer: Peer) -> None:
    peer.send(HTML, b"Content-Length: 5000\r\n\r\n")
    peer.connection.shutdown(1)
    peer.wait()


@behaviour("connection-reset")
def resets_at_once(peer: Peer) -> None:
    peer.reset()


@behaviour("connection-reset", "connection-reset protocol-error")
def resets_in_the_headers(peer: Peer) -> None:
    peer.send(HTML, b"X-Half: ")
    peer.reset()


@behaviour("connection-reset", "connection-reset ok")
def resets_in_the_body(peer: Peer) -> None:
    peer.send(HTML, b"Content-Length: 50000\r\n\r\n", MENDED)
    peer.reset()


@behaviour("protocol-error connection-reset")
def http_0_9(peer: Peer) -> None:
    peer.send(MENDED)


@behaviour("protocol-error")
def speaks_smtp(peer: Peer) -> None:
    peer.send(b"220 mail.example.com ESMTP ready\r\n500 5.5.1 Command unrecognised\r\n")


@behaviour("protocol-error connection-reset")
def speaks_http_2_unasked(peer: Peer) -> None:
    peer.send(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00\x03\x00\x00\x00\x64" * 3)


@behaviour("protocol-error connection-reset")
def speaks_tls_on_a_plain_port(peer: Peer) -> None:
    peer.send(b"\x15\x03\x03\x00\x02\x02\x46")


@behaviour("protocol-error unknown server-error", "protocol-error unknown server-error")
def a_status_that_is_no_number(peer: Peer) -> None:
    peer.send(b"HTTP/1.1 abc OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@behaviour("protocol-error unknown", "protocol-error unknown")
def status_000(peer: Peer) -> None:
    peer.answer(status="000 None")


@behaviour("blocked", "blocked unknown protocol-error")
def status_999(peer: Peer) -> None:
    peer.answer(status="999 Request denied")


@behaviour("protocol-error server-error unknown", "protocol-error server-error unknown rate-limited")
def status_of_ten_digits(peer: Peer) -> None:
    peer.answer(status="4294967496 OK")


@behaviour("empty unknown", "empty unknown ok")
def no_content(peer: Peer) -> None:
    peer.send(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", MENDED)


@behaviour("ok empty unknown", "protocol-error")
def not_modified_unasked(peer: Peer) -> None:
    peer.send(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")


@behaviour("protocol-error timeout connection-reset unknown", "protocol-error timeout connection-reset unknown")
def switches_protocols(peer: Peer) -> None:
    peer.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
    peer.wait()


@good()
def an_answer_after_the_answer(peer: Peer) -> None:
    peer.send(HTML, b"Content-Length: %d\r\n\r\n" % len(MENDED), MENDED)
    peer.send(HTML, b"Content-Length: 7\r\n\r\nPOISON!")
    peer.wait()


@good("ok protocol-error")
def a_header_without_a_colon(peer: Peer) -> None:
    peer.send(HTML, b"this is no header\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(MENDED), MENDED)


@good("ok protocol-error")
def nulls_in_the_headers(peer: Peer) -> None:
    peer.answer(MENDED, X_Null="a\0b", ETag='"\0"')


@good("ok protocol-error")
def headers_in_the_middle_of_headers(peer: Peer) -> None:
    peer.answer(MENDED, X_Said="a\rSet-Cookie: b=c\r Location: http://127.0.0.1/", Last_Modified="\x1b[2J", ETag="\x85")


@good("ok too-large")
def a_flood_of_cookies(peer: Peer) -> None:
    cookies = b"".join(b"Set-Cookie: c%d=%b; Domain=test; Path=/\r\n" % (number, b"v" * 60) for number in range(400))
    peer.send(HTML, cookies, b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(MENDED), MENDED)


@good()
def a_header_of_90_kilobytes(peer: Peer) -> None:
    peer.answer(MENDED, Content_Security_Policy="img-src " + "https://images.example.com " * 3400)
