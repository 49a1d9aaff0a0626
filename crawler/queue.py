"""The queue: which waiting request goes out next, so that no slow or large site keeps the others waiting.

A request that waits for its site's turn inside Scrapy's downloader counts as one of ``CONCURRENT_REQUESTS``. Scrapy's
own queue would let one site take all of those; this one gives a site no more than it may use at a time.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from scrapy.pqueues import DownloaderAwarePriorityQueue, DownloaderInterface


class SiteQueue(DownloaderAwarePriorityQueue):
    """Gives out a request of the site that has the fewest under way, and none of a site that has its share."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._downloader_interface = Shares(self.crawler)


class Shares(DownloaderInterface):
    """What each site has under way, robots.txt and pictures too, and waiting for those."""

    def stats(self, possible_slots: Iterable[str]) -> list[tuple[int, str]]:
        """Return the number of requests under way of each site that may have another one."""
        busy = Counter(request.meta.get("download_slot") for request in self.downloader.active)
        return [(busy[site], site) for site in possible_slots if busy[site] < self._share(site)]

    def _share(self, site: str) -> int:
        own = self.downloader.per_slot_settings.get(site, {})
        return int(own.get("concurrency", self.downloader.domain_concurrency))
