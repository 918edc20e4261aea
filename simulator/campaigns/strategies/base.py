"""What a strategy is: it hears of a campaign's losses and decides what the campaign does then.

It knows what an attacker knows: which of its accounts the platform shut or slowed and when, what it
bought for each, what it paid and took. It acts by the campaign's hands
(`shamcrowd.simulator.campaigns.actions`) and its
conduct (`shamcrowd.simulator.campaigns.tradecraft`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.traffic.slice_messages import THROTTLED, Loss

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.campaign import Campaign


class Strategy(ABC):
    """Base of all strategies; a subclass is one file. Without losses nothing is done or drawn."""

    adaptive: ClassVar[bool] = True
    """Does it answer what the platform does, in the place of the tactic?"""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign

    @abstractmethod
    def answer(self, losses: list[Loss]) -> None:
        """Decide, once a slice; ``losses`` are the new ones, perhaps none."""

    def replace(self, losses: list[Loss], hours: tuple[float, float]) -> None:
        """Have lost accounts replaced after a lag, least and most; slowed ones still work."""
        dead = sum(loss.cause != THROTTLED for loss in losses)
        count = round(dead * self.campaign.tradecraft.replacement_ratio)
        if count:
            lag = self.campaign.rng("lag").uniform(*hours, size=count) * MS_PER_HOUR
            self.campaign.actions.replace(self.campaign.now + lag.astype(np.int64))
