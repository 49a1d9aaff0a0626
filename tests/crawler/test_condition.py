"""What is asked for only if it has changed: validators sent back as they came, and to what they are of."""

import gzip

import pytest

from crawler.condition import ALWAYS, CODINGS, LONGEST, condition

URL = "https://example.org/a"


def test_a_condition_holds_for_its_own_resource_only():
    found = condition(URL, 'W/"1"', "Tue, 20 Oct 2020 17:40:00 GMT", "br")
    assert found.at(URL) == {"If-None-Match": 'W/"1"', "If-Modified-Since": "Tue, 20 Oct 2020 17:40:00 GMT"}
    assert found.at("https://example.org/b") == {}


@pytest.mark.parametrize(
    ("etag", "coding"), [("", ""), ('"1"', "zstd"), ('"1"', "gzip, br"), ("x" * (LONGEST + 1), "")]
)
def test_what_cannot_be_compared_is_no_condition(etag, coding):
    assert not condition(URL, etag, "", coding)
    assert not ALWAYS


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "articles"


def variants(web, path, body, etags, modified=""):
    """Serve a page packed where it may be, each variant with its own validator; return what conditions were sent."""
    sent = []

    def answer(handler):
        coding = "gzip" if "gzip" in handler.headers.get("Accept-Encoding", "") else ""
        etag, data = etags[coding], gzip.compress(body.encode()) if coding else body.encode()
        conditions = (handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since"))
        sent.append(conditions)
        is_known = conditions[0] == etag if conditions[0] else bool(modified) and conditions[1] == modified
        handler.send_response(304 if is_known else 200)
        for name, value in {"ETag": etag, "Last-Modified": modified, "Content-Encoding": coding}.items():
            if value:
                handler.send_header(name, value)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", "0" if is_known else str(len(data)))
        handler.end_headers()
        handler.wfile.write(b"" if is_known else data)

    web.answer(path, answer)
    return sent


@pytest.mark.parametrize("etag", ['"1"', 'W/"1"', "unquoted", '"caf\xe9, or not"', '"W/\\"'])
def test_validators_are_sent_back_byte_by_byte(etag, engine, web, article, record, folder):
    modified = "Tue, 20 Oct 2020 17:40:00 GMT"
    sent = variants(web, "/story", article(), {"gzip": etag, "": etag}, modified)
    record(web.url("/story"))
    engine(folder)
    assert engine(folder) == {"127.0.0.1": "ok"}
    assert sent == [(None, None), (etag, modified)]


def test_both_engines_ask_for_the_same_variant(refreshing, checking, web, article, record, folder):
    sent = variants(web, "/story", article(), {"gzip": '"1-gzip"', "": '"1"'})
    record(web.url("/story"))
    refreshing(folder)
    checking(folder)
    refreshing(folder)
    assert sent == [(None, None), ('"1-gzip"', None), ('"1-gzip"', None)]
    assert {asked.headers["Accept-Encoding"] for asked in web.requests("/story")} == {", ".join(CODINGS)}


def test_after_a_redirect_only_the_page_that_gave_a_validator_gets_it_back(engine, web, article, record, folder):
    modified = "Tue, 20 Oct 2020 17:40:00 GMT"
    sent = variants(web, "/new", article(), {"gzip": "", "": ""}, modified)
    record(web.redirect("/old", "/new", 302))
    engine(folder)
    engine(folder)
    assert sent == [(None, None), (None, modified)]
    # Another page than the one that gave it is not to be asked whether it has changed since: it may never have.
    other = variants(web, "/other", article(title="Another"), {"gzip": "", "": ""}, modified)
    web.redirect("/old", "/other")
    engine(folder)
    assert other == [(None, None)]
    assert not [name for asked in web.requests("/old") for name in asked.headers if name.startswith("If-")]
