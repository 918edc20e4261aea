"""Retention: how long the owner of an account stays, and whether he comes back.

Most people who try a service leave within days, and those who stay on stay long: survival falls
steeply at first and flattens (AppsFlyer's glossary: 6 % of a mean app's users are active on day 30;
RevenueCat 2026: an AI app keeps 21 % of its annual subscribers). It is a mixture of two Weibull
laws, one for those who only look and one for those who stay. Some who left come back after weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from shamcrowd.recording.units import MS_PER_DAY, NEVER, Millis
from shamcrowd.simulator.core.streams import Streams

SPELLS = 3
"""Most spells of use in an account's life."""
TYPICAL = 4096
"""Lives over which the share in use is averaged."""

_LONG = NEVER - 1


@dataclass(frozen=True)
class Retention:
    """How long owners of one kind stay. All numbers are assumed unless a preset gives a source.

    Attributes:
        looks: share that only has a look, 0 to 1.
        look_days: scale of their stay, days; its shape is `look_shape`.
        look_shape: shape of the Weibull law of a look; below 1: most leave at once.
        stay_days: mean stay of the others, days (exponential).
        returns: share of those who left that comes back, 0 to 1.
        away_days: median days until they do.
        away_sigma: sigma of the logarithm of these days.
    """

    looks: float
    look_days: float = 4.0
    look_shape: float = 0.55
    stay_days: float = 300.0
    returns: float = 0.3
    away_days: float = 18.0
    away_sigma: float = 1.2

    def draw(self, rng: np.random.Generator, count: int) -> tuple[Millis, Millis]:
        """Draw the lives of ``count`` accounts.

        Args:
            rng: random stream.
            count: number of accounts.

        Returns:
            Lengths of the spells of use and of the pauses after them, both of shape
            (count, `SPELLS`), ms; a pause of `NEVER` is the end.
        """
        shape = count, SPELLS
        looks = rng.random(shape) < self.looks
        short = self.look_days * rng.weibull(self.look_shape, shape)
        days = np.where(looks, short, rng.exponential(self.stay_days, shape))
        away = self.away_days * np.exp(self.away_sigma * rng.standard_normal(shape))
        back = rng.random(shape) < self.returns
        back[:, -1] = False
        pause = np.where(back, (away * MS_PER_DAY).astype(np.int64), NEVER)
        return (days * MS_PER_DAY).astype(np.int64), pause


PRIVATE = Retention(looks=0.66, look_days=2.2, look_shape=0.5)
"""Private users."""
PROFESSIONAL = Retention(looks=0.4, look_days=12.0, stay_days=400.0)
"""People who use it for their work, on their own account."""
CONTRACT = Retention(looks=0.15, look_days=30.0, look_shape=0.8, stay_days=700.0, returns=0.2)
"""Employees and machines of firms, which leave with a project or a contract."""
COURSE = Retention(looks=0.75, look_days=12.0, look_shape=0.9, stay_days=120.0)
"""Pupils, students and guests of a hackathon: most leave when the course ends."""
FARMED = Retention(looks=0.25, look_days=20.0, look_shape=0.7, stay_days=300.0)
"""Accounts of a campaign: dropped with a burnt proxy or a lost password, or kept to the end."""


@cache
def share_in_use(
    retention: Retention, newcomers: float, resident_days: float, days: float
) -> float:
    """Share of accounts that have signed up and are in use at a random moment, 0 to 1.

    Args:
        retention: how long their owners stay.
        newcomers: share that signs up during the recording, 0 to 1.
        resident_days: age of the oldest of the others at its start, days; the young ones are more
            numerous, as on a growing platform (see `Population.resident_sign_ups`).
        days: length of the recording, days.

    >>> share_in_use(Retention(looks=0.0, stay_days=1e9), 0.25, 240.0, 14.0)
    1.0
    """
    # The numbers of the expectation are the same in every world: it is a constant of the arguments.
    rng = Streams(0)("share in use")
    stays, pauses = retention.draw(rng, TYPICAL)
    age = days * rng.random(TYPICAL)
    resident = rng.random(TYPICAL) >= newcomers
    age += resident * resident_days * (1 - np.sqrt(rng.random(TYPICAL)))
    moment = (age * MS_PER_DAY).astype(np.int64)[:, None]
    begin, end = spells(np.zeros(TYPICAL, np.int64), stays, pauses)
    return float(((begin <= moment) & (moment < end)).any(axis=1).mean())


def spells(opens: Millis, stays: Millis, pauses: Millis) -> tuple[Millis, Millis]:
    """When each spell of use begins and ends.

    Args:
        opens: shape (n,), when an account can be used first, ms.
        stays: shape (n, `SPELLS`), lengths of the spells, ms.
        pauses: shape (n, `SPELLS`), lengths of the pauses after them, ms.

    Returns:
        Begins and ends, both of shape (n, `SPELLS`), ms. Spells that never come begin and end at
        `NEVER`.

    >>> begin, end = spells(np.array([5]), np.array([[2, 3, 1]]), np.array([[10, NEVER, NEVER]]))
    >>> begin.tolist()[0][:2], end.tolist()[0][:2], bool(begin[0, 2] == NEVER)
    ([5, 17], [7, 20], True)
    """
    begin, end = np.full_like(stays, NEVER), np.full_like(stays, NEVER)
    since = np.asarray(opens, np.int64)
    for number in range(stays.shape[1]):
        begin[:, number] = since
        # Two numbers below `NEVER` have a sum that int64 holds.
        end[:, number] = until = np.minimum(since + np.minimum(stays[:, number], _LONG), NEVER)
        since = np.minimum(until + np.minimum(pauses[:, number], _LONG), NEVER)
    return begin, end
