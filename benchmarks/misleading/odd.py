"""Links that live, on servers that are odd, or of pages that are about what others are."""

import gzip
import zlib

from misleading.ways import FRONT, LIVING, STORY, only_here, story, way


@way(LIVING, "ok")
def head_is_500(call):
    call.say(500) if call.command == "HEAD" else only_here(call, story())


@way(LIVING, "ok")
def head_is_forbidden(call):
    call.say(403) if call.command == "HEAD" else only_here(call, story())


@way(LIVING, "ok")
def head_leads_home(call):
    call.move("/", 302) if call.command == "HEAD" and call.path != "/" else only_here(call, story())


@way(LIVING, "blocked", verdict="unsure")
def wants_a_browser(call):
    only_here(call, story()) if "Mozilla" in call.headers.get("User-Agent", "") else call.say(403, "<h1>Forbidden</h1>")


@way(LIVING, "blocked forbidden", verdict="unsure")
def wants_a_referer(call):
    only_here(call, story()) if call.headers.get("Referer") else call.say(403, "<h1>Forbidden</h1>")


@way(LIVING, "ok")
def wants_gzip(call):
    only_here(call, story()) if "gzip" in call.headers.get("Accept-Encoding", "") else call.say(406)


@way(LIVING, "protocol-error", verdict="unsure")
def says_gzip_and_is_none(call):
    only_here(call, story(), Content_Encoding="gzip")


@way(LIVING, "ok")
def packed_and_cut(call):
    only_here(call, gzip.compress(story(text=STORY * 900).encode())[:-40], Content_Encoding="gzip")


@way(LIVING, "ok")
def deflated_without_a_header(call):
    packer = zlib.compressobj(wbits=-15)
    only_here(call, packer.compress(story().encode()) + packer.flush(), Content_Encoding="deflate")


@way(LIVING, "ok")
def reset_after_the_page(call):
    only_here(call, story(), Content_Length=str(len(story()) + 5000))
    call.hang_up(reset=call.asked_for_it)


@way(LIVING, "ok")
def chunks_without_an_end(call):
    if not call.asked_for_it:
        only_here(call)
        return
    data = story().encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    call.send(head + f"{len(data):x}\r\n".encode() + data + b"\r\n")


@way(LIVING, "ok")
def lines_that_end_in_one_letter(call):
    page = f"HTTP/1.1 200 OK\nContent-Type: text/html\nConnection: close\n\n{story()}"
    call.send(page.encode()) if call.asked_for_it else only_here(call)


@way(LIVING, "protocol-error", verdict="unsure")
def a_header_without_a_colon(call):
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-No-Colon\r\nConnection: close\r\n\r\n{story()}"
    call.send(page.encode()) if call.asked_for_it else only_here(call)


@way(LIVING, "ok")
def a_status_without_words(call):
    page = f"HTTP/1.1 200\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n{story()}"
    call.send(page.encode()) if call.asked_for_it else only_here(call)


@way(LIVING, "ok")
def sixty_cookies(call):
    if not call.asked_for_it:
        only_here(call)
        return
    cookies = "".join(f"Set-Cookie: c{number}={'x' * 500}\r\n" for number in range(60))
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{cookies}Connection: close\r\n\r\n"
    call.send((head + story()).encode())


@way(LIVING, "ok")
def hints_before_it_answers(call):
    if call.asked_for_it:
        call.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
    only_here(call, story())


@way(LIVING, "ok")
def in_utf_16(call):
    only_here(call, story().encode("utf-16"), kind="text/html")


@way(LIVING, "ok")
def as_plain_text(call):
    only_here(call, STORY * 20, kind="text/plain")


@way(LIVING, "ok")
def without_a_type(call):
    if call.asked_for_it:
        call.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + story().encode())
    else:
        only_here(call)


@way(LIVING, "ok", path="/pictures/pier.jpg")
def a_picture(call):
    only_here(call, b"\xff\xd8\xff\xe0" + b"picture " * 900, kind="image/jpeg")


@way(LIVING, "ok", path="/pictures/pier.jpg")
def a_picture_said_to_be_a_page(call):
    only_here(call, b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, kind="text/html")


