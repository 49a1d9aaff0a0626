"""The page spider: an address is one request, and leaves as one fetch."""

from collections.abc import AsyncIterator

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.fetch import Fetch
from crawler.target import Role, Target
from spiders.base import TargetSpider


class PageSpider(TargetSpider):
    """Asks for pages. ``address -> Target -> Request -> Response or failure -> Fetch``"""

    name = "pages"

    async def start(self) -> AsyncIterator[Request | Fetch]:
        """Yield a request for every address of the job, as fast as they can be asked."""
        for address in self.job.addresses:
            await self.room()
            target = Target(address, Role.LINK)
            yield self.request(target, self.answered) or self.unaskable(target)

    async def answered(self, response: Response, target: Target) -> AsyncIterator[Fetch]:
        """Yield what was answered."""
        yield self.fetch_of(response, target)

    async def failed(self, failure: TwistedFailure) -> AsyncIterator[Fetch]:
        """Yield why there is no answer."""
        yield self.fetch_of_failure(failure, failure.request.cb_kwargs["target"])  # type: ignore[attr-defined]
