"""A6 of the threat model: a farmer who returns in waves after every block.

One report, partly fictionalised: 2,256 accounts in waves over eight months, a grammar of
names, 27 mail domains, sign-ups 23.6 or 118.7 s apart. The threat model infers 10 to 30 domains,
egress from build services, a new wave 0.5 to 7 days after each block. Looks like start-ups and
agencies (L10) and build bots (L7).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.farm_setup import FarmSetup, add_work_and_cover, farm_accounts
from shamcrowd.simulator.campaigns.knobs import between
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.ci_bots import PUSH
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

FARM = UsageProfile(
    requests=Lognormal(10, 0.3, 100),
    turns=2,
    gap=Lognormal(5, 0.3, 60),
    pause=Lognormal(8, 0.3, 120),
    prompt=Lognormal(1200, 0.4),
    answer=Lognormal(450, 0.6),
    prompt_spread=0.1,
    answer_spread=0.1,
    speed_sigma=0.1,
    hours=STEADY,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.1,
    topics={"software-engineering": 5, "writing": 3, "translation": 2, "agentic-tools": 2},
    models=(0.2, 0.4, 0.4),
    prompt_variation=1,
    log_ins=0.02,
    abusive=True,
)
GAPS = (23.6, 118.7)
"""Seconds between two sign-ups: fast script, slow script."""
SETUP = FarmSetup(trial=0.85, pays=0.05, oauth=0.0)


class Farmer(Working):
    """Ban-evading farmer: waves of trial accounts with new domains after each block."""

    source: ClassVar[str] = "threat model A6"
    looks_like: ClassVar[str] = "small-teams"
    stocks: ClassVar[float] = 0.7
    example: ClassVar[Mapping[str, Any]] = {"accounts": 60, "exchanges": 6000, "waves": 3}

    busiest = 50.0
    """Threat model A6."""
    ladder = ("domain-farm", "webmail-farm", "sticky-residential", "antidetect")
    waves: int = Field(
        default=4,
        ge=1,
        le=200,
        description="Number of waves. Source: threat model A6, a new wave 0.5 to 7 days "
        "after a block.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Farm work, like builds if careful, and chat."""
        return self.evasion.disguised(FARM, PUSH), replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Open wave after wave; a wave is given up when the next one begins."""
        context, rng = campaign.context, campaign.rng("waves")
        weights = 0.6 + 0.8 * rng.random(self.waves)
        starts = np.concatenate([[0.0], np.cumsum(weights)]) / weights.sum()
        starts = campaign.begin + (starts * self.duration).astype(np.int64)
        wave = 0
        while context.now < campaign.end:
            while wave < self.waves and starts[wave] < context.now + context.slice_ms:
                end = int(starts[wave + 1])
                planned = campaign.planned((wave + 1) / self.waves, end)
                count = round(self.accounts * planned) - campaign.recruited
                if count > 0:
                    self._wave(campaign, count, int(starts[wave]), end)
                wave += 1
            yet = (self.accounts - campaign.recruited) / max(campaign.recruited, 1)
            spent = (context.now - campaign.begin) / self.duration
            # A wave to come has the capacity of one that is over.
            coming = 1 + yet / max(1 / max(wave, 1), 1 - spent * (1 - 1 / max(wave, 1)))
            campaign.plan_requests(self.exchanges, campaign.evasion.cover, coming=max(coming, 1.0))
            yield from campaign.next_slice()
        campaign.retire()

    def _wave(self, campaign: Campaign, count: int, begin: int, end: int) -> None:
        care, rng = campaign.evasion, campaign.rng("recruit")
        campaign.phase("recruit", count)
        mean = GAPS[int(rng.integers(2))] * 1000
        gaps = rng.gamma(between(60.0, 1.0, care.pacing), size=count)
        # At a script's beat if careless; over a good part of the wave if careful.
        span = between(mean * count, max(0.4 * (end - begin), 1.0), care.pacing)
        span = min(span, 0.5 * (end - begin))
        begin = max(begin, campaign.now)
        created = begin + (np.cumsum(gaps) / gaps.sum() * span).astype(np.int64)
        created = campaign.sign_ups(np.minimum(created, campaign.end - 1), end)
        overlap = care.ageing * 0.5 * (end - begin)
        self._open(campaign, rng, created, int(end + overlap))

    def _open(
        self,
        campaign: Campaign,
        rng: np.random.Generator,
        created: Millis,
        end: int,
    ) -> None:
        batch = farm_accounts(campaign, rng, created, SETUP)
        # Impostors stay, as legitimate users do.
        staying = len(batch.workloads)
        add_work_and_cover(campaign, batch, rng, "builds", (4, 200))
        for workload in batch.workloads[staying:]:
            workload.ends = np.minimum(workload.ends, end)
        campaign.recruit(batch, rng, "farmed")

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts between the waves, which stay until the end."""
        self._open(campaign, rng, moments, campaign.end)
