import pytest

from crawler.change import Change, Kept
from crawler.layout import Key
from pipelines.reconcile import names

SITE = '<meta property="og:site_name" content="Port Calder Post">'
POST = {"name": "Port Calder Post", "domain": "example.org"}


@pytest.fixture
def settled(case):
    """Settle the names of a record by its page: the new values by their places."""

    def settle(page, *write, **fields):
        decisions = names.settle(case(page, write=frozenset(write), **fields))
        return {one.place: one.new for one in decisions if isinstance(one, Change)}

    return settle


def test_what_a_record_lacks_is_filled(page, settled):
    assert settled(page(SITE), title=None) == {
        ("title",): "New pier opens to the public",
        ("provider", "name"): "Port Calder Post",
        ("provider", "domain"): "example.org",
    }


def test_what_a_record_has_stays(page, settled):
    assert settled(page(SITE), provider={"name": "The Post", "domain": "post.example"}) == {}


def test_what_is_asked_for_is_written(page, settled):
    old = {"name": "The Post", "domain": "post.example"}
    assert settled(page(SITE), Key.SITE, Key.DOMAIN, provider=old) == {
        ("provider", "name"): "Port Calder Post",
        ("provider", "domain"): "example.org",
    }


def test_the_same_in_another_spelling_stays(page, settled):
    old = {
        "title": "New Pier opens – to the Public!",
        "provider": {"name": "PORT CALDER POST", "domain": "example.org"},
    }
    assert settled(page(SITE), Key.TITLE, Key.SITE, Key.DOMAIN, **old) == {}


def test_a_headline_is_rewritten_only_where_text_and_day_agree(page, settled):
    old = {
        "title": "Pier opened",
        "excerpt": "The new pier of Port Calder opened to the public on Tuesday.",
        "provider": POST,
    }
    new = page(f'<meta name="description" content="{old["excerpt"]}">{SITE}')
    assert settled(new, Key.TITLE, **old) == {("title",): "New pier opens to the public"}
    assert settled(new.replace("2020-10-20", "2021-03-01"), Key.TITLE, **old) == {}
    assert settled(page(SITE), Key.TITLE, **old) == {}


def test_a_publisher_that_nobody_names_is_not_written(page, settled):
    assert settled(page(), provider={"domain": "example.org"}) == {}


def why(decisions):
    return {
        one.key if isinstance(one, Kept) else one.place: one.why if isinstance(one, Kept) else one.because.rule
        for one in decisions
    }


def test_each_says_why(case, page):
    text = "The new pier of Port Calder opened to the public on Tuesday."
    told = page(f'<meta name="description" content="{text}">{SITE}')
    assert why(names.settle(case(told, title=None))) == {
        ("title",): "there was none",
        ("provider", "name"): "there was none",
        ("provider", "domain"): "there was none, and this is that of the address",
    }
    asked = frozenset((Key.TITLE, Key.SITE, Key.DOMAIN))
    old = {"title": "Pier opened", "excerpt": text, "provider": {"name": "The Post", "domain": "post.example"}}
    assert why(names.settle(case(told, write=asked, **old))) == {
        ("title",): "asked for",
        ("provider", "name"): "asked for",
        ("provider", "domain"): "asked for",
    }
    same = {"title": "New pier opens to the public", "excerpt": text, "provider": POST}
    assert why(names.settle(case(told, write=asked, **same))) == {
        Key.TITLE: "the page has the same",
        Key.SITE: "the page has the same",
        Key.DOMAIN: "it is that of the address",
    }


def test_a_name_that_is_hardly_to_be_trusted_is_not_written(case, answer):
    # What its address is called, and a title without a heading.
    hardly = "<title>New pier opens to the public</title><p>" + "They counted them all, and back again. " * 30
    assert why(names.settle(case(answer(hardly), title=None)))[Key.SITE] == "the page does not name its publisher"
    assert why(names.settle(case(answer(hardly), title=None)))[Key.TITLE] == (
        "no page that is surely the article names it"
    )


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.example.org:8443/2020/10/new-pier-opens-to-the-public", "example.org"),
        ("http://93.184.216.34:8080/2020/10/new-pier-opens-to-the-public", None),
        ("http://[2606:2800:220:1::1]/2020/10/new-pier-opens-to-the-public", None),
        ("http://intranet/2020/10/new-pier-opens-to-the-public", None),
    ],
)
def test_neither_a_port_nor_an_address_is_a_domain(case, page, answer, address, domain):
    decided = [*names.settle(case(answer(page(SITE), url=address), originalUrl=address))]
    assert next((one.new for one in decided if isinstance(one, Change) and one.place[-1] == "domain"), None) == domain
    assert (why(decided).get(Key.DOMAIN) == "the address has none") == (domain is None)
