from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.change import Change, Kept
from crawler.fetch import Hop
from crawler.layout import Key
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


@pytest.fixture
def kept(case):
    """Settle the links of a record: why values stay, by their keys."""

    def settle(*answers, **fields):
        return {one.key: one.why for one in links.settle(case(*answers, **fields)) if isinstance(one, Kept)}

    return settle


def test_each_says_why_it_stays(kept, article, amp, page):
    assert kept(article, amp(), ampWebUrl=AMP, cdnAmpWebUrl=CACHE) == {
        Key.AMP: "it is an AMP page of the article",
        Key.AMP_CACHE: "it is there",
        Key.WEB_URL: "the page has not moved for good",
    }
    assert kept(page())[Key.AMP] == "no page of the article announces an AMP page"
    assert kept(page())[Key.AMP_CACHE].startswith("it is computed from an AMP address")
    assert kept(article, amp(html=""))[Key.AMP].startswith("what was announced or known was not seen")
    assert kept(article, amp(), ampWebUrl="https://example.org/old-amp")[Key.AMP] == "what became of it cannot be told"


def test_a_page_is_verified_only_as_the_amp_page_that_was_asked_for(settled, article, amp, answer, page, url):
    back = page(f'<link rel="canonical" href="{url}">', html="amp")
    assert settled(article, answer(back, AMP, Role.AMP, asked="https://example.org/amp-before")) == {}
    assert settled(answer(back)) == {}
    assert settled(article, answer(page(html="amp"), AMP, Role.AMP)) == {}


def test_it_may_lead_back_to_any_address_of_the_article(settled, page, amp):
    own = "https://example.org/news/new-pier-opens-to-the-public"
    named = page(f'<link rel="amphtml" href="{AMP}"><link rel="canonical" href="{own}">')
    assert settled(named, amp(back=own))["ampWebUrl"] == AMP
    assert settled(page(), amp(back=own)) == {}


def test_its_address_in_the_cache_is_not_written_twice(settled, article, amp):
    assert settled(article, amp(), cdnAmpWebUrl=CACHE) == {"ampWebUrl": AMP}


OLD_AMP = "https://example.org/old-amp/new-pier-opens-to-the-public"


def test_one_in_whose_place_an_ordinary_page_answers_gives_way(settled, article, amp):
    assert settled(article, amp(at=OLD_AMP, html=""), amp(), ampWebUrl=OLD_AMP)["ampWebUrl"] == AMP


def test_one_that_is_walled_or_still_an_amp_page_stays(settled, article, amp, answer, page):
    old = amp(at=OLD_AMP)
    walled = replace(old, status=403)
    assert settled(article, walled, amp(), ampWebUrl=OLD_AMP) == {}
    leads_nowhere = answer(page(html="amp"), OLD_AMP, Role.AMP)
    assert settled(article, leads_nowhere, amp(), ampWebUrl=OLD_AMP) == {}
    picture = replace(old, headers={"content-type": "image/png"})
    assert settled(article, picture, amp(), ampWebUrl=OLD_AMP) == {}


OLD = "https://example.org/before/new-pier-opens-to-the-public"


def test_it_is_the_web_address_that_is_followed(settled, page, answer, url):
    known = {OLD: (NEW, LONG_AGO)}
    assert settled(page(), answer(page(), NEW, Role.WEB, asked=OLD), webUrl=OLD, moved=known) == {"webUrl": NEW}
    assert settled(page(), webUrl=OLD, moved=known) == {}


def test_a_record_without_one_gets_that_to_which_its_article_moved(settled, page, answer, url):
    there = answer(page(), NEW, Role.ARTICLE, asked=url)
    assert settled(there, moved={url: (NEW, LONG_AGO)}) == {"webUrl": NEW}
    assert settled(there) == {}


def test_what_is_spelt_otherwise_has_not_moved(moved, url):
    spelt = url.replace("//", "//www.") + "/"
    assert moved(to=spelt, seen=spelt) == {}


def test_a_move_for_now_is_not_followed(settled, page, answer, url):
    there = answer(page(), NEW, Role.WEB, asked=url)
    for_now = replace(there, redirects=(Hop(302, url),))
    assert settled(for_now, webUrl=url, moved={url: (NEW, LONG_AGO)}) == {}


def test_nor_is_one_to_an_amp_page(settled, page, answer, url):
    there = answer(page(html="amp"), NEW, Role.WEB, asked=url)
    assert settled(there, webUrl=url, moved={url: (NEW, LONG_AGO)}) == {}


def test_what_was_never_safe_may_stay_so(settled, page, answer):
    old, new = (f"http://example.org/{step}/new-pier-opens-to-the-public" for step in ("before", "after"))
    there = answer(page(), new, Role.WEB, asked=old)
    assert settled(there, webUrl=old, moved={old: (new, LONG_AGO)}) == {"webUrl": new}


def test_what_became_of_the_one_before_is_told_by_its_own_address(settled, article, amp):
    gone = replace(amp(at=OLD_AMP), status=404)
    assert settled(article, amp(), gone, ampWebUrl=OLD_AMP)["ampWebUrl"] == AMP


def test_a_wall_in_the_place_of_an_amp_page_is_not_its_end(settled, article, amp):
    walled = replace(amp(at=OLD_AMP), body=b"<title>Just a moment...</title><p>Checking your browser</p>")
    assert settled(article, walled, amp(), ampWebUrl=OLD_AMP) == {}


def test_a_move_to_what_is_not_proven_the_same_is_not_followed(settled, page, answer, url):
    there = answer(page(), NEW, Role.WEB, asked=url)
    moved = {url: (NEW, LONG_AGO)}
    assert settled(there, webUrl=url, moved=moved) == {"webUrl": NEW}
    assert settled(there, webUrl=url, moved=moved, publishedDateTime=None) == {}


def test_the_address_in_the_cache_is_that_of_the_one_that_stands(settled, article, amp):
    cache = f"https://example-org.cdn.ampproject.org/c/s/{OLD_AMP.removeprefix('https://')}"
    assert settled(article, amp(), amp(at=OLD_AMP), ampWebUrl=OLD_AMP) == {"cdnAmpWebUrl": cache}


def test_an_address_for_which_the_cache_has_none_empties_none(case, page, amp, answer):
    at, home = "https://example.org:8443/amp/pier", "https://example.org:8443/pier"
    answers = (answer(page(), home), amp(at=at, back=home))
    for known in (None, CACHE):
        decided = [*links.settle(case(*answers, originalUrl=home, cdnAmpWebUrl=known))]
        assert {one.place[0]: one.new for one in decided if isinstance(one, Change)} == {"ampWebUrl": at}
        why = next(one.why for one in decided if isinstance(one, Kept) and one.key is Key.AMP_CACHE)
        assert why == ("it is there" if known else "the AMP cache has no address for it")
