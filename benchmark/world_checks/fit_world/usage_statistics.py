"""What a log says of its accounts' habits: rates, lengths, sessions, hours and sharing."""

from __future__ import annotations

import math

import numpy as np

from shamcrowd.benchmark.world_checks.fit_world.requests import (
    SESSION_MS,
    Floats,
    Ints,
    LoggedRequests,
)
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

OFTEN = 3
"""Requests or sessions of an account from which its own mean or rhythm is measured."""
_NODES = np.polynomial.hermite_e.hermegauss(41)
"""Points and weights for means over a normal quantity."""


def lognormal(values: Floats) -> tuple[float, float]:
    """Median, and sigma of the logarithm, of positive values.

    >>> median, sigma = lognormal(np.exp(np.array([1.0, 2.0, 3.0])))
    >>> round(math.log(median), 6), round(sigma, 3)
    (2.0, 0.816)
    """
    logs = np.log(values)
    return float(math.exp(np.median(logs))), float(logs.std())


def days_there(log: LoggedRequests) -> Floats:
    """Days of the log after each account was opened, at least an hour; shape (k,)."""
    end = log.start + log.days * MS_PER_DAY
    there = np.maximum(end - np.maximum(log.created, log.start), MS_PER_HOUR)
    return np.asarray(there / MS_PER_DAY, np.float64)


def sessions_a_day(log: LoggedRequests) -> tuple[float, float, float]:
    """Median and sigma of the accounts' mean sessions a day, and accounts there are for each seen.

    Sessions are counted as a Poisson number around an account's own mean. Accounts without a
    session are not in a log: how many there are follows from the mean and its spread.
    """
    many = np.bincount(log.account[log.session_starts]).astype(float)
    days = days_there(log)
    total, square, unseen = many.sum(), (many * many).sum(), 0.0
    for _ in range(30):
        there = len(many) * (1 + unseen)
        mean = total / (days.sum() * (1 + unseen))
        length = float((days * days).sum() / len(days))
        # Counts scatter around their mean as in a Poisson process; the rest is between accounts.
        spread = max(square / there - total / there, 0.0) / length / mean**2
        sigma = math.sqrt(math.log(max(spread, 1.01)))
        median = mean * math.exp(-sigma * sigma / 2)
        rate = median * np.exp(sigma * _NODES[0])
        weight = _NODES[1] / _NODES[1].sum()
        silent = float(
            (np.exp(-np.outer(np.quantile(days, [0.1, 0.5, 0.9]), rate)) @ weight).mean()
        )
        unseen = 0.5 * unseen + 0.5 * min(silent / max(1 - silent, 0.1), 4.0)
    return float(median), sigma, 1 + unseen


def requests_a_session(log: LoggedRequests) -> tuple[float, float]:
    """Median and sigma of the requests of a session, as drawn: before rounding to whole ones."""
    many = np.bincount(log.session).astype(float)
    mean, ones = float(many.mean()), float((many <= 1).mean())
    best = (math.inf, 1.0, 0.1)
    for sigma in np.linspace(0.1, 2.5, 49):
        # The median that gives the share of sessions with a single request.
        median = 1.5 / math.exp(sigma * _quantile(min(max(ones, 1e-4), 1 - 1e-4)))
        drawn = np.maximum(np.round(median * np.exp(sigma * _NORMAL)), 1).clip(max=many.max())
        off = abs(math.log(float(drawn.mean()) / mean))
        if off < best[0]:
            best = (off, median, float(sigma))
    return best[1], best[2]


def gaps_and_pauses(log: LoggedRequests) -> tuple[Floats, Floats]:
    """Seconds from an answer to the next request, within conversations and between them.

    Only of requests within a session. Without conversations all gaps are within one.
    """
    duration = log.columns.get("duration", np.zeros(len(log), np.int64))
    before = np.r_[0, duration[:-1]]
    within = log.gap <= SESSION_MS
    seconds = np.maximum(log.gap - before, 100) / 1000
    turn = log.turn
    follows = within if turn is None else within & (turn > 0)
    other = within & ~follows
    return seconds[follows], seconds[other]


def tokens(log: LoggedRequests, column: str, first: bool) -> tuple[float, float, float] | None:
    """Median, sigma within an account and between accounts, of the logarithm of token counts.

    Args:
        log: the requests.
        column: ``input_tokens`` or ``output_tokens``.
        first: of the first requests of conversations alone.
    """
    values = log.columns.get(column)
    if values is None:
        return None
    chosen = values > 0
    if first and log.turn is not None:
        chosen &= log.turn == 0
    if not chosen.any():
        return None
    logs, account = np.log(values[chosen]), log.account[chosen]
    many = np.bincount(account)
    sums = np.bincount(account, logs)
    mean = np.divide(sums, many, out=np.zeros(len(many)), where=many > 0)
    rest = logs - mean[account]
    often = many >= OFTEN
    freedom = (many[often] - 1).sum()
    within = math.sqrt((rest[often[account]] ** 2).sum() / freedom) if freedom > 0 else 0.5
    if often.sum() > 1:
        noise = within**2 * float((1 / many[often]).mean())
        between = math.sqrt(max(float(mean[often].var()) - noise, 0.0))
        middle = float(mean[often].mean())
    else:
        between, middle = 0.0, float(np.median(logs))
    return math.exp(middle), within, between


