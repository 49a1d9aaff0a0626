"""Pages of the stage: an article whose description is whole where the record's excerpt was cut, and variants of it."""

TITLE = "New pier opens"
CUT = "The new pier of Port Calder opened to the public on Tuesday after ..."
WHOLE = "The new pier of Port Calder opened to the public on Tuesday after four years of work and two storms."

STORY = "Nine hundred people walked to its end and back on the first day, the harbour office counted. " * 20


def article(head: str = "", body: str = "", title: str = TITLE, whole: str = WHOLE) -> str:
    """Return the page, with more in its head and at the end of its body."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:description" content="{whole}">{head}</head>'
        f"<body><article><h1>{title}</h1><p>{whole}</p><p>{STORY}</p></article>{body}</body></html>"
    )


ARTICLE = article(whole=CUT).encode()
MENDED = article().encode()
