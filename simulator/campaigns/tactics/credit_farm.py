"""A5 of the threat model: trial credit farmed in a burst, used up and abandoned.

Published: 1 in 6 sign-ups at AI firms is bad; about 8 dollars of compute per trial. The threat
model infers 5 to 120 s between sign-ups, 5 to 100 accounts per device, and 5 to 100 requests before
an account is used up.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.campaigns.campaign import COVER, WORK, Campaign
from shamcrowd.simulator.campaigns.farm_setup import (
    FarmSetup,
    add_work_and_cover,
    farm_accounts,
    rest_before_work,
)
from shamcrowd.simulator.campaigns.knobs import between
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.core.duration import Duration, text
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.classroom import TASK
from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

DRAIN = UsageProfile(
    requests=Lognormal(30, 0.6, 150),
    turns=1.8,
    gap=Lognormal(8, 0.5, 600),
    pause=Lognormal(20, 0.8, 900),
    prompt=Lognormal(1600, 0.9),
    answer=Lognormal(800, 0.9),
    prompt_spread=0.3,
    answer_spread=0.3,
    growth=0.4,
    hours=(10,) * 24,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.3,
    topics={
        "writing": 4,
        "marketing": 4,
        "summaries": 2,
        "translation": 3,
        "software-engineering": 3,
        "search": 1,
    },
    models=(0.05, 0.25, 0.7),
    prompt_variation=1,
    log_ins=0.1,
    abusive=True,
)
USUAL_BURST = 10_800_000
SETUP = FarmSetup(trial=1.0, pays=0.02)


class CreditFarm(Tactic):
    """Trial accounts in bulk: signed up within hours, drained of their credit, then left."""

    source: ClassVar[str] = "threat model A5"
    looks_like: ClassVar[str] = "classroom"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 60}
    burst: Duration = Field(
        default_factory=lambda own: min(USUAL_BURST, own.get("duration", USUAL_BURST)),
        description="Time within which all accounts sign up. Source: threat model A5 (1 h to 3 d).",
    )

    @field_validator("burst")
    @classmethod
    def _fits(cls, value: int, info: ValidationInfo) -> int:
        most = info.data.get("duration", value)
        if value > most:
            raise PydanticCustomError(
                "burst", "is longer than the campaign ({most})", {"most": text(most)}
            )
        return value

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Use up the credit, like a class at its task if careful, with chat as cover."""
        return self.evasion.disguised(DRAIN, TASK), replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Sign all accounts up in the burst, use up their credit, and stop."""
        care = campaign.evasion
        campaign.phase("recruit", self.accounts)
        rng = campaign.rng("recruit")
        # Gaps between sign-ups: regular if careless, as irregular as chance if careful.
        shape = between(8.0, 1.0, care.pacing)
        gaps = rng.gamma(shape, size=self.accounts)
        created = campaign.begin + (np.cumsum(gaps) / gaps.sum() * self.burst).astype(np.int64)
        created = campaign.sign_ups(created)
        self.open_more(campaign, rng, created)
        campaign.phase("work", self.accounts)
        # The farm's own accounts take what they can; impostors as much as legitimate users.
        campaign.levels = {
            campaign.profile(WORK): between(12, 2.5, care.pacing),
            campaign.profile(COVER): 0.6 * care.camouflage,
            **campaign.mimicry_levels(care.cover),
        }
        yield campaign.context.clock.wait(campaign.end - campaign.now)
        campaign.retire()

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Trial accounts whose credit is used up."""
        batch = farm_accounts(campaign, rng, moments, SETUP)
        rest_before_work(batch, campaign.evasion.ageing * 4, self.duration * 0.6)
        add_work_and_cover(campaign, batch, rng, "services", templates=(6, 300))
        campaign.recruit(batch, rng, "farmed")
