"""How long who has a turn keeps others waiting; told by the order of what happens, not by how long it takes."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from time import monotonic

import pytest

from crawler.pace import RESTS, Pace


async def turns(pace, number, takes=0.0):
    """Return when each turn began and ended."""
    found = []

    async def turn():
        async with pace:
            begun = monotonic()
            await asyncio.sleep(takes)
            found.append((begun, monotonic()))

    await asyncio.gather(*(turn() for _ in range(number)))
    return found


@pytest.mark.parametrize(("delay", "wish", "learned"), [(0.05, 0, 0), (0.01, 0.05, 0), (0.01, 0.02, 0.05)])
def test_the_longest_of_what_is_asked_for_lies_between_the_end_of_one_and_the_begin_of_the_next(delay, wish, learned):
    pace = Pace(delay, 1)
    pace.wish, pace.learned = wish, learned
    found = asyncio.run(turns(pace, 4, takes=0.02))
    assert all(later[0] - earlier[1] >= 0.05 for earlier, later in pairwise(found))


def test_of_several_at_a_time_each_begins_so_much_later():
    pace = Pace(0.02, 3)
    found = sorted(asyncio.run(turns(pace, 6, takes=0.05)))
    assert all(later[0] - earlier[0] >= 0.02 for earlier, later in pairwise(found))
    assert found[1][0] < found[0][1]


def test_a_rest_is_kept_by_those_who_wait_already():
    async def play():
        pace = Pace(0.01, 1)
        waiting = asyncio.create_task(turns(pace, 2))
        await asyncio.sleep(0)
        assert pace.rest(timedelta(seconds=0.05))
        rested = monotonic()
        found = await waiting
        return found[-1][0] - rested

    assert asyncio.run(play()) >= 0.05


def test_rests_are_given_a_few_times():
    pace = Pace(0, 1)
    assert [pace.rest(timedelta()) for _ in range(RESTS + 1)] == [True] * RESTS + [False]


def test_who_gives_up_waiting_leaves_the_turn_to_the_next():
    async def play():
        pace = Pace(0, 1)
        async with pace:
            impatient = asyncio.create_task(turns(pace, 1))
            await asyncio.sleep(0)
            impatient.cancel()
        await turns(pace, 1)
        return pace

    pace = asyncio.run(play())
    assert (pace.busy, pace.asking) == (0, 0)


def test_what_is_learned_of_a_site_between_two_requests_holds_for_the_second():
    pace = Pace(0, 1)
    first = asyncio.run(turns(pace, 1))
    pace.wish = 0.05
    assert not asyncio.run(is_idle(pace))
    second = asyncio.run(turns(pace, 1))
    assert second[0][0] - first[0][1] >= 0.05


async def is_idle(pace):
    return pace.is_idle


def test_it_goes_on_in_another_loop():
    pace = Pace(0.05, 1)
    first = asyncio.run(turns(pace, 3))
    second = asyncio.run(turns(pace, 3))
    assert second[0][0] - first[-1][1] >= 0.05
