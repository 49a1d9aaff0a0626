"""Every way in which a page cannot be had, met in one crawl: each arrives once, under its own name, and ends no other.

Each case is a site of its own, so that none is spared for what was seen of another.
"""

import gzip
import json
import socket
import ssl
import struct
import zlib
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

MAX_SIZE = 300_000

CASES = {
    "good": "ok",
    "no-such-name": "dns-failure",
    "name-service-in-trouble": "dns-trouble",
    "port-closed": "connection-refused",
    "reset": "connection-reset",
    "closed-without-a-word": "connection-reset",
    "cut-off": "connection-reset",
    "hangs": "timeout",
    "hangs-in-the-body": "timeout",
    "no-http": "protocol-error",
    "certificate-of-nobody": "tls-failure",
    "certificate-of-another": "tls-failure",
    "no-tls": "tls-failure",
    "large": "too-large",
    "endless": "too-large",
    "bomb-gzip": "too-large",
    "bomb-deflate": "too-large",
    "bomb-br": "too-large",
    "not-gzip": "protocol-error",
    "not-br": "protocol-error",
    "not-zstd": "protocol-error",
    "redirects-back": "redirect-loop",
    "redirects-on-and-on": "redirect-loop",
    "redirects-to-nowhere": "invalid-url",
    "redirects-with-a-password": "invalid-url",
    "redirects-to-a-file": "invalid-url",
    "redirects-inside": "unsafe-address",
    "address-inside": "unsafe-address",
    "name-of-an-address-inside": "unsafe-address",
    "robots-disallow": "robots-disallowed",
    "robots-503": "robots-unreachable",
    "robots-429": "robots-unreachable",
    "robots-cut-off": "robots-unreachable",
    "robots-redirects-on-and-on": "ok",
    "robots-401": "ok",
    "password": "invalid-url",
    "host-too-long": "invalid-url",
    "asked-too-much": "rate-limited",
    "skipped": "skipped",
    "server-error": "server-error",
}


