"""A3 of the threat model: reasoning traces and grades elicited by synchronised scripts.

Publicly alleged: over 150,000 exchanges on reasoning and rubric grading in synchrony, with shared
payment methods; over 100,000 prompts in several languages that coerce reasoning traces. The threat
model infers synchrony within 1 to 300 s, paraphrase 0 to 0.9, 1 to 8 languages. Looks like
academic evaluation (L12).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.farm_setup import (
    FarmSetup,
    add_work_and_cover,
    farm_accounts,
    rest_before_work,
    work_until_end,
)
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.evaluators import SWEEP
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

ELICIT = UsageProfile(
    requests=Lognormal(30, 0.3, 600),
    turns=1.0,
    gap=Lognormal(4, 0.4, 60),
    pause=Lognormal(4, 0.4, 60),
    prompt=Lognormal(700, 0.4),
    answer=Lognormal(1400, 0.5),
    prompt_spread=0.1,
    answer_spread=0.1,
    growth=0.1,
    speed_sigma=0.1,
    hours=STEADY,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.1,
    topics={"reasoning": 7, "evaluation": 6, "mathematics": 4, "safety": 1, "translation": 1},
    favourite_share=0.3,
    models=(0.0, 0.2, 0.8),
    prompt_variation=1,
    log_ins=0.0,
    abusive=True,
)
SYNCHRONY = (1.0, 300.0)
"""Seconds after the common beat: careless, careful."""


class Elicitation(Working):
    """Reasoning and grader elicitation: accounts in step, templates in several languages."""

    source: ClassVar[str] = "threat model A3"
    looks_like: ClassVar[str] = "evaluators"
    stocks: ClassVar[float] = 0.7
    example: ClassVar[Mapping[str, Any]] = {"accounts": 30, "exchanges": 9000}

    busiest = 500.0
    """Threat model A3."""
    languages: int = Field(
        default=3,
        ge=1,
        le=8,
        description="Languages of its prompts, each with accounts of its own. Source: threat model "
        "A3 (1 to 8).",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Elicitation on a common beat, like a benchmark sweep if careful, and chat."""
        work = replace(
            self.evasion.disguised(ELICIT, SWEEP),
            clock_period=600,
            clock_jitter=between(*SYNCHRONY, self.evasion.pacing),
        )
        return work, replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Recruit in the first tenth of the time, then prompt in step until the end."""
        care, rng = campaign.evasion, campaign.rng("recruit")
        campaign.phase("recruit", self.accounts)
        window = self.duration * between(0.02, 0.3, care.pacing)
        created = spread(rng, campaign.begin, int(campaign.begin + window), self.accounts)
        self.open_more(campaign, rng, campaign.sign_ups(created))
        yield from work_until_end(campaign, self.exchanges)

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts that prompt, each in one language."""
        care = campaign.evasion
        # Careful accounts begin on trial credit as often as evaluators do.
        trial = 0.1 + 0.3 * care.rotation
        setup = FarmSetup(trial=trial, subscription=0.33, countries=self.languages)
        batch = farm_accounts(campaign, rng, moments, setup)
        rest_before_work(batch, care.ageing * 4, self.duration * 0.4)
        add_work_and_cover(campaign, batch, rng, "services", (4, 200))
        campaign.recruit(batch, rng, "elicitor")
