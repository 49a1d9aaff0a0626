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


@pytest.mark.parametrize(
    "html", ["", "<h2>Other</h2>", "<h1> </h1>", "<h1>Example Times</h1>", "<h1>example-times.org</h1>"]
)
def test_no_headline(html):
    assert found(f'<meta property="og:site_name" content="Example Times">{html}').element is None


def test_parts():
    assert headline.parts("Covid-19: What now? | News - Example») ") == ["Covid-19: What now?", "News", "Example", ") "]
