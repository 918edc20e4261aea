"""The parameters of n accounts' lives: those of the population, changed one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, NEVER, Millis
from shamcrowd.simulator.lifecycle.life_parameters import (
    AT_ONCE,
    DAYS,
    MONTHS,
    NEVER_STARTS,
    PERSON,
    SAME_DAY,
    START_DELAYS,
    WEEKS,
    LifeParameters,
)

RESTING = (SAME_DAY, DAYS, WEEKS, MONTHS)
"""Kinds of start with a rest between sign-up and use."""
MEAN_DAYS = {
    kind: START_DELAYS[kind].median * np.exp(START_DELAYS[kind].sigma ** 2 / 2) / MS_PER_DAY
    for kind in RESTING
}
MOST_RESTING = 0.95
"""Largest share of a batch that rests (assumed)."""


@dataclass
class Life:
    """How n accounts live; arrays of shape (n,) unless noted.

    Attributes:
        life_parameters: those of the population.
        haste: by how much its steps are faster than people's; 1: as people.
        evenness: how regular they are, 0 as people's, 1 nearly constant.
        start: shape (n, len(START)), shares of the kinds of `START`, which sum to 1.
        limit: longest wait before the first use, ms.
        further_keys: mean number of keys besides the first.
        other_device: share that logs in from another device in time, 0 to 1.
        mail_stops: share of abandoned sign-ups that end at the mail, 0 to 1.
    """

    life_parameters: LifeParameters
    haste: npt.NDArray[np.float32]
    evenness: npt.NDArray[np.float32]
    start: npt.NDArray[np.float32]
    limit: Millis
    further_keys: npt.NDArray[np.float32]
    other_device: npt.NDArray[np.float32]
    mail_stops: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.haste)

    @classmethod
    def of(cls, life_parameters: LifeParameters, count: int) -> Life:
        """Lives of ``count`` people with these parameters."""
        return cls(
            life_parameters,
            np.ones(count, np.float32),
            np.zeros(count, np.float32),
            np.tile(np.array(life_parameters.start, np.float32), (count, 1)),
            np.full(count, NEVER, np.int64),
            np.full(count, life_parameters.further_keys, np.float32),
            np.full(count, life_parameters.other_device, np.float32),
            np.full(count, life_parameters.mail_stops, np.float32),
        )

    @classmethod
    def blank(cls, count: int) -> Life:
        """Lives of private users."""
        return cls.of(PERSON, count)

    @classmethod
    def joined(cls, parts: Sequence[Life]) -> Life:
        """The lives of all ``parts``, one part after the other, of one population's parameters."""
        columns = [field.name for field in fields(cls) if field.name != "life_parameters"]
        return cls(
            parts[0].life_parameters,
            *(np.concatenate([getattr(part, name) for part in parts]) for name in columns),
        )

    def dormant(self, share: float) -> None:
        """Let a ``share`` (0 to 1) begin after months, the others as before."""
        others = 1 - self.start[:, MONTHS]
        self.start *= ((1 - share) / np.maximum(others, 1e-6))[:, None]
        self.start[:, MONTHS] = share

    def hurry(self, who: npt.NDArray[np.int64], haste: float, evenness: float) -> None:
        """Let some accounts go through the steps faster and more regularly than people do."""
        self.haste[who], self.evenness[who] = haste, evenness

    def begin_within(self, who: npt.NDArray[np.int64], limit: float, care: float) -> None:
        """Let some accounts be used within ``limit`` ms of the sign-up, as a campaign needs them.

        A share ``care`` (0 to 1) begins as people do, the others at once. Those who would begin
        later than the limit begin at any moment before it; as many as of people are never used.
        """
        start = self.start[who] * np.float32(care)
        start[:, AT_ONCE] += 1 - care
        self.start[who] = start
        self.limit[who] = max(int(limit), 1)

    def rest(self, who: npt.NDArray[np.int64], days: float, limit: float) -> None:
        """Let some accounts rest longer before their first use, by as many days on average.

        They rest as people do who begin after days, weeks or months; more of them do.

        Args:
            who: indices of the accounts.
            days: mean rest of those that are ever used, days; shorter ones than people's change
                nothing.
            limit: longest rest, ms.
        """
        self.limit[who] = np.minimum(self.limit[who], max(int(limit), 1))
        start = self.start[who]
        # Waits above the limit become half of the limit on average.
        means = np.array([MEAN_DAYS[kind] for kind in RESTING], np.float32)
        means = np.minimum(means, self.limit[who, None] / (2 * MS_PER_DAY))
        used = 1 - start[:, NEVER_STARTS]
        missing = days * used - (start[:, list(RESTING)] * means).sum(axis=1)
        for kind, mean in ((DAYS, MEAN_DAYS[DAYS]), (WEEKS, MEAN_DAYS[WEEKS])):
            room = np.maximum(MOST_RESTING - start[:, list(RESTING)].sum(axis=1), 0)
            more = np.clip(missing / mean, 0, np.minimum(room, start[:, AT_ONCE]))
            start[:, kind] += more
            start[:, AT_ONCE] -= more
            missing = missing - more * mean
        # Still too short: those who wait for days wait for weeks instead, then for months.
        for short, long in ((SAME_DAY, WEEKS), (DAYS, WEEKS), (WEEKS, MONTHS)):
            moved = np.clip(missing / (MEAN_DAYS[long] - MEAN_DAYS[short]), 0, start[:, short])
            start[:, short] -= moved
            start[:, long] += moved
            missing = missing - moved * (MEAN_DAYS[long] - MEAN_DAYS[short])
        self.start[who] = start
