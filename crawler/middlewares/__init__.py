"""Scrapy downloader middlewares, one module each: what is done to every request on its way to the wire and back."""
