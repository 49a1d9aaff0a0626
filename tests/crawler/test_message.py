"""What a page says in place of an article."""

from pathlib import Path

import pytest

from crawler import message
from crawler.page import Page
from crawler.record import Record
from crawler.verdict import State

URL = "https://example.org/2020/10/new-pier-opens-to-the-public"
TITLE = "New pier opens to the public"
EXCERPT = "Nine hundred people walked to its end and back on the first day, the office counted."
TEXT = "The wardens say so, and they have counted them all, from the lock to the mill and back. "
ASKED = "We process unique identifiers, on the ground of legitimate interests, and with precise geolocation. "


def page(title="", heading="", text="", head="", more=""):
    body = f"<html><title>{title}</title>{head}<body><h1>{heading}</h1><p>{text}</p>{more}</body></html>"
    return Page(body.encode(), url=URL, content_type="text/html; charset=utf-8")


def record(**fields):
    known = {"title": TITLE, "originalUrl": URL, "excerpt": EXCERPT} | fields
    return Record(Path("a.md"), known, "0")


def said(*arguments, **named):
    found = next(message.of(*arguments, **named), None)
    return found and found[0]


@pytest.mark.parametrize(
    "title",
    [
        *("Captcha: who invented it?", "Datenschutz: Strafe gegen eine Klinik", "港口渡轮工人同意结束十年来最长的罢工"),
        *("クッキーの作り方 失敗しない三つのコツ", "개인정보 유출 사고, 통신사 대표 사과"),
    ],
)
def test_a_headline_that_has_a_word_of_theirs_is_no_message(title):
    own = record(title=title, excerpt=None)
    assert said(page(f"{title} | Calder Post", title, TEXT), own) is None
    assert said(page(f"{title} | Calder Post", title, TEXT * 40), own) is None


def test_a_record_that_was_made_of_an_error_excuses_none():
    for title in ("Page not found", "页面不存在", "Captcha"):
        assert said(page(title, title, TEXT), record(title=title, excerpt=None))


@pytest.mark.parametrize(
    ("heading", "state"),
    [
        ("Just a moment...", State.BLOCKED),
        ("Your privacy choices", State.BLOCKED),
        ("This domain is for sale", State.PARKED),
        ("Not available in your country", State.LEGAL),
        ("Please log in to continue", State.LOGIN),
        ("Page not found", State.SOFT_404),
        ("Something went wrong", State.SERVER_ERROR),
        ("Search results for: pier", State.SOFT_404),
    ],
)
def test_a_heading_says_it(heading, state):
    assert said(page(heading=heading)) is state
    assert said(page(title=f"{heading} | Calder Post")) is state


def test_the_more_telling_comes_first():
    states = [state for state, _ in message.of(page("Page not found", "Just a moment..."))]
    assert states == [State.BLOCKED, State.SOFT_404]


def test_what_is_said_is_told_with_the_name_of_its_mark():
    assert list(message.of(page("Page not found"))) == [
        (State.SOFT_404, "it says that there is nothing (missing: English)")
    ]


def test_text_says_it_around_the_heading():
    assert said(page("Calder Post", "Oh no", "The page you are looking for does not exist.")) is State.SOFT_404
    notice = "<p>" + TEXT * 8 + "The page you are looking for does not exist.</p>"
    assert said(page("Calder Post", "Oh no", TEXT, more=notice)) is None


def test_a_notice_above_the_heading_is_none():
    assert said(page("Pier", "Pier", TEXT, head="<body><p>We use cookies to make this better</p>")) is None
    assert said(page("Pier", "", "We use cookies to make this better")) is State.BLOCKED


def test_a_description_says_it():
    head = '<meta name="description" content="The page you are looking for does not exist.">'
    assert said(page("Calder Post", "Calder Post", TEXT, head)) is State.SOFT_404


def test_a_long_page_is_no_message_unless_that_is_long_winded():
    assert said(page("Page not found", "Page not found", TEXT * 30)) is None
    assert said(page("Your privacy choices", "Your privacy choices", TEXT * 30)) is State.BLOCKED
    assert said(page("This domain is for sale", "This domain is for sale", TEXT * 30)) is State.PARKED


def test_a_page_that_shows_the_excerpt_is_no_message():
    walled = page("Page not found", "Page not found", EXCERPT)
    assert said(walled) is State.SOFT_404
    assert said(walled, record()) is None


@pytest.mark.parametrize("text", [ASKED * 3, ASKED * 30])
def test_two_marks_of_consent_make_a_question_of_a_text_however_long(text):
    assert said(page(TITLE, TITLE, text), record()) is State.BLOCKED


@pytest.mark.parametrize("text", ["It sold precise geolocation, they say. " + TEXT * number for number in (1, 30)])
def test_one_of_them_does_not(text):
    assert said(page(TITLE, TITLE, text), record()) is None


def test_a_long_text_is_not_read_for_consent_without_a_record():
    assert said(page(TITLE, TITLE, ASKED * 30)) is None


def test_the_records_own_headline_is_no_message():
    heading = "Why nothing was found in the domain for sale that had no longer been available"
    assert said(page(heading, "Page not found"), record(title=heading)) is State.SOFT_404
    assert said(page("Page not found in Calder")) is State.SOFT_404
    title = "Page not found in Calder"
    assert said(page(title, title, TEXT), record(title=title)) is None


