import json
from datetime import UTC, date, datetime, timedelta, timezone

from crawler.evidence import Choice, Evidence, Field
from crawler.picture import Picture
from crawler.site import KEPT, OFTEN, Site

URL = "https://example.org/a"


def after(site, title, **seen):
    return site.with_article(title, **seen)


def test_what_leads_three_articles_is_the_sites_own():
    site = Site()
    for number in range(OFTEN):
        assert not site.is_own_picture("share-card")
        assert not site.is_boilerplate("All the news.")
        site = after(site, f"Title {number}", picture="share-card", description="All the news!")
    assert site.is_own_picture("share-card")
    assert site.is_boilerplate("All the News.")
    assert not site.is_own_picture("bridge")


def test_one_article_seen_often_is_one_article():
    site = Site()
    for _ in range(OFTEN + 2):
        site = after(site, "The same title", picture="bridge", description="Of the bridge.")
    assert not site.is_own_picture("bridge")
    assert not site.is_boilerplate("Of the bridge.")


def test_memory_is_bounded_and_keeps_the_latest():
    site = Site()
    for number in range(10 * KEPT):
        site = after(site, f"T{number}", picture=f"p{number}", description=f"d{number}", tail=f" | {number}")
    assert len(site.pictures) == len(site.descriptions) == KEPT
    assert len(site.tails) <= KEPT
    assert len(json.dumps(site.to_json())) < 8000


def test_it_survives_the_state_file():
    clock = datetime(2024, 5, 6, 7, 8, tzinfo=timezone(timedelta(hours=-3)))
    site = after(Site(), "T", picture="p", description="d", tail=" | E", order="mdy", clock=clock).with_lost("Not here")
    again = Site.from_json(json.loads(json.dumps(site.to_json())))
    assert again == site
    assert again.order == "mdy"
    assert again.offset(datetime.fromisoformat("2023-05-20T00:00")) == timedelta(hours=-3)
    assert again.offset(datetime.fromisoformat("2023-06-20T00:00")) is None
    assert again.is_lost("NOT HERE!")


def test_what_another_version_wrote_is_forgotten():
    assert Site.from_json({"pictures": 5, "tails": {"a": "b"}, "lost": "x", "unknown": 1}) == Site()


def test_a_tail_is_one_that_was_seen_twice():
    once = after(Site(), "A", tail=" | Example")
    assert once.tail == ""
    assert after(once, "B", tail=" | Example").tail == " | Example"


def stated(field, value, source, confidence=0.9, said="", other=None):
    return Evidence(field, value, source, URL, confidence, said, other)


def test_a_page_teaches_its_site():
    evidence = [
        stated(Field.TITLE, "A headline", "title", said="A headline | Example"),
        stated(Field.IMAGE, Picture("https://example.org/bridge-300x200.jpg"), "og:image"),
        stated(Field.EXCERPT, "Of the bridge.", "description"),
        stated(Field.EXCERPT, "A paragraph.", "paragraph", 0.95),
        stated(Field.PUBLISHED, date(2024, 6, 5), "text", said="05/06/2024", other=date(2024, 5, 6)),
    ]
    choices = {
        Field.TITLE: Choice(Field.TITLE, "A headline", ""),
        Field.PUBLISHED: Choice(Field.PUBLISHED, datetime(2024, 6, 5, 9, 0, tzinfo=UTC), ""),
    }
    site = Site().after(evidence, choices)
    assert [*site.tails] == [" | Example"]
    assert site.order == "dmy"
    assert len(site.pictures) == len(site.descriptions) == 1
    assert Site().after(evidence, {}) == Site()


def test_a_page_teaches_what_it_states_and_what_it_shows_first():
    evidence = [
        stated(Field.IMAGE, Picture("https://example.org/share-me.jpg"), "og:image"),
        stated(Field.IMAGE, Picture("https://example.org/second.jpg"), "json-ld image", 0.8),
        stated(Field.IMAGE, Picture("https://example.org/banner.jpg"), "hero", 0.97),
    ]
    site = Site()
    for title in ("One", "Two", "Three"):
        site = site.after(evidence, {Field.TITLE: Choice(Field.TITLE, title, "")})
    assert [site.is_own_picture(key) for key in ("share-me", "banner", "second")] == [True, True, False]
