"""More walls and troubles, each by what it is told by."""

from misleading.ways import FRONT, OPEN, PATH, only_here, story, way


@way(OPEN, "blocked")
def challenge_503(call):
    call.say(503, "<title>Just a moment...</title><div id='cf-wrapper'></div>", Server="cloudflare")


@way(OPEN, "blocked server-error rate-limited")
def closed_for_works_503(call):
    call.say(503, "<title>Maintenance</title><h1>We'll be back soon</h1>")


@way(OPEN, "server-error soft-404 unknown blocked")
def closed_for_works_200(call):
    call.say(
        200, "<title>Site maintenance</title><h1>We'll be back soon!</h1><p>We are down for scheduled maintenance.</p>"
    )


@way(OPEN, "legal")
def not_in_your_country(call):
    call.say(200, "<title>Unavailable</title><h1>This content is not available in your country or region</h1>")


@way(OPEN, "legal")
def not_in_the_eu(call):
    text = (
        "We recognise you are attempting to access this website from a country belonging to the European Economic Area"
    )
    call.say(451, f"<h1>451: Unavailable due to legal reasons</h1><p>{text}</p>")


@way(OPEN, "blocked")
def access_denied_200(call):
    call.say(
        200,
        "<title>Access Denied</title><h1>Access Denied</h1><p>Reference #18.6f64d440.160</p>",
    )


@way(OPEN, "blocked")
def pardon_our_interruption(call):
    call.say(
        200,
        "<title>Pardon Our Interruption</title><p>Something made us think that you were a bot.</p>",
    )


@way(OPEN, "blocked")
def sends_to_a_captcha(call):
    call.say(200, story("Are you human?")) if call.path.startswith("/captcha") else call.move("/captcha?url=x", 302)


@way(OPEN, "blocked")
def wall_405(call):
    call.say(
        405, "<script src='https://a.example/captcha.js'></script><div id='nocaptcha'>initialize</div><p>x5secdata</p>"
    )


@way(OPEN, "blocked")
def waf_202(call):
    call.say(202, "<script>AwsWafIntegration.forceRefreshToken()</script>", x_amzn_waf_action="challenge")


@way(OPEN, "rate-limited")
def limit_403(call):
    call.say(403, "<p>API rate limit exceeded</p>", X_RateLimit_Remaining="0")


@way(OPEN, "login")
def wants_proxy_login_407(call):
    call.say(407)


@way(OPEN, "login")
def captive_portal_511(call):
    call.say(511, "<title>Network Authentication Required</title>")


@way(OPEN, "login")
def sends_to_another_host_to_log_in(call):
    is_there = call.path.startswith("/oauth2")
    call.say(200, story("Sign in")) if is_there else call.move("/oauth2/authorize?client_id=1&redirect_uri=x", 302)


@way(OPEN, "login unknown")
def asks_for_a_login_200(call):
    call.say(200, "<title>Sign in</title><h1>Sign in to continue</h1><form><input type='password'></form>")


@way(OPEN, "blocked unknown")
def teapot_418(call):
    call.say(418)


@way(OPEN, "unknown")
def shell_under_menus(call):
    menus = "<nav>Harbour Markets Weather Ferries Letters Sports Culture Jobs Houses Cars Boats Shop Help</nav>" * 4
    shell = f"<title>The Calder Post</title>{menus}<div id='root'></div><script src='/app.js'></script>"
    call.say(200, FRONT if call.path == "/" else shell)


@way(OPEN, "unknown")
def choices_300(call):
    call.say(300, "<ul><li><a href='/a'>One</a><li><a href='/b'>Other</a></ul>")


@way(OPEN, "unknown")
def moves_nowhere_301(call):
    call.say(301)


@way(OPEN, "protocol-error")
def unchanged_304(call):
    call.say(304)


@way(OPEN, "unknown")
def bad_request_400(call):
    call.say(400)


@way(OPEN, "server-error")
def gateway_520(call):
    call.say(520)


@way(OPEN, "server-error")
def gateway_525(call):
    call.say(525, "<title>525: SSL handshake failed</title>")


@way(OPEN, "server-error")
def gateway_530(call):
    call.say(530, "<title>Error 1016: Origin DNS error</title>")


@way(OPEN, "server-error")
def database_200(call):
    call.say(200, "<title>Database Error</title><h1>Error establishing a database connection</h1>")


@way(OPEN, "server-error")
def stack_trace_200(call):
    call.say(200, "<b>Fatal error</b>: Uncaught Error: Call to a member function on null in /var/www/index.php:17")


@way(OPEN, "empty")
def no_content_204(call):
    call.send(b"HTTP/1.1 204 No Content\r\n\r\n") if call.asked_for_it else only_here(call)


@way(OPEN, "empty")
def blanks_200(call):
    only_here(call, " \n \n")


@way(OPEN, "empty")
def markup_without_text(call):
    only_here(call, "<html><head></head><body></body></html>")


@way(OPEN, "protocol-error")
def speaks_something_else(call):
    call.send(b"SSH-2.0-OpenSSH_9.6\r\n") if call.asked_for_it else only_here(call)


@way(OPEN, "connection-reset")
def closes_without_a_word(call):
    call.hang_up() if call.asked_for_it else only_here(call)


@way(OPEN, "redirect-loop")
def always_one_more(call):
    call.move(f"{call.path}a", 302) if call.path.startswith(PATH) else only_here(call)


@way(OPEN, "protocol-error")
def moves_to_an_app(call):
    call.move("market://details?id=calder") if call.asked_for_it else only_here(call)


@way(OPEN, "unsafe-address")
def leads_to_the_keys_of_a_cloud(call):
    call.move("http://169.254.169.254/latest/meta-data/")


@way(OPEN, "robots-disallowed", robots=True)
def robots_disallow_all(call):
    call.say(200, "User-agent: *\nDisallow: /", "text/plain") if call.path == "/robots.txt" else only_here(
        call, story()
    )


@way(OPEN, "blocked unknown")
def wants_scripts(call):
    call.say(
        200,
        "<title>Loading</title><noscript>Enable JavaScript and cookies to continue</noscript><script>go()</script>",
    )


@way(OPEN, "blocked")
def sets_a_cookie_by_script(call):
    call.say(200, "<script>document.cookie='__test=1; path=/'; location.reload();</script>")
