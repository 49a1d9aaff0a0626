"""The examiner: an answer is weighed against the record it belongs to, and against what its host says of nothing."""

from dataclasses import dataclass, replace
from typing import Final

from crawler import glance, suspicion
from crawler.fetch import Fetch
from crawler.imprint import NO_NAME, Imprint, Words, is_alike, name_of
from crawler.record import Record
from crawler.rot.controls import Controls
from crawler.sibling import is_home
from crawler.url import key, site
from crawler.verdict import State, Verdict
from pipelines.judge import judge, moved

MANY: Final = 40
"""Links of one site from which on it is no burden to learn whether its pages repeat any address in their names."""

FULL: Final = 1000
"""Characters of text from which on a page that any address gives is no stub of a server that is all alike."""

_FORBIDDEN: Final = 403
_IT_SAYS: Final = "it says that there is nothing"
_TO_BE_SURE: Final = "its host names pages by their addresses"
_NOTHING_THERE: Final = frozenset((404, 410))
_DOUBTFUL: Final = frozenset(
    (State.OK, State.MOVED_PERMANENTLY, State.MOVED_TEMPORARILY, State.PAYWALLED, State.WITHDRAWN, State.DRIFTED)
)


@dataclass(frozen=True)
class Weighed:
    """What an answer is by itself, and what is left to settle: ``why`` it is to be compared, or that it was forbidden.

    ``fetch`` is the answer, as it came, if it is to be compared: parsed pages are large, and controls take time.
    ``name`` is what the page is called (`imprint.name_of`). ``is_astray`` says that it came from an address of another
    name, and has not proven to be the same, ``is_proven`` that it has moved for good, beyond doubt to where the article
    of its record is now.
    """

    verdict: Verdict
    why: str = ""
    is_forbidden: bool = False
    fetch: Fetch | None = None
    name: Words = NO_NAME
    is_astray: bool = False
    is_proven: bool = False

    @property
    def url(self) -> str:
        """The address that was asked."""
        return self.verdict.target.url


