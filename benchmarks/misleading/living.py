"""Links that live, however little it looks like that."""

import gzip
import time

from misleading.ways import LIVING, PATH, STORY, only_here, story, way


@way(LIVING, "ok")
def plain(call):
    only_here(call, story())


@way(LIVING, "ok")
def wants_accept(call):
    only_here(call, story()) if "text/html" in call.headers.get("Accept", "") else call.say(406)


@way(LIVING, "ok")
def wants_a_language(call):
    only_here(call, story()) if call.headers.get("Accept-Language") else call.say(404)


@way(LIVING, "moved-temporarily ok")
def cookie_then_itself(call):
    if "seen=1" in call.headers.get("Cookie", ""):
        only_here(call, story())
    else:
        call.move(call.path, 302, Set_Cookie="seen=1; Path=/")


@way(LIVING, "moved-temporarily")
def cookie_on_the_way(call):
    if call.path == PATH:
        call.move(f"{PATH}-2", 302, Set_Cookie="pass=9")
    elif "pass=9" in call.headers.get("Cookie", ""):
        call.say(200, story())
    else:
        call.say(403)


@way(LIVING, "ok")
def head_is_404(call):
    call.say(404) if call.command == "HEAD" else only_here(call, story())


@way(LIVING, "ok")
def head_is_405(call):
    call.say(405) if call.command == "HEAD" else only_here(call, story())


@way(LIVING, "moved-permanently")
def moved_301(call):
    call.move(f"/story{PATH}") if call.asked_for_it else call.say(200 if PATH in call.path else 404, story())


@way(LIVING, "moved-temporarily")
def moved_302(call):
    call.move(f"/story{PATH}", 302) if call.asked_for_it else call.say(200 if PATH in call.path else 404, story())


@way(LIVING, "moved-temporarily")
def moved_303(call):
    call.move(f"/story{PATH}", 303) if call.asked_for_it else call.say(200 if PATH in call.path else 404, story())


@way(LIVING, "moved-temporarily")
def moved_307(call):
    call.move(f"/story{PATH}", 307) if call.asked_for_it else call.say(200 if PATH in call.path else 404, story())


@way(LIVING, "moved-permanently")
def moved_308(call):
    call.move(f"/story{PATH}", 308) if call.asked_for_it else call.say(200 if PATH in call.path else 404, story())


@way(LIVING, "ok moved-permanently")
def adds_a_slash(call):
    call.move(f"{PATH}/") if call.asked_for_it else call.say(200 if call.path == f"{PATH}/" else 404, story())


@way(LIVING, "moved-permanently")
def moved_to_letters_that_are_not_ascii(call):
    if call.path == PATH:
        call.move(f"{PATH}-über".encode().decode("latin-1"))
    else:
        call.say(200 if call.path == f"{PATH}-%C3%BCber" else 404, story())


@way(LIVING, "moved-permanently")
def eight_moves(call):
    step = call.path.removeprefix(PATH).strip("/")
    if step == "8":
        call.say(200, story())
    elif call.path.startswith(PATH):
        call.move(f"{PATH}/{int(step or 0) + 1}")
    else:
        call.say(404)


@way(LIVING, "ok")
def status_203(call):
    only_here(call, story(), 203)


@way(LIVING, "ok")
def status_206(call):
    only_here(call, story(), 206)


@way(LIVING, "ok")
def slow_to_start(call):
    time.sleep(1.5 if call.asked_for_it else 0)
    only_here(call, story())


@way(LIVING, "ok")
def once_500(call):
    only_here(call, story(), 500 if call.path == PATH and call.times == 1 else 200)


@way(LIVING, "ok")
def once_502(call):
    only_here(call, story(), 502 if call.path == PATH and call.times == 1 else 200)


@way(LIVING, "ok")
def once_503(call):
    only_here(call, story(), 503 if call.path == PATH and call.times == 1 else 200)


@way(LIVING, "ok")
def once_429(call):
    if call.path == PATH and call.times == 1:
        call.say(429, Retry_After="1")
    else:
        only_here(call, story())


@way(LIVING, "ok")
def once_reset(call):
    if call.path == PATH and call.times == 1:
        call.hang_up(reset=True)
    else:
        only_here(call, story())


@way(LIVING, "ok")
def once_closed(call):
    if call.path == PATH and call.times == 1:
        call.hang_up()
    else:
        only_here(call, story())


@way(LIVING, "ok", path="/a%2Fb/%7euser/%c3%bc?q=%26x")
def escapes_as_they_are(call):
    call.say(200 if call.path == "/a%2Fb/%7euser/%c3%bc?q=%26x" else 404, story())


@way(LIVING, "ok")
def packed(call):
    only_here(call, gzip.compress(story().encode()), Content_Encoding="gzip")


@way(LIVING, "ok")
def of_an_old_server(call):
    call.close_connection = True
    call.wfile.write(f"HTTP/1.0 200\r\n\r\n{story()}".encode() if call.asked_for_it else b"HTTP/1.0 404\r\n\r\n")


@way(LIVING, "ok")
def larger_than_it_says(call):
    only_here(call, story(), Content_Length="100")


@way(LIVING, "ok")
def never_ends(call):
    if call.path != PATH:
        call.say(404)
        return
    call.close_connection = True
    call.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + story().encode())
    call.wfile.flush()
    time.sleep(6)


@way(LIVING, "ok")
def very_large(call):
    only_here(call, story(text=STORY * 50_000))


@way(LIVING, "ok")
def article_of_a_host_that_is_soft(call):
    """It answers anything with a page, but this page is its own."""
    call.say(200, story() if call.asked_for_it else story("Find your story", text="Try the search, or the front page."))


@way(LIVING, "ok")
def short_but_there(call):
    only_here(call, story(text="One line."))


@way(LIVING, "ok", path="/reports/2020.pdf")
def a_file(call):
    call.say(200 if call.path == "/reports/2020.pdf" else 404, b"%PDF-1.7 " + b"x" * 9000, "application/pdf")


@way(LIVING, "ok paywalled")
def behind_a_paywall(call):
    only_here(call, story(head='<meta property="article:content_tier" content="locked">'))


@way(LIVING, "unknown", path="/pub/pier/", verdict="unsure")
def an_index_of_files(call):
    only_here(call, "<title>Index of /pub/pier</title><h1>Index of /pub/pier</h1><a href='plan.pdf'>plan.pdf</a>")


@way(LIVING, "unknown", path="/products/harbour-cam", verdict="unsure")
def coming_soon(call):
    only_here(call, "<title>Coming soon</title><h1>Coming soon</h1><p>Our harbour cam starts in May.</p>")
