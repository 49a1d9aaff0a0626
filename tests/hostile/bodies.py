"""Behaviours of bodies: markup and metadata that are too much for a parser."""

import json

from pages import MENDED, TITLE, article
from stage import Peer, behaviour, good


@good()
def all_is_well(peer: Peer) -> None:
    peer.answer(MENDED)


@good()
def a_tag_of_40_000_attributes(peer: Peer) -> None:
    peer.answer(article(body=f"<p {' '.join(f'a{number}=x' for number in range(40_000))}>End</p>"))


@good()
def elements_100_000_deep(peer: Peer) -> None:
    peer.answer(article(body="<div>" * 100_000))


@good()
def tables_in_tables(peer: Peer) -> None:
    peer.answer(article(body="<table><tr><td>" * 40_000))


@good()
def formatting_that_is_opened_anew(peer: Peer) -> None:
    peer.answer(article(body="".join(f"<b x={number}><p>" for number in range(20_000))))


@good()
def drawings_in_drawings(peer: Peer) -> None:
    peer.answer(article(body="<svg><g>" * 50_000))


@good()
def templates_in_templates(peer: Peer) -> None:
    peer.answer(article(body="<template><select><option>" * 30_000))


@good()
def a_comment_that_is_never_closed(peer: Peer) -> None:
    peer.answer(article(body="<!-- " + "-> " * 300_000))


@good()
def a_quote_that_is_never_closed(peer: Peer) -> None:
    peer.answer(article(body='<a href="' + "x" * 1_000_000))


@good()
def a_million_brackets(peer: Peer) -> None:
    peer.answer(article(body="<" * 1_000_000))


@good()
def a_million_ampersands(peer: Peer) -> None:
    peer.answer(article(body="&" * 1_000_000))


@good()
def fifty_thousand_meta_elements(peer: Peer) -> None:
    peer.answer(article("".join(f'<meta name="n{number}" content="v">' for number in range(50_000))))


@good()
def a_hundred_thousand_pictures(peer: Peer) -> None:
    peer.answer(article(body="<img src=/a.png width=800 height=600>" * 100_000))


@good()
def a_srcset_of_fifty_thousand(peer: Peer) -> None:
    listed = ", ".join(f"/{number}.jpg {number}w" for number in range(50_000))
    peer.answer(article(body=f'<figure><img src="javascript:1" srcset="{listed}"></figure>'))


@good()
def paragraphs_without_end_tags(peer: Peer) -> None:
    peer.answer(article(body="<p>word " * 150_000))


@good()
def metadata_of_two_megabytes(peer: Peer) -> None:
    graph = json.dumps({"@type": "NewsArticle", "headline": TITLE, "x": ["y" * 100] * 20_000})
    peer.answer(article(f'<script type="application/ld+json">{graph}</script>'))


@behaviour("too-large", "ok")
def metadata_of_ten_megabytes(peer: Peer) -> None:
    graph = json.dumps({"@type": "NewsArticle", "headline": TITLE, "x": ["y" * 100] * 100_000})
    peer.answer(article(f'<script type="application/ld+json">{graph}</script>'))


@good()
def metadata_100_000_deep(peer: Peer) -> None:
    peer.answer(article(f'<script type="application/ld+json">{"[" * 100_000}</script>'))


@good()
def metadata_that_refers_to_itself(peer: Peer) -> None:
    graph = {"@type": "NewsArticle", "@id": "#a", "headline": TITLE, "publisher": {"@id": "#a"}, "image": {"@id": "#a"}}
    peer.answer(article(f'<script type="application/ld+json">{json.dumps(graph)}</script>'))


@good()
def metadata_of_odd_numbers(peer: Peer) -> None:
    graph = f'{{"@type": "NewsArticle", "datePublished": NaN, "dateModified": {"9" * 5000}, "image": Infinity}}'
    peer.answer(article(f'<script type="application/ld+json">{graph}</script>'))


@good()
def metadata_that_is_almost_right(peer: Peer) -> None:
    broken = '{"@type": "NewsArticle", "headline": "' + "\\" * 100_000 + "/*" * 50_000
    peer.answer(article(f'<script type="application/ld+json">{broken}</script>'))


@good()
def dates_of_nonsense(peer: Peer) -> None:
    dates = ("99999-99-99", "0000-00-00T00:00:00Z", "9" * 400, "2020-10-20T17:40:00+99:99", "-1", "1e400", "Q4")
    metas = "".join(f'<meta property="article:published_time" content="{date}">' for date in dates)
    peer.answer(article(metas, "".join(f'<time datetime="{date}">{date}</time>' for date in dates)))
