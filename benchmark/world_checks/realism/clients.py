"""Distribution of requests over clients, and over the time of each client: C1 to C7."""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.grouping import Floats, Ints, gaps, runs, variation
from shamcrowd.benchmark.world_checks.realism.statistic import Statistic
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic

CLIENTS_NEEDED = 10
GAPS_NEEDED = 20
WINDOW = 600
REQUESTS_NEEDED = 50
BURSTY = 1.5
WINDOWS_NEEDED = 10


def _need(many: int, needed: int = CLIENTS_NEEDED, what: str = "clients") -> None:
    if many < needed:
        raise NotMeasurableError(f"fewer than {needed} {what}")


def gini(count: Ints) -> float:
    """Gini coefficient of requests per client.

    ``G = 2 sum(i x[i]) / (k sum(x)) - (k + 1) / k`` with ``x`` rising and ``i`` from 1 to k: half
    the mean difference between two clients, relative to the mean. 0 if all are equal, to 1.

    ``count``: requests of each client. Source of the range: ServeGen, GenTD26, CollegeMsg.

    >>> gini(np.array([1, 1, 1, 1])), round(gini(np.array([0, 0, 0, 4])), 2)
    (0.0, 0.75)
    """
    rank = np.arange(1, len(count) + 1)
    many = len(count)
    return float(2 * (rank * np.sort(count)).sum() / (many * count.sum()) - (many + 1) / many)


def top_share(count: Ints) -> float:
    """Share of the requests that the busiest 1 % of clients make (their number rounded up).

    ``count``: requests of each client. Source: GenTD26, CollegeMsg.

    >>> top_share(np.array([98] + [1] * 98))
    0.5
    """
    top = -(-len(count) // 100)
    return float(np.sort(count)[-top:].sum() / count.sum())


def zipf_exponent(count: Ints) -> float:
    """Zipf exponent of requests per client: minus the slope of log requests on log rank.

    Least squares over the busier half of the clients, rank 1 the busiest. 0 if all are equal.
    ``count``: requests of each client, at least 1. Source: ServeGen, GenTD26, CollegeMsg.

    >>> round(zipf_exponent(1000 / np.arange(1, 101)), 3)
    1.0
    """
    top = np.sort(count)[::-1][: len(count) // 2]
    rank = np.arange(1, len(top) + 1)
    return -float(np.polyfit(np.log(rank), np.log(top), 1)[0])


def burstiness(time: Floats, client: Ints) -> Floats:
    """Burstiness of each client that has at least 20 gaps.

    ``B_n = (sqrt(n + 1) r - sqrt(n - 1)) / ((sqrt(n + 1) - 2) r + sqrt(n - 1))`` with ``n`` the
    number of gaps and ``r`` their coefficient of variation (Kim and Jo 2016,
    https://doi.org/10.1103/PhysRevE.94.032311): -1 for a metronome, 0 for a Poisson stream, 1 for
    all requests at once, whatever ``n`` is. Clients whose requests all have the same time are
    left out.

    ``time`` (seconds) and ``client`` (rising codes), by client and then time.
    """
    gap, of = gaps(time, client)
    if not len(gap):
        return np.zeros(0)
    count, mean, cv = variation(gap, of)
    used = (count >= GAPS_NEEDED) & (mean > 0)
    n, r = count[used].astype(np.float64), cv[used]
    more, less = np.sqrt(n + 1), np.sqrt(n - 1)
    result: Floats = (more * r - less) / ((more - 2) * r + less)
    return result


def bursty_windows(time: Floats, client: Ints) -> float:
    """Share of the busy windows of single clients in which requests come in bursts.

    Clock windows of 10 minutes with at least 50 requests of one client; bursts are a coefficient
    of variation of its gaps in the window over 1.5. 0 for Poisson clients, to 1.

    ``time`` (seconds) and ``client`` (rising codes), by client and then time. Source of the
    range: ServeGen.
    """
    gap, of = gaps(time, runs(client, (time // WINDOW).astype(np.int64)))
    _need(len(gap), 1, "gaps")
    count, mean, cv = variation(gap, of)
    used = (count >= REQUESTS_NEEDED - 1) & (mean > 0)
    what = f"windows of a client with {REQUESTS_NEEDED} requests"
    _need(int(used.sum()), WINDOWS_NEEDED, what)
    return float((cv[used] > BURSTY).mean())


def _count(traffic: RequestTraffic, needed: int = CLIENTS_NEEDED) -> Ints:
    count = np.bincount(traffic.client)
    _need(len(count), needed)
    return count


def _burstiness(traffic: RequestTraffic, share: float) -> float:
    order = traffic.by_client
    values = burstiness(traffic.time[order], traffic.client[order])
    _need(len(values), CLIENTS_NEEDED, f"clients with {GAPS_NEEDED} gaps")
    return float(np.quantile(values, share))


def _bursty_windows(traffic: RequestTraffic) -> float:
    order = traffic.by_client
    return bursty_windows(traffic.time[order], traffic.client[order])


STATISTICS = (
    Statistic(
        "C1", "Gini of requests per client", lambda t: gini(_count(t)),
        (0.58, 0.95), (0.65, 0.71, 0.75, 0.83, 0.84, 0.87),
    ),
    Statistic(
        "C3", "burstiness of a client, median", lambda t: _burstiness(t, 0.5),
        (0.40, 0.90), (0.63, 0.81),
    ),
    Statistic(
        "C4", "bursty share of busy client windows", _bursty_windows,
        (0.20, 0.60), (0.28, 0.44),
    ),
    Statistic(
        "C2", "share of the busiest 1 % of clients", lambda t: top_share(_count(t, 100)),
        (0.15, 0.28), (0.15, 0.28), core=False,
    ),
    Statistic(
        "C5", "burstiness of a client, 10th pct", lambda t: _burstiness(t, 0.1),
        (-0.01, 0.39), (-0.01, 0.39), core=False,
    ),
    Statistic(
        "C6", "burstiness of a client, 90th pct", lambda t: _burstiness(t, 0.9),
        (0.86, 0.99), (0.86, 0.99), core=False,
    ),
    Statistic(
        "C7", "Zipf exponent of clients", lambda t: zipf_exponent(_count(t, 20)),
        (0.80, 1.8), (0.80, 0.91, 1.1, 1.8), core=False,
    ),
)  # fmt: skip
