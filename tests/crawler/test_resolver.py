"""Where a crawl may go: whatever a record, a redirect, a page or the name service says, nothing inside is reached.

The server that may be asked is on 127.0.0.2, the canary that must not be on every other address of this machine.
"""

import socket

import pytest

ALLOWED = ("--allow-private", "127.0.0.2/32", "--delay", "0", "--format", "jsonl")

HOSTS = [
    "127.0.0.1",
    "127.0.0.1.",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "127.1",
    "127.0.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "①②⑦.0.0.1",
    "127。0。0。1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[0:0:0:0:0:0:0:1]",
    "127.0.0.3",
    "127.255.255.254",
]


@pytest.fixture
def canary(raw):
    met = []
    return raw(lambda connection: met.append(connection)), met


def test_no_way_to_write_a_forbidden_address_gets_there(canary, record, recrawl, tmp_path):
    port, met = canary
    for number, host in enumerate(HOSTS):
        record(f"http://{host}:{port}/", f"{number}.md")
    result = recrawl("refresh", tmp_path / "articles", *ALLOWED)
    states = {host: result.states[f"{number}.md"][0][1] for number, host in enumerate(HOSTS)}
    assert met == []
    # Some are no host names to us at all.
    assert set(states.values()) <= {"unsafe-address", "invalid-url", "dns-failure"}
    assert sum(state == "unsafe-address" for state in states.values()) >= len(HOSTS) - 4


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::1]", "2130706433"])
def test_no_redirect_gets_there(host, web, canary, record, recrawl, tmp_path):
    port, met = canary
    record(web.redirect("/", f"http://{host}:{port}/", host="127.0.0.2"))
    result = recrawl("refresh", tmp_path / "articles", *ALLOWED)
    assert result.states["one.md"] == [("article", "unsafe-address")]
    assert met == []


def test_no_link_or_picture_of_a_page_gets_there(web, canary, article, record, recrawl, tmp_path):
    port, met = canary
    inside = f"http://127.0.0.1:{port}"
    head = f'<link rel="amphtml" href="{inside}/amp"><meta property="og:image" content="{inside}/picture.png">'
    record(web.page("/", article(head=head), host="127.0.0.2"))
    result = recrawl("refresh", tmp_path / "articles", *ALLOWED)
    assert result.states["one.md"] == [("article", "ok"), ("amp", "unsafe-address")]
    assert met == []


def test_no_name_gets_there_and_none_that_changes_its_address_meanwhile(
    web, canary, article, record, recrawl, names, tmp_path
):
    port, met = canary
    web.page("/", article(), host="two.example.com", Connection="close")
    web.robots("", host="two.example.com")
    web.answers["two.example.com", "/robots.txt"] = lambda handler: closing(handler)
    record(f"http://one.example.com:{port}/", "one.md")
    record(f"http://two.example.com:{web.port}/", "two.md")
    known = names(**{"one.example.com": "127.0.0.1", "two.example.com": ["127.0.0.2", "127.0.0.1"]})
    result = recrawl("refresh", tmp_path / "articles", *ALLOWED, **known)
    assert result.states == {"one.md": [("article", "unsafe-address")], "two.md": [("article", "unsafe-address")]}
    assert [asked.path for asked in web.asked] == ["/robots.txt"]
    assert met == []


def closing(handler):
    handler.send_response(404)
    handler.send_header("Connection", "close")
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    handler.close_connection = True


def test_a_name_service_that_does_not_answer_is_waited_for_within_limits(record, recrawl, live, names, tmp_path):
    record("http://hangs.example.com/")
    config = tmp_path / "recrawl.yml"
    config.write_text("timeout: 0.5")
    known = names(**{"hangs.example.com": "hang"})
    result = recrawl("refresh", tmp_path / "articles", *live, "--config", config, "--format", "jsonl", **known)
    assert result.states["one.md"] == [("article", "dns-trouble")]
    assert "no answer within 0.5 s" in result.outcomes["one.md"]["failure"]


@pytest.mark.parametrize(
    ("error", "state"),
    [(socket.EAI_NONAME, "dns-failure"), (socket.EAI_NODATA, "dns-failure"), (socket.EAI_AGAIN, "dns-trouble"),
     (socket.EAI_FAIL, "dns-trouble"), (socket.EAI_MEMORY, "dns-trouble")],
)  # fmt: skip
def test_a_name_that_does_not_exist_is_told_from_a_name_service_in_trouble(
    error, state, record, recrawl, live, names, tmp_path
):
    record("http://www.Name.example.com./")
    known = names(**{"www.name.example.com.": error, "www.Name.example.com.": error, "www.name.example.com": error})
    result = recrawl("refresh", tmp_path / "articles", *live, "--format", "jsonl", **known)
    assert result.states["one.md"] == [("article", state)]
