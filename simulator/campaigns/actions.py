"""What a strategy can have done: open more accounts, rotate supply, lie low."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import numpy as np
import numpy.typing as npt
import simpy

from shamcrowd.recording.units import MS_PER_MINUTE
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.strategies.base import Strategy

Moments = npt.NDArray[np.int64]
TOO_LATE = 60 * MS_PER_MINUTE
"""Nobody opens an account for the last hour (assumed)."""
PARAPHRASED = 0.3
"""By how much the knob of paraphrase goes up with new prompt templates (assumed)."""


class ActionQueue:
    """Does what the campaign's strategy decides, slice by slice."""

    def __init__(
        self,
        campaign: Campaign,
        strategy: Strategy,
        open_replacements: Callable[[Moments], None],
    ) -> None:
        self._campaign = campaign
        self._strategy = strategy
        self._open_replacements = open_replacements
        self._due = np.empty(0, np.int64)

    @property
    def has_pending(self) -> bool:
        """Are further accounts due that the purse allows?"""
        return bool(len(self._due)) and self._campaign.costs.affordable_accounts() > 0

    def replace(self, moments: Moments) -> None:
        """Open an account at each moment (ms), as far as the purse goes."""
        self._due = np.concatenate([self._due, moments])

    def rotate(self, kind: str) -> None:
        """Throw away what is left of a kind of supply, buy new, share it among fewer accounts."""
        campaign = self._campaign
        campaign.tradecraft.rotations[kind] += 1
        if campaign.holdings.common_ones_burn(kind, campaign.now):
            campaign.tradecraft.own_only.add(kind)
        campaign.supply_batches.drop(kind)
        if kind == "prompt":
            campaign.tradecraft.raise_knob("paraphrase", PARAPHRASED)
        campaign.phase(f"rotate {kind}", campaign.alive)

    def lie_low(self, until: int) -> None:
        """Do nothing before a moment (ms)."""
        self._campaign.tradecraft.quiet_until = max(self._campaign.tradecraft.quiet_until, until)
        self._campaign.phase("wait", self._campaign.alive)

    def work(self) -> Generator[simpy.Event, Any, None]:
        """SimPy process: hear of losses, let the strategy answer, open what is due."""
        campaign, heard = self._campaign, 0
        while campaign.now < campaign.end and not campaign.given_up:
            news, heard = campaign.losses_for_strategy[heard:], len(campaign.losses_for_strategy)
            self._strategy.answer(news)
            if not campaign.given_up:
                self._open()
            yield from campaign.next_slice()

    def _open(self) -> None:
        campaign = self._campaign
        now = campaign.now
        until = min(now + campaign.context.slice_ms, campaign.end - TOO_LATE)
        ready = self._due < until
        moments, self._due = np.sort(np.maximum(self._due[ready], now)), self._due[~ready]
        moments = moments[: campaign.costs.affordable_accounts()]
        if not len(moments) or until <= now:
            return
        self._open_replacements(moments)
