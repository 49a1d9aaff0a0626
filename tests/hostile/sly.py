"""Sly words: what means more than it says to a terminal, a reader of YAML, a template or a browser."""

SLY = (
    "‮gnp.exe",
    "zero\u200bwidth\ufeff",
    "esc\x1b[2J\x1b]0;owned\x07",
    "c1\x9b31m",
    "null\x00",
    "&#xD800;&#xDFFF;",
    "\ud800",
    "a\u2028b\u2029c\u0085d",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<b>bold</b>",
    "---\npublished: true",
    "'\": {a: &b [*b]} # !!python/object:os.system",
    "::error file=x::%0A",
    "|\n\n# Heading\n<img src=x onerror=alert(1)>",
    "\U000e0041\U000e0042",
    "e\u0301",
)
"""What may not be taken as it is, each as a word among others."""

YAML_WORDS = (
    *(
        "null",
        "~",
        "yes",
        "NO",
        "on",
        "0x1F",
        "0o17",
        "1_000",
        "1e3",
        ".inf",
        ".NaN",
        "12:30:45",
        "2020-10-20",
        "=",
        "<<",
    ),
    *("- item", "? key", ": value", "key: value", "# comment", "a #b", "!tag", "!!binary", "&anchor", "*alias", "%TAG"),
    *(
        "@at",
        "`tick`",
        "{flow: map}",
        "[flow, list]",
        "> fold",
        "| block",
        "'single",
        '"double',
        "\\ \\n \\x41 \\u0041",
    ),
    *("\t tab", "...", "---", "--- |", "+++", "trailing:", "trailing #"),
    *("{{ site.title }}", "{% raw %}", "<%= erb %>", "${shell} $(id) `id`"),
)
"""What means something to a reader of YAML, or to a template."""

MARKUP = (
    *("<script>alert(1)</script>", "&lt;img src=x onerror=alert(1)&gt;", "&amp;lt;b&amp;gt;", "<!-- comment", "<b"),
    *("<a href='javascript:1'>x</a>", "<svg/onload=alert(1)>", "</textarea>", "&#60;i&#62;", "&#x3c;u&#x3e;"),
    "&nbsp;&shy;&zwj;&rlm;",
)

_CODES = (*range(1, 32), 0x7F, *range(0x80, 0xA0), 0xAD, 0x61C, 0x200B, 0x200E, 0x202E, 0x2028, 0x2066, 0xFEFF, 0xFFFE)
CONTROLS = tuple(map(chr, (*_CODES, 0xE000, 0xE0041, 0xD800, 0xDFFF)))
"""What is no letter, and does something."""
