from crawler import cldr
from crawler.tongue import ANY, tongue


def test_the_table_is_what_babel_says_today():
    assert cldr.table() == cldr.drawn()


def test_months_are_known_by_their_beginnings_where_these_leave_no_doubt():
    german = tongue("de")
    assert [german.month(name) for name in ("März", "MÄR.", "Febr.", "Jänner", "sept")] == [3, 3, 2, 1, 9]
    assert german.month("ju") is None
    assert german.month("juli") == 7


def test_english_is_known_everywhere_and_an_unknown_page_knows_the_common_languages():
    assert tongue("ja").month("February") == 2
    assert [tongue(ANY).month(name) for name in ("février", "Mai", "сентября", "ottobre")] == [2, 5, 9, 10]
    assert tongue("xx-YY").order == "mdy"


def test_the_order_of_numbers_is_that_of_the_country():
    assert [tongue(name).order for name in ("en", "en-GB", "en-ZA", "de-AT", "ja", "und-BR")] == [
        "mdy",
        "dmy",
        "ymd",
        "dmy",
        "ymd",
        "dmy",
    ]
