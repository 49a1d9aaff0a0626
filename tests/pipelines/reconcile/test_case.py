from crawler.change import Kept
from crawler.evidence import Evidence, Field
from crawler.layout import Key
from pipelines.reconcile.case import SEEN, seen

OG = Evidence(Field.EXCERPT, "It opened.", "og:description", "https://example.org/a", 0.87, "It opened.")


def test_a_change_says_what_stood_there_and_which_sources_speak_for_the_new_value(case, page):
    change = case(page(), excerpt="It ...").change(Key.EXCERPT, "It opened.", "it was cut", (OG, OG))
    assert (change.place, change.old, change.new) == (("excerpt",), "It ...", "It opened.")
    assert (change.because.rule, change.because.sources) == ("it was cut", ("og:description",))


def test_a_source_in_an_archive_says_of_when(case, page):
    copied = Evidence(
        Field.EXCERPT,
        "It opened.",
        "og:description",
        "https://web.archive.org/web/20210304050607id_/https://example.org/a",
        0.87,
    )
    change = case(page()).change(Key.EXCERPT, "It opened.", "there was none", (copied,))
    assert change.because.sources == ("og:description, archived 2021-03-04",)


def test_a_record_without_a_place_for_it_keeps_what_it_has(case, page):
    decision = case(page(), images="one.jpg").change(Key.IMAGE, "https://example.org/a.jpg", "there was none", ())
    assert decision == Kept(Key.IMAGE, "this kind of record has no place for it")


def test_the_narrowest_wish_of_all_pages_counts(case, page, answer):
    one = page('<meta name="robots" content="max-snippet:200">')
    two = answer(page('<meta name="robots" content="max-snippet:90, noimageindex">'), "https://example.org/other")
    assert case(one).snippet_limit == 200
    assert case(one).may_copy_images
    assert case(one, two).snippet_limit == 90
    assert not case(one, two).may_copy_images
    assert case(page()).snippet_limit is None


def test_a_reason_names_a_few_of_the_things_seen():
    assert seen((OG,) * 9) == ("og:description: It opened.",) * SEEN


def test_a_reason_names_what_stood_there_else_what_was_made_of_it():
    bare = Evidence(Field.EXCERPT, "It opened.", "og:description", "https://example.org/a", 0.87)
    whole = Evidence(Field.EXCERPT, "It opened.", "og:description", "https://example.org/a", 0.87, "It opened. Read on")
    assert seen((bare, whole)) == ("og:description: It opened.", "og:description: It opened. Read on")
    assert len(seen((bare,) * 9)) == 5


def test_a_page_without_a_wish_does_not_lift_that_of_another(case, page, answer):
    one = page('<meta name="robots" content="max-snippet:200">')
    assert case(page(), answer(one, "https://example.org/other")).snippet_limit == 200
