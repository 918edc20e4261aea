"""A2 of the threat model: distillation by a few hundred accounts with much traffic each.

Publicly alleged of one campaign: hundreds of accounts, 3.4 million exchanges, agentic reasoning
and tools, several access paths. The threat model infers 50 to 1,500 requests a day each, near the
caps and steady, on few cards. Looks like batch work (L6).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.campaigns.campaign import COVER, WORK, Campaign
from shamcrowd.simulator.campaigns.farm_setup import FarmSetup, farm_accounts, work_until_end
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.core.plans import ENTERPRISE, PAY_AS_YOU_GO
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.batch import JOB
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

EXTRACT = UsageProfile(
    requests=Lognormal(150, 0.3, 2000),
    turns=6,
    gap=Lognormal(6, 0.4, 300),
    pause=Lognormal(5, 0.4, 300),
    prompt=Lognormal(1800, 0.6),
    answer=Lognormal(700, 0.6),
    prompt_spread=0.15,
    answer_spread=0.15,
    growth=0.5,
    speed_sigma=0.2,
    hours=STEADY,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.1,
    topics={
        "agentic-tools": 6,
        "reasoning": 5,
        "software-engineering": 4,
        "data-analysis": 3,
        "extraction": 2,
        "classification": 2,
    },
    favourite_share=0.3,
    models=(0.1, 0.4, 0.5),
    prompt_variation=1,
    log_ins=0.0,
    abusive=True,
)
PATHS = ("services", "developers", "builds", "agents")
"""Mixes of API clients that it uses: SDKs, agents, build machines."""
SETUP = FarmSetup(trial=0.0, subscription=0.1)
RECRUITING = (0.02, 0.9)
"""Share of the campaign over which its accounts are opened: careless, careful (assumed)."""
CONTRACT = 0.2
"""Share of accounts opened under a reseller's contract instead of a card (assumed)."""


class NarrowDeep(Working):
    """Narrow-deep distillation: few accounts near their rate limits, several access paths."""

    source: ClassVar[str] = "threat model A2"
    looks_like: ClassVar[str] = "batch"
    stocks: ClassVar[float] = 0.7
    example: ClassVar[Mapping[str, Any]] = {"accounts": 20, "exchanges": 20_000}

    pivots = (0.55, 12.0)
    """About half of one campaign's traffic moved within a day (threat model, section 1)."""
    busiest = 1500.0
    """Threat model A2."""
    ladder = ("server-rack", "cloud-servers")

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Extraction, like a scheduled job if careful, and chat."""
        return self.evasion.disguised(EXTRACT, JOB), replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Recruit in the first part of the time, each access path apart, then work steadily."""
        care, rng = campaign.evasion, campaign.rng("recruit")
        campaign.phase("recruit", self.accounts)
        window = self.duration * between(*RECRUITING, care.pacing)
        created = spread(rng, campaign.begin, int(campaign.begin + window), self.accounts)
        self.open_more(campaign, rng, campaign.sign_ups(created))
        yield from work_until_end(campaign, self.exchanges)

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts that extract, by card or by contract."""
        batch = farm_accounts(campaign, rng, moments, SETUP)
        contract = rng.random(len(batch)) < CONTRACT
        batch.plan = np.where(
            contract, ENTERPRISE, np.where(batch.plan == ENTERPRISE, PAY_AS_YOU_GO, batch.plan)
        ).astype(np.int8)
        batch.card[contract] = -1
        self._workloads(campaign, batch, rng)
        campaign.recruit(batch, rng, "extractor")

    def _workloads(self, campaign: Campaign, batch: AccountBatch, rng: np.random.Generator) -> None:
        idle = batch.idle
        path = rng.integers(len(PATHS), size=len(idle))
        supply, source = campaign.context.supply, campaign.tradecraft.prompts
        devices, pick = supply.devices, supply.clients.pick_all
        many = round(between(5, 400, campaign.evasion.paraphrase))
        rates = campaign.activity.rates(rng, len(idle))
        for number, mix in enumerate(PATHS):
            who, rate = idle[path == number], rates[path == number]
            systems = devices.systems(batch.device[who])
            batch.add_workload(
                campaign.profile(WORK),
                who,
                rate,
                pick(rng, campaign.tradecraft.mix(mix), systems),
                source.families(supply, rng, campaign.family(number), len(who)),
                many,
            )
            cover = pick(rng, "people", systems)
            batch.add_workload(campaign.profile(COVER), who, rate, cover)
