import pytest

from crawler.change import Change
from crawler.site import Site
from pipelines.reconcile import excerpt

START = "The new pier of Port Calder opened to the public on Tuesday after"
WHOLE = f"{START} four years of work and two storms."
MORE = "The mayor cut a rope instead of a ribbon, since the wind had taken the ribbon out to sea."
TITLE = "New pier opens to the public"


@pytest.fixture
def settled(case, page):
    """Settle the excerpt of a record by its page, and return the new one, or why it is kept."""

    def settle(old, *descriptions, body="", **more):
        head = "".join(f'<meta name="og:description" content="{text}">' for text in descriptions)
        head += more.pop("head", "")
        (decision,) = excerpt.settle(case(page(head, body), excerpt=old, **more))
        return decision.new if isinstance(decision, Change) else f"kept: {decision.why}"

    return settle


@pytest.mark.parametrize("old", [None, ""])
def test_a_record_without_one_gets_the_description(old, settled):
    assert settled(old, WHOLE) == WHOLE


def test_a_description_comes_before_the_line_under_the_headline(settled):
    assert settled(None, WHOLE, body=f'<p class="dek">{MORE}</p>') == WHOLE
    assert settled(None, body=f'<p class="dek">{MORE}</p>') == MORE


@pytest.mark.parametrize(
    "text", ["Harbour news", TITLE, "Subscribe now to keep reading this article and all others of this newspaper."]
)
def test_what_describes_nothing_is_not_written(text, settled):
    assert settled(None, text).startswith("kept: ")


@pytest.mark.parametrize(
    "text",
    [
        "{{article.description}} and {{article.title}} are undefined here",
        "[vc_row][vc_column_text]The pier of Port Calder opened on Tuesday.[/vc_column_text]",
        ".entry-title{display:none} The pier of Port Calder opened on Tuesday.",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod.",
        "La jetÃ©e du port a Ã©tÃ© ouverte au public mardi, quatre ans après.",
        "pier, harbour, Port Calder, opening day, news, local, storms",
        "Become a member to read this story and thousands more, for as little as a dollar.",
    ],
)
def test_what_was_left_behind_is_no_description(text, settled):
    assert settled(None, text) == "kept: what the page says of itself is no good description"


def test_a_list_within_a_sentence_describes(settled):
    text = "Music, games, dances, boats, food, and fireworks."
    assert settled(None, text) == text


def test_the_headline_is_no_description_of_its_article_whatever_the_page_calls_itself(case, page):
    title = "New pier opens to the public after four years of work"
    head = f'<meta name="description" content="{title}.">'
    html = page(head, title=title).replace(f"<title>{title}", "<title>The pages of the harbour office")
    (decision,) = excerpt.settle(case(html, title=title))
    assert decision.why == "what the page says of itself is no good description"


def test_a_paragraph_is_not_written_for_want_of_a_description(settled):
    assert settled(None, body=f"<p>{WHOLE}</p>") == "kept: what the page says of itself is no good description"


def test_what_the_site_says_on_many_pages_is_not_written(settled):
    site = Site()
    for title in ("One", "Two", "Three"):
        site = site.with_article(title, description=MORE)
    assert settled(None, MORE, site=site) == "kept: no page that is surely the article describes it"


def test_a_page_that_asks_not_to_be_copied_is_not(settled):
    head = '<meta name="robots" content="nosnippet">'
    assert settled(None, WHOLE, head=head) == "kept: the page asks not to copy its text"


def test_no_more_is_copied_than_a_page_allows(settled):
    assert settled(None, WHOLE, head='<meta name="robots" content="max-snippet:50">').startswith("kept: ")
    assert settled(None, WHOLE, head='<meta name="robots" content="max-snippet:150">') == WHOLE


def test_one_that_is_whole_stays(settled):
    assert settled(WHOLE, f"{WHOLE} {MORE}") == "kept: it is whole"


@pytest.mark.parametrize("old", [f"{START} ...", f"{START}…", START, f"{START} four ye", f"{START} four years, [...]"])
def test_one_that_was_cut_is_completed_by_the_description(old, settled):
    assert settled(old, WHOLE) == WHOLE


def test_one_that_was_cut_is_completed_in_the_words_of_the_article(settled):
    assert settled(f"{START} ...", f"{START} four ...", body=f"<p>{WHOLE} {MORE}</p>") == f"{WHOLE} {MORE}"
    assert settled(f"{START} ...", body=f"<p>{WHOLE}</p>") == WHOLE


@pytest.mark.parametrize("before", [0, 300, 600])
def test_the_words_of_the_article_are_found_below_its_headline_however_long_the_menu_before_it(before, case, page):
    menu = "<p>Page</p>" * before
    html = page(body=f"<p>{WHOLE}</p>").replace("<article>", f"{menu}<article>")
    (decision,) = excerpt.settle(case(html, excerpt=f"{START} ..."))
    assert decision.new == WHOLE


def test_they_are_found_above_it_too(case, page):
    html = page().replace("<article>", f"<p>{WHOLE}</p>{'<p>Page</p>' * 30}<article>")
    (decision,) = excerpt.settle(case(html, excerpt=f"{START} ..."))
    assert decision.new == WHOLE


def test_one_that_was_cut_stays_where_the_page_goes_on_otherwise(settled):
    assert settled(f"{START} ...", MORE) == "kept: no page continues it"
    assert settled(f"{START} ...", f"{START} ...") == "kept: no page continues it"


