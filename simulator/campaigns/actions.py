"""Carries out what a strategy decides: open more accounts, rotate supply, pause."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import numpy as np
import numpy.typing as npt
import simpy

from shamcrowd.recording.plugins.calls import plugin_call
from shamcrowd.recording.units import MS_PER_MINUTE, Handles
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.re_equipment import other_addresses, other_clients
from shamcrowd.simulator.campaigns.strategies.base import Strategy

Moments = npt.NDArray[np.int64]
TOO_LATE = 60 * MS_PER_MINUTE
"""No account is opened for the last hour of a campaign, ms (assumed)."""
PARAPHRASED = 0.3
"""Increase of the paraphrase knob with new prompt templates (assumed)."""


class ActionQueue:
    """Carries out the decisions of a campaign's strategy, slice by slice; see `CampaignActions`."""

    def __init__(
        self,
        campaign: Campaign,
        strategy: Strategy,
        name: str,
        open_replacements: Callable[[Moments], None],
    ) -> None:
        self._campaign = campaign
        self._strategy = strategy
        self._name = name
        self._open_replacements = open_replacements
        self._due = np.empty(0, np.int64)

    @property
    def has_pending(self) -> bool:
        """Whether further accounts are due that the budget allows."""
        return bool(len(self._due)) and self._campaign.costs.affordable_accounts() > 0

    def replace(self, moments: Moments) -> None:
        """Open an account at each moment (ms), as far as the budget allows."""
        self._due = np.concatenate([self._due, moments])

    def rotate(self, kind: str) -> None:
        """Discard what is left of a kind of supply and buy new, shared by fewer accounts."""
        campaign = self._campaign
        campaign.tradecraft.rotations[kind] += 1
        if campaign.holdings.common_ones_burn(kind, campaign.now):
            campaign.tradecraft.own_only.add(kind)
        campaign.supply_batches.drop(kind)
        if kind == "prompt":
            campaign.tradecraft.raise_knob("paraphrase", PARAPHRASED)
        campaign.phase(f"rotate {kind}", campaign.alive)

    def lie_low(self, until: int) -> None:
        """Send no requests before a moment (ms)."""
        self._campaign.tradecraft.quiet_until = max(self._campaign.tradecraft.quiet_until, until)
        self._campaign.phase("wait", self._campaign.alive)

    def move(self, handles: Handles, addresses: int) -> None:
        """Let accounts come from so many new addresses each, from the next slice on."""
        if not len(handles):
            return
        campaign = self._campaign
        places = campaign.holdings.places(handles)
        present = campaign.holdings.address[places]
        bought = other_addresses(campaign, campaign.rng("move"), present, addresses)
        campaign.context.dispatcher.equip(campaign.name, handles, addresses=bought)
        campaign.holdings.move(places, bought[:, 0])
        campaign.phase("move", len(handles))

    def change_client(self, handles: Handles) -> None:
        """Let accounts use other client software from the next slice on."""
        if not len(handles):
            return
        campaign = self._campaign
        campaign.tradecraft.rotations["client"] += 1
        clients = other_clients(campaign, campaign.rng("client"), len(handles))
        campaign.context.dispatcher.equip(campaign.name, handles, client=clients)
        campaign.phase("change client", len(handles))

    def work(self) -> Generator[simpy.Event, Any, None]:
        """SimPy process: pass new losses to the strategy and open the accounts that are due."""
        campaign, seen = self._campaign, 0
        kind = type(self._strategy)
        while campaign.now < campaign.end and not campaign.given_up:
            losses = campaign.losses_for_strategy
            new, seen = losses[seen:], len(losses)
            with plugin_call("strategy", self._name, kind, "answer"):
                self._strategy.answer(new)
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
