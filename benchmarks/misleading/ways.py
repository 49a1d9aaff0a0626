"""The ways in which servers mislead who checks their links: a host for each, and what is true of its link."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from misleading.web import Call

PATH = "/2021/05/harbour-opens-a-new-pier"
"""Of the article that is asked for."""

STORY = "The harbour office counted nine hundred walkers on the new pier, and the ferry crews counted their own. "


class Truth(StrEnum):
    """What is true of a link."""

    LIVING = "living"
    OPEN = "open"
    """A wall or trouble: nobody can say from what is answered."""

    MISSING = "missing"


LIVING, OPEN, MISSING = Truth

_RIGHT = {LIVING: "alive", OPEN: "unsure", MISSING: "dead"}


@dataclass(frozen=True)
class Way:
    """One host: ``answer`` is how it answers, ``states`` are what may be seen of its link, ``verdict`` what follows."""

    name: str
    truth: Truth
    states: frozenset[str]
    verdict: str
    answer: Callable[[Call], None]
    path: str
    robots: bool

    @property
    def host(self) -> str:
        """Where it answers."""
        return f"{self.name}.example"


WAYS: dict[str, Way] = {}
"""All of them, by host."""


def way(truth: Truth, states: str, path: str = PATH, *, robots: bool = False, verdict: str = "") -> Callable:
    """Add a way to answer; ``verdict`` is what can be said of it at one look, where that is not the truth."""

    def put(answer: Callable[[Call], None]) -> Callable[[Call], None]:
        name = answer.__name__.replace("_", "-").strip("-")
        one = Way(name, truth, frozenset(states.split()), verdict or _RIGHT[truth], answer, path, robots)
        assert one.host not in WAYS, name
        WAYS[one.host] = one
        return answer

    return put


def story(title: str = "Harbour opens a new pier", head: str = "", text: str = STORY * 20) -> str:
    """Return the page of an article."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav><a href='/'>Front page</a></nav><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


FRONT = story("The Calder Post", text="Harbour, markets, weather and the ferry timetable of the day. " * 20)


def only_here(call: Call, body: str | bytes = "", status: int = 200, **headers: str) -> None:
    """Answer at the article's address, with a front page at the entrance, and 404 anywhere else."""
    if call.asked_for_it:
        call.say(status, body, **headers)
    elif call.path == "/":
        call.say(200, FRONT)
    else:
        call.say(404, "<title>Not found</title>")


def everywhere(call: Call, body: str | bytes, status: int = 200, **headers: str) -> None:
    """Answer alike at every address but the entrance."""
    call.say(200, FRONT) if call.path == "/" else call.say(status, body, **headers)
