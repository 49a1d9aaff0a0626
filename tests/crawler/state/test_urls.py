from datetime import UTC, datetime, timedelta

import pytest

from crawler.history import KEPT, History
from crawler.observation import Observation
from crawler.state import AmpStatus, Answer, Move
from crawler.state.database import Database
from crawler.state.urls import Urls

DAY = timedelta(days=1)
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
URL = "https://example.org/a"


@pytest.fixture
def urls():
    return Urls(Database(None))


def test_the_last_answer_is_remembered_whole(urls):
    answer = Answer(URL, NOW, 200, "ok", "https://example.org/b", "digest", 'W/"é"', "Tue, 20 Oct 2020", "gzip", False)
    urls.put(Answer(URL, NOW - DAY, 404, "not-found"))
    urls.put(answer)
    assert urls.get(URL) == answer
    assert urls.get("https://example.org/other") is None


def test_a_url_is_what_it_is_written(urls):
    urls.put(Answer(URL, NOW, 200, "ok"))
    assert urls.get(URL + "/") is None


def test_an_observation_is_remembered_whole(urls):
    seen = [Observation(NOW, "ok", full=False), Observation(NOW + DAY, "not-found", full=True, detail="status 404")]
    for one in seen:
        urls.observe(URL, one)
    assert tuple(urls.history(URL)) == tuple(seen)


def test_to_observe_returns_the_history_that_comes_of_it(urls):
    urls.observe(URL, Observation(NOW, "ok", full=True))
    after = urls.observe(URL, Observation(NOW + DAY, "not-found", full=True))
    assert after == urls.history(URL)
    assert len(after) == 2


def test_what_a_history_does_not_keep_is_dropped(urls):
    urls.observe("https://example.org/other", Observation(NOW, "ok", full=True))
    seen = [Observation(NOW + day * DAY, "ok", full=True, detail=f"day {day}") for day in range(KEPT + 6)]
    for one in [seen[3], seen[1], seen[2], *seen]:
        urls.observe(URL, one)
    assert urls.history(URL) == History.of(seen)
    assert urls.database.row("SELECT count(*) FROM observation") == (KEPT + 1,)


def test_two_states_of_one_second_are_both_kept(urls):
    urls.observe(URL, Observation(NOW, "not-found", full=True))
    urls.observe(URL, Observation(NOW, "ok", full=True))
    assert [seen.state for seen in urls.history(URL)] == ["not-found", "ok"]


def test_a_move_is_counted_once_a_time(urls):
    target = "https://example.org/moved"
    assert urls.see_move(URL, target, NOW) == Move(target, NOW, NOW, 1)
    assert urls.see_move(URL, target, NOW).times == 1
    assert urls.see_move(URL, target, NOW + DAY) == Move(target, NOW, NOW + DAY, 2)
    assert urls.see_move(URL, target, NOW + 2 * DAY).times == 3
    assert urls.move(URL) == Move(target, NOW, NOW + 2 * DAY, 3)


def test_a_move_to_somewhere_else_is_counted_anew(urls):
    urls.see_move(URL, "https://example.org/b", NOW)
    urls.see_move(URL, "https://example.org/b", NOW + DAY)
    assert urls.see_move(URL, "https://example.org/c", NOW + 2 * DAY).times == 1
    assert urls.see_move(URL, "https://example.org/b", NOW + 3 * DAY).times == 1


def test_a_move_is_forgotten(urls):
    urls.see_move(URL, "https://example.org/b", NOW)
    urls.forget_move(URL)
    assert urls.move(URL) is None


def test_the_state_of_an_amp_page_is_kept_by_its_article(urls):
    assert urls.amp(URL) is None
    for status in AmpStatus:
        urls.put_amp(URL, status, NOW)
        assert urls.amp(URL) is status


def test_validators_are_forgotten_and_nothing_else(urls):
    urls.put(Answer(URL, NOW, 200, "ok", digest="d", etag='"e"', last_modified="m"))
    urls.forget_validators()
    assert urls.get(URL) == Answer(URL, NOW, 200, "ok", digest="d")


def test_the_urls_of_a_host_are_known_by_its_name(urls):
    written = ["https://a.example/2", "http://A.example:8080/1", "https://b.a.example/", "https://b.example/a.example"]
    for url in written:
        urls.put(Answer(url, NOW, 200, "ok"))
    assert urls.on("a.example") == ["http://A.example:8080/1", "https://a.example/2"]


def test_the_urls_of_a_host_are_found_in_any_letters(urls):
    urls.put(Answer("https://münchen.example/", NOW, 200, "ok"))
    assert urls.on("xn--mnchen-3ya.example") == ["https://münchen.example/"]


def test_a_url_is_known_again_where_it_is_written_otherwise(urls):
    for url in ["https://www.a.example/story/?utm_source=x", "https://a.example/other"]:
        urls.put(Answer(url, NOW, 200, "ok"))
    assert urls.like("http://a.example/story") == ["https://www.a.example/story/?utm_source=x"]
    assert urls.like("http://a.example/") == []
