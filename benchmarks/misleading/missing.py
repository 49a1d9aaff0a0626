"""Links to what is not there, whatever is answered."""

import time

from misleading.ways import FRONT, MISSING, PATH, everywhere, only_here, story, way


def everywhere_moved(call, to):
    """Redirect every address but the entrance to one page."""
    call.say(200, FRONT) if call.path == "/" else call.move(to, 302)


@way(MISSING, "not-found")
def missing_404(call):
    call.say(404, "<title>Not found</title>")


@way(MISSING, "gone")
def gone_410(call):
    call.say(410)


@way(MISSING, "not-found")
def missing_but_for_head(call):
    call.say(200 if call.command == "HEAD" else 404)


@way(MISSING, "soft-404")
def says_so_with_200(call):
    call.say(200, FRONT if call.path == "/" else "<title>Page not found</title><h1>Page not found</h1>")


@way(MISSING, "soft-404")
def says_nothing_of_it(call):
    call.say(200, FRONT if call.path == "/" else story("The Calder Post", text="Read what Calder reads today. " * 30))


@way(MISSING, "soft-404")
def repeats_the_address(call):
    here = f"You came for {call.path}, here is what others read."
    call.say(200, FRONT if call.path == "/" else story("Calder", text=here))


@way(MISSING, "soft-404")
def shows_advertisements(call):
    words = "".join(f"<p>Buy {time.monotonic_ns() + number} boats now, today only, hurry</p>" for number in range(9))
    call.say(200, FRONT if call.path == "/" else story("Calder", text=words))


@way(MISSING, "redirect-home")
def sends_home(call):
    call.say(200, FRONT) if call.path == "/" else call.move("/", 302)


@way(MISSING, "redirect-home")
def sends_to_a_section(call):
    call.say(200, FRONT) if call.path in ("/", "/2021/") else call.move("/2021/")


@way(MISSING, "redirect-home")
def sends_to_one_page_for_all(call):
    call.say(200, FRONT) if call.path in ("/", "/latest-headlines") else call.move("/latest-headlines")


@way(MISSING, "soft-404")
def sends_to_an_error_page(call):
    call.say(200, story("Oops")) if call.path == "/404.html" else call.move("/404.html")


@way(MISSING, "redirect-home")
def refreshes_to_its_home(call):
    call.say(200, FRONT if call.path == "/" else '<meta http-equiv="refresh" content="0; url=/"><title>Moved</title>')


@way(MISSING, "redirect-home")
def scripts_to_its_home(call):
    call.say(200, FRONT if call.path == "/" else "<script>window.location.href = '/';</script>")


@way(MISSING, "parked")
def for_sale(call):
    call.say(200, "<title>calder.example is for sale</title><h1>This domain is for sale</h1><p>Buy this domain.</p>")


@way(MISSING, "redirect-home parked")
def hijacked(call):
    call.move(f"http://plain.example:{call.server.server_address[1]}/", 302)


@way(MISSING, "not-found")
def missing_behind_a_guard(call):
    call.say(404, "<title>Not found</title>", Server="cloudflare", CF_RAY="8a1-FRA")


@way(MISSING, "not-found")
def missing_with_the_page_of_its_site(call):
    call.say(
        404, story("The Calder Post", text="Read what Calder reads today. " * 60)
    ) if call.path != "/" else call.say(200, FRONT)


@way(MISSING, "not-found")
def moved_to_what_is_missing(call):
    call.move(f"/story{PATH}") if call.asked_for_it else only_here(call)


@way(MISSING, "gone")
def gone_with_a_page(call):
    call.say(410, story("This article was removed"))


@way(MISSING, "redirect-home")
def header_refreshes_to_its_home(call):
    call.say(200, FRONT) if call.path == "/" else call.say(200, "<p>One moment.</p>", Refresh="0; url=/")


@way(MISSING, "redirect-home")
def sends_home_with_a_note(call):
    call.say(200, FRONT) if call.path.startswith("/?") or call.path == "/" else call.move("/?notfound=1", 302)


@way(MISSING, "redirect-home")
def sends_to_the_home_of_its_language(call):
    call.say(200, FRONT) if call.path == "/en/" else call.move("/en/", 302)


@way(MISSING, "redirect-home")
def sends_home_in_three_steps(call):
    steps = {PATH: "/a", "/a": "/b", "/b": "/"}
    call.say(200, FRONT) if call.path == "/" else call.move(steps.get(call.path, "/a"))


