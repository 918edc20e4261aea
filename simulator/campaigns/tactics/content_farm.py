"""A14, the project's own: text for search engines in bulk, through trial accounts.

A farm writes thousands of pages for search engines and pays with trial credit: templates filled
with one keyword after another, long answers, cheap models, accounts replaced as their credit ends.
No figures are published; all are assumed, after the credit farm (A5). Looks like an agency that
writes for its clients (L10).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.farm_setup import (
    FarmSetup,
    add_work_and_cover,
    farm_accounts,
    rest_before_work,
)
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.small_teams import AGENCY
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

BULK = UsageProfile(
    requests=Lognormal(40, 0.3, 400),
    turns=1.0,
    gap=Lognormal(5, 0.3, 60),
    pause=Lognormal(9, 0.3, 120),
    prompt=Lognormal(240, 0.2),
    answer=Lognormal(1300, 0.3),
    prompt_spread=0.1,
    answer_spread=0.1,
    growth=0.0,
    speed_sigma=0.1,
    hours=STEADY,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.1,
    topics={"marketing": 6, "writing": 6, "search": 4, "travel": 2, "health": 2, "finance": 2},
    favourite_share=0.5,
    models=(0.8, 0.2, 0.0),
    prompt_variation=1,
    log_ins=0.02,
    abusive=True,
)
SETUP = FarmSetup(trial=0.95, pays=0.05)


class ContentFarm(Working):
    """Content farm: search-engine text in bulk, on trial credit, account after account."""

    source: ClassVar[str] = "the project's own, A14"
    looks_like: ClassVar[str] = "small-teams"
    stocks: ClassVar[float] = 0.7
    example: ClassVar[Mapping[str, Any]] = {"accounts": 60, "exchanges": 9000}

    busiest = 100.0
    """Assumed, as of a credit farm (threat model A5)."""

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Pages by the hundred, like an agency's copy if careful, and chat."""
        return self.evasion.disguised(BULK, AGENCY), replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Open accounts over the whole campaign, sooner when credit runs out, and write."""
        context = campaign.context
        campaign.phase("recruit", self.accounts)
        campaign.phase("work", 0)
        seen = 0
        while context.now < campaign.end:
            until = min(context.now + context.slice_ms, campaign.end)
            done = min((until - campaign.begin) / (0.8 * self.duration), 1.0)
            lost, seen = len(campaign.losses_for_tactic) - seen, len(campaign.losses_for_tactic)
            planned = round(self.accounts * campaign.planned(done, until))
            wanted = max(planned - campaign.recruited, lost)
            wanted = min(wanted, self.accounts - campaign.recruited)
            if wanted > 0:
                rng = campaign.rng("recruit")
                length = (until - context.now) * between(0.1, 1.0, campaign.evasion.pacing)
                created = spread(rng, context.now, int(context.now + length), wanted)
                self.open_more(campaign, rng, campaign.sign_ups(created, until))
            yet = (self.accounts - campaign.recruited) / max(campaign.alive, 1)
            campaign.plan_requests(self.exchanges, campaign.evasion.cover, coming=1 + 0.5 * yet)
            yield from campaign.next_slice()
        campaign.retire()

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts that write."""
        batch = farm_accounts(campaign, rng, moments, SETUP)
        rest = max(campaign.end - campaign.now, 1) * 0.4
        rest_before_work(batch, campaign.evasion.ageing * 3, rest)
        add_work_and_cover(campaign, batch, rng, "services", (5, 300))
        campaign.recruit(batch, rng, "writer")