def test_one_that_was_cut_becomes_no_less_cut_for_a_few_letters(settled):
    assert settled(f"{START} ...", f"{START} four years ...") == "kept: the page cuts it as well"
    longer = f"{START} four years of work and two storms, of which ..."
    assert settled(f"{START} ...", longer) == longer


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The &quot;pier&quot; of Port Calder &amp; its opening day", 'The "pier" of Port Calder & its opening day'),
        ("The <b>pier</b> of Port Calder and its opening day", "The pier of Port Calder and its opening day"),
        ("La jetÃ©e du port a Ã©tÃ© ouverte au public mardi", "La jetée du port a été ouverte au public mardi"),
        ("La jetÃ©e du port, inaugurée, est ouverte à tous", "La jetée du port, inaugurée, est ouverte à tous"),
        ("La jet\ufffde du port a \ufffd\ufffdt\ufffd ouverte au public", "La jetée du port a été ouverte au public"),
        ("Ïðîôñîþç ïîäïèñàë äîãîâîð ïîçäíî âå÷åðîì âî âòîðíèê", "Профсоюз подписал договор поздно вечером во вторник"),
    ],
)
def test_one_that_was_garbled_is_corrected(old, new, settled):
    assert settled(old, new.replace('"', "&quot;")) == new


GARBLED = "The <b>pier</b> of Port Calder and its first opening day."
MENDED = "The pier of Port Calder and its first opening day."


def test_one_that_was_garbled_stays_where_the_page_has_none_that_is_not(settled):
    assert settled(GARBLED, MENDED) == MENDED
    assert settled(GARBLED, body=f"<p>{MENDED}</p>") == "kept: it is whole", "a paragraph is no description"
    assert settled(GARBLED, MENDED.replace("pier", "bridge")) == "kept: it is whole"
    assert settled("The <b>pier</b> of Port Calder.", "The pier of Port Calder.") == "kept: it is whole", "too short"
    assert settled("La <b>jetÃ©e</b> du port est ouverte au public.", "La jetÃ©e du port est ouverte au public.") == (
        "kept: it is whole"
    )


@pytest.mark.parametrize(
    "old", ["La jetÃ©e du port a Ã©tÃ© ouv ...", "La jet&eacute;e du port a &amp;eacute;t&eacute; ouv…"]
)
def test_one_that_was_garbled_and_cut_is_completed(old, settled):
    whole = "La jetée du port a été ouverte au public mardi, quatre ans après."
    assert settled(old, whole) == whole


def test_one_of_which_too_little_is_left_stays(settled):
    assert settled("The new pier of ...", WHOLE) == "kept: too little is left of it to know it by"
    assert settled("The new pier of Port Calder ...", WHOLE) == WHOLE


def test_what_the_site_says_on_many_pages_completes_nothing(settled):
    site = Site()
    for title in ("One", "Two", "Three"):
        site = site.with_article(title, description=WHOLE)
    assert settled(f"{START} ...", WHOLE, site=site) == "kept: no page continues it"


def test_one_that_spans_paragraphs_is_completed_in_the_last_of_them(settled):
    body = f"<p>{WHOLE}</p><p>{MORE}</p>"
    assert settled(f"{WHOLE} The mayor cut a rope ...", body=body) == f"{WHOLE} {MORE}"


def test_no_more_is_completed_than_a_page_allows(settled):
    body, cut = f"<p>{WHOLE}</p>", f"{START} ..."
    assert settled(cut, body=body, head='<meta name="robots" content="max-snippet:80">').startswith("kept: ")
    assert settled(cut, body=body, head=f'<meta name="robots" content="max-snippet:{len(WHOLE)}">') == WHOLE


def test_nothing_is_settled_without_a_page(case):
    assert list(excerpt.settle(case(excerpt=None))) == []


LOCKED = '<meta property="article:content_tier" content="locked">'


def test_the_text_of_a_paywalled_page_completes_nothing(settled):
    cut = f"{START} ..."
    assert settled(cut, body=f"<p>{WHOLE}</p>") != "kept: no page continues it"
    assert settled(cut, body=f"<p>{WHOLE}</p>", head=LOCKED) == "kept: no page continues it"
    assert settled(cut, WHOLE, head=LOCKED) == WHOLE


@pytest.mark.parametrize(("length", "is_written"), [(39, False), (40, True), (601, False)])
def test_how_long_a_description_may_be(settled, length, is_written):
    text = f"It opened {'x' * (length - 11)}."
    assert len(text) == length
    assert (settled(None, text) == text) is is_written


def test_of_two_descriptions_that_go_on_the_longer_whole_one_is_taken(settled):
    longer = f"{WHOLE} {MORE}"
    assert settled(f"{START} ...", WHOLE, longer) == longer
    assert settled(f"{START} ...", longer, WHOLE) == longer


def test_of_two_descriptions_that_are_cut_the_longer_one_is_taken(settled):
    short, long = f"{START} four years of work and ...", f"{START} four years of work and two storms, of which ..."
    assert settled(f"{START} ...", short, long) == long
    assert settled(f"{START} ...", long, short) == long


def test_one_that_is_whole_comes_before_one_that_is_cut_there(settled):
    assert settled(f"{START} ...", f"{WHOLE} ...", WHOLE) == WHOLE


def test_a_cut_one_gives_way_to_one_that_is_cut_twenty_letters_later(settled):
    cut = f"{START} four"
    assert settled(f"{START} ...", f"{cut}{'x' * 14} ...") == "kept: the page cuts it as well"
    assert settled(f"{START} ...", f"{cut}{'x' * 15} ...") == f"{cut}{'x' * 15} ..."


@pytest.mark.parametrize(("old", "is_known"), [("The new pier of Port", False), ("The new pier of Port Cald", True)])
def test_of_how_many_letters_it_is_known(old, is_known, settled):
    assert (settled(f"{old} ...", WHOLE) == WHOLE) is is_known


def test_it_may_be_completed_by_a_page_that_is_known_by_it(settled):
    assert settled(f"{START} ...", WHOLE, title="Calder goes to sea") == WHOLE
