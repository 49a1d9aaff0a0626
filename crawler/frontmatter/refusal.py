"""A refusal: why front matter cannot be read or edited exactly, and where, before its file is known."""


class Refusal(Exception):
    """Becomes a FrontMatterError (or ConfigError) where the file is known.

    ``at`` is a position in the YAML text, ``line`` counts from 1 in the whole file; one of them may be known.
    """

    def __init__(self, what: str, *, at: int | None = None, line: int | None = None, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.at = at
        self.line = line
        self.remedy = remedy
