from datetime import timedelta

import pytest

from crawler.change import Change
from crawler.target import Role
from pipelines.reconcile import links

AMP = "https://example.org/amp/new-pier-opens-to-the-public"
CACHE = "https://example-org.cdn.ampproject.org/c/s/example.org/amp/new-pier-opens-to-the-public"
NEW = "https://www.example.org/news/new-pier-opens-to-the-public"
LONG_AGO = timedelta(days=8)


@pytest.fixture
def settled(case):
    """Settle the links of a record: the new values by their places."""

    def settle(*answers, **fields):
        return {one.place[0]: one.new for one in links.settle(case(*answers, **fields)) if isinstance(one, Change)}

    return settle


@pytest.fixture
def article(page):
    return page(f'<link rel="amphtml" href="{AMP}">')


@pytest.fixture
def amp(page, answer, url):
    """Serve an AMP page, of the article unless it leads elsewhere."""

    def serve(at=AMP, back=url, html="amp"):
        return answer(page(f'<link rel="canonical" href="{back}">', html=html), at, Role.AMP)

    return serve


def test_an_amp_page_that_was_seen_to_be_the_articles_is_filled_in_with_its_address_in_the_cache(settled, article, amp):
    assert settled(article, amp()) == {"ampWebUrl": AMP, "cdnAmpWebUrl": CACHE}


def test_one_that_was_only_announced_is_not(settled, article):
    assert settled(article) == {}


def test_one_that_is_no_amp_page_or_leads_to_another_article_is_not(settled, article, amp):
    assert settled(article, amp(html="")) == {}
    assert settled(article, amp(back="https://example.org/another")) == {}
    assert settled(article, amp(at="https://amp.example.net/new-pier-opens-to-the-public")) == {}


def test_one_that_stands_stays_and_gets_its_address_in_the_cache_only_where_that_is_missing(settled, article, amp):
    assert settled(article, amp(), ampWebUrl=AMP) == {"cdnAmpWebUrl": CACHE}
    assert settled(article, amp(), ampWebUrl=AMP, cdnAmpWebUrl="https://old.example/") == {}


def test_one_that_is_gone_gives_way_with_its_address_in_the_cache(settled, article, amp, answer):
    old = answer("<title>Not found</title>", "https://example.org/old-amp", Role.AMP)
    gone = type(old)(old.target, old.url, old.at, 404, (), old.headers, old.body)
    fields = {"ampWebUrl": "https://example.org/old-amp", "cdnAmpWebUrl": "https://old.example/"}
    assert settled(article, gone, amp(), **fields) == {"ampWebUrl": AMP, "cdnAmpWebUrl": CACHE}


def test_one_of_which_nothing_is_known_stays(settled, article, amp):
    assert settled(article, amp(), ampWebUrl="https://example.org/old-amp") == {}


@pytest.fixture
def moved(settled, page, answer, url):
    """Settle a record whose address leads to another for good."""

    def settle(to=NEW, ago=LONG_AGO, seen=NEW, head=""):
        return settled(answer(page(head), to, Role.WEB, asked=url), webUrl=url, moved={url: (seen, ago)})

    return settle


def test_a_move_for_good_that_was_seen_for_a_week_is_followed(moved):
    assert moved() == {"webUrl": NEW}
    assert moved(to=f"{NEW}?utm_source=feed", seen=f"{NEW}?utm_source=feed") == {"webUrl": NEW}


@pytest.mark.parametrize(
    "doubt",
    [
        {"ago": timedelta(days=6)},
        {"seen": "https://www.example.org/elsewhere"},
        {"to": "https://example.net/new-pier-opens-to-the-public"},
        {"to": NEW.replace("https:", "http:")},
        {"head": '<link rel="canonical" href="https://www.example.org/another-step/new-pier-opens-to-the-public">'},
    ],
)
def test_a_move_in_doubt_is_not(doubt, moved):
    assert moved(**doubt) == {}


def test_a_page_that_has_not_moved_keeps_its_address(settled, page, url):
    assert settled(page(), webUrl=url) == {}
