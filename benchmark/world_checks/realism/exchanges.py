"""Requests and their answers: lengths, what follows them, and from where (E1 to E7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

if TYPE_CHECKING:
    import pandas as pd

LEAST = 1000
"""Requests, turns or sessions that a share needs."""
FASTEST = 300
"""Tokens a second that no answer in use exceeds: the fastest probed models write about 250."""
LONG_AGO = 30 * 60
"""Seconds of silence after which a conversation counts as taken up again."""
_CHAT = "chat"


def _smoothness(log: PlatformLog) -> float:
    """Distinct counts of input tokens in the octave from 8,192 on, against as many independent
    draws from a smooth density.
    """
    tokens = log.requests("input_tokens")["input_tokens"].to_numpy()
    inside = tokens[(tokens >= 8192) & (tokens < 16_384)]
    enough(len(inside), LEAST, "prompts of 8,192 to 16,383 tokens")
    # Counts fall off like one over themselves, nearly: the density of a broad lognormal.
    number = np.arange(8192, 16_384)
    chance = 1 / number / (1 / number).sum()
    expected = (1 - (1 - chance) ** len(inside)).sum()
    return float(len(np.unique(inside)) / expected)


def _turns(log: PlatformLog) -> pd.DataFrame:
    """Answered chat turns, each with the seconds until the next turn of its conversation."""
    rows = log.requests(
        "time", "conversation", "session", "endpoint", "status", "output_tokens", "duration"
    )
    rows = rows.sort_values(["account", "conversation", "time"], kind="stable")
    after = rows.shift(-1)
    same = (rows["account"] == after["account"]) & (rows["conversation"] == after["conversation"])
    kept = same & (rows["endpoint"].astype(str) == _CHAT) & (rows["status"] == 200)
    rows["gap"] = (after["time"] - rows["time"]).dt.total_seconds()
    rows["moved"] = rows["session"] != after["session"]
    enough(int(kept.sum()), LEAST, "turns that another follows")
    return rows[kept]


def _too_early(log: PlatformLog) -> float:
    turns = _turns(log)
    return float((turns["gap"] * FASTEST < turns["output_tokens"]).mean())


def _reading(log: PlatformLog) -> float:
    turns = _turns(log)
    turns = turns[~turns["moved"]]
    return float(turns["output_tokens"].corr(turns["gap"], method="spearman"))


def _speed(log: PlatformLog) -> float:
    rows = log.requests("endpoint", "status", "output_tokens", "duration")
    chat = (rows["endpoint"].astype(str) == _CHAT) & (rows["status"] == 200)
    rows = rows[chat & (rows["output_tokens"] >= 500)]
    enough(len(rows), LEAST, "answers of 500 tokens")
    return float((rows["output_tokens"] / rows["duration"]).median() * 1000)


def _taken_up(log: PlatformLog) -> float:
    """Share of the conversations with several turns that go on after half an hour or more."""
    turns = _turns(log)
    long: pd.Series[bool] = (turns["gap"] > LONG_AGO).groupby(turns["conversation"]).any()
    return float(long.mean())


def _handover(log: PlatformLog) -> float:
    rows = log.requests("session", "address")
    size = rows.groupby("session")["address"].agg(["size", "nunique"])
    size = size[size["size"] > 1]
    enough(len(size), LEAST, "sessions of two requests")
    return float((size["nunique"] > 1).mean())


def _embeddings(log: PlatformLog) -> float:
    rows = log.requests("endpoint", "output_tokens")
    tokens: npt.NDArray[np.int32] = rows.loc[
        rows["endpoint"].astype(str) == "embeddings", "output_tokens"
    ].to_numpy()
    enough(len(tokens), 100, "embeddings")
    return float((tokens > 0).mean())


STATISTICS = (
    PlatformStatistic(
        "E1",
        "distinct token counts, of smooth one",
        _smoothness,
        (0.9, 1.1),
        "counts are whole numbers without steps; templates repeat some",
    ),
    PlatformStatistic(
        "E2",
        "turns before the answer is written",
        _too_early,
        (0.0, 0.01),
        "no model in use writes 300 tokens a second (hourly probes, jonathanwrede.de 2026)",
    ),
    PlatformStatistic(
        "E3",
        "answer and next turn's gap, ranks",
        _reading,
        (0.05, 0.6),
        "assumed: answers are written at 40 to 130 tokens and read at 238 words a minute "
        "(Brysbaert 2019)",
    ),
    PlatformStatistic(
        "E4",
        "speed of answers",
        _speed,
        (35, 135),
        "40 to 130 tokens a second by model (getapipulse.com, jonathanwrede.de 2026)",
        (44, 65, 80, 90, 130),
        "tokens/s",
    ),
    PlatformStatistic(
        "E5",
        "conversations taken up again",
        _taken_up,
        (0.02, 0.35),
        "assumed: 10 % of turns come 39 minutes or more after the last (BurstGPT), or 8 (Mooncake)",
    ),
    PlatformStatistic(
        "E6",
        "sessions that change address",
        _handover,
        (0.005, 0.25),
        "assumed: users have few networks, many at the same time (Yang et al. 2014)",
    ),
    PlatformStatistic(
        "E7", "embeddings with an answer", _embeddings, (0.0, 0.0), "documentation of the endpoint"
    ),
)
