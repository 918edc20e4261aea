"""A13 of the threat model: accounts that invite each other and act in lockstep.

Published: one social network caught over two million accounts in lockstep; bought stars at 0.10 to
1.62 dollars each; engagement rings invite along a tree and act within minutes of each other. The
threat model infers 50 to 5,000 accounts, 0 to 5 requests a day, lockstep within 1 to 60 minutes.
Looks like start-ups, agencies and families (L10).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.evasion import Evasion
from shamcrowd.simulator.campaigns.farm_setup import (
    FarmSetup,
    add_work_and_cover,
    farm_accounts,
    work_until_end,
)
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.corporate import OFFICE_WORK
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

LOCKSTEP = UsageProfile(
    requests=Lognormal(2.5, 0.3, 20),
    turns=1.2,
    gap=Lognormal(10, 0.4, 120),
    pause=Lognormal(20, 0.4, 300),
    prompt=Lognormal(60, 0.3),
    answer=Lognormal(150, 0.5),
    prompt_spread=0.1,
    answer_spread=0.1,
    speed_sigma=0.1,
    hours=STEADY,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.1,
    topics={"small-talk": 5, "writing": 3, "marketing": 3, "search": 2},
    models=(0.7, 0.3, 0.0),
    prompt_variation=1,
    log_ins=0.4,
    abusive=True,
)
LATE = (60.0, 3600.0)
"""Seconds after the common beat: careless, careful."""
TOGETHER = (12.0, 3.0)
"""Members of a ring who sign up on one line: careless, careful (assumed: it is run from a few
desks, as a team is)."""
BRANCHES = (40.0, 2.0)
"""Accounts that one account invites: careless, careful (assumed)."""


class ReferralRing(Working):
    """Referral ring: a tree of accounts that invite each other and act in step."""

    source: ClassVar[str] = "threat model A13"
    looks_like: ClassVar[str] = "small-teams"
    stocks: ClassVar[float] = 0.7
    example: ClassVar[Mapping[str, Any]] = {"accounts": 60, "exchanges": 2500}

    busiest = 5.0
    """Threat model A13."""

    invited: float = Field(
        default=1.0,
        gt=0,
        le=1,
        description="Share of its accounts, except the first, that another of them invited; the "
        "others sign up uninvited. Source: assumed.",
    )

    def asked(self) -> dict[str, int]:
        """Accounts, exchanges and invitations."""
        return {**super().asked(), "invitations": round((self.accounts - 1) * self.invited)}

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """A little work on a common beat, like desk work if careful, and chat."""
        work = replace(
            self.evasion.disguised(LOCKSTEP, OFFICE_WORK),
            clock_period=3600,
            clock_jitter=between(*LATE, self.evasion.pacing),
        )
        return work, replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Grow the tree over the first part of the time, then keep every account active."""
        care, rng = campaign.evasion, campaign.rng("recruit")
        campaign.phase("recruit", self.accounts)
        window = self.duration * between(0.05, 0.6, care.pacing)
        created = spread(rng, campaign.begin, int(campaign.begin + window), self.accounts)
        created = campaign.sign_ups(created)
        # At least a second apart, so that every inviter exists before its guests.
        created = np.maximum.accumulate(created + np.arange(len(created)) * 1000)
        batch = farm_accounts(campaign, rng, np.minimum(created, campaign.end - 1), _setup(care))
        number = np.arange(len(batch))
        inviter = ((number - 1) / between(*BRANCHES, care.rotation)).astype(np.int64)
        order = np.argsort(batch.created, kind="stable")
        batch.inviter[order] = campaign.owner.accounts.coming(len(batch))[order[inviter]]
        alone = rng.permutation(number[1:])[self.asked()["invitations"] :]
        batch.inviter[order[np.append(alone, 0)]] = -1
        self._join(campaign, batch, rng)
        yield from work_until_end(campaign, self.exchanges)

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Members, invited by accounts that still work."""
        batch = farm_accounts(campaign, rng, moments, _setup(campaign.evasion))
        there = campaign.working()
        if len(there):
            by = there[rng.integers(len(there), size=len(batch))]
            batch.inviter = np.where(rng.random(len(batch)) < self.invited, by, -1)
        self._join(campaign, batch, rng)

    @staticmethod
    def _join(campaign: Campaign, batch: AccountBatch, rng: np.random.Generator) -> None:
        add_work_and_cover(campaign, batch, rng, "people", (4, 200))
        campaign.recruit(batch, rng, "member")


def _setup(care: Evasion) -> FarmSetup:
    """Trial accounts of a few desks."""
    together = between(*TOGETHER, care.rotation)
    return FarmSetup(trial=0.8, pays=0.2, changes={"network": {"accounts": together}})
