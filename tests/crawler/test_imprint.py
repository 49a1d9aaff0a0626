"""What answers have in common when their own addresses are cut out of them."""

from datetime import UTC, datetime

import pytest

from crawler.fetch import Fetch
from crawler.imprint import Imprint
from crawler.target import Role, Target

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = "<title>{title}</title><h1>{title}</h1><nav>News Weather Sport</nav><p>{text}</p>"
TEXT = "Nine hundred people walked to its end and back on the first day. "


def imprint(path, title="Calder", text=TEXT, status=200, end="", head=""):
    url = f"https://a.example/{path}"
    body = head + PAGE.format(title=title, text=text)
    kind = {"content-type": "text/html"}
    return Imprint.of(Fetch(Target(url, Role.LINK), end or url, NOW, status, headers=kind, body=body.encode()))


def test_the_same_page_at_two_addresses_is_the_same():
    assert imprint("one-pier").is_same(imprint("another-story"))


def test_a_page_that_repeats_its_address_is_the_same():
    one = imprint("one-pier", "Nothing at one-pier", "There is no /one-pier here, nor One Pier.")
    other = imprint("qwertz-asdf", "Nothing at qwertz-asdf", "There is no /qwertz-asdf here, nor Qwertz Asdf.")
    assert one.is_same(other)


def test_a_page_that_always_has_a_word_of_an_address_is_the_same():
    """The one word is cut out of one of them only."""
    assert imprint("people-of-calder").is_same(imprint("qwertz"))


def test_so_is_one_that_repeats_short_words_and_the_day_of_its_address():
    one, other = "2016/02/04/a-pier-of-5", "2022/11/30/x-qwertz-yx-8"
    assert imprint(one, f"You sought /{one} | Calder").is_same(imprint(other, f"You sought /{other} | Calder"))


def test_a_date_more_or_less_makes_no_other_page():
    assert imprint("a", text=TEXT + "<p>Tuesday</p>").is_same(imprint("b", text=TEXT + "<p>Wednesday</p>"))


def test_another_text_makes_another_page():
    assert not imprint("a", text=TEXT * 9).is_same(imprint("b", text="Look for it in our archive."))


def test_another_name_or_heading_makes_another_page():
    assert not imprint("a").is_same(imprint("b", "Port Calder"))
    assert not imprint("pier-opens", "Pier opens | Calder").is_same(imprint("qwertz-yxcvb", "Calder"))


def test_what_is_no_page_is_never_the_same():
    assert not imprint("a").is_same(imprint("b", status=404))


@pytest.mark.parametrize(("mine", "is_noise"), [("An offer of today, by", True), (TEXT * 5, False)])
def test_what_two_answers_to_nothing_differ_in_is_noise(mine, is_noise):
    def ads(path, words):
        return imprint(path, text="".join(f"<p>{words}: {path}{number}</p>" for number in range(9)))

    one, other = ads("x", "An offer of today, for"), ads("y", "An offer of today, to")
    page = ads("story", mine)
    assert not page.is_same(one)
    assert page.is_noise(one, other) is is_noise


def test_where_it_ended_is_told_where_it_was_redirected():
    assert imprint("a").end == ""
    assert imprint("a", end="https://www.a.example/").end == imprint("b", end="http://a.example").end != ""


def test_a_page_of_scripts_is_hollow():
    assert imprint("a", text="", head="<script src=/app.js></script>").is_hollow
    assert not imprint("a", text=TEXT * 9, head="<script src=/app.js></script>").is_hollow
    assert not imprint("a", text="").is_hollow
