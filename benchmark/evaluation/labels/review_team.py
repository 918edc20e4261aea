"""A manual review team: it looks at some accounts, days later, and errs at known rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

_PURPOSE = 0x6C61_6265_6C73
"""Separates these draws from all others with the same seed ("labels")."""


@dataclass(frozen=True)
class ReviewTeam:
    """Capacity and error rates of a manual review team.

    Attributes:
        daily_share: accounts looked at per day, as a share of those open. Assumed.
        queue_share: share of that for accounts about which something was logged (a policy flag, a
            user's report, a declined card); the rest is drawn from all. Assumed.
        recall: chance that a sham account is recognised. GitHub removed 62 % of the accounts that
            researchers had flagged as fakes by the time they looked again (threat model, section
            5, [39]); taken for what a team recognises.
        wrong: chance that a legitimate account is called sham. Assumed: four times 0.12 %, the
            share of bans overturned on appeal at Anthropic in July to December 2025 (section 5,
            [60]), which is a floor, since few appeal.
        delay_hours: mean time until the verdict is in, exponential. Assumed, from "days" between
            the first abuse and its notice (section 5, [25]).
    """

    daily_share: float = 0.01
    queue_share: float = 0.5
    recall: float = 0.62
    wrong: float = 0.005
    delay_hours: float = 72.0

    def verdicts(
        self,
        created: npt.NDArray[np.int64],
        sham_from: npt.NDArray[np.int64],
        noticed: npt.NDArray[np.int64],
        start: int,
        moment: int,
        seed: int,
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Places of the accounts judged by ``moment``, each once, and if they were called sham.

        Args:
            created: shape (n,), when each account was opened, ms since 1970.
            sham_from: shape (n,), from when on it is abused; `NEVER` if never.
            noticed: shape (n,), when something was first logged about it; likewise.
            start: when the team begins, ms.
            moment: as of when, ms.
            seed: verdicts are the same for the same seed.

        >>> from shamcrowd.recording.units import NEVER
        >>> legitimate = np.full(1000, NEVER)
        >>> team = ReviewTeam(daily_share=0.1, wrong=0.0)
        >>> opened = np.zeros(1000, np.int64)
        >>> place, sham = team.verdicts(opened, legitimate, legitimate, 0, 5 * 86_400_000, 1)
        >>> 100 < len(place) < 500, bool(sham.any())
        (True, False)
        """
        rng = np.random.default_rng([seed, _PURPOSE])
        n = len(created)
        # Each account's luck is its own, drawn in one order whatever the queue.
        luck, delay = rng.random(n), rng.exponential(self.delay_hours * MS_PER_HOUR, n)
        seen = np.zeros(n, np.bool_)
        places: list[npt.NDArray[np.int64]] = []
        looked: list[npt.NDArray[np.int64]] = []
        for day in range(start + MS_PER_DAY, moment + 1, MS_PER_DAY):
            free = np.flatnonzero((created <= day) & ~seen)
            capacity = round(self.daily_share * int((created <= day).sum()))
            queue = free[noticed[free] <= day]
            queue = queue[np.argsort(noticed[queue], kind="stable")]
            queue = queue[: round(capacity * self.queue_share)]
            rest = np.setdiff1d(free, queue)
            drawn = rng.choice(rest, min(max(capacity - len(queue), 0), len(rest)), replace=False)
            today = np.concatenate([queue, drawn])
            seen[today] = True
            places.append(today)
            looked.append(np.full(len(today), day))
        place = np.concatenate([*places, np.empty(0, np.int64)])
        when = np.concatenate([*looked, np.empty(0, np.int64)])
        inside = when + delay[place].astype(np.int64) <= moment
        place, when = place[inside], when[inside]
        # What has not begun yet cannot be recognised.
        guilty = sham_from[place] <= when
        called = np.where(guilty, luck[place] < self.recall, luck[place] < self.wrong)
        return place, called
