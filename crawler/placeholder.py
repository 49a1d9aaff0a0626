"""A placeholder: a picture that stands for a site, for a person or for nothing at all, told by its address."""

import re
from functools import lru_cache
from typing import Final

_ALWAYS: Final = re.compile(
    r"(?:[b-df-hj-np-tv-ze]logos?|(?<![a-z])(?:"
    r"logos?|logotype|sprites?|favicons?|placeholder|spacer|1x1|gravatar|qr-?code|"
    r"apple-touch|touch-?icon|og-?icon|no-?image|noimg|no-?photo|no-?pic|not-?available|coming-?soon|"
    r"og-?image-?default|ogimagedefault|default-?(?:image|img|share|social|og|thumb|thumbnail|picture)|"
    r"(?:image|img|share|social|og|thumb)-?default|share-?(?:image|logo|card)|social-?(?:share|logo|card)|"
    r"social-?media-?(?:image|card|logo|default)|entry-button|cropped(?=-)))(?![a-z])",
    re.IGNORECASE,
)
"""What says so wherever it stands in a file's name. WordPress begins the files that are cut for a site's icon, header
or logo with ``cropped-`` (``wp_crop_image``), never those of a post."""

_ALONE: Final = re.compile(
    r"(?<![a-z])(?:icons?|avatar|blank|pixel|transparent|trans|dummy|emoji|smil(?:ey|ies)|loading|loader|generic|"
    r"opengraph)(?![a-z])",
    re.IGNORECASE,
)
"""What says so in a name of few words; more of them may tell of a film, a telephone or a medicine of that name."""

FEW: Final = 3
"""Words in a file's name up to which one of them says what it is."""

_FILE: Final = re.compile(
    r"(?:default|fallback|facebook|fb|twitter|share|social|og|ogimage|og-image|site|header|banner|home|icon)"
    r"[-_]?\d{0,4}(?:x\d+)?\.\w{3,4}|[a-z]\.gif|(?:piwik|matomo)\.\w+",
    re.IGNORECASE,
)
_FOLDER: Final = re.compile(
    r"/(?:logos?|icons?|favicons?|sprites?|placeholders?|(?:bl)?avatars?|emojis?|smilies|profile[-_]images|"
    r"icons?[-_]buttons?|wp-content/themes|sites/[^/]+/themes|typo3conf/ext)/",
    re.IGNORECASE,
)
"""Folders of what is the site's own: icons, faces, and what comes with the theme of WordPress, Drupal and TYPO3."""

_TYPES: Final = (".svg", ".ico", ".mp3", ".mp4", ".m4a", ".m3u8", ".webm", ".ogg", ".js")
"""Ends of drawings, and of what is no picture."""

_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_]{2,}(?![^\W_])")


@lru_cache(maxsize=1024)
def is_path(path: str) -> bool:
    """Tell whether the path of an address, unquoted, is that of a placeholder."""
    if path.lower().endswith(_TYPES) or _FOLDER.search(path):
        return True
    name = path.rpartition("/")[2].replace("_", "-")
    if _ALWAYS.search(name) or _FILE.fullmatch(name):
        return True
    return _ALONE.search(name) is not None and len(_WORD.findall(name.rpartition(".")[0])) <= FEW
