"""The card tells plain worlds from real traffic, and says so in words and JSON."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.realism import scorecard
from shamcrowd.benchmark.world_checks.realism.clients import burstiness, gini, zipf_exponent
from shamcrowd.benchmark.world_checks.realism.judging import StatisticResult
from shamcrowd.benchmark.world_checks.realism.lengths import (
    between_share,
    log_deviation,
    rank_correlation,
    tail,
)

LACKING = {"A1", "A2", "A4", "C3", "C4", "L5"}
"""What a day curve with Zipf clients can't show (research on which the ranges rest)."""


@pytest.mark.parametrize("seed", [0, 1])
def test_the_usual_generator_passes_eight(make_plain, seed):
    # Dense enough that single clients fill windows of ten minutes.
    card = scorecard(make_plain(seed, starts_per_day=30_000))
    assert set(card.failed) == LACKING
    assert card.unmeasured == ()
    assert card.passed == 8


def test_at_a_lower_rate_it_passes_no_more(plain):
    card = scorecard(plain)
    assert {*card.failed, *card.unmeasured} == LACKING
    assert card.unmeasured == ("C4",)


def test_at_a_very_low_rate_the_day_alone_passes_for_bursts(make_plain):
    # docs/realism.md warns of it.
    card = scorecard(make_plain(starts_per_day=2_000))
    assert card.window > 1_800
    assert {*card.failed, *card.unmeasured} == LACKING - {"A1", "A2"}


@pytest.mark.parametrize("seed", [0, 1])
def test_a_flat_stream_passes_next_to_nothing(make_flat, seed):
    card = scorecard(make_flat(seed))
    # What is left is the lengths, which are those of the plain world.
    assert [m.id for m in card.core if m.verdict == "pass"] == ["L1", "L3"]


@pytest.mark.parametrize("world", ["plain", "bursty"])
def test_each_row_measures_what_its_name_says(world, request, local):
    frame = request.getfixturevalue(world)
    seconds = local(frame)
    order = np.lexsort((seconds, frame["client"]))
    b = burstiness(seconds.to_numpy()[order], frame["client"].to_numpy(np.int64)[order])
    count = frame.groupby("client").size().to_numpy()
    into, out = (frame[c].to_numpy(float) for c in ("input_tokens", "output_tokens"))
    expected = {
        "C1": gini(count), "C7": zipf_exponent(count),
        "C3": np.median(b), "C5": np.quantile(b, 0.1), "C6": np.quantile(b, 0.9),
        "L1": log_deviation(into), "L2": tail(into), "L3": tail(out),
        "L4": rank_correlation(into, out), "L5": between_share(into, frame["client"].to_numpy()),
    }  # fmt: skip
    card = scorecard(frame)
    found = {m.id: m.value for m in (*card.core, *card.secondary)}
    assert {i: found[i] for i in expected} == pytest.approx(expected)


def test_missing_columns_are_not_measured(plain):
    bare = scorecard(plain[["timestamp", "client"]])
    assert {"L1", "L3", "L5", "T1", "T3"} <= set(bare.unmeasured)
    reasons = {m.id: m.reason for m in bare.core}
    assert reasons["L1"] == reasons["L5"] == "no column input_tokens"
    assert reasons["T1"] == "no column conversation"
    assert all(m.value is None for m in bare.core if m.verdict == "not measured")


def test_seconds_without_a_date_know_no_weekend(plain, local):
    seconds = plain.assign(timestamp=local(plain))
    card, dated = scorecard(seconds), scorecard(plain)
    assert [m.id for m in card.core if m.reason == "its seconds have no date"] == ["A4", "P2"]
    others = {m.id: m.value for m in card.core if m.id not in ("A4", "P2", "C4")}
    known = {m.id: m.value for m in dated.core if m.id in others}
    assert others == pytest.approx(known)


def test_a_short_table(plain):
    card = scorecard(plain.iloc[:300])
    assert {"A4", "P2", "P3", "C4"} <= set(card.unmeasured)
    one = scorecard(plain.iloc[:1])
    assert one.passed == 0
    assert one.rate == math.inf


@pytest.mark.parametrize(
    ("profile", "limits"), [("any", (1.35, 60)), ("global", (1.35, 9)), ("region", (9, 60))]
)
def test_profiles(plain, profile, limits):
    (p3,) = (m for m in scorecard(plain, profile).core if m.id == "P3")
    assert p3.range == limits
    assert p3.verdict == ("fail" if profile == "region" else "pass")


def _measured(value, limits=(1.0, 2.0), core=True):
    return StatisticResult("X1", "x", "s", limits, (1.5,), value, core=core)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(1.0, "pass"), (2.0, "pass"), (0.999, "fail"), (2.001, "fail"), (None, "not measured"),
     (math.inf, "fail")],
)  # fmt: skip
def test_verdicts(value, verdict):
    assert _measured(value).verdict == verdict
    apart = {"pass": "inside", "fail": "outside"}.get(verdict, verdict)
    assert _measured(value, core=False).verdict == apart
    assert _measured(5.0, None).verdict == "no range"


def test_summary(plain):
    card = scorecard(plain)
    assert card.summary() == "8 of 14 pass; fails: A1 A2 A4 C3 L5; not measured: C4"
    good = replace(card, core=tuple(_measured(1.5) for _ in range(3)))
    assert good.summary() == "3 of 3 pass"


def test_json(plain):
    card = scorecard(plain)
    told = json.loads(card.to_json())
    assert (told["passed"], told["requests"]) == (8, len(plain))
    assert [row["id"] for row in told["core"]] == [m.id for m in card.core]
    (c4,) = (row for row in told["core"] if row["id"] == "C4")
    assert (c4["value"], c4["verdict"]) == (None, "not measured")
    assert c4["reason"]


def test_json_has_no_infinity():
    told = _measured(math.inf).as_dict()
    assert (told["value"], told["verdict"]) == (None, "fail")
