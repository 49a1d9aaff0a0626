"""Web archives (WARC 1.0 and 1.1, ISO 28500): reading captures, finding them by URL, and recording them."""

from crawler.warc.capture import Capture, responses
from crawler.warc.exchange import Exchange
from crawler.warc.index import Index
from crawler.warc.writer import Writer

__all__ = ["Capture", "Exchange", "Index", "Writer", "responses"]
