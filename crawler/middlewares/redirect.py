"""Redirects, as Scrapy follows them, with its refusals told apart."""

from typing import Final

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.condition import ALWAYS, NAMES
from crawler.fetch import Failure, Problem, Unanswered
from crawler.url import site

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class BoundedRedirectMiddleware(RedirectMiddleware):
    """Follows redirects up to ``REDIRECT_MAX_TIMES``; more of them, or one that leads back, are a `REDIRECT_LOOP`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow one redirect; one to anything but an http(s) URL is a `Failure.INVALID`."""
        if response.status not in _REDIRECTS or "Location" not in response.headers:
            return response
        passed = (*request.meta.get("redirect_urls", ()), request.url)
        try:
            found = super().process_response(request, response)
        except IgnoreRequest as error:
            raise Unanswered(Problem(Failure.REDIRECT_LOOP, f"{len(passed)} redirects")) from error
        except ValueError:
            found = response
        if not isinstance(found, Request):
            where = (response.headers["Location"] or b"").decode("utf-8", "replace")
            raise Unanswered(Problem(Failure.INVALID, f"redirected to {where}"))
        if found.url in passed:
            raise Unanswered(Problem(Failure.REDIRECT_LOOP, f"redirected back to {found.url}"))
        found.meta["download_slot"] = site(found.url)
        for name in NAMES:
            found.headers.pop(name, None)
        for name, value in found.meta.get("condition", ALWAYS).at(found.url).items():
            found.headers[name] = value.encode("latin-1")
        return found
