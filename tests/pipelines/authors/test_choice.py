from datetime import UTC, datetime

from crawler.evidence import Evidence, Field
from crawler.site import Site
from pipelines.authors.choice import choose


def item(source, confidence, *people):
    return Evidence(Field.AUTHOR, people, source, "https://example.org/", confidence)


def chosen(*evidence):
    choice = choose(Field.AUTHOR, evidence, Site(), datetime(2024, 5, 6, tzinfo=UTC))
    return choice and choice.value


def test_nobody():
    assert chosen() is None


def test_most_sources_of_different_kinds():
    one = item("json-ld author", 0.87, "Ann Lee")
    assert chosen(one, item("meta author", 0.67, "Bob Ray"), item("meta byl", 0.75, "Bob Ray")) == ("Ann Lee",)
    assert chosen(one, item("meta author", 0.8, "Bob Ray"), item("byline", 0.77, "Bob Ray")) == ("Bob Ray",)


def test_who_is_named_beside_all_others_is_added():
    both = ("Ann Lee", "Bob Ray")
    few = item("meta author", 0.67, "Ann Lee"), item("twitter:data", 0.7, "Ann Lee")
    assert chosen(item("json-ld author", 0.87, *both), *few) == both
    assert chosen(item("byline", 0.7, *both), *few) == both
    assert chosen(item("byline", 0.53, *both), *few) == ("Ann Lee",)
    assert chosen(item("byline", 0.7, "Ann Lee", "Sports"), *few) == ("Ann Lee",)


def test_names_are_given_in_full():
    found = item("json-ld author", 0.87, "AnnLee"), item("byline", 0.77, "Ann Lee")
    assert chosen(*found) == ("Ann Lee",)
