"""Links that live where they have moved to."""

from misleading.ways import LIVING, PATH, only_here, story, way


def on(call, path, page=""):
    """Answer at the address that an article has moved to."""
    call.say(200 if call.path == path else 404, page or story())


@way(LIVING, "moved-permanently")
def moves_without_a_scheme(call):
    call.move(f"//{call.headers['Host']}/story{PATH}") if call.asked_for_it else on(call, f"/story{PATH}")


@way(LIVING, "moved-permanently")
def moves_relatively(call):
    call.move("../../story/harbour-opens-a-new-pier") if call.asked_for_it else on(
        call, "/story/harbour-opens-a-new-pier"
    )


@way(LIVING, "moved-permanently")
def moves_to_a_part_of_a_page(call):
    call.move(f"/story{PATH}#comments") if call.asked_for_it else on(call, f"/story{PATH}")


@way(LIVING, "moved-permanently")
def moves_to_an_address_with_blanks(call):
    call.move(f"/the story{PATH}") if call.asked_for_it else on(call, f"/the%20story{PATH}")


@way(LIVING, "moved-permanently moved-temporarily")
def moves_to_its_language(call):
    call.move(f"/en{PATH}", 302) if call.asked_for_it else on(call, f"/en{PATH}")


@way(LIVING, "moved-permanently", path="/?p=4711")
def moves_from_a_number_to_its_name(call):
    call.move(PATH) if call.asked_for_it else on(call, PATH)


@way(LIVING, "moved-permanently")
def moves_to_a_new_headline(call):
    new = "/2021/05/thousands-walk-the-pier-of-calder"
    call.move(new) if call.asked_for_it else on(call, new)


@way(LIVING, "moved-permanently", path="/x7Ga2")
def short_link(call):
    call.move(PATH) if call.asked_for_it else on(call, PATH)


@way(LIVING, "ok moved-temporarily")
def checks_cookies_on_the_way(call):
    has = "ok=1" in call.headers.get("Cookie", "")
    if call.path.startswith("/cookie-test"):
        call.move(PATH, 302)
    elif call.asked_for_it and not has:
        call.move("/cookie-test?back=pier", 302, Set_Cookie="ok=1; Path=/")
    else:
        only_here(call, story())


@way(LIVING, "moved-temporarily moved-permanently", path="/old")
def moves_though_it_is_called_terror(call):
    new = "/2021/05/terror-attack-trial-opens-in-calder"
    call.move(new, 301) if call.asked_for_it else on(call, new, story("Terror attack trial opens in Calder"))


@way(LIVING, "ok moved-permanently moved-temporarily unknown", verdict="unsure")
def scripts_to_its_new_address(call):
    new = f"/story{PATH}"
    call.say(200, f"<script>location.replace('{new}')</script>") if call.asked_for_it else on(call, new)


@way(LIVING, "ok moved-permanently moved-temporarily unknown", verdict="unsure")
def refreshes_to_its_new_address(call):
    new = f"/story{PATH}"
    page = f"<meta http-equiv='refresh' content='0; url={new}'><title>Moved</title>"
    call.say(200, page) if call.asked_for_it else on(call, new)
