"""The ways in which servers mislead who checks their links: a host a case, all met in one check.

Living links are never called broken, walls and troubles neither broken nor alive, and what is not there is not called
alive.
"""

import gzip
import socket
import time

import pytest

STORY = "The harbour office counted nine hundred walkers on the new pier, and the ferry crews counted their own. "


def story(title: str = "Harbour opens a new pier", head: str = "", text: str = STORY * 20) -> str:
    """Return the page of an article."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav><a href='/'>Front page</a></nav><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


FRONT = story("The Calder Post", text="Harbour, markets, weather and the ferry timetable of the day. " * 20)

PATH = "/2021/05/harbour-opens-a-new-pier"

ALIVE: dict = {}
OPEN: dict = {}
DEAD: dict = {}


def case(kind, states, path=PATH, robots=False):
    def put(answer):
        kind[answer.__name__.replace("_", "-") + ".example"] = (answer, set(states.split()), path, robots)
        return answer

    return put


def only_here(call, body="", status=200, **headers):
    """Answer at the article's address, with a front page at the entrance, and 404 anywhere else."""
    if call.path == PATH:
        call.say(status, body, **headers)
    elif call.path == "/":
        call.say(200, FRONT)
    else:
        call.say(404, "<title>Not found</title>")


# What lives.


@case(ALIVE, "ok")
def plain(call):
    only_here(call, story())


@case(ALIVE, "ok")
def wants_accept(call):
    only_here(call, story()) if "text/html" in call.headers.get("Accept", "") else call.say(406)


@case(ALIVE, "ok")
def wants_a_language(call):
    only_here(call, story()) if call.headers.get("Accept-Language") else call.say(404)


@case(ALIVE, "moved-temporarily ok")
def cookie_then_itself(call):
    if "seen=1" in call.headers.get("Cookie", ""):
        only_here(call, story())
    else:
        call.move(call.path, 302, Set_Cookie="seen=1; Path=/")


@case(ALIVE, "moved-temporarily")
def cookie_on_the_way(call):
    if call.path == PATH:
        call.move(f"{PATH}-2", 302, Set_Cookie="pass=9")
    elif "pass=9" in call.headers.get("Cookie", ""):
        call.say(200, story())
    else:
        call.say(403)


@case(ALIVE, "ok")
def head_is_404(call):
    call.say(404) if call.command == "HEAD" else only_here(call, story())


@case(ALIVE, "ok")
def head_is_405(call):
    call.say(405) if call.command == "HEAD" else only_here(call, story())


@case(ALIVE, "moved-permanently")
def moved_301(call):
    call.move(f"/story{PATH}") if call.path == PATH else call.say(200 if PATH in call.path else 404, story())


@case(ALIVE, "moved-temporarily")
def moved_302(call):
    call.move(f"/story{PATH}", 302) if call.path == PATH else call.say(200 if PATH in call.path else 404, story())


@case(ALIVE, "moved-temporarily")
def moved_303(call):
    call.move(f"/story{PATH}", 303) if call.path == PATH else call.say(200 if PATH in call.path else 404, story())


@case(ALIVE, "moved-temporarily")
def moved_307(call):
    call.move(f"/story{PATH}", 307) if call.path == PATH else call.say(200 if PATH in call.path else 404, story())


@case(ALIVE, "moved-permanently")
def moved_308(call):
    call.move(f"/story{PATH}", 308) if call.path == PATH else call.say(200 if PATH in call.path else 404, story())


@case(ALIVE, "ok moved-permanently")
def adds_a_slash(call):
    call.move(f"{PATH}/") if call.path == PATH else call.say(200 if call.path == f"{PATH}/" else 404, story())


@case(ALIVE, "moved-permanently")
def moved_to_letters_that_are_not_ascii(call):
    if call.path == PATH:
        call.move(f"{PATH}-über".encode().decode("latin-1"))
    else:
        call.say(200 if call.path == f"{PATH}-%C3%BCber" else 404, story())


@case(ALIVE, "moved-permanently")
def eight_moves(call):
    step = call.path.removeprefix(PATH).strip("/")
    if step == "8":
        call.say(200, story())
    elif call.path.startswith(PATH):
        call.move(f"{PATH}/{int(step or 0) + 1}")
    else:
        call.say(404)


