"""The parts of an injection: quantile maps, spells of work, things, ids."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.own_logs.inject.fresh_ids import LAST, FreshIds
from shamcrowd.benchmark.own_logs.inject.quantiles import NEAR, QuantileMap
from shamcrowd.benchmark.own_logs.inject.replacing import nearest
from shamcrowd.benchmark.own_logs.inject.styles import new_block, new_digits, unused
from shamcrowd.benchmark.own_logs.inject.traffic import PAUSE, moved_spells
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

RNG = np.random.default_rng(0)


def test_values_keep_their_rank() -> None:
    source, target = RNG.lognormal(5, 1, 5000), RNG.lognormal(7, 0.5, 5000)
    change = QuantileMap.between(source, target)
    mapped = change(np.sort(source))
    assert (np.diff(mapped) >= 0).all()
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(mapped, share) == pytest.approx(np.quantile(target, share), rel=0.02)


def test_values_beyond_the_source_keep_their_ratio_to_its_end() -> None:
    change = QuantileMap.between(np.arange(1, 101.0), 3 * np.arange(1, 101.0))
    assert change(np.array([200.0]))[0] == pytest.approx(600)


@pytest.mark.parametrize(("shift", "changes"), [(NEAR - 0.01, False), (NEAR + 0.01, True)])
def test_samples_that_are_near_are_one(shift: float, changes: bool) -> None:
    even = np.linspace(0, 1, 10_001)
    change = QuantileMap.between(even, even + shift)
    assert change.changes is changes
    assert change.distance == pytest.approx(shift, abs=1e-3)
    assert (change(np.array([0.5]))[0] == 0.5) is not changes


def test_no_sample_changes_nothing() -> None:
    change = QuantileMap.between(np.empty(0), np.arange(5.0))
    assert change(np.array([3.0])).tolist() == [3.0]


def at_night() -> QuantileMap:
    """From any hour of the day to the same place in the last six."""
    hours = np.linspace(0, 23.99, 2400)
    return QuantileMap.between(hours, 18 + hours / 4)


def test_spells_move_as_wholes() -> None:
    account = np.array([1, 1, 1, 2])
    time = np.array([0, 60_000, PAUSE + 60_001, 12 * MS_PER_HOUR])
    moved = moved_spells(account, time, at_night())
    assert moved[1] - moved[0] == 60_000
    assert moved[2] > moved[1]
    assert moved[3] == pytest.approx(21 * MS_PER_HOUR, abs=MS_PER_HOUR // 20)
    assert (moved // MS_PER_DAY == 0).all()


def test_a_pause_of_six_hours_is_within_a_spell() -> None:
    time = np.array([0, PAUSE])
    moved = moved_spells(np.array([1, 1]), time, at_night())
    assert moved[1] - moved[0] == PAUSE


def test_a_long_spell_is_over_before_the_next_begins() -> None:
    """Five hours from midnight on would reach beyond a spell that moves to 20 o'clock."""
    time = np.array([0, 5 * MS_PER_HOUR, 5 * MS_PER_HOUR + PAUSE + 1])
    moved = moved_spells(np.array([1, 1, 1]), time, at_night())
    assert moved[2] == moved[1] + 60_000


def test_new_ids_are_unused_and_even() -> None:
    used = np.arange(1, 10_000)
    ids = FreshIds(used, np.random.default_rng(1))
    drawn = ids.draw(5000)
    assert len(np.unique(drawn)) == 5000
    assert not np.isin(drawn, used).any()
    assert drawn.min() >= 1
    assert drawn.max() < LAST
    assert abs(drawn.mean() / LAST - 0.5) < 0.02
    assert not np.isin(ids.draw(5000), drawn).any()


HELD = pd.DataFrame({"kind": ["a", "a", "b", "b"], "country": ["x", "y", "x", "x"]})


@pytest.mark.parametrize(
    ("kind", "country", "want", "place"),
    [("a", "y", 0, 1), ("b", "x", 9, 3), ("b", "y", 9, 3), ("c", "y", 0, 1), ("c", "z", 7, 2)],
)
def test_the_nearest_agrees_in_most(kind: str, country: str, want: int, place: int) -> None:
    wanted = pd.DataFrame({"kind": [kind], "country": [country]})
    have = np.array([1, 5, 7, 9])
    assert nearest(wanted, HELD, ("kind", "country"), [want], have) == [place]


def test_each_is_taken_once_as_long_as_there_are_others() -> None:
    wanted = pd.DataFrame({"kind": ["b"] * 3, "country": ["x"] * 3})
    have = np.array([1, 5, 7, 9])
    found = nearest(wanted, HELD, ("kind", "country"), [9, 9, 9], have, once=True)
    assert found == [3, 2, 3]


@pytest.mark.parametrize("like", ["203.0.113.0/24", "2001:db8:1:2::/64"])
def test_a_new_block_lies_beside_another(like: str) -> None:
    used = {like}
    found = unused(lambda: new_block(like, RNG), used)
    assert found != like
    assert found in used
    assert found.split("/")[1] == like.split("/")[1]
    assert found[:6] == like[:6]


@pytest.mark.parametrize(("like", "kept"), [("+44 000 512", "+44 000 "), ("943210", "943")])
def test_new_digits_keep_what_comes_before(like: str, kept: str) -> None:
    found = new_digits(like, RNG)
    assert found.startswith(kept)
    assert len(found) == len(like)
    assert new_digits("unknown-x", RNG) == "unknown-x"
