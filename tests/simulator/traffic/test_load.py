"""The platform is slow at busy hours and in spells, for everybody alike."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.traffic.load import STEP, Load, draw_slow_spells
from shamcrowd.simulator.traffic.outages import Outage

MONDAY = 1_772_409_600_000
WEEKS = 28 * MS_PER_DAY
HOURS = np.arange(7 * 24)


def load(outages=(), seed=1):
    return Load(Streams(seed), outages, MONDAY, MONDAY + WEEKS, 3)


def waits(of, model, hours=HOURS):
    steps = (hours * MS_PER_HOUR // STEP).astype(np.int64)
    return of.wait(of.index(steps, np.full(len(hours), model)))


@pytest.mark.parametrize(("model", "least", "most"), [(0, 1.3, 1.9), (2, 1.6, 2.6)])
def test_the_busiest_hour_is_about_twice_as_slow_as_the_quietest(model, least, most):
    week = waits(load(), model)
    assert least < week[:120].max() / week[:120].min() < most
    # The busiest hour is in the morning of America; weekends are faster.
    assert 12 <= int(week[:24].argmax()) <= 18
    assert week[120:].mean() < week[:120].mean()
    # The model's usual times are those of a mean week.
    assert week.mean() == pytest.approx(1, abs=0.15)


def test_speed_differs_less_than_the_wait():
    of = load()
    at = of.index(np.arange(288), np.full(288, 2))
    assert np.allclose(of.token(at), np.sqrt(of.wait(at)), rtol=1e-5)


def test_a_spell_slows_its_model_down_and_no_other():
    begin = MONDAY + 10 * MS_PER_HOUR
    spell = Outage(begin, begin + 2 * MS_PER_HOUR, 1, 0.01, True, 6.0)
    with_it, without = load([spell]), load()
    inside = np.array([10.5])
    assert waits(with_it, 1, inside) / waits(without, 1, inside) == pytest.approx(6, rel=0.1)
    for hours in (HOURS[:10], HOURS[13:]):
        assert np.array_equal(waits(with_it, 1, hours), waits(without, 1, hours))
    for model in (0, 2):
        assert np.array_equal(waits(with_it, model), waits(without, model))


def test_an_outage_by_overload_is_slow_and_another_is_not():
    begin = MONDAY + 10 * MS_PER_HOUR
    for overloaded, slower in ((True, 1 + 5 * 0.8), (False, 1)):
        outage = Outage(begin, begin + 2 * MS_PER_HOUR, -1, 0.8, overloaded)
        ratio = waits(load([outage]), 0, np.array([10.5])) / waits(load(), 0, np.array([10.5]))
        assert ratio == pytest.approx(slower, rel=0.1)


def test_later_and_earlier_than_the_recording_are_its_ends():
    of = load()
    last = WEEKS // STEP
    assert of.index(np.array([-5, last + 900]), np.array([0, 0])).tolist() == [0, last]


def test_as_many_slow_spells_as_asked_for_of_a_known_size():
    spells = [s for n in range(40)
              for s in draw_slow_spells(Streams(n), MONDAY, MONDAY + WEEKS, 3, 30)]  # fmt: skip
    assert len(spells) / 40 == pytest.approx(28, rel=0.1)
    slower = np.array([s.slower for s in spells])
    assert 1.5 <= slower.min() < 1.7
    assert 7 < slower.max() <= 8
    assert all(s.overloaded and 0 < s.share < 0.03 for s in spells)
    assert not draw_slow_spells(Streams(1), MONDAY, MONDAY + WEEKS, 3, 0)
