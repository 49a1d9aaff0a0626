"""Authors: who wrote an article.

The way of the data::

    Page -stated->  Stated*  JSON-LD and meta elements
         -signed->  Stated*  elements that hold a signature, beside the headline, else anywhere
         -written-> Stated*  text after a word for authors, or beside a date
         -choice->  Choice
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from crawler import headline, story
from crawler.byline import looks_like_person
from crawler.evidence import Evidence, Field
from crawler.page import Page
from crawler.prose import fold
from pipelines.authors import signed, stated, written
from pipelines.authors.choice import choose, names_of
from pipelines.authors.stated import Stated

__all__ = ["FIELDS", "choose", "find"]

FIELDS: tuple[Field, ...] = (Field.AUTHOR,)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every set of names that a page states as its authors, from all over it where none stands in its place."""
    told = story.of(page)
    found = [item for one in stated.find(page) for item in _evidence(one, page)]
    if not _is_agreed(found):
        beside = chain(signed.beside_headline(told), written.beside_headline(told))
        found += [item for one in beside for item in _evidence(one, page)]
    yield from found
    if not any(item.confidence > signed.FAR for item in found):
        for one in chain(written.by_date(told), signed.elsewhere(page)):
            yield from _evidence(one, page)


def _is_agreed(found: Sequence[Evidence]) -> bool:
    """Tell whether two sources name the same people, so that the body need not be asked."""
    sets = [names_of(item) for item in found if all(map(looks_like_person, item.value))]
    return len(sets) > len({*sets})


def _evidence(one: Stated, page: Page) -> Iterator[Evidence]:
    """Yield the evidence without the site's own name, which signs what nobody else does."""
    people = [_without_site(name, page) for name in one.people]
    others = [name for name in people if not is_site(name, page)]
    if people:
        trust = one.trust if others else one.trust / 2
        yield Evidence(Field.AUTHOR, tuple(dict.fromkeys(others or people)), one.source, page.url, trust, one.said)


def is_site(name: str, page: Page) -> bool:
    """Tell whether a name is that of the site or its publisher."""
    text, known = fold(name), page.site_names
    is_named = text in known or any(text.startswith(own) for own in known if len(own) > 3)
    return is_named or headline.is_name_of_host(text, page.url)


def _without_site(name: str, page: Page) -> str:
    """Cut a person's name before that of the site (``Ann Lee Example Staff``)."""
    words = name.split()
    cut = next((index for index in range(2, len(words)) if is_site(words[index], page)), None)
    return name if cut is None else " ".join(words[:cut])
