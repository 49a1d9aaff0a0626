from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.errors import FrontMatterError
from crawler.frontmatter import parse
from crawler.place import scalars


def fields(yaml: str) -> dict:
    return parse(b"---\n" + yaml.encode() + b"---\n").fields


def test_scalars_have_the_types_that_yaml_gives_them():
    assert fields(
        "s: text\nq: '12'\ni: 12\nh: 0x1F\nf: 1.5\nb: yes\nn:\nt: ~\nd: 2020-10-20\nm: 2020-10-20T17:40:00Z\n"
        "o: 2020-10-20T17:40:00+02:00\nl: 2020-10-20 17:40:00\nj: 2020-10-20 17:40:00 +0200\nv: |\n  two\n  lines\n"
    ) == {
        "s": "text",
        "q": "12",
        "i": 12,
        "h": 31,
        "f": 1.5,
        "b": True,
        "n": None,
        "t": None,
        "d": date(2020, 10, 20),
        "m": datetime(2020, 10, 20, 17, 40, tzinfo=UTC),
        "o": datetime(2020, 10, 20, 17, 40, tzinfo=timezone(timedelta(hours=2))),
        "l": datetime(2020, 10, 20, 17, 40),  # noqa: DTZ001 - the file says no zone
        "j": "2020-10-20 17:40:00 +0200",
        "v": "two\nlines\n",
    }


def test_collections_nest():
    assert fields("a:\n- b: [1, {c: d}]\n  e: {}\n- []\n") == {"a": [{"b": [1, {"c": "d"}], "e": {}}, []]}


def test_keys_are_their_text():
    assert fields("2020: a\nyes: b\n'q': c\n") == {"2020": "a", "yes": "b", "q": "c"}


def test_keys_that_are_no_scalars_are_left_out():
    assert fields("? [a]\n: 1\nb: 2\n") == {"b": 2}


def test_the_last_of_two_values_counts():
    assert fields("a: 1\na: 2\n") == {"a": 2}


def test_an_alias_is_what_its_anchor_names():
    assert fields("a: &x [1]\nb: *x\nc: &x 2\nd: *x\n") == {"a": [1], "b": [1], "c": 2, "d": 2}


def test_merge_keys_are_not_expanded():
    assert fields("a: &x {k: 1}\nb:\n  <<: *x\n  l: 2\n")["b"] == {"<<": {"k": 1}, "l": 2}


@pytest.mark.parametrize("nothing", ["", "# a comment\n", "~\n"])
def test_nothing_has_no_fields(nothing):
    assert fields(nothing) == {}


@pytest.mark.parametrize("other", ["- a\n- b\n", "text\n", "[a, b]\n"])
def test_what_is_no_mapping_is_refused(other):
    with pytest.raises(FrontMatterError, match="keys and values"):
        fields(other)


@pytest.mark.parametrize("innermost", ["[x, x, x, x, x, x, x, x, x, x]", "[]"])
def test_aliases_that_explode_are_refused(innermost):
    bomb = f"a0: &a0 {innermost}\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10))
    with pytest.raises(FrontMatterError, match="aliases"):
        fields(bomb)


def test_aliases_that_nest_without_end_are_refused():
    with pytest.raises(FrontMatterError, match="aliases"):
        fields("a0: &a0 x\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 200)))


def test_an_alias_of_what_holds_it_is_refused():
    with pytest.raises(FrontMatterError, match="inside of what it repeats"):
        fields("a: &x [*x]\n")


def test_an_alias_of_nothing_is_refused():
    with pytest.raises(FrontMatterError, match="no anchor"):
        fields("a: *x\n")


def test_brackets_without_end_are_given_up_early():
    with pytest.raises(FrontMatterError, match="64 levels"):
        fields("a: " + "[" * 1_000_000 + "\n")


def test_the_deepest_fields_can_be_walked():
    deep = fields("a: " + "[" * 63 + "x" + "]" * 63 + "\n")
    assert list(scalars(deep)) == [(("a", *[0] * 63), "x")]


def test_many_values_are_no_bomb():
    assert len(fields("a: [" + "x, " * 200_000 + "]\n")["a"]) == 200_000
