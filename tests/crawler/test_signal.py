import pytest

from crawler.habit import DAY, Habit, share
from crawler.prior import Prior
from crawler.signal import MOST, SILENCE, Ear, Heard

NEW = Prior().belief("a", Habit())


def test_silence_of_an_outlet_that_announces_makes_sure():
    nothing, silence, half = (Heard(Ear(), listed).still(NEW, 30, 10) for listed in (0, 10, 5))
    assert nothing == SILENCE.still(NEW, 30, 10)
    assert nothing < half < silence < 1


def test_what_is_announced_has_probably_changed():
    once, twice = (Heard(Ear(), 10, times).still(NEW, 30, 10) for times in (1, 2))
    assert twice < once / 5 < 0.03


def test_an_outlet_that_cries_wolf_is_not_believed():
    liar, honest = Ear(empty=50), Ear(told=50, changes=60)
    for _ in range(50):
        liar = liar.listened(0.1, DAY)
        honest = honest.listened(0.1, DAY)
    assert liar.noise > 0.4 / DAY
    assert Heard(liar, 10, 1).still(NEW, 30, 10) > 5 * Heard(honest, 10, 1).still(NEW, 30, 10)


def test_recall_is_what_was_told_of_what_was_to_be_expected():
    ear = Ear()
    for look in range(200):
        ear = ear.listened(ear.recall, DAY).after(int(look % 10 < 3), changed=look % 10 < 3)
    assert ear.changes == pytest.approx(200)
    assert ear.recall == pytest.approx(0.3, abs=0.02)
    assert ear.noise == pytest.approx(0.5 / 250 / DAY)


def test_nobody_announces_everything():
    assert Ear(told=1000, changes=500).recall == MOST


def test_an_announcement_of_nothing_is_empty_and_a_second_one_of_one_change_too():
    assert Ear().after(2, changed=False) == Ear(empty=2)
    assert Ear().after(3, changed=True) == Ear(told=1, empty=2)
    assert Ear().after(0, changed=True) == Ear()


def test_listening_promises_most_while_articles_are_young():
    found = [Ear().promise(NEW, age, 6) for age in (6, 24, 48, 1000)]
    assert found == sorted(found, reverse=True)
    assert found[0] == pytest.approx(0.7 * 0.75 * share(6), rel=0.05)


def test_silence_is_as_good_as_watching():
    silent = Heard(Ear(), 10).silent(Habit(), 2)
    assert silent.seen == pytest.approx(0.7 * (share(12) - share(2)))
    assert silent.watched == pytest.approx(7)
    assert Heard(Ear(), 10, 1).silent(Habit(), 2) == Habit()
    assert SILENCE.silent(Habit(), 2) == Habit()
