"""Behaviours of text: bytes that are none, charsets that lie, and words that are more than words."""

from pages import MENDED, STORY, WHOLE, article
from sly import SLY
from stage import Peer, behaviour, good

UNREAD = "ok empty unknown soft-404 drifted"


@behaviour(UNREAD, f"{UNREAD} not-found")
def five_megabytes_without_a_tag(peer: Peer) -> None:
    peer.answer("word " * 1_000_000)


@behaviour(UNREAD)
def a_megabyte_of_one_word(peer: Peer) -> None:
    peer.answer("w" * 1_000_000)


@behaviour(UNREAD)
def nothing_but_nulls(peer: Peer) -> None:
    peer.answer(b"\0" * 500_000)


@behaviour(UNREAD)
def what_is_no_page(peer: Peer) -> None:
    peer.answer(bytes(range(256)) * 4000)


@good()
def nulls_in_the_page(peer: Peer) -> None:
    peer.answer(MENDED.replace(b"<p>", b"<p\0>\0"))


@good()
def bytes_that_are_no_utf8(peer: Peer) -> None:
    peer.answer(MENDED.replace(b"</article>", b"\xff\xfe\xc0\xaf\xed\xa0\x80\xf8\x88\x80\x80\x80</article>"))


@good()
def a_charset_that_lies(peer: Peer) -> None:
    peer.answer(article(body="<p>Größe é ü ñ</p>"), kind="text/html; charset=utf-16")


@good()
def a_charset_that_executes(peer: Peer) -> None:
    peer.answer(article(body="<p>Größe</p>").encode("latin-1"), kind="text/html; charset=uu_codec")


@good("ok protocol-error")
def a_charset_of_punctuation(peer: Peer) -> None:
    peer.answer(article(body="<p>Größe</p>").encode("latin-1"), kind='text/html; charset="\'../../etc/passwd\0"')


@good()
def a_page_in_utf_7(peer: Peer) -> None:
    peer.answer(article(body="+ADw-script+AD4-alert(1)+ADw-/script+AD4-"), kind="text/html; charset=utf-7")


@good()
def a_page_that_calls_itself_plain_text(peer: Peer) -> None:
    peer.answer(MENDED, kind="text/plain")


@behaviour("ok unknown empty", "ok unknown empty")
def a_page_that_calls_itself_a_picture(peer: Peer) -> None:
    peer.answer(MENDED, kind="image/png")


@good()
def a_content_type_of_nonsense(peer: Peer) -> None:
    peer.answer(MENDED, kind='text/html;;;=;charset;boundary="' + "x" * 5000)


@good()
def a_title_of_a_megabyte(peer: Peer) -> None:
    peer.answer(article(f"<title>{'long ' * 200_000}</title>"))


@good()
def a_title_of_blanks(peer: Peer) -> None:
    peer.answer(article(f'<meta property="og:title" content="{" " * 1_000_000}x">'))


@good()
def sentences_without_end(peer: Peer) -> None:
    peer.answer(article(body="<p>" + "a. " * 300_000 + "</p><p>" + "." * 300_000 + "</p>"))


@good()
def a_document_type_of_laughs(peer: Peer) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    peer.answer(
        f'<!DOCTYPE html [<!ENTITY l0 "ha">{entities}<!ENTITY f SYSTEM "file:///etc/passwd">]>' + article()[15:]
    )


@good()
def a_base_that_is_a_script(peer: Peer) -> None:
    peer.answer(article('<base href="javascript:alert(1)//"><link rel="amphtml" href="x">'))


@good("ok unsafe-address")
def twins_inside(peer: Peer) -> None:
    peer.answer(
        article('<link rel="amphtml" href="http://127.0.0.1/amp"><link rel="canonical" href="http://10.0.0.1/">')
    )


@good()
def addresses_with_passwords(peer: Peer) -> None:
    there = f"http://user:secret@{peer.host}{peer.path}"
    peer.answer(article(f'<meta property="og:url" content="{there}"><link rel="canonical" href="{there}">'))


@good()
def words_that_are_more_than_words(peer: Peer) -> None:
    more = " ".join(SLY)
    whole = f"{WHOLE} {more}".replace('"', "&quot;")
    peer.answer(article(whole=whole, body=f"<p>{STORY}{more}</p>"))