@case(ALIVE, "ok")
def status_203(call):
    only_here(call, story(), 203)


@case(ALIVE, "ok")
def status_206(call):
    only_here(call, story(), 206)


@case(ALIVE, "ok")
def slow_to_start(call):
    time.sleep(1.5 if call.path == PATH else 0)
    only_here(call, story())


@case(ALIVE, "ok")
def once_500(call):
    only_here(call, story(), 500 if call.path == PATH and call.times == 1 else 200)


@case(ALIVE, "ok")
def once_502(call):
    only_here(call, story(), 502 if call.path == PATH and call.times == 1 else 200)


@case(ALIVE, "ok")
def once_503(call):
    only_here(call, story(), 503 if call.path == PATH and call.times == 1 else 200)


@case(ALIVE, "ok")
def once_429(call):
    if call.path == PATH and call.times == 1:
        call.say(429, Retry_After="1")
    else:
        only_here(call, story())


@case(ALIVE, "ok")
def once_reset(call):
    if call.path == PATH and call.times == 1:
        call.hang_up(reset=True)
    else:
        only_here(call, story())


@case(ALIVE, "ok")
def once_closed(call):
    if call.path == PATH and call.times == 1:
        call.hang_up()
    else:
        only_here(call, story())


@case(ALIVE, "ok", path="/a%2Fb/%7euser/%c3%bc?q=%26x")
def escapes_as_they_are(call):
    call.say(200 if call.path == "/a%2Fb/%7euser/%c3%bc?q=%26x" else 404, story())


@case(ALIVE, "ok")
def packed(call):
    only_here(call, gzip.compress(story().encode()), Content_Encoding="gzip")


@case(ALIVE, "ok")
def of_an_old_server(call):
    call.close_connection = True
    call.wfile.write(f"HTTP/1.0 200\r\n\r\n{story()}".encode() if call.path == PATH else b"HTTP/1.0 404\r\n\r\n")


@case(ALIVE, "ok")
def larger_than_it_says(call):
    only_here(call, story(), Content_Length="100")


@case(ALIVE, "ok")
def never_ends(call):
    if call.path != PATH:
        call.say(404)
        return
    call.close_connection = True
    call.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + story().encode())
    call.wfile.flush()
    time.sleep(6)


@case(ALIVE, "ok")
def very_large(call):
    only_here(call, story(text=STORY * 50_000))


@case(ALIVE, "ok")
def article_of_a_host_that_is_soft(call):
    """It answers anything with a page, but this page is its own."""
    call.say(200, story() if call.path == PATH else story("Find your story", text="Try the search, or the front page."))


@case(ALIVE, "ok")
def short_but_there(call):
    only_here(call, story(text="One line."))


@case(ALIVE, "ok", path="/reports/2020.pdf")
def a_file(call):
    call.say(200 if call.path == "/reports/2020.pdf" else 404, b"%PDF-1.7 " + b"x" * 9000, "application/pdf")


@case(ALIVE, "ok paywalled")
def behind_a_paywall(call):
    only_here(call, story(head='<meta property="article:content_tier" content="locked">'))


# Walls and troubles: they say nothing of the link.


@case(OPEN, "blocked")
def wall_by_header(call):
    call.say(403, "no", cf_mitigated="challenge")


