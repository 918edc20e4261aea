"""A lawful entity that passes every check and serves third parties who could not sign up.

Reported in July 2026 of the channels that providers close: entities registered in Singapore and
foreign subsidiaries (world-2026 B1, FT via spoonai and aitoolsrecap, second-hand). The firm is
registered, pays its bills and passes identity checks; its end users are elsewhere. How many end
users are behind an account is inferred for relays (threat model A4: 10 to 2,000); the rest is
assumed. Looks like firms that serve customers of their own (L8, L10).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.campaigns.campaign import WORK, Campaign
from shamcrowd.simulator.campaigns.farm_setup import (
    FarmSetup,
    farm_accounts,
    open_then_work,
    rest_before_work,
)
from shamcrowd.simulator.campaigns.knobs import between
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.lifecycle.retention import CONTRACT, Retention
from shamcrowd.simulator.populations.common.firms import open_as_firms
from shamcrowd.simulator.populations.service_firms import ABROAD, EXITS, SERVED
from shamcrowd.simulator.supply.places import ZONE_OF, places
from shamcrowd.simulator.traffic.usage_profile import TOPICS, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

    from shamcrowd.simulator.platform.account_batch import AccountBatch

RESOLD = UsageProfile(
    requests=Lognormal(7, 0.9, 300),
    turns=4.5,
    gap=Lognormal(25, 1.1, 1800),
    pause=Lognormal(80, 1.1, 3600),
    prompt=Lognormal(1300, 0.9),
    answer=Lognormal(480, 0.9),
    prompt_spread=0.7,
    answer_spread=0.5,
    growth=0.7,
    weekend=0.9,
    active_share=0.85,
    active_days=5,
    topics=dict.fromkeys(TOPICS, 1.0) | {"software-engineering": 8.0, "reasoning": 3.0},
    models=(0.05, 0.25, 0.7),
    log_ins=0.02,
    abusive=True,
)
"""What end users do who buy access to the best models, as behind a relay (assumed)."""
SETUP = FarmSetup(trial=0.0, subscription=0.0)
OPENED = (0.3, 0.85)
"""Share of the campaign within which the accounts are opened: careless, careful (assumed)."""
ELSEWHERE = (0.9, 0.3)
"""Share of end users who live in the market that the front is for: careless, careful (assumed)."""
REST = 5.0
"""Mean days between sign-up and first use of a careful front (assumed)."""
BETWEEN_USERS = 1.2
"""Standard deviation of the logarithm of the rate between end users, as of firms that serve
customers."""
SESSIONS = 0.5
"""Median sessions of an end user per day, as of customers of other firms (assumed)."""
FRONTS_AN_EXIT = (6.0, 1.0)
"""Fronts that call from the same machines: careless, careful (assumed)."""


class CorporateFront(Working):
    """Corporate front: a lawful entity that passes all checks and serves third parties."""

    source: ClassVar[str] = "world-2026 B1 (press, second-hand); threat model A4"
    looks_like: ClassVar[str] = "service-firms"
    stocks: ClassVar[float] = 0.7
    retention: ClassVar[Retention] = CONTRACT
    example: ClassVar[Mapping[str, Any]] = {"accounts": 20, "exchanges": 8000}

    sells = "tokens"
    busiest = 10_000.0
    """Threat model A4, as for a relay."""
    ladder = ("server-rack", "cloud-servers")
    customers: float = Field(
        default=8,
        gt=0,
        le=2000,
        description="Mean end users behind an account. Source: assumed, as few as of the firms "
        "that it looks like; threat model A4 infers 10 to 2,000 for relays.",
    )
    seats: float = Field(
        default=2,
        ge=1,
        le=60,
        description="Mean accounts of one front. Source: assumed.",
    )
    invoiced: float = Field(
        default=0.3,
        ge=0,
        le=1,
        description="Share of fronts that pass the checks for a contract and pay by invoice. "
        "Source: assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """What the end users do, like those of any product if careful."""
        return (self.evasion.disguised(RESOLD, SERVED),)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Register fronts over some of the time, or before the recording; then serve."""
        least = min(MS_PER_DAY, self.duration / 2)
        yield from open_then_work(campaign, self, OPENED, least)

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts of fronts, with end users of their own."""
        batch = farm_accounts(campaign, rng, moments, SETUP)
        own = batch.idle
        rest_before_work(batch, campaign.evasion.ageing * REST, self.duration * 0.4)
        sizes = rng.geometric(1 / self.seats, len(own))
        firm = np.searchsorted(np.cumsum(sizes), np.arange(len(own)), side="right")
        context, owner = campaign.context, campaign.owner
        open_as_firms(rng, context.supply, owner, batch, own, firm, self.invoiced)
        self._move_in(campaign, rng, batch, own, firm)
        self._serve(campaign, rng, batch, own)
        campaign.recruit(batch, rng, "front")

    @staticmethod
    def _move_in(
        campaign: Campaign,
        rng: np.random.Generator,
        batch: AccountBatch,
        own: npt.NDArray[np.int64],
        firm: npt.NDArray[np.int64],
    ) -> None:
        """Machines in a data centre, which careless fronts of one operator share."""
        if not len(own):
            return
        rotation = campaign.tradecraft.rotation("address")
        site = (firm / between(*FRONTS_AN_EXIT, rotation)).astype(np.int64)
        _, head, site = np.unique(site, return_index=True, return_inverse=True)
        seat = np.repeat(batch.country[own[head]], EXITS)
        block = np.repeat(rng.integers(4096, size=len(head)), EXITS)
        take = campaign.context.supply.addresses.take
        exits = take(campaign.owner.addresses, rng, seat, "hosting", block).reshape(-1, EXITS)
        for slot in range(int(batch.slots[own].min())):
            batch.address_list[batch.slot[own] + slot] = exits[site, slot % EXITS]

    def _serve(
        self,
        campaign: Campaign,
        rng: np.random.Generator,
        batch: AccountBatch,
        own: npt.NDArray[np.int64],
    ) -> None:
        """End users, most of whom live in one market."""
        if not len(own):
            return
        users = np.maximum(rng.poisson(self.customers, len(own)), 1)
        who = np.repeat(np.arange(len(own)), users)
        market = campaign.context.streams(f"campaign/{campaign.name}/market")
        zone = ZONE_OF[places(rng.random(len(who)))]
        home = batch.zone[own[who]]
        local = rng.random(len(who)) >= ABROAD
        zone[local] = home[local]
        there = rng.random(len(who)) < between(*ELSEWHERE, campaign.evasion.pacing)
        zone[there] = ZONE_OF[places(market.random(1))][0]
        rate = SESSIONS * np.exp(BETWEEN_USERS * rng.standard_normal(len(who)))
        rate *= campaign.activity.rates(rng, len(own))[who]
        mix = campaign.tradecraft.mix("services")
        client = campaign.context.supply.clients.pick(rng, mix, len(who))
        many = round(between(6, 300, campaign.evasion.paraphrase))
        source, supply = campaign.tradecraft.prompts, campaign.context.supply
        families = source.families(supply, rng, campaign.family(), len(own))
        batch.add_workload(
            campaign.profile(WORK), own[who], rate, client, families[who], many, zone=zone
        )