class Examiner:
    """Says what answers are; ``controls`` are asked where an answer alone does not tell."""

    def __init__(self, controls: Controls) -> None:
        self.controls = controls

    def weigh(self, fetch: Fetch, record: Record | None, own: tuple[str, ...] = ()) -> Weighed:
        """Return what an answer is, as far as it tells; ``record`` is whose article it should be, ``own`` are other
        addresses of that."""
        if record is None and glance.is_ordinary(fetch) and (passed := self._passed(fetch)):
            return passed
        verdict = judge(fetch, record, own)
        if fetch.is_unchanged:
            return Weighed(verdict)
        if record is not None:
            from pipelines.find import read  # who checks no records need not wait for all that can be read of them

            verdict, reading = read(record, fetch, verdict)
            if reading is not None:
                from pipelines.reconcile.links import unproven

                return Weighed(verdict, is_proven=fetch.is_permanent_move and not unproven(reading))
        if verdict.state is State.BLOCKED and fetch.status == _FORBIDDEN and not _is_marked(verdict):
            return Weighed(verdict, is_forbidden=not is_home(fetch.target.url))
        is_said = record is None and (verdict.state is State.SOFT_404 or _says_parked(fetch, verdict))
        is_doubtful = verdict.state in _DOUBTFUL or is_said
        return self._compared_at_once(fetch, verdict) if is_doubtful else Weighed(verdict)

    def _passed(self, fetch: Fetch) -> Weighed | None:
        """Return what an ordinary page is; it is read only if its host may give such a page for nothing."""
        state, *evidence = moved(fetch)
        verdict = Verdict(fetch.target, State(state), tuple(evidence), fetch.url)
        if not self._is_due(fetch):
            return Weighed(verdict)
        return None if self.controls.told(fetch.target.url) else Weighed(verdict, _TO_BE_SURE, fetch=fetch)

    def _why(self, fetch: Fetch, verdict: Verdict) -> str:
        """Return why an answer is to be compared with what its host says of nothing; empty for not."""
        if verdict.state in (State.SOFT_404, State.PARKED):
            return _IT_SAYS
        if verdict.state is State.DRIFTED:
            return verdict.evidence[-1]
        if found := suspicion.of(fetch):
            return found
        return _TO_BE_SURE if fetch.page and self._is_due(fetch) and not is_home(fetch.target.url) else ""

    def _is_due(self, fetch: Fetch) -> bool:
        """Tell whether pages of a host are to be compared with what it says of nothing, however ordinary they are.

        What was redirected costs two requests to learn it from.
        """
        url = fetch.target.url
        told = self.controls.told(url)
        return (
            told.is_page and told.repeats_address if told else not fetch.redirects and self.controls.links(url) >= MANY
        )

    def _compared_at_once(self, fetch: Fetch, verdict: Verdict) -> Weighed:
        """Compare a page with what its host says of nothing, as far as that is known and enough."""
        is_astray = suspicion.is_astray(fetch)
        why = self._why(fetch, verdict)
        if not why:
            return Weighed(verdict)
        nothing, name = self.controls.told(fetch.target.url), name_of(fetch)
        found = self._unlike(fetch, name, verdict, nothing) if nothing and why != _IT_SAYS else None
        if found:
            return Weighed(found, is_astray=is_astray)
        # A copy, which has not been parsed.
        return Weighed(verdict, why, fetch=replace(fetch), name=name, is_astray=is_astray)

    def _unlike(self, fetch: Fetch, name: Words, verdict: Verdict, nothing: Imprint) -> Verdict | None:
        """Return what a page is that is at first sight unlike what its host says of nothing; None where it is like."""
        if not nothing.is_page:
            return verdict
        if fetch.redirects and nothing.end == key(fetch.url):
            return _told(verdict, State.REDIRECT_HOME, "any other address is redirected there, too")
        if not is_alike(name, nothing.names[0] if nothing.names else NO_NAME):
            self.controls.note_telling(fetch.target.url)
            return verdict
        return None

    async def settle(self, weighed: Weighed) -> Verdict:
        """Return what an answer is, by what its host says elsewhere."""
        if weighed.is_forbidden:
            return await self._forbidden(weighed)
        if weighed.fetch is None:
            return weighed.verdict
        nothing = await self.controls.nothing(weighed.url)
        if weighed.why == _IT_SAYS:
            return _confirmed(weighed.verdict, nothing)
        if weighed.why == _TO_BE_SURE and not nothing.repeats_address:
            return weighed.verdict
        name = name_of(weighed.fetch) if weighed.name == NO_NAME else weighed.name
        found = self._unlike(weighed.fetch, name, weighed.verdict, nothing)
        return found or await self._compared(weighed, weighed.fetch, nothing)

    async def _compared(self, weighed: Weighed, fetch: Fetch, nothing: Imprint) -> Verdict:
        mine, url = Imprint.of(fetch), weighed.url
        if not await self._is_same(url, mine, nothing):
            self.controls.note_telling(url)
            return weighed.verdict
        if not mine.is_hollow and await self._tells_apart(url, mine, nothing):
            return _told(weighed.verdict, State.SOFT_404, f"{weighed.why}; any other address gives the same")
        if mine.has_scripts or mine.size >= FULL or weighed.why == suspicion.NO_WORDS:
            why = "any other address gives the same, whether anything is there or not"
            return _told(weighed.verdict, State.UNKNOWN, why)
        return weighed.verdict

    async def _is_same(self, url: str, mine: Imprint, nothing: Imprint) -> bool:
        if mine.is_same(nothing) or not mine.is_like(nothing):
            return mine.is_same(nothing)
        second, searches = await self.controls.second(url, mine)
        return (searches and mine.repeats_address) or mine.is_noise(nothing, second)

    async def _tells_apart(self, url: str, mine: Imprint, nothing: Imprint) -> bool:
        """Tell whether the host has something else to say anywhere, at its entrance at least."""
        if self.controls.is_telling(url):
            return True
        home = await self.controls.home(url)
        return home.is_page and not home.is_same(nothing) and not mine.is_shell_of(home)

    async def _forbidden(self, weighed: Weighed) -> Verdict:
        """Tell a page that is closed from a host that is closed to us."""
        home = await self.controls.home(weighed.url)
        if not home.is_page:
            return _told(weighed.verdict, State.BLOCKED, "so is its host's entrance")
        nothing = await self.controls.nothing(weighed.url)
        if nothing.status not in _NOTHING_THERE and not nothing.is_page:
            return _told(weighed.verdict, State.BLOCKED, "so is any other address there")
        return _told(weighed.verdict, State.FORBIDDEN, "its host's entrance and other addresses there are not")


def _confirmed(verdict: Verdict, nothing: Imprint) -> Verdict:
    """Believe a page that there is nothing, unless its host has another way to say so: then it may be about that."""
    if nothing.status not in _NOTHING_THERE:
        return verdict
    return _told(verdict, State.UNKNOWN, f"but its host answers {nothing.status} where nothing is")


def _says_parked(fetch: Fetch, verdict: Verdict) -> bool:
    """Tell whether a page of the site that was asked is taken for one of a domain that is for sale, or unused."""
    return verdict.state is State.PARKED and site(fetch.url) == site(fetch.target.url)


def _is_marked(verdict: Verdict) -> bool:
    """Tell whether something but the status speaks of a wall."""
    return len(verdict.evidence) > 1


def _told(verdict: Verdict, state: State, why: str) -> Verdict:
    return replace(verdict, state=state, evidence=(*verdict.evidence, why))
