"""What must not matter does not: the order of rows, names, weeks, the unit of lengths."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.world_checks.realism import scorecard

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def worlds(make_plain, bursty):
    return make_plain(3, days=8, starts_per_day=3_000, clients=200), bursty


def _values(frame):
    card = scorecard(frame)
    return {m.id: math.nan if m.value is None else m.value for m in (*card.core, *card.secondary)}


def _alike(known, **tolerance):
    return pytest.approx(known, nan_ok=True, **tolerance)


@pytest.fixture(scope="module")
def known(worlds):
    found = [_values(world) for world in worlds]
    # Between them the two worlds show every statistic but those that want a hundred clients.
    assert {i for values in found for i in values if not math.isnan(values[i])} == set(found[0])
    return found


@FEW
@given(seed=SEEDS, which=st.integers(0, 1))
def test_order_and_names(worlds, known, seed, which):
    rng = np.random.default_rng(seed)
    world = worlds[which]
    names = rng.permutation(world["client"].max() + 1) * 7 + 3
    talks = rng.permutation(world["conversation"].max() + 1) + 11
    renamed = world.assign(
        client=[f"c{n}" for n in names[world["client"]]],
        conversation=talks[world["conversation"]],
    ).drop_duplicates("timestamp")
    alike = world.drop_duplicates("timestamp")
    shuffled = renamed.sample(frac=1, random_state=int(seed))
    assert _values(shuffled) == _alike(_values(alike), rel=1e-9, abs=1e-12)


@FEW
@given(weeks=st.integers(-500, 500), which=st.integers(0, 1))
def test_weeks(worlds, known, weeks, which):
    moved = worlds[which].copy()
    moved["timestamp"] += np.timedelta64(7 * weeks, "D")
    assert _values(moved) == _alike(known[which], rel=1e-9, abs=1e-12)


@FEW
@given(days=st.integers(-500, 500))
def test_days_matter_to_the_week_only(worlds, known, days):
    moved = worlds[0].copy()
    moved["timestamp"] += np.timedelta64(days, "D")
    values = _values(moved)
    if days % 7:
        assert values["P2"] != pytest.approx(known[0]["P2"], rel=0.05)
    rest = set(values) - {"A4", "P2"}
    assert {i: values[i] for i in rest} == _alike({i: known[0][i] for i in rest})


@FEW
@given(factor=st.sampled_from([2, 3, 10, 1_000]), which=st.integers(0, 1))
def test_the_unit_of_lengths(worlds, known, factor, which):
    other = worlds[which].copy()
    other[["input_tokens", "output_tokens"]] *= factor
    assert _values(other) == _alike(known[which], rel=1e-6, abs=1e-9)


@FEW
@given(seed=SEEDS)
def test_ranges_of_values(worlds, seed):
    few = worlds[seed % 2].sample(frac=0.3, random_state=seed)
    values = {i: v for i, v in _values(few).items() if not math.isnan(v)}
    for i in ("C1", "C2", "C4", "L5", "T1", "T5", "P1"):
        assert 0 <= values.get(i, 0) <= 1
    for i in ("A2", "C3", "C5", "C6", "L4", "P4"):
        assert -1 <= values.get(i, 0) <= 1
    for i in ("L2", "L3", "P3", "T2", "T4"):
        assert values.get(i, 1) >= 1
