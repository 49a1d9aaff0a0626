import gc
import gzip
import warnings

import pytest

from crawler.errors import ArchiveError
from crawler.warc.index import Index

URL = "https://example.com/article"


def test_every_capture_is_found_in_every_kind_of_file(any_file, make):
    pages = {f"https://example.com/{number}": b"%d" % number * 50 for number in range(100)}
    index = Index([any_file(make.record("warcinfo"), *(make.response(url, page) for url, page in pages.items()))])
    assert len(index) == 100
    for url, page in pages.items():
        assert index.get(url).payload == page
    assert index.get("https://example.com/100") is None


def test_several_archives(make):
    one = make.members(make.response(f"{URL}/1"), name="one.warc.gz")
    two = make.plain(make.response(f"{URL}/2"), name="two.warc")
    index = Index([one, two])
    assert index.get(f"{URL}/1").url == f"{URL}/1"
    assert index.get(f"{URL}/2").url == f"{URL}/2"


def test_the_latest_capture_counts(make):
    late = make.members(make.response(URL, b"late", warc_date="2021-01-01T00:00:00Z"), name="late.warc.gz")
    early = make.members(
        make.response(URL, b"early", warc_date="2020-01-01T00:00:00Z"),
        make.response(URL, b"middle", warc_date="2020-06-01T00:00:00Z"),
        name="early.warc.gz",
    )
    assert Index([late, early]).get(URL).payload == b"late"
    assert Index([early, late]).get(URL).payload == b"late"


def test_parts_of_a_second_count(make):
    archive = make.members(
        make.response(URL, b"second", warc_date="2020-01-01T00:00:00.5Z"),
        make.response(URL, b"first", warc_date="2020-01-01T00:00:00Z"),
    )
    assert Index([archive]).get(URL).payload == b"second"


def test_of_equal_dates_the_later_record_counts(make):
    archive = make.members(make.response(URL, b"retried", status="503 Busy"), make.response(URL, b"served"))
    assert Index([archive]).get(URL).payload == b"served"


@pytest.mark.parametrize(
    "asked",
    [
        "https://example.com/article#part",
        "https://EXAMPLE.com/article",
        "https://example.com:443/article",
        "http://example.com/article",
        "https://example.com/%61rticle",
    ],
)
def test_other_spellings_are_found(make, asked):
    assert Index([make.members(make.response(URL))]).get(asked).url == URL


@pytest.mark.parametrize("asked", [f"{URL}/", "https://www.example.com/article", f"{URL}?page=2", "", "nonsense"])
def test_other_pages_are_not(make, asked):
    assert Index([make.members(make.response(URL))]).get(asked) is None


def test_the_exact_url_goes_before_a_later_one_of_other_spelling(make):
    archive = make.members(
        make.response("https://example.com/~a", b"exact", warc_date="2020-01-01T00:00:00Z"),
        make.response("https://example.com/%7ea", b"spelled", warc_date="2021-01-01T00:00:00Z"),
        make.response("http://example.com/%7Ea", b"scheme", warc_date="2022-01-01T00:00:00Z"),
    )
    index = Index([archive])
    assert index.get("https://example.com/~a").payload == b"exact"
    assert index.get("https://example.com/%7Ea").payload == b"spelled"
    assert index.get("http://example.com/~a").payload == b"scheme"


def test_a_redirect_of_the_other_scheme_is_not_taken_for_its_own_target(make):
    moved = make.response("http://example.com/a", b"", "Location: https://example.com/a", status="301 Moved")
    index = Index([make.members(moved)])
    assert index.get("http://example.com/a").status == 301
    assert index.get("https://example.com/a") is None


def test_answers_to_other_methods_than_get_are_kept_apart(make):
    archive = make.members(
        # Wget writes the request first and names it in the response, others the other way about.
        make.record("request", f"{URL}/1", b"HEAD /article/1 HTTP/1.1\r\n\r\n", warc_record_id="<urn:r1>"),
        make.response(f"{URL}/1", b"", warc_concurrent_to="<urn:r1>", warc_record_id="<urn:a1>"),
        make.response(f"{URL}/2", b"posted", warc_record_id="<urn:a2>", warc_date="2021-01-01T00:00:00Z"),
        make.record("request", f"{URL}/2", b"POST /article/2 HTTP/1.1\r\n\r\n", warc_concurrent_to="<urn:a2>"),
        make.response(f"{URL}/2", b"got", warc_record_id="<urn:a3>", warc_date="2020-01-01T00:00:00Z"),
        make.record("request", f"{URL}/2", b"GET /article/2 HTTP/1.1\r\n\r\n", warc_concurrent_to="<urn:a3>"),
    )
    index = Index([archive])
    assert index.get(f"{URL}/1") is None
    assert index.get(f"{URL}/1", "HEAD").status == 200
    assert index.get(f"{URL}/2").payload == b"got"
    assert index.get(f"{URL}/2", "HEAD").payload == b"got"
    assert index.get(f"{URL}/2", "POST").payload == b"posted"
    assert index.get(f"{URL}/1", "POST") is None


def test_a_resource_is_found(make):
    index = Index([make.members(make.record("resource", URL, make.page, content_type="text/html"))])
    assert index.get(URL).header("content-type") == "text/html"


