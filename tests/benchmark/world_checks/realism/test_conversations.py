"""Conversations against pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.conversations import (
    gap_tail,
    growing_share,
    mean_turns,
    median_gap,
    single_turn_share,
)
from shamcrowd.benchmark.world_checks.realism.judging import scorecard


@pytest.fixture(scope="module")
def values(plain):
    card = scorecard(plain)
    return {m.id: m.value for m in (*card.core, *card.secondary)}


def test_turns(values, plain):
    turns = plain.groupby("conversation").size()
    assert values["T1"] == pytest.approx((turns == 1).mean())
    assert values["T1"] == pytest.approx(0.5, abs=0.01)
    assert values["T2"] == pytest.approx(turns.mean())


def test_gaps(values, plain):
    gap = plain.groupby("conversation")["timestamp"].diff().dt.total_seconds().dropna()
    assert values["T3"] == pytest.approx(gap.median())
    assert values["T3"] == pytest.approx(100 * np.log(2), rel=0.05)
    assert values["T4"] == pytest.approx(gap.quantile(0.9) / gap.median())


def test_growth(values, plain):
    rise = plain.groupby("conversation")["input_tokens"].diff().dropna()
    assert values["T5"] == pytest.approx((rise > 0).mean())


def test_by_hand():
    turns = np.array([1, 3, 1, 1])
    assert (single_turn_share(turns), mean_turns(turns)) == (0.75, 1.5)
    gap = np.arange(1.0, 12.0)
    assert (median_gap(gap), gap_tail(gap)) == (6.0, 10 / 6)


def test_an_id_used_by_many_clients_names_as_many_conversations():
    many = np.arange(30)
    frame = pd.DataFrame({"timestamp": 1.8e9 + many, "client": many, "conversation": "first"})
    card = scorecard(frame)
    (single,) = (m for m in card.core if m.id == "T1")
    assert single.value == 1


def test_rows_outside_any_conversation_do_not_count(plain, values):
    lost = plain.sample(500, random_state=1).assign(conversation=None)
    card = scorecard(pd.concat([plain, lost]))
    found = {m.id: m.value for m in (*card.core, *card.secondary) if m.id[0] == "T"}
    assert found == pytest.approx({i: values[i] for i in found})


def test_missing_lengths_are_no_growth():
    length = np.tile([1.0, 2.0, np.nan, 4.0], 30)
    assert growing_share(length, np.repeat(np.arange(30), 4)) == 1
    with pytest.raises(NotMeasurableError):
        growing_share(length * np.nan, np.repeat(np.arange(30), 4))


def test_no_spread_of_gaps_at_once():
    with pytest.raises(NotMeasurableError, match="0 s"):
        gap_tail(np.zeros(50))