@way(LIVING, "ok", path="/pictures/pier.gif")
def a_tiny_picture(call):
    only_here(
        call, b"GIF89a\x01\x00\x01\x00\x00\xff\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x00;", kind="image/gif"
    )


@way(LIVING, "ok", path="/wiki/Peugeot_404")
def about_a_car_called_404(call):
    only_here(call, story("Peugeot 404 - Calderpedia"))


@way(LIVING, "ok", path="/blog/404-page-not-found-explained")
def about_pages_that_are_not_found(call):
    only_here(call, story("404 Page not found: where the error comes from, and how to write a better one"))


@way(LIVING, "ok", path="/2021/access-denied-for-walkers")
def about_access_denied(call):
    only_here(call, story("Access denied for walkers as pier closes"))


@way(LIVING, "ok", path="/login")
def a_login_page_itself(call):
    only_here(call, "<title>Log in | Calder Post</title><h1>Log in</h1><form><input type=password></form>")


@way(LIVING, "ok", path="/search?q=pier")
def a_search_that_is_linked(call):
    only_here(call, story("Search results for pier", text="Pier opens. Pier closes. Walkers on the pier. " * 30))


@way(LIVING, "ok", path="/tag/harbour")
def a_list_that_is_linked(call):
    only_here(call, story("Harbour", text="Pier opens. Pier closes. Walkers on the pier. " * 30))


@way(LIVING, "ok", path="/")
def an_entrance(call):
    call.say(200, FRONT) if call.path == "/" else call.say(404)


@way(LIVING, "ok moved-permanently moved-temporarily", path="/")
def an_entrance_that_leads_to_a_language(call):
    call.move("/en/", 302) if call.path == "/" else call.say(200 if call.path == "/en/" else 404, FRONT)


@way(LIVING, "ok")
def with_a_notice_on_cookies(call):
    notice = "<div id='cookies'>We value your privacy. We use cookies. <button>Accept all</button></div>"
    only_here(call, story().replace("<nav>", f"{notice}<nav>"))


@way(LIVING, "ok")
def with_a_captcha_under_its_comments(call):
    form = "<form><div class='g-recaptcha'></div><script src='https://www.google.com/recaptcha/api.js'></script></form>"
    only_here(call, story().replace("</article>", f"</article>{form}"))


@way(LIVING, "ok")
def with_the_scripts_of_its_guard(call):
    script = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    only_here(call, story(head=script), Server="cloudflare", CF_RAY="8a1-FRA")


@way(LIVING, "ok", robots=True)
def robots_txt_is_a_page(call):
    call.say(200, FRONT) if call.path == "/robots.txt" else only_here(call, story())


@way(LIVING, "ok", robots=True)
def robots_txt_is_forbidden(call):
    call.say(403) if call.path == "/robots.txt" else only_here(call, story())


@way(LIVING, "ok", robots=True)
def robots_txt_goes_in_circles(call):
    call.move("/robots.txt", 302) if call.path == "/robots.txt" else only_here(call, story())


@way(LIVING, "ok")
def in_japanese(call):
    text = "港の新しい桟橋が火曜日に開通し、初日に九百人が歩いたと港湾事務所が発表した。" * 20
    only_here(call, story("港に新しい桟橋", text=text))


@way(LIVING, "ok")
def in_one_long_line_without_paragraphs(call):
    only_here(call, f"<title>Harbour opens a new pier</title>{STORY * 20}")


@way(LIVING, "ok", path="/a b/pier (new).html")
def a_path_with_blanks(call):
    call.say(200 if call.path == "/a%20b/pier%20(new).html" else 404, story())


@way(LIVING, "ok", path="/straße/größe?q=öl")
def a_path_with_letters_that_are_not_ascii(call):
    is_right = call.path == "/stra%C3%9Fe/gr%C3%B6%C3%9Fe?q=%C3%B6l"
    call.say(200 if is_right else 404, story("Größe der Straße"))


@way(LIVING, "ok", path="/docs/pier#section-2")
def a_part_of_a_page(call):
    call.say(200 if call.path == "/docs/pier" else 404, story("Pier"))


@way(LIVING, "ok", path="/app/#/story/17")
def a_route_of_a_script(call):
    call.say(200 if call.path == "/app/" else 404, story("App"))
