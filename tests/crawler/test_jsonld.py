import pytest

from crawler import jsonld


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Article", "headline": "A"}',
        '[{"@type": ["Thing", "NewsArticle"], "headline": "A"}]',
        '{"@graph": [{"@type": "WebSite"}, {"@type": "https://schema.org/BlogPosting", "headline": "A"}]}',
        '{"@type": "Article", "headline": "A",}',
        '{"@type": "Article", /* a comment */ "headline": "A" // and one more\n}',
        '<!-- {"@type": "Article", "headline": "A"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "A"}\n//]]>',
        '/* <![CDATA[ */ {"@type": "Article", "headline": "A"}; /* ]]> */',
        '{"@type": "Article", "headline": "A", "description": "raw\nbreak\tand tab"}',
        '{"@type": "Article", "headline": "A", "url": "C:\\path\\x"}',
        '{"@type": "Article", "headline": "A", "width": , "height":}',
        '{"@type": "WebPage"} {"@type": "Article", "headline": "A"}',
        '{"@type": "Article", "headline": "A", "n": NaN, "m": Infinity}',
        '{"@type": "Article", "headline": "A", "description": "he said "no" to it"}',
        '{"@type": "Article",\n"headline": "A",\n"author": {"@type": "Person", "name": "Ann"}',
    ],
)
def test_broken_json_is_read(script):
    found = [*jsonld.read([script]).articles()]
    assert [node["headline"] for node in found] == ["A"]


@pytest.mark.parametrize("script", ["", "{", "null", "true", "[[[[", "[" * 100_000, '{"a":' * 50_000, "9" * 5000, "<p"])
def test_what_is_no_json_ld_is_nothing(script):
    assert [*jsonld.read([script]).articles()] == []


def test_references_are_resolved():
    graph = jsonld.read(
        ['{"@graph": [{"@type": "Article", "author": {"@id": "#a"}}, {"@type": "Person", "@id": "#a", "name": "Ann"}]}']
    )
    article = next(graph.articles())
    assert [jsonld.text(author) for author in graph.all(article, "author")] == ["Ann"]


def test_what_an_article_links_to_is_not_its_own():
    graph = jsonld.read(
        [
            '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Other"}]}',
            '{"@type": "Article", "headline": "A", "hasPart": {"@type": "Article", "headline": "B"}}',
        ]
    )
    assert [node["headline"] for node in graph.articles()] == ["A"]
    assert len(graph.nodes) == 4


def test_only_so_much_is_looked_at():
    graph = jsonld.read(["[" + ",".join(['{"@type": "Article"}'] * 10_000) + "]"])
    assert len(graph.nodes) == jsonld.NODES


@pytest.mark.parametrize(
    ("value", "said"),
    [("a", "a"), (5, "5"), (True, ""), ({"@value": "v"}, "v"), ({"name": ["n"]}, "n"), ([{"url": "u"}], "u"), ("", "")],
)
def test_text(value, said):
    assert jsonld.text(value) == said
