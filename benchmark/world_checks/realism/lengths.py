"""How long requests and answers are: L1 to L5."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.grouping import Floats, Ints
from shamcrowd.benchmark.world_checks.realism.statistic import Statistic
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic

NEEDED = 100
BY_CHANCE = 0.1
"""Share of the variance between clients that chance alone may make."""


def _positive(length: Floats) -> Floats:
    """Lengths over 0; a failed request has no answer and says nothing of how long they are."""
    kept = length[length > 0]
    if len(kept) < NEEDED:
        raise NotMeasurableError(f"fewer than {NEEDED} lengths over 0")
    return kept


def log_deviation(length: Floats) -> float:
    """Standard deviation of the natural logarithm of lengths, over lengths above 0.

    0 if all are equal. Source of the range: Azure LLM traces 2023, ServeGen, Mooncake, ShareGPT
    (RAGPulse .43 and Claude Code .65 lie below it).

    >>> round(log_deviation(np.array([1.0, np.e**2] * 50)), 6)
    1.0
    """
    return float(np.log(_positive(length)).std())


def tail(length: Floats) -> float:
    """99th percentile over the median, of lengths above 0. At least 1.

    Source of the range: all traces with lengths.
    """
    middle, high = np.quantile(_positive(length), [0.5, 0.99])
    return float(high / middle)


def rank_correlation(first: Floats, second: Floats) -> float:
    """Spearman's rank correlation, over rows where both lengths are above 0. -1 to 1.

    Source: Azure LLM traces 2023, Mooncake, RAGPulse, ShareGPT, Claude Code.
    """
    both = (first > 0) & (second > 0)
    if both.sum() < NEEDED:
        raise NotMeasurableError(f"fewer than {NEEDED} requests with both lengths")
    one, other = rankdata(first[both]), rankdata(second[both])
    if not one.std() or not other.std():
        raise NotMeasurableError("all lengths are equal")
    return float(np.corrcoef(one, other)[0, 1])


def between_share(length: Floats, client: Ints) -> float:
    """Share of the variance of log length that lies between clients.

    ``sum over clients of n_c (m_c - m)^2 / sum over requests of (x - m)^2`` with ``x`` the
    logarithm of lengths above 0, ``m_c`` a client's mean and ``m`` that of all requests: one-way
    analysis of variance, so a client weighs as much as its requests. 0 to 1. Chance alone makes
    ``(clients - 1) / (requests - 1)`` of it; over a tenth, it is not measured.

    ``client``: codes. Source of the range: ServeGen, GenTD26.

    >>> round(between_share(np.repeat([1.0, 9.0], 100), np.repeat([0, 1], 100)), 6)
    1.0
    """
    x = np.log(_positive(length))
    of = client[length > 0]
    count = np.bincount(of)
    seen = count > 0
    if (seen.sum() - 1) / (len(x) - 1) > BY_CHANCE:
        raise NotMeasurableError("fewer than 10 requests per client")
    x = x - x.mean()
    total = float((x**2).sum())
    if total < 1e-12 * len(x):
        raise NotMeasurableError("all lengths are equal")
    return float((np.bincount(of, x)[seen] ** 2 / count[seen]).sum()) / total


def _between_share(traffic: RequestTraffic) -> float:
    return between_share(traffic.inputs, traffic.client)


STATISTICS = (
    Statistic(
        "L1", "deviation of log input", lambda t: log_deviation(t.inputs),
        (0.80, 1.8), (0.43, 0.65, 0.99, 1.20, 1.22, 1.36, 1.39, 1.66),
    ),
    Statistic(
        "L3", "output, 99th pct / median", lambda t: tail(t.outputs),
        (3, 50), (3.0, 3.2, 3.8, 4.7, 16.9, 19.3, 27.1, 29.2, 47),
    ),
    Statistic(
        "L5", "between-client share of log input", _between_share,
        (0.40, 0.95), (0.45, 0.70, 0.83, 0.91),
    ),
    Statistic(
        "L2", "input, 99th pct / median", lambda t: tail(t.inputs),
        (1.7, 102), (1.7, 4.1, 5.1, 5.1, 12.4, 15.6, 72.6, 102), core=False,
    ),
    Statistic(
        "L4", "rank correlation, input and output",
        lambda t: rank_correlation(t.inputs, t.outputs),
        (-0.02, 0.42), (-0.02, 0.07, 0.07, 0.07, 0.08, 0.42), core=False,
    ),
)  # fmt: skip
