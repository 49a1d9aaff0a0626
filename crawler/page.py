"""A page: one HTML body, parsed once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One HTML body and where it came from."""

    body: bytes
    url: str
    content_type: str = ""
