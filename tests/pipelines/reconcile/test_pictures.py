"""The pictures of a folder of records, refreshed in one run from a server that has some of them."""

import json

import pytest

TITLE = "New pier opens"
HERO = '<figure><img src="/shown.png" alt="The pier"></figure>'


@pytest.fixture(scope="module")
def refreshed(shared_web, png, article, record_in, recrawl, live, tmp_path_factory):
    """Refresh all records at once; return by name what became of the pictures, its places, and who was asked for."""
    web, folder = shared_web, tmp_path_factory.mktemp("articles")
    sizes = {
        "pier": (640, 360),
        "shown": (1200, 675),
        "second": (800, 600),
        "small": (120, 60),
        "site-logo": (500, 500),
    }
    for name, size in sizes.items():
        web.page(f"/{name}.png", png(*size), Content_Type="image/png")
        web.page(f"/{name}.png", png(*size), Content_Type="image/png", host="127.0.0.2")

    def og(*names):
        return "".join(f'<meta property="og:image" content="/{name}.png">' for name in names)

    def graph(name):
        node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "image": f"/{name}.png"}
        return f'<script type="application/ld+json">{json.dumps(node)}</script>'

    def at(name, **more):
        return json.dumps([{"url": web.url(f"/{name}.png"), **more}])

    cases = {
        "none": (og("pier"), "", None),
        "empty": (og("pier"), "", "[]"),
        "kept": (og("pier"), "", at("pier", width=100, height=50, isCached=True)),
        "another-is-there": (og("pier"), "", at("second")),
        "another-is-gone": (og("pier"), "", at("gone")),
        "same-is-gone-from-another-host": (
            og("pier"),
            "",
            json.dumps([{"url": web.url("/old/pier.png", "127.0.0.2")}]),
        ),
        "placeholder": (og("pier"), "", at("site-logo", width=500, height=500, isCached=True, credit="Ann")),
        "placeholder-by-size": (og("pier"), "", at("second", width=60, height=60)),
        "list-goes-on": (
            og("pier"),
            "",
            json.dumps([{"url": web.url("/site-logo.png")}, {"url": "https://b.example/b.jpg"}]),
        ),
        "stated-placeholder": (og("site-logo"), "", None),
        "stated-small": (og("small"), "", None),
        "stated-gone": (og("gone") + graph("pier"), "", None),
        "all-gone": (og("gone"), "", at("site-logo")),
        "in-text": ("", '<p><img src="/pier.png"></p>', None),
        "shown": (og("card"), HERO, None),
        "both-shown": (og("second"), f'{HERO}<img src="/second.png">', None),
        "shown-is-gone": (og("pier"), HERO.replace("shown", "gone"), None),
        "asks-not-to": (og("pier") + '<meta name="robots" content="noimageindex">', "", None),
    }
    for name, (head, body, images) in cases.items():
        html = article(head=head, title=TITLE).replace("</h1>", f"</h1>{body}")
        path = record_in(folder, web.page(f"/{name}", html), f"{name}.md", title=TITLE)
        if images:
            path.write_text(path.read_text().replace("type: article", f"images: {images}\ntype: article"))
    outcomes = recrawl("refresh", folder, *live, "--format", "jsonl").outcomes
    found = {}
    for name in cases:
        changes = [change for change in outcomes[f"{name}.md"]["changes"] if change["place"].startswith("images")]
        assert len(changes) <= 1
        found[name] = changes[0] if changes else None
    return found


@pytest.mark.parametrize("name", ["none", "empty"])
def test_a_record_without_pictures_gets_that_of_its_article_with_the_size_it_has(name, refreshed, shared_web):
    entry = {"url": shared_web.url("/pier.png"), "width": 640, "height": 360, "isCached": False}
    assert refreshed[name]["new"] == [entry]
    assert refreshed[name]["because"]["rule"] == "there was none"


@pytest.mark.parametrize("name", ["kept", "another-is-there"])
def test_a_picture_that_is_there_stays(name, refreshed):
    assert refreshed[name] is None


def test_a_picture_is_asked_for_once_in_a_run(refreshed, shared_web):
    assert sum(bool(change) for change in refreshed.values()) > 5
    assert len(shared_web.requests("/pier.png")) == 1


def test_a_picture_that_the_page_has_at_its_host_is_not_asked_for(refreshed, shared_web):
    assert [asked.headers["Range"] for asked in shared_web.requests("/second.png")] == ["bytes=0-65535"]


@pytest.mark.parametrize("name", ["another-is-gone", "same-is-gone-from-another-host"])
def test_a_picture_that_is_gone_is_replaced(name, refreshed, shared_web):
    assert refreshed[name]["new"]["url"] == shared_web.url("/pier.png")
    assert refreshed[name]["because"]["rule"] == "it was dead"


@pytest.mark.parametrize("name", ["placeholder", "placeholder-by-size", "list-goes-on"])
def test_a_placeholder_is_replaced(name, refreshed, shared_web):
    assert refreshed[name]["new"]["url"] == shared_web.url("/pier.png")
    assert refreshed[name]["because"]["rule"] == "it was a placeholder"


def test_an_entry_keeps_its_keys_and_gets_no_others(refreshed, shared_web):
    url = shared_web.url("/pier.png")
    entry = {"url": url, "width": 640, "height": 360, "isCached": False, "credit": "Ann"}
    assert (refreshed["placeholder"]["place"], refreshed["placeholder"]["new"]) == ("images[0]", entry)
    assert (refreshed["list-goes-on"]["place"], refreshed["list-goes-on"]["new"]) == ("images[0]", {"url": url})


@pytest.mark.parametrize("name", ["stated-placeholder", "stated-small", "all-gone", "in-text"])
def test_nothing_is_written_for_want_of_a_picture_that_is_surely_one_of_the_article(name, refreshed):
    assert refreshed[name] is None


def test_a_picture_that_is_gone_gives_way_to_another_that_is_stated(refreshed, shared_web):
    assert refreshed["stated-gone"]["new"][0]["url"] == shared_web.url("/pier.png")


def test_the_picture_that_leads_the_text_is_taken_where_the_stated_one_is_shown_nowhere(refreshed, shared_web):
    assert refreshed["shown"]["new"][0]["url"] == shared_web.url("/shown.png")


def test_nothing_is_written_where_a_page_shows_another_picture_first_and_the_stated_one_too(refreshed):
    assert refreshed["both-shown"] is None


def test_the_stated_picture_is_taken_where_the_one_that_leads_cannot_be_had(refreshed, shared_web):
    assert refreshed["shown-is-gone"]["new"][0]["url"] == shared_web.url("/pier.png")


def test_a_page_that_asks_not_to_have_its_pictures_copied_is_obeyed(refreshed):
    assert refreshed["asks-not-to"] is None