@way(MISSING, "soft-404 redirect-home")
def sends_to_a_search(call):
    found = story("Search", text="Nothing was found for your words. Try others. ")
    if call.path.startswith("/search"):
        call.say(200, found)
    else:
        call.say(200, FRONT) if call.path == "/" else call.move("/search?q=pier", 302)


@way(MISSING, "soft-404 redirect-home")
def sends_to_a_page_of_regret(call):
    call.say(200, story("Sorry", text="Sorry. ")) if call.path == "/sorry.html" else everywhere_moved(
        call, "/sorry.html"
    )


@way(MISSING, "soft-404 redirect-home")
def sends_to_not_found(call):
    call.say(200, story("Oh no")) if call.path == "/not-found" else everywhere_moved(call, "/not-found")


@way(MISSING, "soft-404")
def in_german(call):
    everywhere(call, "<title>Seite nicht gefunden – Calderer Bote</title><h1>Diese Seite gibt es nicht</h1>")


@way(MISSING, "soft-404")
def in_french(call):
    everywhere(call, "<title>Page introuvable</title><h1>Oups, cette page n’existe plus</h1>")


@way(MISSING, "soft-404")
def in_spanish(call):
    everywhere(call, "<title>Página no encontrada</title><h1>La página que buscas no existe</h1>")


@way(MISSING, "soft-404")
def in_russian(call):
    everywhere(call, "<title>Страница не найдена</title><h1>Ошибка 404</h1>")


@way(MISSING, "soft-404")
def in_japanese_too(call):
    everywhere(call, "<title>ページが見つかりません</title><h1>お探しのページは見つかりませんでした</h1>")


@way(MISSING, "soft-404")
def in_chinese(call):
    everywhere(call, "<title>页面不存在</title><h1>抱歉，您访问的页面不存在</h1>")


@way(MISSING, "soft-404")
def in_a_language_that_no_list_has(call):
    everywhere(call, "<title>Ekki hér</title><h1>Þessi síða finnst hvergi</h1><p>Reyndu aftur.</p>")


@way(MISSING, "soft-404")
def lists_what_others_read(call):
    others = "".join(
        f"<li><a href='/{n}'>Story number {time.monotonic_ns() % 9973 + n} of today</a>" for n in range(30)
    )
    everywhere(call, story("Calder Post", text=f"Read this instead. <ul>{others}</ul>"))


@way(MISSING, "soft-404")
def puts_the_words_of_the_address_in_its_title(call):
    words = call.path.rpartition("/")[2].replace("-", " ").title()
    everywhere(call, story(f"{words} - Calder Post", text="Find more on this at the Calder Post. " * 20))


@way(MISSING, "soft-404", path="/reports/2021/annual-report.pdf")
def a_page_for_a_file(call):
    everywhere(call, story("The Calder Post", text="Read what Calder reads today. " * 30))


@way(MISSING, "soft-404", path="/pictures/pier.jpg")
def a_page_for_a_picture(call):
    everywhere(call, story("The Calder Post", text="Read what Calder reads today. " * 30))


@way(MISSING, "soft-404", path="/pictures/pier.jpg")
def one_picture_for_all(call):
    everywhere(call, b"\x89PNG\r\n\x1a\n" + b"no picture " * 60, kind="image/png")


@way(MISSING, "soft-404", path="/story.php?id=4711")
def soft_by_its_query(call):
    call.say(200, FRONT if call.path == "/" else story("Calder Post", text="There is no story here. " * 9))


@way(MISSING, "parked")
def for_sale_elsewhere(call):
    port = call.hosts.port
    call.move(f"http://www.hugedomains.com:{port}/domain_profile.cfm?d=calder.example", 302)


@way(MISSING, "parked")
def parked_in_a_frame(call):
    call.say(
        200,
        "<html><head><title>calder.example</title></head><frameset><frame src='https://www.sedoparking.com/calder.example'></frameset></html>",
    )


@way(MISSING, "parked")
def for_sale_in_german(call):
    call.say(200, "<title>calder.example steht zum Verkauf</title><h1>Diese Domain steht zum Verkauf</h1>")


@way(MISSING, "parked soft-404 unknown", verdict="")
def another_owner(call):
    everywhere(call, story("Best casino bonus", text="Play slots and win big at our casino tonight. " * 60))
