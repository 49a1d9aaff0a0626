"""The proof: a splice that does not do what it says, or does more, is refused."""

from datetime import date

import pytest

from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.shape import DAY
from crawler.frontmatter.splice import Splice, apply, verify
from crawler.frontmatter.tree import read
from crawler.frontmatter.value import Timestamp

TEXT = "a: x\nb: &k [1, 2]\nc: *k\n"  # the events: mapping, a, x, b, list, 1, 2, its end, c, alias, end


def proven(splice: Splice, text: str = TEXT) -> str:
    after = apply(text, [splice])
    verify(read(text), after, [splice])
    return after


def test_what_it_says_is_proven():
    assert proven(Splice(3, 4, "new", 2, 3, ("new",))).startswith("a: new\n")


WRONG = {
    "another text": Splice(3, 4, "new", 2, 3, ("old",)),
    "another type": Splice(3, 4, "12", 2, 3, ("12",)),
    "a type that only YAML 1.2 sees": Splice(3, 4, "1e3", 2, 3, ("1e3",)),
    "a type that only YAML 1.1 sees": Splice(3, 4, "yes", 2, 3, ("yes",)),
    "a number in quotes": Splice(3, 4, "'12'", 2, 3, (12,)),
    "another number": Splice(3, 4, "1", 2, 3, (True,)),
    "a tag": Splice(3, 4, "!!str x", 2, 3, ("x",)),
    "an anchor": Splice(3, 4, "&z x", 2, 3, ("x",)),
    "a list": Splice(3, 4, "[x]", 2, 3, ({"x": None},)),
    "a longer list": Splice(3, 4, "[x, z]", 2, 3, (["x"],)),
    "a shorter list": Splice(3, 4, "[x]", 2, 3, (["x", "z"],)),
    "a comment where text was meant": Splice(3, 4, "x #y", 2, 3, ("x #y",)),
    "a key too many": Splice(3, 4, "new\nz: 1", 2, 3, ("new",)),
    "a key too few": Splice(3, 7, "new\n", 2, 3, ("new",)),
    "another key hit": Splice(5, 6, "z", 2, 3, ("x",)),
    "nothing": Splice(3, 4, "x", 2, 3, ("x", "y")),
    "another day": Splice(3, 4, "2020-10-21", 2, 3, (Timestamp(date(2020, 10, 20), DAY),)),
}


@pytest.mark.parametrize("splice", WRONG.values(), ids=WRONG.keys())
def test_what_it_does_not_say_is_refused(splice):
    with pytest.raises(Refusal):
        proven(splice)


def test_splices_that_overlap_are_refused():
    with pytest.raises(Refusal, match="get in each other's way"):
        apply("abcdef", [Splice(0, 3, "x", 0, 1), Splice(2, 4, "y", 1, 2)])


def test_splices_that_touch_are_made():
    assert apply("abcdef", [Splice(0, 3, "x", 0, 1), Splice(3, 3, "y", 1, 1), Splice(3, 4, "z", 1, 2)]) == "xyzef"
