"""A head: the lines of names and values before a block, of a record or of an HTTP message.

Read here and not by warcio, to which it takes a fifth of the time that reading an archive takes at all.
"""


def fields(head: str) -> tuple[tuple[str, str], ...]:
    """Return the names and values of a head in order, without its first line; a line without a colon is left out.

    A line that begins with a blank goes on with the value before it (RFC 9112 §5.2; WARC 1.1 §4).
    """
    found: list[tuple[str, str]] = []
    is_field = False
    for line in head.split("\n")[1:]:
        text = line.rstrip()
        if not text:
            break
        if text[0] in " \t":
            if is_field:
                name, value = found.pop()
                found.append((name, value + text))
            continue
        name, colon, value = text.partition(":")
        is_field = bool(colon)
        if is_field:
            found.append((name.rstrip(" \t"), value.lstrip()))
    return tuple(found)
