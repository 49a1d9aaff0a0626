"""Walls and troubles: they say nothing of the link."""

import time

from misleading.ways import FRONT, OPEN, PATH, only_here, story, way


@way(OPEN, "blocked")
def wall_by_header(call):
    call.say(403, "no", cf_mitigated="challenge")


@way(OPEN, "blocked")
def wall_by_markup(call):
    call.say(403, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>")


@way(OPEN, "blocked")
def wall_of_another_kind(call):
    call.say(403, "<script src='https://ct.captcha-delivery.com/c.js'></script>")


@way(OPEN, "blocked")
def everything_403(call):
    call.say(403, "<h1>Forbidden</h1>")


@way(OPEN, "blocked")
def everything_403_but_its_entrance(call):
    call.say(200, FRONT) if call.path == "/" else call.say(403, "<h1>Forbidden</h1>")


@way(OPEN, "forbidden")
def only_this_403(call):
    only_here(call, "<h1>Forbidden</h1>", 403)


@way(OPEN, "blocked")
def wall_999(call):
    call.say(999, "<html></html>")


@way(OPEN, "blocked")
def wall_200(call):
    call.say(200, "<title>Making sure you're not a bot!</title><script id='anubis_challenge'>{}</script>")


@way(OPEN, "blocked")
def captcha_200(call):
    call.say(200, "<title>Please verify you are human</title><div class='h-captcha'></div>")


@way(OPEN, "login")
def wants_login_401(call):
    call.say(401, WWW_Authenticate="Basic")


@way(OPEN, "login")
def wants_money_402(call):
    call.say(402)


@way(OPEN, "login")
def sends_to_login(call):
    call.say(200, story("Log in")) if call.path.startswith("/login") else call.move("/login?next=x", 302)


@way(OPEN, "blocked")
def sends_to_consent(call):
    call.say(200, story("Your privacy")) if call.path.startswith("/consent") else call.move("/consent?back=x", 302)


@way(OPEN, "legal")
def legal_451(call):
    call.say(451)


@way(OPEN, "rate-limited")
def always_429(call):
    call.say(429)


@way(OPEN, "rate-limited")
def always_429_for_a_second(call):
    call.say(429, Retry_After="1")


@way(OPEN, "rate-limited")
def closed_for_an_hour(call):
    call.say(503, Retry_After="3600")


@way(OPEN, "server-error")
def always_500(call):
    call.say(500, "<title>Internal server error</title>")


@way(OPEN, "server-error")
def always_503(call):
    call.say(503)


@way(OPEN, "timeout")
def hangs(call):
    time.sleep(8 if call.asked_for_it else 0)
    only_here(call, story())


@way(OPEN, "connection-reset")
def always_reset(call):
    call.hang_up(reset=True) if call.asked_for_it else only_here(call, story())


@way(OPEN, "robots-disallowed", robots=True)
def robots_disallow(call):
    call.say(200, "User-agent: *\nDisallow: /2021/", "text/plain")


@way(OPEN, "robots-unreachable", robots=True)
def robots_503(call):
    call.say(503)


@way(OPEN, "robots-unreachable", robots=True)
def robots_hangs(call):
    time.sleep(8 if call.path == "/robots.txt" else 0)
    only_here(call, story())


@way(OPEN, "unknown")
def app_shell(call):
    call.say(200, "<title>Calder</title><div id='root'></div><script src='/app.js'></script>")


@way(OPEN, "unknown")
def everything_is_the_front_page(call):
    call.say(200, FRONT)


@way(OPEN, "redirect-loop")
def goes_in_circles(call):
    call.move(f"{PATH}-b" if call.asked_for_it else PATH) if PATH in call.path else call.say(404)


@way(OPEN, "unsafe-address")
def leads_inside(call):
    call.move("http://10.0.0.1/admin")


@way(OPEN, "empty")
def empty_200(call):
    only_here(call, "")
