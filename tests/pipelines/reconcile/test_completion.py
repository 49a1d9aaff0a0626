import pytest

from pipelines.reconcile.completion import FULL, LONGEST, completed, continues, is_cut, spanning

FIRST = "The new pier of Port Calder opened on Tuesday."
SECOND = "The mayor cut a rope instead of a ribbon."
THIRD = "Nine hundred people walked to its end and back."


@pytest.mark.parametrize(
    "text", ["It opened ...", "It opened…", "It opened [...]", "It opened", "It opened,", "It ope"]
)
def test_a_text_without_the_end_of_a_sentence_is_cut(text):
    assert is_cut(text)


@pytest.mark.parametrize("text", ["It opened.", "It opened! ", "Has it opened?", "“It opened.”", "(It opened.)"])
def test_a_text_that_ends_as_a_sentence_is_whole(text):
    assert not is_cut(text)


def test_a_text_is_continued_by_one_that_begins_like_it_and_goes_on():
    assert continues("The new pier of", FIRST)
    assert continues("The NEW pier – of Po", FIRST)
    assert not continues("The old pier of", FIRST)
    assert not continues(FIRST, FIRST)
    assert not continues(f"{FIRST} The", f"{FIRST} The ...")


def test_whole_sentences_are_added_to_beyond_the_start():
    assert completed(f"{FIRST} {SECOND} {THIRD}", "The new pier of") == f"{FIRST} {SECOND} {THIRD}"
    assert completed(f"{FIRST} {SECOND} The rest of", "The new pier of") == f"{FIRST} {SECOND}"


def test_they_are_added_up_to_a_length():
    passage = " ".join([FIRST, *[SECOND] * 20])
    text = completed(passage, "The new pier of")
    assert FULL - len(SECOND) <= len(text) <= FULL
    assert text.endswith("ribbon.")


def test_one_long_sentence_is_added_to_another_length_but_no_more():
    sentence = "The new pier of Port Calder " + "which is very long " * 20 + "opened."
    assert FULL < len(sentence) < LONGEST
    assert completed(sentence, "The new pier") == sentence
    assert completed("The new pier " + "which is very long " * 40 + "opened.", "The new pier") == ""


def test_a_passage_that_begins_otherwise_completes_nothing():
    assert completed(f"{SECOND} {THIRD}", "The new pier of") == ""


@pytest.mark.parametrize(
    "sentence",
    ["Er kommt am 22. Dezember nach Port Calder.", "Das gilt z. B. für Port Calder.", "It cost 3.5 million."],
)
def test_a_full_stop_behind_a_number_or_an_abbreviation_ends_nothing(sentence):
    assert completed(f"{sentence} And then", sentence[:8]) == sentence


def test_a_heading_is_taken_only_where_nothing_else_goes_on():
    assert completed(f"{FIRST} {SECOND} Pictures of the day", "The new pier of") == f"{FIRST} {SECOND}"
    assert completed("The new pier of Port Calder", "The new pier of") == "The new pier of Port Calder"


def test_as_many_paragraphs_are_spanned_as_a_description_has():
    paragraphs = [FIRST, SECOND, THIRD]
    assert spanning(paragraphs, "The new pier") == FIRST
    assert spanning(paragraphs, f"{FIRST} The mayor cut") == f"{FIRST} {SECOND}"


@pytest.mark.parametrize(("length", "is_taken"), [(600, True), (601, False)])
def test_the_longest_sentence_that_is_taken(length, is_taken):
    sentence = f"The new pier {'x' * (length - 14)}."
    assert len(sentence) == length
    assert completed(sentence, "The new pier") == (sentence if is_taken else "")


@pytest.mark.parametrize(("length", "is_taken"), [(320, True), (321, False)])
def test_the_longest_text_that_more_sentences_make(length, is_taken):
    second = f"It {'x' * (length - len(FIRST) - 5)}."
    whole = f"{FIRST} {second}"
    assert len(whole) == length
    assert completed(whole, "The new pier of") == (whole if is_taken else FIRST)