@case(OPEN, "blocked")
def wall_by_markup(call):
    call.say(403, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>")


@case(OPEN, "blocked")
def wall_of_another_kind(call):
    call.say(403, "<script src='https://ct.captcha-delivery.com/c.js'></script>")


@case(OPEN, "blocked")
def everything_403(call):
    call.say(403, "<h1>Forbidden</h1>")


@case(OPEN, "blocked")
def everything_403_but_its_entrance(call):
    call.say(200, FRONT) if call.path == "/" else call.say(403, "<h1>Forbidden</h1>")


@case(OPEN, "forbidden")
def only_this_403(call):
    only_here(call, "<h1>Forbidden</h1>", 403)


@case(OPEN, "blocked")
def wall_999(call):
    call.say(999, "<html></html>")


@case(OPEN, "blocked")
def wall_200(call):
    call.say(200, "<title>Making sure you're not a bot!</title><script id='anubis_challenge'>{}</script>")


@case(OPEN, "blocked")
def captcha_200(call):
    call.say(200, "<title>Please verify you are human</title><div class='h-captcha'></div>")


@case(OPEN, "login")
def wants_login_401(call):
    call.say(401, WWW_Authenticate="Basic")


@case(OPEN, "login")
def wants_money_402(call):
    call.say(402)


@case(OPEN, "login")
def sends_to_login(call):
    call.say(200, story("Log in")) if call.path.startswith("/login") else call.move("/login?next=x", 302)


@case(OPEN, "blocked")
def sends_to_consent(call):
    call.say(200, story("Your privacy")) if call.path.startswith("/consent") else call.move("/consent?back=x", 302)


@case(OPEN, "legal")
def legal_451(call):
    call.say(451)


@case(OPEN, "rate-limited")
def always_429(call):
    call.say(429)


@case(OPEN, "rate-limited")
def always_429_for_a_second(call):
    call.say(429, Retry_After="1")


@case(OPEN, "rate-limited")
def closed_for_an_hour(call):
    call.say(503, Retry_After="3600")


@case(OPEN, "server-error")
def always_500(call):
    call.say(500, "<title>Internal server error</title>")


@case(OPEN, "server-error")
def always_503(call):
    call.say(503)


@case(OPEN, "timeout")
def hangs(call):
    time.sleep(8 if call.path == PATH else 0)
    only_here(call, story())


@case(OPEN, "connection-reset")
def always_reset(call):
    call.hang_up(reset=True) if call.path == PATH else only_here(call, story())


@case(OPEN, "robots-disallowed", robots=True)
def robots_disallow(call):
    call.say(200, "User-agent: *\nDisallow: /2021/", "text/plain")


@case(OPEN, "robots-unreachable", robots=True)
def robots_503(call):
    call.say(503)


@case(OPEN, "robots-unreachable", robots=True)
def robots_hangs(call):
    time.sleep(8 if call.path == "/robots.txt" else 0)
    only_here(call, story())


@case(OPEN, "unknown")
def app_shell(call):
    call.say(200, "<title>Calder</title><div id='root'></div><script src='/app.js'></script>")


@case(OPEN, "unknown")
def everything_is_the_front_page(call):
    call.say(200, FRONT)


@case(OPEN, "redirect-loop")
def goes_in_circles(call):
    call.move(f"{PATH}-b" if call.path == PATH else PATH) if PATH in call.path else call.say(404)


@case(OPEN, "unsafe-address")
def leads_inside(call):
    call.move("http://10.0.0.1/admin")


@case(OPEN, "empty")
def empty_200(call):
    only_here(call, "")


# What is not there.


@case(DEAD, "not-found")
def missing_404(call):
    call.say(404, "<title>Not found</title>")


@case(DEAD, "gone")
def gone_410(call):
    call.say(410)


@case(DEAD, "not-found")
def missing_but_for_head(call):
    call.say(200 if call.command == "HEAD" else 404)


@case(DEAD, "soft-404")
def says_so_with_200(call):
    call.say(200, FRONT if call.path == "/" else "<title>Page not found</title><h1>Page not found</h1>")


@case(DEAD, "soft-404")
def says_nothing_of_it(call):
    call.say(200, FRONT if call.path == "/" else story("The Calder Post", text="Read what Calder reads today. " * 30))


@case(DEAD, "soft-404")
def repeats_the_address(call):
    here = f"You came for {call.path}, here is what others read."
    call.say(200, FRONT if call.path == "/" else story("Calder", text=here))


@case(DEAD, "soft-404")
def shows_advertisements(call):
    words = "".join(f"<p>Buy {time.monotonic_ns() + number} boats now, today only, hurry</p>" for number in range(9))
    call.say(200, FRONT if call.path == "/" else story("Calder", text=words))


@case(DEAD, "redirect-home")
def sends_home(call):
    call.say(200, FRONT) if call.path == "/" else call.move("/", 302)


@case(DEAD, "redirect-home")
def sends_to_a_section(call):
    call.say(200, FRONT) if call.path in ("/", "/2021/") else call.move("/2021/")


@case(DEAD, "redirect-home")
def sends_to_one_page_for_all(call):
    call.say(200, FRONT) if call.path in ("/", "/latest-headlines") else call.move("/latest-headlines")


@case(DEAD, "soft-404")
def sends_to_an_error_page(call):
    call.say(200, story("Oops")) if call.path == "/404.html" else call.move("/404.html")


@case(DEAD, "redirect-home")
def refreshes_to_its_home(call):
    call.say(200, FRONT if call.path == "/" else '<meta http-equiv="refresh" content="0; url=/"><title>Moved</title>')


@case(DEAD, "redirect-home")
def scripts_to_its_home(call):
    call.say(200, FRONT if call.path == "/" else "<script>window.location.href = '/';</script>")


@case(DEAD, "parked")
def for_sale(call):
    call.say(200, "<title>calder.example is for sale</title><h1>This domain is for sale</h1><p>Buy this domain.</p>")


@case(DEAD, "redirect-home parked")
def hijacked(call):
    call.move(f"http://plain.example:{call.server.server_address[1]}/", 302)


UNREACHABLE = {
    "no-such-name.example": ({"dns-failure"}, "dead"),
    "name-service-in-trouble.example": ({"dns-trouble"}, "unsure"),
    "name-service-hangs.example": ({"dns-trouble"}, "unsure"),
    "refused.example": ({"connection-refused"}, "unsure"),
}


@pytest.fixture(scope="module")
def check(shared_hosts, recrawl, live, names, findings, tmp_path_factory):
    """Check all of them at once, and return the findings by host, and the time that it took."""
    folder = tmp_path_factory.mktemp("ways")
    known: dict = {}
    urls = {}
    for name, (answer, _, path, robots) in (ALIVE | OPEN | DEAD).items():
        shared_hosts.add(name, answer, robots=robots)
        known[name] = "127.0.0.1"
        urls[f"http://{name}:{shared_hosts.port}{path}"] = name
    known |= {"name-service-in-trouble.example": socket.EAI_AGAIN, "name-service-hangs.example": "hang"}
    known |= {"refused.example": "127.0.0.1", "127.0.0.1": "127.0.0.1"}
    with socket.create_server(("127.0.0.1", 0)) as closed:
        urls[f"http://refused.example:{closed.getsockname()[1]}{PATH}"] = "refused.example"
    urls |= {f"http://{name}/": name for name in UNREACHABLE if name != "refused.example"}
    (folder / "urls.txt").write_text("\n".join(urls))
    (folder / "recrawl.yml").write_text("timeout: 4\n")
    options = ("--urls", folder / "urls.txt", "--config", folder / "recrawl.yml", "--format", "tsv", "--strikes", "1")
    result = recrawl("check", *options, *live, "--concurrency", "100", cwd=folder, **names(**known))
    found = {urls[url]: finding for url, finding in findings(result.out).items()}
    assert found.keys() == set(urls.values()), result.err
    return found


@pytest.mark.parametrize("name", ALIVE)
def test_a_living_link_is_alive(name, check):
    state, verdict, _, reason = check[name]
    assert (state in ALIVE[name][1], verdict) == (True, "alive"), (state, reason)


@pytest.mark.parametrize("name", OPEN)
def test_of_a_wall_or_trouble_nothing_is_told(name, check):
    state, verdict, _, reason = check[name]
    assert (state in OPEN[name][1], verdict) == (True, "unsure"), (state, reason)


@pytest.mark.parametrize("name", DEAD)
def test_what_is_not_there_is_dead(name, check):
    state, verdict, _, reason = check[name]
    assert (state in DEAD[name][1], verdict) == (True, "dead"), (state, reason)


@pytest.mark.parametrize("name", UNREACHABLE)
def test_a_host_that_cannot_be_reached_is_told_by_why(name, check):
    state, verdict, _, reason = check[name]
    assert (state in UNREACHABLE[name][0], verdict) == (True, UNREACHABLE[name][1]), (state, reason)


def test_few_requests_are_enough(check, shared_hosts):
    assert shared_hosts.count() <= 2.2 * len(check)
