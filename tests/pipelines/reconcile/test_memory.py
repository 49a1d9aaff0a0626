import pytest

from crawler.state import State
from pipelines.reconcile.memory import Memory


@pytest.fixture
def state():
    with State.in_memory() as state:
        yield state


@pytest.fixture
def seen(case, page, state):
    """Let a page teach the memory of its site, and return what is known after it."""

    def see(title, description, **more):
        head = f'<meta name="description" content="{description}"><meta property="og:image" content="/share-me.jpg">'
        found = case(page(head, title=title, **more), title=title)
        Memory.of(found.visit, state, found.now).learn(found.visit)
        return Memory.of(found.visit, state, found.now).site

    return see


def test_what_three_articles_show_is_the_sites_own(seen):
    for number in range(2):
        site = seen(f"Headline number {number} of the day", "All the news of Port Calder.")
        assert not site.is_own_picture("share-me")
        assert not site.is_boilerplate("All the news of Port Calder.")
    site = seen("Headline number 3 of the day", "All the news of Port Calder.")
    assert site.is_own_picture("share-me")
    assert site.is_boilerplate("All the news of Port Calder.")


def test_a_page_that_is_not_the_article_teaches_nothing(case, page, state):
    other = case(page(title="Something else altogether"), title="New pier opens")
    Memory.of(other.visit, state, other.now).learn(other.visit)
    assert state.sites.get("example.org") is None


def test_a_site_of_which_nothing_is_known_knows_nothing(case, page, state):
    found = case(page())
    assert Memory.of(found.visit, state, found.now).site.to_json() == {}
