"""Content codings, as Scrapy undoes them, with its refusals told apart."""

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.fetch import Failure, Problem, Unanswered


class BoundedCompressionMiddleware(HttpCompressionMiddleware):
    """Decompresses up to ``DOWNLOAD_MAXSIZE`` bytes; more of them are a `Failure.TOO_LARGE`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Decompress one body, and note from which coding; what cannot be is a `Failure.PROTOCOL`."""
        request.meta["coding"] = response.headers.get("Content-Encoding")
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise Unanswered(Problem(Failure.TOO_LARGE, "more than max_size allows, once decompressed")) from error
        except Exception as error:
            # Each library of a coding has an exception of its own.
            coding = (response.headers.get("Content-Encoding") or b"").decode("latin-1")
            raise Unanswered(Problem(Failure.PROTOCOL, f"its body cannot be unpacked from {coding}")) from error
