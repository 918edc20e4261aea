"""What a strategy is: it learns of a campaign's losses and decides what the campaign does then.

It knows what an attacker knows: which of its accounts the platform suspended or throttled and when,
what it bought for each, what it paid and took. It acts through ``campaign.actions`` and
``campaign.tradecraft``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.traffic.slice_messages import ALIVE, Loss

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.campaign import Campaign


class Strategy(ABC):
    """Base of all strategies; each subclass has a file of its own.

    Without losses a strategy does nothing and draws no random numbers.
    """

    adaptive: ClassVar[bool] = True
    """Whether it answers what the platform does; otherwise the tactic does."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign

    @abstractmethod
    def answer(self, losses: list[Loss]) -> None:
        """Decide, once per slice. ``losses`` are the new ones, in order; it may be empty."""

    def replace(self, losses: list[Loss], hours: tuple[float, float]) -> None:
        """Replace lost accounts after a lag of ``hours`` (least, most).

        Accounts that still work, if slowly or another way, are not replaced.
        """
        dead = sum(loss.cause not in ALIVE for loss in losses)
        count = round(dead * self.campaign.tradecraft.replacement_ratio)
        if count:
            lag = self.campaign.rng("lag").uniform(*hours, size=count) * MS_PER_HOUR
            self.campaign.actions.replace(self.campaign.now + lag.astype(np.int64))