def growth(log: LoggedRequests) -> float:
    """Growth of the logarithm of input tokens with log(1 + turn), over conversations."""
    values, turn = log.columns.get("input_tokens"), log.turn
    if values is None or turn is None or not (turn > 0).any():
        return 0.0
    chosen = (values > 0) & (turn < 100)
    # Within a conversation: every account has lengths of its own.
    key = np.unique(
        np.stack([log.account[chosen], log.columns["conversation"][chosen]]), axis=1,
        return_inverse=True,
    )[1]  # fmt: skip
    x, y = np.log1p(turn[chosen]), np.log(values[chosen])
    many = np.bincount(key)
    x = x - (np.bincount(key, x) / many)[key]
    y = y - (np.bincount(key, y) / many)[key]
    square = float(x @ x)
    return float(np.clip(x @ y / square, 0.0, 5.0)) if square else 0.0


def hours(log: LoggedRequests) -> Ints:
    """Weights of the hours (UTC) in which requests are sent, 24 whole numbers up to 1,000."""
    many = np.bincount(log.time // MS_PER_HOUR % 24, minlength=24)
    return np.asarray(np.maximum(np.round(1000 * many / many.max()), 1), np.int64)


def weekend(log: LoggedRequests) -> float | None:
    """Requests of a weekend day over those of a weekday; None if either is not in the log."""
    day = (log.time - log.start) // MS_PER_DAY
    # The first of January 1970 was a Thursday.
    resting = (np.arange(log.days) + log.start // MS_PER_DAY + 3) % 7 >= 5
    if not resting.any() or resting.all():
        return None
    many = np.bincount(day, minlength=log.days)[: log.days]
    usual = float(many[~resting].mean())
    return float(np.clip(many[resting].mean() / usual, 0.01, 10)) if usual else None


def activity(log: LoggedRequests) -> tuple[float, float]:
    """Share of days on which an account is active, and the mean length of a run of such days.

    Of accounts that have several sessions on the days on which they have any: one that comes rarely
    may be away by chance.
    """
    day = (log.time[log.session_starts] - log.start) // MS_PER_DAY
    key = log.account[log.session_starts] * log.days + day
    used, many = np.unique(key, return_counts=True)
    account, day = used // log.days, used % log.days
    days_used = np.bincount(account, minlength=len(log.created))
    sessions = np.bincount(account, many, minlength=len(log.created))
    busy = (sessions >= 2.5 * days_used) & (days_used >= 2)
    if busy.sum() < OFTEN:
        return 1.0, float(log.days)
    whole = np.maximum(np.floor(days_there(log)[busy]), 1)
    share = float(np.clip((days_used[busy] / whole).mean(), 0.05, 1.0))
    chosen = busy[account]
    account, day = account[chosen], day[chosen]
    begins = (np.diff(account, prepend=-1) != 0) | (np.diff(day, prepend=-2) != 1)
    return share, float(np.clip(len(day) / begins.sum(), 1, 366))


def users_of_usual_address(log: LoggedRequests) -> Ints:
    """How many accounts have the same usual address as each account, itself included; shape (k,).

    The usual address is that of most of its requests.
    """
    address = log.columns.get("address")
    if address is None:
        return np.ones(len(log.created), np.int64)
    code = np.unique(address, return_inverse=True)[1]
    pair, many = np.unique(log.account * (code.max() + 1) + code, return_counts=True)
    account, place = pair // (code.max() + 1), pair % (code.max() + 1)
    order = np.lexsort((place, -many, account))
    usual = place[order][np.flatnonzero(np.diff(account[order], prepend=-1))]
    return np.asarray(np.bincount(usual)[usual], np.int64)


def sharing(users: Ints) -> tuple[float, float]:
    """Share of accounts whose usual address is another's, too, and mean accounts of such a one."""
    together = users[users > 1]
    if not len(together):
        return 0.0, 2.0
    return len(together) / len(users), len(together) / float((1 / together).sum())


def _quantile(share: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(share)


_NORMAL = np.array([_quantile((i + 0.5) / 2000) for i in range(2000)])
"""Even quantiles of a normal quantity."""
