"""Lengths and timing of conversations: T1 to T5."""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.grouping import Floats, Ints, gaps
from shamcrowd.benchmark.world_checks.realism.statistic import Statistic
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic

NEEDED = 20


def single_turn_share(turns: Ints) -> float:
    """Share of conversations with one request only.

    ``turns``: requests of each conversation. Source of the range: RAGPulse, Mooncake (rebuilt),
    BurstGPT, Bailian, WildChat.

    >>> single_turn_share(np.array([1, 1, 5, 2]))
    0.5
    """
    return float((turns == 1).mean())


def mean_turns(turns: Ints) -> float:
    """Mean requests per conversation; ``turns`` as above.

    Source: RAGPulse, Mooncake, BurstGPT, WildChat, LMSYS-1M; 65 for Claude Code.
    """
    return float(turns.mean())


def median_gap(gap: Floats) -> float:
    """Median time between two requests of a conversation, in seconds, over all such pairs.

    It holds the time of the answer as well as that of reading it. Source of the range: RAGPulse,
    Bailian, Mooncake, BurstGPT, ServeGen.
    """
    return float(np.median(gap))


def gap_tail(gap: Floats) -> float:
    """90th percentile over the median of those gaps. Source: as above, and Claude Code."""
    middle, high = np.quantile(gap, [0.5, 0.9])
    if not middle:
        raise NotMeasurableError("the median gap is 0 s")
    return float(high / middle)


def growing_share(length: Floats, conversation: Ints) -> float:
    """Share of the requests, after the first of their conversation, whose input is longer than
    the one before. Pairs with a missing length are left out.

    ``conversation`` (rising) and ``length`` (tokens) by conversation, then time. Source: RAGPulse,
    Mooncake, Claude Code.

    >>> growing_share(np.array([10.0, 20.0, 15.0, 99.0] * 20), np.repeat(np.arange(40), 2))
    1.0
    """
    rise, _ = gaps(length, conversation)
    rise = rise[np.isfinite(rise)]
    _need(len(rise), "pairs of turns with lengths")
    return float((rise > 0).mean())


def _need(many: int, what: str) -> None:
    if many < NEEDED:
        raise NotMeasurableError(f"fewer than {NEEDED} {what}")


def _turns(traffic: RequestTraffic) -> Ints:
    _, number = traffic.turns
    turns = np.bincount(number)
    if len(turns) < NEEDED:
        raise NotMeasurableError(f"fewer than {NEEDED} conversations")
    return turns


def _gaps(traffic: RequestTraffic) -> Floats:
    place, number = traffic.turns
    gap, _ = gaps(traffic.time[place], number)
    _need(len(gap), "gaps between turns")
    return gap


def _growing_share(traffic: RequestTraffic) -> float:
    place, number = traffic.turns
    return growing_share(traffic.inputs[place], number)


STATISTICS = (
    Statistic(
        "T1", "single-turn share", lambda t: single_turn_share(_turns(t)),
        (0.33, 0.80), (0.36, 0.58, 0.59, 0.61, 0.75),
    ),
    Statistic(
        "T3", "median gap between turns", lambda t: median_gap(_gaps(t)),
        (25, 320), (40, 111, 123, 124, 308), unit="s",
    ),
    Statistic(
        "T2", "mean turns", lambda t: mean_turns(_turns(t)),
        (1.49, 65), (1.49, 1.78, 2.02, 2.35, 4.18, 65), core=False,
    ),
    Statistic(
        "T4", "turn gap, 90th pct / median", lambda t: gap_tail(_gaps(t)),
        (3.9, 19), (3.9, 5.7, 6.5, 7.5, 12.4, 18.8), core=False,
    ),
    Statistic(
        "T5", "share of next inputs longer", _growing_share,
        (0.75, 0.99), (0.75, 0.97, 0.99), core=False,
    ),
)  # fmt: skip
