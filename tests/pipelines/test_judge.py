"""What one answer is taken for, rule by rule; `tests/walls` has the pages of three hundred kinds."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.change import Outcome
from crawler.fetch import Failure, Fetch, Hop, Problem
from crawler.observation import WEIGHTS, Weight
from crawler.record import Record
from crawler.target import Role, Target
from crawler.verdict import State
from crawler.visit import Visit
from pipelines.judge import JudgePipeline, judge, judged

A = "https://example.org"
URL = f"{A}/2020/10/new-pier-opens-to-the-public"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEXT = "Nine hundred people walked to its end and back on the first day, the office counted. "
PAGE = f"<title>New pier opens</title><h1>New pier opens</h1><p>{TEXT * 30}</p>"
WALL = '<div id="px-captcha"></div>'
HTML = {"content-type": "text/html; charset=utf-8"}


def answered(body=PAGE, status=200, end="", hops=(301,), headers=(), **more):
    redirects = tuple(Hop(code, URL) for code in hops) if end else ()
    data = body if isinstance(body, bytes) else body.encode()
    return Fetch(Target(URL, Role.ARTICLE), end or URL, NOW, status, redirects, HTML | dict(headers), data, **more)


def state(*arguments, **named):
    return judge(answered(*arguments, **named)).state


@pytest.mark.parametrize("failure", list(Failure))
def test_a_failure_is_a_state_of_its_own(failure):
    verdict = judge(answered(problem=Problem(failure, "as it went")))
    assert (verdict.state, verdict.evidence) == (failure.value, ("as it went",))
    assert not verdict.state.is_article


def test_what_is_unchanged_is_well():
    verdict = judge(answered("", 304))
    assert (verdict.state, verdict.evidence) == (State.OK, ("304: unchanged",))


@pytest.mark.parametrize("status", [200, 202, 403, 404, 500])
def test_a_header_of_a_wall_counts_whatever_the_status(status):
    verdict = judge(answered(status=status, headers={"cf-mitigated": "challenge"}))
    assert (verdict.state, verdict.evidence) == (
        State.BLOCKED,
        (f"status {status}", "cf-mitigated, a response header"),
    )
    assert state(headers={"cf-mitigated": "no"}) is State.OK


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (100, State.UNKNOWN),
        (199, State.UNKNOWN),
        (300, State.UNKNOWN),
        (400, State.UNKNOWN),
        (405, State.UNKNOWN),
        (401, State.LOGIN),
        (402, State.LOGIN),
        (407, State.LOGIN),
        (511, State.LOGIN),
        (403, State.BLOCKED),
        (406, State.BLOCKED),
        (418, State.BLOCKED),
        (468, State.BLOCKED),
        (566, State.BLOCKED),
        (567, State.BLOCKED),
        (999, State.BLOCKED),
        (404, State.NOT_FOUND),
        (410, State.GONE),
        (429, State.RATE_LIMITED),
        (451, State.LEGAL),
        (499, State.UNKNOWN),
        (500, State.SERVER_ERROR),
        (503, State.SERVER_ERROR),
        (599, State.SERVER_ERROR),
        (200, State.OK),
        (203, State.OK),
        (299, State.OK),
    ],
)
def test_a_status_is_a_state_whatever_the_page(status, expected):
    verdict = judge(answered(status=status))
    assert verdict.state is expected
    assert expected is State.OK or verdict.evidence == (f"status {status}",)


@pytest.mark.parametrize("status", [401, 403, 405, 406, 412, 418, 429, 503])
@pytest.mark.parametrize("sign", [WALL, '<div class="h-captcha"></div>'])
def test_behind_some_of_them_walls_hide(status, sign):
    verdict = judge(answered(PAGE + sign, status))
    assert verdict.state is State.BLOCKED
    assert verdict.evidence[1] in {"PerimeterX", "hCaptcha"}


@pytest.mark.parametrize("status", [404, 410, 451, 500, 502])
def test_behind_others_they_do_not(status):
    assert state(PAGE + WALL, status) is state(PAGE, status)


def test_walls_are_looked_for_in_the_beginning_of_the_markup():
    assert state("<!--" + "x" * 66000 + "-->" + WALL, 429) is State.RATE_LIMITED


@pytest.mark.parametrize(
    "headers", [{"retry-after": "60"}, {"x-ratelimit-remaining": "0"}, {"ratelimit-remaining": " 0 "}]
)
@pytest.mark.parametrize("status", [403, 429, 503])
def test_who_asks_to_wait_limits(status, headers):
    verdict = judge(answered(PAGE + WALL, status, headers=headers))
    assert (verdict.state, verdict.evidence) == (State.RATE_LIMITED, (f"status {status}", "asks to wait"))


def test_others_do_not_limit_by_asking_to_wait():
    assert state(status=500, headers={"retry-after": "60"}) is State.SERVER_ERROR
    assert state(status=403, headers={"x-ratelimit-remaining": "7"}) is State.BLOCKED
    assert state(headers={"retry-after": "60"}) is State.OK


def test_a_status_says_more_than_where_it_came_from():
    assert state(status=410, end=f"{A}/") is State.GONE
    assert state(end=f"{A}/") is State.REDIRECT_HOME


def test_where_it_came_from_says_more_than_the_page():
    assert state(WALL, end=f"{A}/") is State.REDIRECT_HOME
    assert state(WALL) is State.BLOCKED


def test_an_archived_copy_is_where_its_original_was():
    copy = "https://web.archive.org/web/20201021000000id_/"
    target = Target(copy + URL, Role.ARCHIVE)
    fetch = Fetch(target, copy + URL, NOW, 200, (Hop(302, copy + URL),), HTML, PAGE.encode())
    assert judge(fetch).state in {State.OK, State.MOVED_TEMPORARILY}


@pytest.mark.parametrize("headers", [{}, {"content-type": "application/pdf"}])
def test_no_bytes_are_empty(headers):
    verdict = judge(answered(b"", headers=headers))
    assert (verdict.state, verdict.evidence) == (State.EMPTY, ("no bytes",))
    assert state(b"", headers=headers, is_whole=False) is State.OK


def test_blanks_are_empty():
    assert state(b" \r\n ") is State.EMPTY
    assert state(b" \r\n ", headers={"content-type": "application/pdf"}) is State.EMPTY


def test_no_text_is_empty():
    verdict = judge(answered("<html><script>x()</script><div></div>"))
    assert (verdict.state, verdict.evidence) == (State.EMPTY, ("no text",))
    assert state("<html><div></div>", is_whole=False) is State.OK
    assert state("<title>New pier</title><div></div>") is State.OK
    assert state("<div>New pier</div>") is State.OK


def test_what_is_no_page_is_well():
    assert state(b"%PDF-1.4", headers={"content-type": "application/pdf"}) is State.OK


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("0; url=/", State.REDIRECT_HOME),
        ("0;url='/'", State.REDIRECT_HOME),
        ("10; URL=/", State.REDIRECT_HOME),
        ("0.5, /", State.REDIRECT_HOME),
        ("11; url=/", State.OK),
        ("0", State.OK),
        ("0; url=/login", State.LOGIN),
        (f"0; url={URL}", State.OK),
        ("0; url=/news/new-pier-opens-to-the-public", State.UNKNOWN),
        ("soon", State.OK),
    ],
)
def test_a_page_that_shows_nothing_is_judged_by_where_it_sends_readers(content, expected):
    assert state(f'<title>x</title><meta http-equiv="refresh" content="{content}">') is expected


def test_a_page_that_shows_something_may_send_them_elsewhere_in_the_article():
    refresh = '<meta http-equiv="refresh" content="0; url=/news/new-pier-opens-to-the-public">'
    assert state(refresh + PAGE) is State.OK
    assert state('<meta http-equiv="refresh" content="0; url=/">' + PAGE) is State.REDIRECT_HOME


@pytest.mark.parametrize(
    "script",
    [
        'window.location = "/";',
        'location.href="https://example.org/"',
        "top.location.replace('/')",
        'document.location.assign("/")',
    ],
)
def test_a_script_sends_readers_on_where_nothing_is_shown(script):
    assert state(f"<title>x</title><script>{script}</script>") is State.REDIRECT_HOME
    assert state(f"{PAGE}<script>{script}</script>") is State.OK
    assert state(f'<title>x</title><script src="/a.js">{script}</script>') is State.OK


def test_a_script_that_compares_or_is_long_sends_nobody():
    assert state('<title>x</title><script>if (location == "/") go()</script>') is State.OK
    assert state(f'<title>x</title><script>{" " * 4096}location = "/"</script>') is State.OK


def test_a_known_address_is_the_article_also_by_a_refresh():
    fetch = answered('<title>x</title><meta http-equiv="refresh" content="0; url=/technology">')
    assert judge(fetch).state is State.REDIRECT_HOME
    assert judge(fetch, own=[f"{A}/technology"]).state is State.UNKNOWN


def test_a_wall_that_reloads_is_a_wall():
    assert state('<title>x</title><script>window.bobcmn = "1"; location.href="/a/b-c-d-e"</script>') is State.BLOCKED


def test_a_page_that_has_been_withdrawn_is_gone():
    past, later = (f"<meta name='robots' content='unavailable_after: 2026-0{month}-01'>" for month in (2, 4))
    verdict = judge(answered(past + PAGE))
    assert (verdict.state, verdict.evidence) == (State.WITHDRAWN, ("its unavailable_after has passed",))
    assert not verdict.state.is_article
    assert WEIGHTS[verdict.state] is Weight.LIFE
    assert state(later + PAGE) is State.OK


def test_a_teaser_is_paywalled():
    verdict = judge(answered('<meta property="article:content_tier" content="locked">' + PAGE))
    assert (verdict.state, verdict.evidence) == (State.PAYWALLED, ("it shows only the beginning",))
    assert verdict.state.is_article


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        ((301,), State.MOVED_PERMANENTLY),
        ((308, 301), State.MOVED_PERMANENTLY),
        ((301, 302), State.MOVED_TEMPORARILY),
        ((307,), State.MOVED_TEMPORARILY),
    ],
)
def test_a_move_is_for_good_where_all_of_it_is(hops, expected):
    end = f"{A}/news/new-pier-opens-to-the-public"
    verdict = judge(answered(end=end, hops=hops))
    assert (verdict.state, verdict.evidence) == (expected, (f"redirected to {end}",))
    assert verdict.final_url == end
    assert verdict.state.is_article


def test_without_a_redirect_nothing_has_moved():
    assert state(end=f"{URL}?spelt=otherwise", hops=()) is State.OK


def test_a_page_that_reloads_itself_sends_nobody_to_its_base():
    assert state('<title>x</title><base href="/"><meta http-equiv="refresh" content="5">') is State.OK


def test_a_redirect_to_the_same_address_is_no_move():
    assert state(end="http://www.example.org/2020/10/new-pier-opens-to-the-public/") is State.OK


def record(**fields):
    return Record(Path("a.md"), {"title": "New pier opens", "originalUrl": URL} | fields, "0")


def test_a_record_knows_what_is_its_article():
    wall = f"<title>Page not found</title><h1>Page not found</h1><p>{TEXT}</p>"
    fetch = answered(wall)
    assert judge(fetch).state is State.SOFT_404
    assert judge(fetch, record()).state is State.SOFT_404
    assert judge(fetch, record(excerpt=TEXT)).state is State.OK


def visited(record, *fetches, related=()):
    return judged(Visit(record, fetches, related=related))


def test_every_fetch_of_a_visit_is_judged_and_those_of_its_related_entries():
    missing = answered(status=404)
    visit = visited(record(), answered(), missing, related=(Visit(record(), (missing,)),))
    assert [verdict.state for verdict in visit.verdicts] == [State.OK, State.NOT_FOUND]
    assert [verdict.state for verdict in visit.related[0].verdicts] == [State.NOT_FOUND]


def test_where_an_article_was_found_another_address_of_it_may_lead():
    section = f"{A}/technology"
    amp = Fetch(Target(f"{URL}/amp", Role.AMP), section, NOW, 200, (Hop(302, f"{URL}/amp"),), HTML, PAGE.encode())
    assert visited(record(), amp).verdicts[0].state is State.REDIRECT_HOME
    assert visited(record(webUrl=section), amp).verdicts[0].state is State.MOVED_TEMPORARILY
    there = Fetch(Target(section, Role.WEB), section, NOW, 200, (), HTML, PAGE.encode())
    assert visited(record(), there, amp).verdicts[1].state is State.MOVED_TEMPORARILY
    gone = Fetch(Target(section, Role.WEB), section, NOW, 404, (), HTML, PAGE.encode())
    assert visited(record(), gone, amp).verdicts[1].state is State.REDIRECT_HOME


def test_what_has_an_outcome_is_past_judging():
    outcome = Outcome(Path("a.md"))
    assert JudgePipeline().process_item(outcome) is outcome
    assert JudgePipeline().process_item(Visit(record(), (answered(),))).verdicts[0].state is State.OK


BEHIND = """
<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>
<script src="https://static.cloudflareinsights.com/beacon.min.js" data-cf-beacon='{"token": "1a"}'></script>
<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="1a2b">[email protected]</a>
<script>window.ddjskey = "1A2B"; window.ddoptions = {ajaxListenerPath: true};</script>
<script src="https://js.datadome.co/tags.js"></script>
<script>window._pxAppId = "PX1a2b"; var p = document.createElement("script"); p.src = "/1a2b/init.js";</script>
<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3&ns=1&cb=1"></script>
<script src="/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3/p.js"></script>
<script src="/akam/13/1a2b3c" defer></script>
<script>window.f5_cspm = {f5_p: "1a2b"};</script>
<script src="https://0a1b.edge.sdk.awswaf.com/0a1b/challenge.js" defer></script>
<script src="https://cdn.cookielaw.org/scripttemplates/otSDKStub.js"></script>
<script src="https://sdk.privacy-center.org/1a/loader.js"></script><div id="onetrust-consent-sdk"></div>
<script src="https://app.usercentrics.eu/browser-ui/latest/loader.js"></script>
<script src="https://www.google.com/recaptcha/api.js"></script><script src="https://hcaptcha.com/1/api.js"></script>
<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>
<script src="https://smartcaptcha.yandexcloud.net/captcha.js"></script>
<script src="https://turing.captcha.qcloud.com/TCaptcha.js"></script>
<script>document.cookie = "seen=1; path=/"; function again() { location.reload(); }</script>
<noscript>Please enable JavaScript to comment.</noscript>
<form action="/comment"><div class="g-recaptcha"></div><div class="cf-turnstile"></div><input type="password"></form>
<div hidden><h1>Log in</h1><p>Create a free account</p></div>
<footer>We use necessary cookies only. <a href="/login">Log in</a> · <a href="/pr">Your privacy choices</a></footer>
"""
"""What the pages that walls protect have in common with them."""


@pytest.mark.parametrize("length", [6, 30])
def test_the_page_behind_a_wall_has_none_of_its_marks(length):
    behind = f"<title>New pier opens | Calder Post</title><h1>New pier opens</h1><p>{TEXT * length}</p>{BEHIND}"
    assert judge(answered(behind)) == judge(answered())


@pytest.mark.parametrize(
    "title",
    [
        "Why the page could not be found: a history of the 404",
        "Cloudflare challenge keeps readers of small papers out, study finds",
        "A domain for sale for a million: what the buyers of short names pay",
        "Log in, look around, leave: how readers use the news",
        "We value your privacy, says the app that sold it",
        "Access denied: families wait for the files of a closed home",
        "The server error that stopped the trains",
    ],
)
def test_an_article_on_walls_is_an_article(title):
    assert state(f"<title>{title} | Calder Post</title><h1>{title}</h1><p>{TEXT * 30}</p>") is State.OK
    short = answered(f"<title>{title} | Calder Post</title><h1>{title}</h1><p>{TEXT * 6}</p>")
    assert judge(short, record(title=title, excerpt=TEXT)).state is State.OK
