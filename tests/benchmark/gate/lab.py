"""A detector to play with: made worse on purpose, or left to luck.

Named by its path, as a team would name its own, so it imports nothing of the tests.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from shamcrowd.detectors.base import Findings
from shamcrowd.recording.units import MS_PER_DAY

DAY = MS_PER_DAY


class SharedThings:
    """Accounts that share a device, an address or a first card's range with others, lately."""

    THINGS = ("address", "device")
    LEAST = 3
    LOOK_BACK = 4.0
    """Days."""
    LOST = 0.0
    """Share of the accounts that it overlooks at a review, by lot."""
    SEED = 0
    """Of the lot."""

    def __init__(self):
        self._luck = np.random.default_rng(self.SEED)

    def review(self, log):
        accounts = log.accounts(["account", "created", *self.THINGS])
        created = accounts["created"].astype("int64").to_numpy()
        recent = created > log.now - self.LOOK_BACK * DAY
        seen = accounts[recent & (self._luck.random(len(accounts)) >= self.LOST)]
        score = np.zeros(len(accounts))
        for thing in self.THINGS:
            size = seen[thing].map(seen.groupby(thing)[thing].size()).fillna(0).to_numpy(float)
            many = pd.Series(np.where(size >= self.LEAST, np.log2(np.maximum(size, 1)), 0.0))
            score[seen.index] += many.to_numpy()
        return Findings(accounts["account"].to_numpy(), score)


class Lucky(SharedThings):
    """The same with luck of its own, as a method has that looks at a sample."""

    LOST = 0.1


class ThresholdMoved(SharedThings):
    """Sees crowds of eight and more only."""

    LEAST = 8


class FeatureDropped(SharedThings):
    """Has forgotten the addresses."""

    THINGS = ("device",)


class LookBackCut(SharedThings):
    """Remembers twelve hours, and so half of the day since the last review."""

    LOOK_BACK = 0.5
