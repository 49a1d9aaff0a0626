"""Leads: hosts that lead to an address by each of the ways in which a page can.

The host ``redirect--7.test`` leads to the seventh target of the stage.
"""

from pages import TITLE, article
from stage import LEADS, PATH, Act, Peer


def lead(act: Act) -> Act:
    """Enter a lead."""
    LEADS[act.__name__.replace("_", "-")] = act
    return act


@lead
def redirect(peer: Peer) -> None:
    peer.answer(status="301 Moved Permanently", Location=peer.target)


@lead
def two_redirects(peer: Peer) -> None:
    peer.answer(status="302 Found", Location="/further" if peer.path == PATH else peer.target)


@lead
def refresh(peer: Peer) -> None:
    peer.answer(f'<meta http-equiv="refresh" content="0; url={peer.target}"><title>{TITLE}</title>')


@lead
def script(peer: Peer) -> None:
    peer.answer(f'<title>{TITLE}</title><script>location.href = "{peer.target}"</script>')


@lead
def frame(peer: Peer) -> None:
    peer.answer(f'<title>{TITLE}</title><frameset><frame src="{peer.target}"></frameset>')


@lead
def amp(peer: Peer) -> None:
    peer.answer(article(f'<link rel="amphtml" href="{peer.target}">'))


@lead
def canonical(peer: Peer) -> None:
    peer.answer(article(f'<link rel="canonical" href="{peer.target}"><meta property="og:url" content="{peer.target}">'))


@lead
def base(peer: Peer) -> None:
    peer.answer(article(f'<base href="{peer.target}"><link rel="amphtml" href="amp">', '<img src="picture.png">'))


@lead
def picture(peer: Peer) -> None:
    peer.answer(article(f'<meta property="og:image" content="{peer.target}picture.png">'))


@lead
def picture_by_a_redirect(peer: Peer) -> None:
    if peer.path == PATH:
        peer.answer(article('<meta property="og:image" content="/picture.png">'))
    else:
        peer.answer(status="302 Found", Location=f"{peer.target}picture.png")


@lead
def feed(peer: Peer) -> None:
    peer.answer(
        article(f'<link rel="alternate" type="application/rss+xml" href="{peer.target}"><link rel=icon href=/x>'),
        Link=f'<{peer.target}>; rel="preload", <{peer.target}>; rel="canonical"',
        Refresh=f"0; url={peer.target}",
        Alt_Svc='h2="127.0.0.1:80"',
    )


@lead
def robots(peer: Peer) -> None:
    if peer.path == "/robots.txt":
        peer.answer(status="302 Found", Location=peer.target)
    else:
        peer.answer(article())


@lead
def sitemap(peer: Peer) -> None:
    if peer.path == "/robots.txt":
        peer.answer(f"Sitemap: {peer.target}sitemap.xml\nHost: {peer.target}", kind="text/plain")
    else:
        peer.answer(article())


@lead
def gone(peer: Peer) -> None:
    peer.answer(status="410 Gone")


@lead
def archive(peer: Peer) -> None:
    if peer.path == "/robots.txt":
        peer.answer(status="404 Not Found")
    elif peer.path.startswith("/cdx/"):
        peer.answer(f'[["timestamp", "original"], ["20201021000000", "{peer.target}"]]', kind="application/json")
    else:
        peer.answer(status="302 Found", Location=peer.target)
