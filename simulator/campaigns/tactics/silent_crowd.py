"""Accounts that do next to nothing: opened or bought in bulk, kept warm, and there for a favour.

In real labelled sets most fraudulent accounts are nearly silent: in four of them volume is at or
below chance as a sign of fraud, AUC 0.18 to 0.49 (as in `Tactic.spread`). Votes, ratings,
invitations and reserves that are sold warm need an account, not its use. Published: 37 % of
fraudulent accounts had not attacked after three months (threat model section 3 [43]); bought stars
at 0.10 to 1.62 dollars each (A13). How little they do is assumed. Looks like occasional users (L1).
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
    open_then_work,
    rest_before_work,
)
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.lifecycle.retention import Retention
from shamcrowd.simulator.populations.occasional import QUESTION, Occasional
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

FAVOUR = UsageProfile(
    requests=Lognormal(1.2, 0.4, 6),
    turns=1.1,
    gap=Lognormal(12, 0.6, 300),
    pause=Lognormal(30, 0.8, 900),
    prompt=Lognormal(40, 0.6),
    answer=Lognormal(120, 0.7),
    prompt_spread=0.3,
    answer_spread=0.3,
    hours=STEADY,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.3,
    topics={"small-talk": 4, "search": 3, "writing": 2, "translation": 1},
    models=(0.8, 0.2, 0.0),
    prompt_variation=1,
    log_ins=0.6,
    abusive=True,
)
"""A short question that shows that somebody is there (assumed)."""
SETUP = FarmSetup(trial=0.6, subscription=0.1, pays=0.05)
REST = 6.0
"""Mean days between sign-up and first use of a careful crowd (assumed)."""


class SilentCrowd(Working):
    """Silent crowd: accounts in bulk that hardly send anything and are kept for later."""

    source: ClassVar[str] = "threat model section 3; four labelled sets of real accounts"
    looks_like: ClassVar[str] = "occasional"
    stocks: ClassVar[float] = 0.9
    retention: ClassVar[Retention] = Occasional.retention
    example: ClassVar[Mapping[str, Any]] = {"accounts": 80, "exchanges": 240}

    busiest = 3.0
    """Assumed: an account that was silent for months does not become busy."""

    spares: float = Field(
        default=0.4,
        ge=0,
        le=0.9,
        description="Share of its accounts that are kept in reserve and never work, except those "
        "that imitate. Source: assumed; 37 % of fraudulent accounts had not attacked after three "
        "months (threat model, section 3).",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """A short question now and then, like occasional users' if careful, and theirs as cover."""
        return self.evasion.disguised(FAVOUR, QUESTION), replace(QUESTION, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Sign up over much of the time, or before the recording, and stay nearly silent."""
        yield from open_then_work(campaign, self, (0.03, 0.85))

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts that rest, and do little."""
        batch = farm_accounts(campaign, rng, moments, SETUP)
        rest_before_work(batch, campaign.evasion.ageing * REST, self.duration * 0.5)
        add_work_and_cover(campaign, batch, rng, "people", templates=(3, 120))
        campaign.recruit(batch, rng, "silent")