IDENTICAL = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
UNMODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
ORIGINAL = {"warc_record_id": "<urn:original>", "warc_payload_digest": "sha1:AAAA", "warc_date": "2020-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    "reference",
    [
        {"warc_refers_to": "<urn:original>"},
        {"warc_payload_digest": "sha1:AAAA"},
        {"warc_refers_to_target_uri": URL, "warc_refers_to_date": "2020-01-01T00:00:00Z"},
    ],
    ids=["id", "digest", "url and date"],
)
@pytest.mark.parametrize("original_first", [True, False])
def test_a_revisit_of_the_same_payload(any_file, make, reference, original_first):
    original = make.response(URL, make.page, "ETag: old", **ORIGINAL)
    noise = make.response(URL, b"other", warc_payload_digest="sha1:BBBB", warc_date="2019-01-01T00:00:00Z")
    head = b"HTTP/1.1 200 OK\r\nETag: new\r\n\r\n"
    revisit = make.record(
        "revisit", f"{URL}?again", head, warc_profile=IDENTICAL, warc_date="2021-01-01T00:00:00Z", **reference
    )
    records = [original, noise, revisit] if original_first else [revisit, noise, original]
    capture = Index([any_file(*records)]).get(f"{URL}?again")
    assert capture.payload == make.page
    assert capture.header("etag") == "new"
    assert capture.url == f"{URL}?again"


def test_a_revisit_of_another_date_than_is_there(make):
    archive = make.members(
        make.response(URL, make.page, **ORIGINAL),
        make.record(
            "revisit",
            f"{URL}?again",
            make.http(b""),
            warc_profile=IDENTICAL,
            warc_refers_to_target_uri=URL,
            warc_refers_to_date="2020-06-01T00:00:00Z",
        ),
    )
    assert Index([archive]).get(f"{URL}?again") is None


def test_a_revisit_in_a_file_of_which_only_parts_are_packed_one_by_one(make, tmp_path):
    path = tmp_path / "mixed.warc.gz"
    revisit = make.record("revisit", f"{URL}?again", warc_profile=IDENTICAL, warc_payload_digest="sha1:AAAA")
    members = [make.response(f"{URL}/1"), make.response(URL, b"same", **ORIGINAL), revisit + make.response(f"{URL}/2")]
    path.write_bytes(b"".join(map(gzip.compress, members)))
    assert Index([path]).get(f"{URL}?again").payload == b"same"


def test_a_revisit_without_headers_takes_those_of_the_original(make):
    archive = make.members(
        make.response(URL, make.page, "ETag: old", **ORIGINAL),
        make.record("revisit", f"{URL}?again", warc_profile=IDENTICAL, warc_payload_digest="sha1:AAAA"),
    )
    capture = Index([archive]).get(f"{URL}?again")
    assert (capture.status, capture.header("etag"), capture.payload) == (200, "old", make.page)


@pytest.mark.parametrize("kind", ["revisit", "response"])
def test_not_modified_means_the_last_full_answer_before(make, kind):
    archive = make.members(
        make.response(URL, b"older", warc_date="2019-01-01T00:00:00Z"),
        make.response(URL, b"old", warc_date="2020-01-01T00:00:00Z"),
        make.record(
            kind,
            URL,
            b"HTTP/1.1 304 Not Modified\r\n\r\n",
            warc_profile=UNMODIFIED if kind == "revisit" else "",
            warc_date="2021-01-01T00:00:00Z",
        ),
    )
    capture = Index([archive]).get(URL)
    assert (capture.status, capture.payload) == (200, b"old")


def test_a_revisit_of_what_is_not_there(make, caplog):
    archive = make.members(
        make.record("revisit", URL, make.http(b""), warc_profile=IDENTICAL, warc_payload_digest="sha1:AAAA"),
        make.record("revisit", f"{URL}/304", b"HTTP/1.1 304 Not Modified\r\n\r\n", warc_profile=UNMODIFIED),
        # Of another payload than the digest says, so it is no answer.
        make.response(URL, b"older", warc_payload_digest="sha1:BBBB", warc_date="2019-01-01T00:00:00Z"),
    )
    index = Index([archive])
    assert index.get(URL) is None
    assert URL in caplog.text
    assert index.get(f"{URL}/304").status == 304


def test_a_revisit_that_refers_to_itself(make):
    archive = make.members(make.record("revisit", URL, make.http(b""), warc_record_id="<a>", warc_refers_to="<a>"))
    assert Index([archive]).get(URL) is None


def test_a_cut_archive_answers_what_is_whole(make, caplog):
    path = make.members(make.response(f"{URL}/1"), make.response(f"{URL}/2"))
    path.write_bytes(path.read_bytes()[:-40])
    index = Index([path])
    assert index.get(f"{URL}/1").payload == make.page
    assert index.get(f"{URL}/2") is None
    assert "it ends in the middle of a gzip member" in caplog.text


def test_one_stream_that_was_cut_answers_what_is_whole(make):
    path = make.one_stream(*(make.response(f"{URL}/{number}", gzip.compress(b"%d" % number)) for number in range(50)))
    path.write_bytes(path.read_bytes()[:-100])
    index = Index([path])
    assert index.get(f"{URL}/1") is not None
    assert index.get(f"{URL}/49") is None


def test_an_archive_that_changed_meanwhile(make):
    path = make.members(make.response(f"{URL}/1"), make.response(f"{URL}/2"))
    index = Index([path])
    path.write_bytes(b"something else")
    with pytest.raises(ArchiveError, match="changed"):
        index.get(f"{URL}/2")


def test_what_is_no_archive_is_named(make, tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(make.page)
    with pytest.raises(ArchiveError, match=str(page)):
        Index([make.members(make.response(URL)), page])


def test_files_are_closed_with_the_index(make):
    paths = [make.one_stream(make.response(URL), make.response(f"{URL}/2"))]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        index = Index(paths)
        index.close()
        index = Index(paths)
        del index
        gc.collect()
