"""Web archives (WARC 1.0 and 1.1, ISO 28500): reading captures, finding them by URL, and recording them."""
