"""An origin: where this recrawl was installed from, as pip can be told to install it elsewhere (PEP 610)."""

import json
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from crawler import __version__

NAME = "recrawl"


def requirement() -> str:
    """Return what to tell pip; empty where it was installed from a folder, which no other machine has."""
    try:
        return requirement_of(distribution(NAME))
    except PackageNotFoundError:
        return ""


def requirement_of(installed: Distribution) -> str:
    """Return what to tell pip to install what is installed here."""
    written = installed.read_text("direct_url.json")
    if not written:
        return f"{NAME}=={__version__}"
    direct = json.loads(written)
    if vcs := direct.get("vcs_info"):
        return f"{NAME} @ {vcs['vcs']}+{direct['url']}@{vcs['commit_id']}"
    return f"{NAME} @ {direct['url']}" if "archive_info" in direct and not direct["url"].startswith("file:") else ""