def test_but_a_record_that_was_made_of_an_error_excuses_none():
    assert said(page("Page not found", "Page not found", TEXT), record(title="Page not found")) is State.SOFT_404


def test_only_the_heading_of_the_article_counts_where_there_is_one():
    more = "<h1>Oops!</h1>"
    assert said(page(f"{TITLE} | Calder Post", TITLE, TEXT, more=more)) is None
    assert said(page("Calder Post", TITLE, TEXT, more=more)) is State.SERVER_ERROR
    assert said(page("Oops!", "Oops!", TEXT)) is State.SERVER_ERROR


def test_markup_gives_walls_away_on_pages_that_show_little():
    script = '<script src="https://ct.captcha-delivery.com/c.js"></script>'
    assert said(page(head=script)) is State.BLOCKED
    assert said(page("Pier", "Pier", TEXT * 30, script)) is None


def test_a_test_for_humans_is_a_wall_on_pages_that_show_next_to_nothing():
    form = '<div class="h-captcha"></div>'
    assert said(page("Pier", "Pier", TEXT, more=form)) is State.BLOCKED
    assert said(page("Pier", "Pier", TEXT * 6, more=form)) is None


def test_a_parking_company_is_known_by_its_script():
    assert said(page(head='<script src="//img.sedoparking.com/a.js"></script>')) is State.PARKED


def test_markup_is_read_from_its_beginning_only():
    late = "<!--" + "x" * 70000 + '--><div id="px-captcha"></div>'
    assert said(page("Pier", "Pier", TEXT, more=late)) is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:content_tier" content="locked">',
        '<meta property="article:content_tier" content="Premium">',
        '<meta itemprop="isAccessibleForFree" content="False">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>',
    ],
)
def test_a_teaser_states_that_it_is_one(head):
    assert message.is_teaser(page(TITLE, TITLE, TEXT * 30, head))


def test_a_teaser_says_that_it_is_one_where_it_is_short():
    asks = "Subscribe to continue reading this article."
    assert message.is_teaser(page(TITLE, TITLE, TEXT + asks))
    assert not message.is_teaser(page(TITLE, TITLE, TEXT * 30 + asks))
    assert not message.is_teaser(page(TITLE, TITLE, TEXT, '<meta property="article:content_tier" content="free">'))


@pytest.mark.parametrize(
    ("text", "is_thin", "has_room"), [("Short.", True, False), (TEXT * 6, True, True), (TEXT * 30, False, True)]
)
def test_how_much_a_page_shows(text, is_thin, has_room):
    assert message.is_thin(page(TITLE, TITLE, text)) is is_thin
    assert message.has_room(page(TITLE, TITLE, text)) is has_room


@pytest.mark.parametrize(("length", "is_thin"), [(message.THIN - 1, True), (message.THIN, False)])
def test_where_thin_ends(length, is_thin):
    assert (length < 1500) is is_thin
    assert message.is_thin(page(text="x" * length)) is is_thin


@pytest.mark.parametrize(("length", "has_room"), [(399, False), (400, True)])
def test_where_room_begins(length, has_room):
    assert message.has_room(page(text="x" * length)) is has_room


@pytest.mark.parametrize(("end", "state"), [(500, State.SOFT_404), (501, None)])
def test_where_an_opening_ends(end, state):
    told = "no results found"
    filler = "x" * (end - len(f"Oh no  {told}"))
    assert said(page("Calder Post", "Oh no", f"{filler} {told}")) is state


def test_two_marks_of_either_kind_are_enough():
    two = "They speak of legitimate interests, and of unique identifiers. "
    mixed = "We and our partners speak of legitimate interests. "
    for text in (two + TEXT * 30, mixed + TEXT * 30, two + TEXT):
        assert said(page(TITLE, TITLE, text), record()) is State.BLOCKED
    assert said(page(TITLE, TITLE, two + TEXT)) is State.BLOCKED


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("404 days of rain", None),
        ("Page not found here", State.SOFT_404),
        ("Page not found here again", None),
    ],
)
def test_what_kind_of_headline_excuses(title, state):
    assert said(page(title, title, TEXT), record(title=title)) is state


def headed(*headings, title="Calder Post", head="", level=1):
    told = "".join(f"<h{level}>{heading}</h{level}><p>{TEXT * 4}</p>" for heading in headings)
    body = f"<title>{title}</title>{head}<body>{told}"
    return Page(body.encode(), url=URL, content_type="text/html; charset=utf-8")


def test_the_first_three_headings_count():
    assert said(headed("Pier", "Mill", "Page not found")) is State.SOFT_404
    assert said(headed("Pier", "Mill", "Lock", "Page not found")) is None
    assert said(headed("Page not found", level=2)) is State.SOFT_404


@pytest.mark.parametrize("heading", ["New pier opens to the public", "New pier opens to the pubic"])
def test_a_heading_is_the_articles_by_any_title_of_the_page(heading):
    told = f'<meta property="og:title" content="{TITLE}">'
    assert said(headed(heading, "Oops!", head=told)) is None
    assert said(headed(heading, "Oops!")) is State.SERVER_ERROR


def test_a_message_may_stand_in_a_lesser_heading_where_there_is_no_main_one():
    for level, is_read in (("h1", True), ("h2", True), ("h3", False)):
        told = Page(f"<title>Post</title><{level}>Not found</{level}><p>{TEXT}</p>".encode(), url=URL)
        assert (said(told) is State.SOFT_404) is is_read
