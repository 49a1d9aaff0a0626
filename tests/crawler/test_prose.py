import pytest

from crawler.prose import clean, fold, is_cut, is_whole, openings, sentences, uncut


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a \n b\t", "a b"),
        ("Tom &amp;amp; Jerry &quot;x&quot; &#8211; &#x2019;", 'Tom &amp; Jerry "x" – ’'),
        ("<p>One</p><br/>two <!-- no -->", "One two"),
        ("a < b and c > d", "a < b and c > d"),
        ("zero\u200bwidth \u202eleft\u202c soft\xadhyphen\ufeff", "zerowidth left softhyphen"),
        ("arabic\u061c mark \u2066isolate\u2069 tag\U000e0041 private\U000f0001", "arabic mark isolate tag private"),
        ("bell\x07 nul\0 half\ud800", "bell nul half"),
        ('&lt;script&gt;no&lt;/script&gt; and <a href="cut', "no and"),
        ("a <b and c", "a < b and c"),
        ("five <!-- six", "five < !-- six"),
        ("e\u0301t\u0301e\u0301", "ét́é"),
        ("lines\u2028and\u2029parts", "lines and parts"),
        ("AT&T &nosuchentity; &", "AT&T &nosuchentity; &"),
        ("", ""),
    ],
)
def test_clean(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [("Élan: Vital!", "elan vital"), ("Straße", "STRASSE"), ("“Quoted” – it’s", '"quoted" - it\'s'), ("１２", "12")],
)
def test_fold_is_blind_to_case_accents_and_marks(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It goes on...", "It goes on"),
        ("It goes on, …", "It goes on"),
        ("Here [...] ", "Here"),
        ("On – […]", "On"),
        ("On (…)", "On"),
        ("On (...)", "On"),
        ("On . . .", "On"),
        ("On……", "On"),
        ("On⋯", "On"),
        ("つづく。。。", "つづく"),
        ("It goes on … Read more", "It goes on"),
        ("It goes on... Continue reading →", "It goes on"),
        ("Es geht [weiterlesen]", "Es geht"),
        ("Es geht Mehr…", "Es geht"),
    ],
)
def test_what_was_cut(text, left):
    assert is_cut(text)
    assert uncut(text) == left
    assert not is_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        *("It ends.", "Really?", "“It ends.”", "It has much more.", "終わり。", "انتهى؟"),
        *("ختم ہوا۔", "ပြီးပါပြီ။", "አበቃ።", "Վերջ։"),
    ],
)
def test_what_is_whole(text):
    assert is_whole(text)
    assert not is_cut(text)
    assert uncut(text) == text


def test_sentences():
    assert sentences("One. “Two!” (Three?) 四。五") == ["One.", "“Two!”", "(Three?)", "四。", "五"]
    assert sentences("It costs 3.5 million... and more") == ["It costs 3.5 million...", "and more"]
    assert sentences("") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Am 22. Dezember war es z. B. kalt.",
        "Dr. Mayer met Sen. Ann B. Smith at St. Mary.",
        "It began in 2020.",
        "Not him.",
    ],
)
def test_openings_end_where_a_sentence_does(sentence):
    assert [*openings(f"{sentence} Two days! And")] == [
        sentence,
        f"{sentence} Two days!",
        f"{sentence} Two days! And",
    ]


def test_nothing_has_no_openings():
    assert [*openings("")] == []