def certificate(folder, address):
    """Write a certificate that nobody vouches for, and return the context of its server."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    signed = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(address)]), critical=False)
    pem = folder / f"{address}.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    encoded = signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    pem.write_bytes(encoded + key.private_bytes(serialization.Encoding.PEM, form, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def reset(connection):
    # The server says goodbye to its connections, so this takes the file descriptor away from it.
    with socket.socket(fileno=connection.detach()) as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def say(data):
    return lambda connection: connection.sendall(data)


def hang(start=b""):
    def behave(connection):
        connection.sendall(start)
        connection.recv(1)

    return behave


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")


def on_the_wire(behave):
    """Answer by what a function does with the connection."""

    def answer(handler):
        handler.wfile.flush()
        behave(handler.connection)
        handler.close_connection = True

    return answer


@pytest.fixture(scope="module")
def crawl(shared_web, raw, recrawl, live, names, article, record_in, tmp_path_factory):
    web, folder = shared_web, tmp_path_factory.mktemp("failures")
    hosts = {case: f"127.0.1.{number}" for number, case in enumerate(CASES, 1)}
    deflated = zlib.compress(b"x" * 10_000_000)
    zeros = {"gzip": gzip.compress(b"x" * 10_000_000), "deflate": deflated, "br": brotli.compress(b"x" * 10_000_000)}
    urls = {}

    def page(case, *args, **headers):
        urls[case] = web.page("/", *args, host=hosts[case], **headers)

    def speak(case, behave):
        urls[case] = web.answer("/", on_the_wire(behave), hosts[case])

    page("good", article())
    urls["no-such-name"] = "http://nosuch.example.com/"
    urls["name-service-in-trouble"] = "http://trouble.example.org/"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        urls["port-closed"] = f"http://{hosts['port-closed']}:{closed.getsockname()[1]}/"
    speak("reset", reset)
    speak("closed-without-a-word", say(b""))
    speak("cut-off", say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<title>"))
    speak("hangs", hang())
    speak("hangs-in-the-body", hang(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<title>"))
    speak("no-http", say(b"220 mail.example.com ESMTP ready\r\n"))
    for case, name in {
        "certificate-of-nobody": "self.example.net",
        "certificate-of-another": "other.example.net",
    }.items():
        port = raw(say(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), certificate(folder, "self.example.net"))
        urls[case] = f"https://{name}:{port}/"
    urls["no-tls"] = web.url("/", hosts["no-tls"]).replace("http:", "https:")
    page("large", b"x" * (MAX_SIZE + 1))
    speak("endless", endless)
    for coding, packed in zeros.items():
        page(f"bomb-{coding}", packed, Content_Encoding=coding)
    for coding in ("gzip", "br", "zstd"):
        page(f"not-{coding}", b"<title>plain</title>" * 10, Content_Encoding=coding)
    urls["redirects-back"] = web.redirect("/", "/there", host=hosts["redirects-back"])
    web.redirect("/there", "/", host=hosts["redirects-back"])
    for number in range(20):
        web.redirect(f"/{number}", f"/{number + 1}", host=hosts["redirects-on-and-on"])
    urls["redirects-on-and-on"] = web.url("/0", hosts["redirects-on-and-on"])
    for case, to in {
        "redirects-to-nowhere": "http://[bad/",
        "redirects-with-a-password": f"http://user:secret@{hosts['good']}:{web.port}/",
        "redirects-to-a-file": "file:///etc/hostname",
        "redirects-inside": "http://10.0.0.1/",
    }.items():
        urls[case] = web.redirect("/", to, host=hosts[case])
    urls["address-inside"] = "http://192.168.0.1/"
    urls["name-of-an-address-inside"] = "http://inside.example.com/"
    for case, (text, status) in {
        "robots-disallow": ("User-agent: *\nDisallow: /", 200),
        "robots-503": ("", 503),
        "robots-429": ("", 429),
        "robots-401": ("User-agent: *\nDisallow: /", 401),
    }.items():
        web.robots(text, status, host=hosts[case])
        page(case, article())
    page("robots-cut-off", article())
    web.answer(
        "/robots.txt", on_the_wire(say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nU")), hosts["robots-cut-off"]
    )
    page("robots-redirects-on-and-on", article())
    web.redirect("/robots.txt", "/robots.txt", host=hosts["robots-redirects-on-and-on"])
    urls["password"] = f"http://user:secret@{hosts['password']}:{web.port}/"
    urls["host-too-long"] = f"http://{'x' * 70}.example.com/"
    page("asked-too-much", "slow down", 429)
    page("skipped", article())
    page("server-error", "out of order", 500)

    for case, url in urls.items():
        record_in(folder / "articles", url, f"{case}.md")
    config = folder / "recrawl.yml"
    config.write_text(f"timeout: 2\nmax_size: {MAX_SIZE}\nsites:\n  {hosts['skipped']}: {{skip: true}}\n")
    known = {"trouble.example.org": socket.EAI_AGAIN, "inside.example.com": "10.0.0.1"}
    known |= {f"{name}.example.net": hosts["certificate-of-nobody"] for name in ("self", "other")}
    known |= {host: host for host in hosts.values()} | {"10.0.0.1": "10.0.0.1", "192.168.0.1": "192.168.0.1"}
    options = (*live, "--config", config, "--format", "jsonl", "--concurrency", "100")
    result = recrawl("refresh", folder / "articles", *options, **names(**known))
    assert set(urls) == set(CASES)
    return web, hosts, result


@pytest.mark.parametrize("case", CASES)
def test_a_failure_arrives_once_and_under_its_own_name(case, crawl):
    _, _, result = crawl
    assert [verdict["state"] for verdict in result.outcomes[f"{case}.md"]["verdicts"]] == [CASES[case]]


def test_the_run_ends_as_one_in_which_some_failed_and_says_nothing_else(crawl):
    _, _, result = crawl
    assert result.status == 1
    failed = sum(state not in ("ok", "skipped") for state in CASES.values())
    assert result.err.splitlines() == [
        f"{len(CASES)} records, 3 with changes (3 excerpt), 3 files written, 1 skipped, {failed} failed"
    ]


@pytest.mark.parametrize("case", [case for case, state in CASES.items() if state not in ("ok", "skipped")])
def test_its_outcome_names_it(case, crawl):
    _, _, result = crawl
    outcome = result.outcomes[f"{case}.md"]
    assert CASES[case] in outcome["failure"]
    assert outcome["error"] is None


@pytest.mark.parametrize(
    ("case", "times"),
    [("reset", 2), ("closed-without-a-word", 2), ("cut-off", 2), ("hangs", 2), ("server-error", 2), ("large", 1),
     ("not-gzip", 1), ("asked-too-much", 1), ("redirects-with-a-password", 1), ("redirects-back", 1),
     ("robots-disallow", 0), ("robots-503", 0), ("robots-429", 0), ("skipped", 0)],
)  # fmt: skip
def test_one_more_attempt_is_made_for_what_may_pass_and_for_nothing_else(case, times, crawl):
    web, hosts, _ = crawl
    assert web.paths(hosts[case]).count("/") == times


def test_a_site_that_is_skipped_is_not_asked_for_its_robots_txt_either(crawl):
    web, hosts, _ = crawl
    assert hosts["skipped"] not in {asked.host for asked in web.asked}


def test_a_password_is_never_sent(crawl):
    web, _, _ = crawl
    assert not [asked for asked in web.asked if "Authorization" in asked.headers]


def test_a_replay_names_what_its_archive_does_not_hold(recrawl, record, archive, article, tmp_path):
    here, there = "https://www.example.com/here", "https://www.example.com/there"
    record(here, "here.md")
    record(there, "there.md")
    pages = archive(tmp_path / "web.warc.gz", {here: article()})
    result = recrawl("refresh", tmp_path / "articles", "--replay", pages, "--format", "jsonl")
    assert result.states == {"here.md": [("article", "ok")], "there.md": [("article", "not-in-archive")]}


@pytest.mark.parametrize("port", [1, 22, 25, 6379, 8081])
def test_a_port_that_serves_no_pages_is_not_asked(port, recrawl, record, tmp_path):
    record(f"http://127.0.0.1:{port}/")
    result = recrawl("refresh", tmp_path / "articles", "--format", "jsonl")
    assert f"port {port}" in result.outcomes["one.md"]["failure"]


def test_proxies_of_the_environment_are_not_used(web, raw, article, record, recrawl, live, tmp_path):
    met = []
    proxy = f"http://127.0.0.1:{raw(lambda connection: met.append(connection))}"
    record(web.page("/story", article()))
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"), proxy)
    result = recrawl("refresh", tmp_path / "articles", *live, "--format", "jsonl", **proxies)
    assert json.loads(result.out)["written"] is True
    assert met == []
