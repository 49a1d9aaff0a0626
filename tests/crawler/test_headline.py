import pytest

from crawler import headline
from crawler.page import Page

URL = "https://www.example-times.org/a"


def found(html):
    return headline.of(Page(html.encode(), URL))


@pytest.mark.parametrize(
    "html",
    [
        "<title>The headline | Example Times</title><h1>Example Times</h1><h2>The headline</h2>",
        "<title>Example Times: The headline</title><h1>Navigation</h1><h1>The headline</h1>",
        '<title>x</title><meta property="og:title" content="The headline"><h1>Menu</h1><h3>The headline</h3>',
        "<title>The headline - News</title><h1 class='sr-only'>The headline - News</h1><h2>The headline</h2>",
        "<title>The headline</title><h2>More news</h2><h1>The <em>head</em>line</h1>",
    ],
)
def test_the_heading_by_which_the_page_calls_itself(html):
    assert found(html).element.text == "The headline"
    assert found(html).is_confirmed


def test_a_heading_that_nothing_confirms():
    heading = found("<title>Something else</title><h1>The headline</h1>")
    assert (heading.element.text, heading.is_confirmed, heading.is_alone) == ("The headline", False, True)
    assert not found("<h1>One</h1><h1>Two</h1>").is_alone


def test_a_heading_may_be_a_link_from_its_first_letter_to_its_last():
    for tag in ("h1", "h2"):
        assert found(f"<title>News</title><{tag}><a href='/a'>The headline</a></{tag}>").is_link
        assert not found(f"<title>News</title><{tag}><a href='/a'>The</a> headline</{tag}>").is_link
        assert not found(f"<title>News</title><{tag}>The headline</{tag}>").is_link


@pytest.mark.parametrize(
    "html", ["", "<h2>Other</h2>", "<h1> </h1>", "<h1>Example Times</h1>", "<h1>example-times.org</h1>"]
)
def test_no_headline(html):
    assert found(f'<meta property="og:site_name" content="Example Times">{html}').element is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1><a href='/'>Years remaining</a></h1><h2>The headline</h2>", "The headline"),
        ("<h1><a href='/b'>Years remaining</a></h1><h2>The headline</h2>", "Years remaining"),
        ("<h1><a href='/'>Years</a> remaining</h1><h2>The headline</h2>", "Years remaining"),
    ],
)
def test_a_heading_that_leads_home_is_the_name_of_the_site(html, text):
    assert found(f"<title>Years remaining » Blog » The headline</title>{html}").element.text == text


def test_a_heading_may_be_a_part_of_the_title_and_more():
    heading = found(
        "<title>The whole headline | Section | Example</title><h1>Menu</h1><h1>The whole headline: yes!</h1>"
    )
    assert (heading.element.text, heading.is_confirmed) == ("The whole headline: yes!", True)


def test_a_title_of_very_many_parts_is_read_in_part():
    title = " - ".join(["Section of it"] * headline.PARTS + ["The whole headline"])
    assert not found(f"<title>{title}</title><h1>Menu</h1><h1>The whole headline: yes!</h1>").is_confirmed


def test_the_heading_of_an_entry_comes_before_others_of_its_level():
    html = "<title>x</title><h1>Navigation and service</h1><h1 class='c-intro__headline'>The headline</h1>"
    assert found(html).element.text == "The headline"
    assert found("<title>x</title><h1>One</h1><h1 itemprop=headline>Two</h1>").element.text == "Two"


def test_the_first_heading_of_a_page_that_has_no_main_one():
    heading = found("<title>x</title><h2></h2><h2>The headline</h2><h2>More</h2>")
    assert (heading.element.text, heading.is_confirmed, heading.is_alone) == ("The headline", False, True)
    assert found("<title>x</title><h1>Example Times</h1><h2>Other</h2>").element is None
    assert found("<title>x</title><meta property='og:title' content='y'><h2>Other</h2>").element is None


def test_names_of_the_site():
    assert headline.holds_name_of_host("friendsofexampletimes", "https://www.example-times.org/")
    assert not headline.holds_name_of_host("whattheexampletimesfoundoutonsunday", "https://www.example-times.org/")
    assert not headline.holds_name_of_host("friendsofexample", "https://example.org/")


def test_parts():
    assert headline.parts("Covid-19: What now? | News - Example») ") == ["Covid-19: What now?", "News", "Example", ") "]
