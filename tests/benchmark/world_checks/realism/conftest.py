"""Worlds of which it is known how unlike real traffic they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from shamcrowd.benchmark.world_checks.realism.table import as_traffic
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic

MONDAY = 1_772_409_600
"""2026-03-02, 00:00 UTC."""
DAY = 86_400
UNITS = {"ms": 1e3, "us": 1e6, "ns": 1e9}


def _frame(time, client, turn_of, rng, days):
    many = len(time)
    frame = pd.DataFrame(
        {
            "timestamp": pd.to_datetime((MONDAY + time) * 1e3, unit="ms", utc=True).round("ms"),
            "client": client,
            "input_tokens": np.ceil(np.exp(rng.normal(6.5, 1.2, many))).astype(int),
            "output_tokens": np.ceil(np.exp(rng.normal(5.5, 1.0, many))).astype(int),
            "conversation": turn_of,
        }
    )
    return frame[time < days * DAY].sort_values("timestamp").reset_index(drop=True)


@pytest.fixture(scope="session")
def make_plain():
    """The usual generator: a Poisson stream of conversations along the curve of day and week,
    Zipf clients, lengths that hang on nothing, geometric turns, exponential think time.
    """

    def make(seed=0, days=14, starts_per_day=8_000, clients=1_000):
        rng = np.random.default_rng(seed)
        start = rng.uniform(0, days * DAY, rng.poisson(2 * starts_per_day * days))
        hour, weekend = start / 3_600 % 24, start // DAY % 7 >= 5
        rate = (1 + 0.5 * np.sin((hour - 8) * np.pi / 12)) * np.where(weekend, 0.6, 1)
        start = start[rng.random(len(start)) < rate / 2]
        weight = 1 / np.arange(1, clients + 1)
        client = rng.choice(clients, len(start), p=weight / weight.sum())
        turns = rng.geometric(0.5, len(start))
        of = np.repeat(np.arange(len(start)), turns)
        think = rng.exponential(100.0, len(of))
        first = np.cumsum(turns) - turns
        think[first] = 0
        since = np.cumsum(think)
        return _frame(start[of] + since - since[first][of], client[of], of, rng, days)

    return make


@pytest.fixture(scope="session")
def make_flat():
    """Less than that: a homogeneous Poisson stream of single requests from uniform clients."""

    def make(seed=0, days=14, per_day=16_000, clients=1_000):
        rng = np.random.default_rng(seed)
        time = rng.uniform(0, days * DAY, rng.poisson(per_day * days))
        client = rng.integers(0, clients, len(time))
        return _frame(time, client, np.arange(len(time)), rng, days)

    return make


@pytest.fixture(scope="session")
def plain(make_plain) -> pd.DataFrame:
    """One plain world that nobody may change."""
    return make_plain()


@pytest.fixture(scope="session")
def traffic(plain) -> RequestTraffic:
    """The plain world as the scorecard sees it."""
    return as_traffic(pa.Table.from_pandas(plain, preserve_index=False), "plain")


@pytest.fixture(scope="session")
def bursty() -> pd.DataFrame:
    """A week of clients that come in dense bursts, each with lengths of its own."""
    rng = np.random.default_rng(5)
    clients, bursts, each = 40, 60, 80
    client = np.repeat(np.arange(clients), bursts * each)
    burst = np.repeat(np.arange(clients * bursts), each)
    begins = rng.uniform(0, 7 * DAY - 600, clients * bursts)
    gap = rng.weibull(0.5, len(burst))
    gap[::each] = 0
    time = begins[burst] + np.cumsum(gap) - np.cumsum(gap)[::each][burst]
    frame = _frame(time, client, rng.integers(0, len(burst) // 3, len(burst)), rng, 7)
    frame["input_tokens"] *= 1 + frame["client"] ** 2
    return frame


@pytest.fixture(scope="session")
def local():
    """Seconds since the Monday of the plain world, of a frame."""

    def seconds(frame):
        return (frame["timestamp"].astype("int64") / UNITS[frame["timestamp"].dt.unit]) - MONDAY

    return seconds
