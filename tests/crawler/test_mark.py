"""Marks: what they are found by."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler import mark

TABLE = tomllib.loads(files("crawler").joinpath("marks.toml").read_text(encoding="utf-8"))


def rules(table):
    if isinstance(table, dict):
        return [rule for part in table.values() for rule in rules(part)]
    return table if isinstance(table, list) else []


@pytest.mark.parametrize(
    ("rule", "needle"),
    [
        ("cf-chl-", "cf-chl-"),
        (r"geo\.captcha", "geo.captcha"),
        (r"Imperva[^<]{0,80}incident", "incident"),
        (r"(?:img\d*\.)?sedoparking\.com", "sedoparking.com"),
        (r"colou?r of money", "r of money"),
        (r"attention required! \| cloudflare", "attention required! "),
        (r"one|other", ""),
        (r"(?:one|other)", ""),
        (r"nicht verfügbar", "nicht verfügbar"),
        (r"ortaklarımız", "ortaklar"),
        (r"ab+c*d", "ab"),
        (r"x{2,3}yz", "yz"),
    ],
)
def test_a_needle_is_a_text_without_which_nothing_is_found(rule, needle):
    assert mark.needle(rule) == needle


RULES = [rule for name in ("walls", "captchas", "parking", "texts") for rule in rules(TABLE[name])]


def matching(rule):
    """Return a rule with texts that it matches."""
    return st.tuples(st.just(rule), st.from_regex(re.compile(rule, re.IGNORECASE)))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(RULES).flatmap(matching))
def test_whatever_a_rule_matches_has_its_needle(found):
    rule, text = found
    assert mark.needle(rule) in text.lower()


@pytest.mark.parametrize("section", [("titles", "parked"), ("titles", "consent"), ("texts", "login")])
def test_what_begins_with_a_choice_of_words_has_needles_too(section):
    assert min(len(one.letters) for one in mark._needles(*section)) > 1


TITLES = [(kind, rule) for kind, table in TABLE["titles"].items() for rule in rules(table)]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(TITLES).flatmap(lambda one: st.tuples(st.just(one[0]), matching(one[1]))))
def test_whatever_a_rule_of_titles_matches_is_found(found):
    kind, (_, text) = found
    assert mark.is_in(kind, text)


def test_a_choice_of_words_counts_once():
    assert mark.count("texts.consent", "accept to cookies, agree to cookies, consent to cookies") == mark.count(
        "texts.consent", "accept to cookies"
    )


def test_a_mark_is_told_by_its_name():
    assert mark.of("walls", '<script src="https://CT.captcha-delivery.com/c.js">') == "DataDome"
    assert mark.of("walls", "<p>Attention required! | Cloudflare</p>") == "Cloudflare block"
    assert mark.of("walls", "a walk along the wall") is None


def test_a_mark_has_to_fill_a_heading_or_a_part_of_it():
    assert mark.of_heading("parked", "This domain is for sale | calder.example")
    assert mark.of_heading("parked", "Council puts the parked domain of its harbour back on its feet") is None
    assert mark.is_in("consent", "Why we value your privacy, by our editors, in a hundred words")


def test_what_the_marks_of_a_section_look_for_is_counted():
    assert mark.count("texts.purposes", "legitimate interests, unique identifiers, legitimate interest") == 2
    assert mark.count("texts.purposes", "a walk along the wall") == 0


def test_a_header_tells_by_its_name_or_by_what_it_says():
    assert mark.of_headers({"cf-mitigated": "Challenge"}) == "cf-mitigated"
    assert mark.of_headers({"cf-mitigated": "none"}) is None
    assert mark.of_headers({"x-dd-b": "1", "server": "nginx"}) == "x-dd-b"
    assert mark.of_headers({"server": "challenge"}) is None
    assert mark.of_headers({}) is None


def test_any_place_at_which_a_mark_stands_may_fill_a_heading():
    assert mark.of_heading("missing", "404: page not found")
    assert mark.of_heading("missing", "gone, all of it is gone and no longer available")
    assert mark.of_heading("missing", "") is None
    assert mark.of_heading("missing", "- | -") is None


def test_addresses_and_sites_have_marks_too():
    assert mark.is_path("login", "/en/login")
    assert not mark.is_path("login", "/en/pier")
    assert mark.is_host("consent", "consent.example.org")
    assert not mark.is_host("consent", "www.example.org")
    assert mark.is_parking_site("sedo.com")
    assert not mark.is_parking_site("example.org")
