"""A meaning: what each state says of a link, in words that a person can disagree with."""

from typing import Final

from crawler.observation import FORGIVEN
from crawler.standing import Life

MEANINGS: Final[dict[str, str]] = {
    "ok": "It answers.",
    "moved-permanently": "It has moved for good, and answers at its new address.",
    "moved-temporarily": "It sends readers elsewhere for the time being, and answers there.",
    "paywalled": "It answers, but shows the whole of it to subscribers only.",
    "withdrawn": "It answers, but asked to be forgotten by now.",
    "drifted": "It answers, but neither title nor text are what they were.",
    "not-found": "The server knows nothing at this address.",
    "gone": "The server says that it was taken away for good.",
    "soft-404": "It answers as its host does at any address where nothing is.",
    "redirect-home": "It sends readers to a front page or a list, not to what was here.",
    "parked": "The domain is for sale, or belongs to somebody else now.",
    "dns-failure": "There is no such host, though others are found.",
    "forbidden": "The server refuses this address, and no other of its host.",
    "server-error": "The server is broken.",
    "timeout": "Nothing was answered in time.",
    "unreachable": "No way leads to the server.",
    "connection-refused": "Nobody listens at the server.",
    "connection-reset": "The server hangs up.",
    "redirect-loop": "It sends readers round in circles.",
    "empty": "It answers with nothing at all.",
    "blocked": "A wall against programs answers, whatever is behind it.",
    "rate-limited": "The server asks to come back later.",
    "login": "It asks readers to log in, whatever is behind that.",
    "legal": "It is withheld for legal reasons.",
    "dns-trouble": "The host could not be looked up, which may be our own fault.",
    "tls-failure": "The server cannot prove who it is: its certificate is not valid.",
    "too-large": "The answer is too large to be read.",
    "protocol-error": "The answer is no HTTP that we understand.",
    "invalid-url": "This is no address that can be asked.",
    "unsafe-address": "The address is a private one, which is asked only where that is allowed.",
    "robots-disallowed": "The site's robots.txt asks programs not to look.",
    "robots-unreachable": "The site's robots.txt cannot be read, so nothing else is asked.",
    "not-in-archive": "The web archive that stands for the network does not hold it.",
    "site-not-answering": "It was not asked: its site did not answer before.",
    "network-down": "It was not asked: our own network is down.",
    "skipped": "It was not asked, as the configuration says.",
    "unknown": "The answer fits no rule.",
    FORGIVEN: "A person said that it lives.",
}
"""One sentence for each state of `crawler.verdict.State`, and for `crawler.observation.FORGIVEN`."""

LIVES: Final[dict[Life, str]] = {
    Life.ALIVE: "The last look that told anything saw it alive.",
    Life.FAILING: "It has been struck since it was last seen alive, but not often or long enough to be called dead.",
    Life.DEAD: "As many looks in a row as are asked for have found nothing else than that it is not there.",
    Life.UNSURE: "What stands between it and us hides whether it lives.",
}
"""One sentence for each verdict."""


def meaning(state: str) -> str:
    """Return what a state says of a link; of one of another version of recrawl, its name."""
    return MEANINGS.get(state, state)
