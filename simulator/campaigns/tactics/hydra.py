"""A1 of the threat model: distillation by many accounts with little traffic each.

Each account alone looks harmless; together they share addresses, devices, cards, sign-up hours and
prompt templates. A dispatcher assigns the work, replaces lost accounts and moves to a new model
within hours of its release. Publicly alleged figures: 25,000 accounts, 28.8 million exchanges in
45 days; half the traffic moved to a new model within 24 h. Accounts per address and card,
replacement lag and camouflage share are the threat model's inferred ranges.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from shamcrowd.recording.units import MS_PER_HOUR, Millis
from shamcrowd.simulator.campaigns.campaign import WORK, Campaign
from shamcrowd.simulator.campaigns.farm_setup import (
    FarmSetup,
    add_work_and_cover,
    farm_accounts,
    rest_before_work,
)
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.populations.agentic import AGENT
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

HARVEST = UsageProfile(
    requests=Lognormal(45, 0.5, 400),
    turns=1.6,
    gap=Lognormal(7, 0.5, 600),
    pause=Lognormal(6, 0.5, 600),
    prompt=Lognormal(1500, 0.7),
    answer=Lognormal(800, 0.7),
    prompt_spread=0.15,
    answer_spread=0.15,
    growth=0.3,
    prompt_variation=1,
    hours=STEADY,
    weekend=0.95,
    active_share=0.95,
    active_days=8,
    activity_sigma=0.3,
    topics={
        "software-engineering": 6,
        "agentic-tools": 5,
        "reasoning": 5,
        "mathematics": 2,
        "data-analysis": 2,
        "evaluation": 1,
    },
    favourite_share=0.2,
    models=(0.05, 0.25, 0.70),
    log_ins=0.04,
    abusive=True,
    streams=0.35,
)

LONGEST_LAG = 8784.0
"""One year, hours."""
RAMP = (0.12, 0.5)
"""Share of the campaign over which the first accounts are opened: careless, careful (assumed)."""
FIRST = 0.6
"""Share of the accounts opened in that time; the others follow, sooner if some are lost."""
REST_DAYS = 6.0
"""Mean rest between sign-up and work at full ageing (assumed; 44 % of fraudulent accounts slept
a week or more in the source of the threat model)."""

FURTHER_KEYS = 0.5
"""Keys of an account besides the first: more than 35,000 keys on about 24,000 accounts in the set
of February 2026 (research note of the Cloud Security Alliance, 2 May 2026, citing the press)."""


class Hydra(Working):
    """Wide-thin distillation: many accounts, 10 to 200 requests a day each, replaced when lost."""

    source: ClassVar[str] = "threat model A1"
    looks_like: ClassVar[str] = "launch-wave"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 60, "exchanges": 9000}

    pivots = (0.55, 9.0)
    lag: tuple[float, float] = Field(
        default=(1.0, 48.0),
        description="Hours until a lost account is replaced, least and most. Source: threat "
        "model A1.",
    )

    @field_validator("lag")
    @classmethod
    def _in_order(cls, value: tuple[float, float]) -> tuple[float, float]:
        if not 0 <= value[0] <= value[1] <= LONGEST_LAG:
            raise PydanticCustomError(
                "lag",
                "must be two numbers of hours, the smaller first, up to {most}",
                {"most": LONGEST_LAG},
            )
        return value

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Harvest, like a developer's agent if careful, and chat."""
        return self.evasion.disguised(HARVEST, AGENT), replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Recruit in a ramp, then in every slice: replace, recruit, plan the requests."""
        context = campaign.context
        campaign.phase("recruit", round(self.accounts * FIRST))
        due_late = np.empty(0, np.int64)
        seen, working = 0, False
        while context.now < campaign.end:
            until = min(context.now + context.slice_ms, campaign.end)
            lost = campaign.losses_for_tactic[seen:]
            seen = len(campaign.losses_for_tactic)
            if lost:
                rng = campaign.rng("lag")
                lag = rng.uniform(*self.lag, size=len(lost)) * MS_PER_HOUR
                due_late = np.concatenate([due_late, context.now + lag.astype(np.int64)])
                campaign.phase("replace", len(lost))
            replacements = int((due_late < until).sum())
            due_late = due_late[due_late >= until]
            planned = round(self.accounts * campaign.planned(self._planned(campaign, until), until))
            wanted = max(planned - campaign.recruited, replacements)
            wanted = min(wanted, self.accounts - campaign.recruited)
            if wanted > 0:
                self._recruit(campaign, wanted, until)
            if not working and campaign.capacity(WORK, until) > 0:
                campaign.phase("work", campaign.alive)
                working = True
            # Accounts that are still to come have about half of the remaining time.
            yet = (self.accounts - campaign.recruited) / max(campaign.alive, 1)
            campaign.plan_requests(self.exchanges, campaign.evasion.cover, coming=1 + 0.6 * yet)
            yield from campaign.next_slice()
        campaign.retire()

    def _planned(self, campaign: Campaign, until: int) -> float:
        """Share of the accounts that should be open by a moment (ms)."""
        done = (until - campaign.begin) / self.duration
        ramp = between(*RAMP, campaign.evasion.pacing)
        rest = max(0.0, (done - ramp) / (0.9 - ramp))
        return min(FIRST * min(done / ramp, 1.0) + (1 - FIRST) * min(rest, 1.0), 1.0)

    def _recruit(self, campaign: Campaign, count: int, until: int) -> None:
        rng, care = campaign.rng("recruit"), campaign.evasion
        begin = campaign.now
        # Careless farms sign up in one go, careful ones over the whole slice.
        length = (until - begin) * (0.25 + 0.75 * care.pacing)
        offset = rng.random() * (until - begin - length)
        created = spread(rng, int(begin + offset), int(begin + offset + length), count)
        self.open_more(campaign, rng, campaign.sign_ups(created, until))
        if care.ageing > 0.5:
            campaign.phase("age", count)

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Workers with the farm's supply."""
        care, most = campaign.evasion, max(campaign.end - campaign.now, 1) * 0.5
        # Careful accounts use trial credit as long as it lasts, as newcomers do.
        setup = FarmSetup(trial=0.35 + 0.4 * care.rotation)
        batch = farm_accounts(campaign, rng, moments, setup)
        rest_before_work(batch, care.ageing * REST_DAYS, most)
        batch.life.further_keys[batch.idle] = FURTHER_KEYS
        add_work_and_cover(campaign, batch, rng, "developers", templates=(12, 600))
        campaign.recruit(batch, rng, "worker")
