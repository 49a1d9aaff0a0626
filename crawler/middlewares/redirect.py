"""Redirects and compression as Scrapy handles them, with their refusals told apart."""

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.fetch import Failure, Problem, Unanswered


class BoundedRedirectMiddleware(RedirectMiddleware):
    """Follows redirects up to ``REDIRECT_MAX_TIMES``; more of them are a `Failure.REDIRECT_LOOP`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow one redirect."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            hops = len(request.meta.get("redirect_urls", ())) + 1
            raise Unanswered(Problem(Failure.REDIRECT_LOOP, f"{hops} redirects")) from error


class BoundedCompressionMiddleware(HttpCompressionMiddleware):
    """Decompresses up to ``DOWNLOAD_MAXSIZE`` bytes; more of them are a `Failure.TOO_LARGE`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Decompress one body."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise Unanswered(Problem(Failure.TOO_LARGE, str(error))) from error
