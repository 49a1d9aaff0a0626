"""A completion: what a text that was cut short goes on with, in whole sentences."""

from typing import Final

from crawler import prose

LONGEST: Final = 600
"""Characters above which a text is no excerpt any more, but the article (policy: only short extracts are free)."""

FULL: Final = 320
"""Characters up to which whole sentences are added to an excerpt that is completed from the article."""


def is_cut(text: str) -> bool:
    """Tell whether an excerpt is cut short: it says so by dots, or it ends as no sentence does."""
    return prose.is_cut(text) or not prose.is_whole(text.rstrip())


def continues(start: str, text: str) -> bool:
    """Tell whether a text begins with all of another and goes on, be it within its last word."""
    one, other = prose.fold(start), prose.fold(prose.uncut(text))
    return len(other) > len(one) and other.startswith(one)


def spanning(paragraphs: list[str], description: str) -> str:
    """Return as many paragraphs as the page's own description of itself spans: it goes on within the last of them."""
    passage = ""
    for paragraph in paragraphs:
        passage = f"{passage} {paragraph}".strip()
        if prose.fold(passage).startswith(prose.fold(description)) or len(passage) > LONGEST:
            break
    return passage


def completed(passage: str, start: str) -> str:
    """Return the beginning of a passage: its whole sentences to beyond the end of ``start``, and more up to `FULL`
    characters; empty where the passage does not begin like that, or one sentence is too long.

    What ends as no sentence does, as headings and captions, is taken only where nothing else goes beyond ``start``.
    """
    text = ""
    for longer in prose.openings(passage):
        goes_on = continues(start, text)
        if len(longer) > (FULL if goes_on else LONGEST):
            break
        if not goes_on or not is_cut(longer):
            text = longer
    is_whole = text == passage or not is_cut(text)
    return text if is_whole and continues(start, text) else ""
