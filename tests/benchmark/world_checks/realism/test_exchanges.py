"""Statistics of requests and their answers, on logs whose figures are counted by hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism import exchanges

MANY = 4000


def value(name, rows):
    (found,) = (each for each in exchanges.STATISTICS if each.id == name)
    return found.measure(SimpleNamespace(requests=lambda *columns: rows.copy()))


@pytest.fixture
def rows():
    """Conversations of two turns, 20 s apart, of 500 tokens each at 100 a second."""
    number = np.arange(MANY)
    seconds = number // 2 * 1000 + number % 2 * 20
    return pd.DataFrame(
        {
            "account": number // 20, "conversation": number // 2, "session": number // 2,
            "address": number // 20, "endpoint": "chat", "status": 200, "output_tokens": 500,
            "input_tokens": 9000, "duration": 5000,
            "time": pd.to_datetime(seconds, unit="s", utc=True),
        }
    )  # fmt: skip


def test_counts_with_steps_and_without(rows):
    assert value("E1", rows) < 0.001
    rng = np.random.default_rng(1)
    rows["input_tokens"] = np.exp(rng.uniform(np.log(8192), np.log(16_384), MANY)).astype(int)
    assert value("E1", rows) == pytest.approx(1.0, abs=0.03)
    rows["input_tokens"] = 8192 + (rows["input_tokens"] - 8192) // 23 * 23
    assert value("E1", rows) < 0.15


def test_turns_before_their_answer(rows):
    assert value("E2", rows) == 0
    # 20 s times 300 tokens, and one more.
    rows.loc[rows.index[:100:2], "output_tokens"] = 6000
    assert value("E2", rows) == 0
    rows.loc[rows.index[:100:2], "output_tokens"] = 6001
    assert value("E2", rows) == pytest.approx(50 / (MANY / 2))
    rows.loc[rows.index[:100:2], "status"] = 500
    assert value("E2", rows) == 0


def test_long_answers_take_longer(rows):
    rows["output_tokens"] = 10 + rows["conversation"] % 50
    rows["time"] += pd.to_timedelta(rows["output_tokens"] * (rows.index % 2), unit="s")
    assert value("E3", rows) == pytest.approx(1.0)


def test_speed(rows):
    assert value("E4", rows) == pytest.approx(100)
    with pytest.raises(NotMeasurableError, match="500 tokens"):
        value("E4", rows.assign(output_tokens=499))


def test_taken_up_again_after_half_an_hour(rows):
    late = rows.index % 2 * (rows["conversation"] < 100)
    rows["time"] += pd.to_timedelta(1780 * late, unit="s")
    assert value("E5", rows) == 0
    rows["time"] += pd.to_timedelta(late, unit="s")
    assert value("E5", rows) == pytest.approx(100 / (MANY / 2))


def test_handover(rows):
    assert value("E6", rows) == 0
    rows.loc[rows.index[1:200:2], "address"] = -1
    assert value("E6", rows) == pytest.approx(100 / (MANY / 2))


def test_embeddings(rows):
    rows["endpoint"] = np.where(rows.index < 1000, "embeddings", "chat")
    assert value("E7", rows) == 1
    rows.loc[rows.index < 1000, "output_tokens"] = 0
    assert value("E7", rows) == 0
    with pytest.raises(NotMeasurableError, match="embeddings"):
        value("E7", rows[rows.index >= 1000])
