"""A4 of the threat model: a relay that resells access through a pool of accounts.

Published: resale at about a tenth of the list price; six pooled accounts that served 53,655 calls
in turn; fill-first pools with sticky sessions that keep caches warm and cool drained accounts
down. The threat model infers 10 to 2,000 end users per account, whose hours show in its traffic,
and a banned account replaced within 0.1 to 3 days. Looks like an authorised aggregator (L8).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.campaigns.campaign import WORK, Campaign
from shamcrowd.simulator.campaigns.farm_setup import FarmSetup, farm_accounts
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.populations.aggregator import ROUTED
from shamcrowd.simulator.supply.places import ZONE_OF, places
from shamcrowd.simulator.traffic.usage_profile import TOPICS, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

RESOLD = UsageProfile(
    requests=Lognormal(8, 0.9, 300),
    turns=5,
    gap=Lognormal(25, 1.0, 1800),
    pause=Lognormal(60, 1.0, 3600),
    prompt=Lognormal(1500, 1.0),
    answer=Lognormal(500, 0.9),
    prompt_spread=0.7,
    answer_spread=0.5,
    growth=0.7,
    weekend=0.95,
    active_share=0.9,
    active_days=6,
    topics=dict.fromkeys(TOPICS, 1.0) | {"software-engineering": 8.0, "roleplay": 5.0},
    models=(0.0, 0.2, 0.8),
    log_ins=0.0,
    abusive=True,
    # Customers bring their own programs (assumed).
    streams=0.75,
    mixed=1.0,
)
SETUP = FarmSetup(trial=0.0, subscription=0.5, oauth=0.6)
REFILL_DAYS = (0.1, 3.0)
OPENED = (0.7, 0.15)
"""Share of the pool opened in the first days: careless, careful (assumed)."""
FIRST_DAYS = (0.2, 10.0)
"""Days over which these are opened, and those that replace lost ones: careless, careful (assumed).
"""
GROWS_FROM = (0.2, 0.02)
"""Share of the campaign after which the business grows: careless, careful (assumed)."""
IN_TURN = 6
"""Accounts over which one end user's sessions rotate."""
BETWEEN_USERS = 1.2
"""Standard deviation of the logarithm of the rate between end users, as behind an aggregator."""


class Relay(Working):
    """Transfer station: resold access, many end users behind each account of a pool."""

    source: ClassVar[str] = "threat model A4"
    looks_like: ClassVar[str] = "aggregator"
    stocks: ClassVar[float] = 0.7
    example: ClassVar[Mapping[str, Any]] = {"accounts": 10, "exchanges": 12_000, "customers": 20}

    sells = "tokens"
    busiest = 10_000.0
    """Threat model A4."""
    ladder = ("server-rack", "cloud-servers")
    customers: int = Field(
        default=40,
        ge=1,
        le=2000,
        description="Mean end users behind an account. Source: threat model A4 (10 to 2,000).",
    )
    dispatch: Literal["round-robin", "fill-first"] = Field(
        default="round-robin",
        description="Sessions of a user go round the pool, or a user sticks to one account and "
        "accounts fill up one after the other. Source: threat model A4.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """What the end users do, as mixed as an aggregator's if the pool is careful."""
        return (self.evasion.disguised(RESOLD, ROUTED),)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Open a part of the pool, keep the other accounts back, and replace lost ones."""
        context, rng, knob = campaign.context, campaign.rng("lag"), campaign.evasion.pacing
        campaign.phase("recruit", self.accounts)
        first = campaign.planned(between(*OPENED, knob), campaign.end)
        self._open(campaign, max(round(self.accounts * first), 1))
        campaign.phase("work", campaign.alive)
        due, seen = np.empty(0), 0
        # Accounts kept back that replaced no loss open as the business grows.
        later = np.linspace(between(*GROWS_FROM, knob), 0.9, self.accounts - campaign.recruited)
        growth = later * self.duration
        while context.now < campaign.end:
            lag = rng.uniform(*REFILL_DAYS, len(campaign.losses_for_tactic) - seen) * MS_PER_DAY
            seen += len(lag)
            due = np.concatenate([due, context.now + lag])
            until = context.now + context.slice_ms
            planned = int((growth < until - campaign.begin).sum())
            opened = campaign.recruited - self.accounts + len(growth)
            wanted = max(planned - opened, int((due <= context.now).sum()))
            due = due[due > context.now]
            wanted = min(wanted, self.accounts - campaign.recruited)
            if wanted > 0:
                campaign.phase("refill", wanted)
                self._open(campaign, wanted)
            yet = (self.accounts - campaign.recruited) / max(campaign.alive, 1)
            campaign.plan_requests(self.exchanges, campaign.evasion.cover, coming=1 + 0.5 * yet)
            yield from campaign.next_slice()
        campaign.retire()

    def _open(self, campaign: Campaign, count: int) -> None:
        """Open accounts over some days."""
        care, rng = campaign.evasion, campaign.rng("recruit")
        begin = campaign.now
        length = min(between(*FIRST_DAYS, care.pacing) * MS_PER_DAY, (campaign.end - begin) / 2)
        created = spread(rng, begin, int(begin + length), count)
        self.open_more(campaign, rng, campaign.sign_ups(created))

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts of the pool, with end users of their own."""
        batch = farm_accounts(campaign, rng, moments, SETUP)
        pool = batch.idle
        count = len(pool)
        users = np.maximum(rng.poisson(self.customers, count), 1)
        if self.dispatch == "fill-first":
            # The first accounts are full; the last ones hold the rest.
            users = np.sort(users * np.linspace(1.8, 0.2, count)).astype(np.int64)[::-1] + 1
        who = np.repeat(np.arange(count), users)
        rate = np.exp(BETWEEN_USERS * rng.standard_normal(len(who)))
        zone = ZONE_OF[places(rng.random(len(who)))]
        mix = campaign.tradecraft.mix("services")
        client = campaign.context.supply.clients.pick(rng, mix, len(who))
        if self.dispatch == "round-robin":
            turns = max(min(IN_TURN, count), 1)
            step = np.tile(np.arange(turns), len(who))
            who = (np.repeat(who, turns) + step) % max(count, 1)
            rate = np.repeat(rate / turns, turns)
            zone, client = np.repeat(zone, turns), np.repeat(client, turns)
        # Accounts of a pool are not equally good: limits, credit, plans. Some are kept in reserve.
        rate = rate * campaign.activity.rates(rng, count)[who]
        order = np.argsort(who, kind="stable")
        batch.add_workload(
            campaign.profile(WORK), pool[who[order]], rate[order], client[order], zone=zone[order]
        )
        campaign.recruit(batch, rng, "pooled")
