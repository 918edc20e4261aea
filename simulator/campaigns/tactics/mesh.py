"""A12 of the threat model: a mesh of accounts that changes the attribute that was blocked.

Published: over 20,000 organisations in three days, client-less traffic that imitates a command-line
agent and reports no telemetry, retooled around each block. The threat model infers a change of the
blocked attribute within 0.2 to 12 h. Looks like build bots (L7), many of which send no
telemetry either.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.recording.units import MS_PER_HOUR, Millis
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.farm_setup import FarmSetup, add_work_and_cover, farm_accounts
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.ci_bots import PUSH
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

IMITATION = UsageProfile(
    # It passes on the steps of real agents, which are as uneven as those of `Agentic`; its own
    # relay adds seconds to each (assumed).
    requests=Lognormal(14, 0.9, 400),
    turns=5,
    gap=Lognormal(7, 1.5, 900),
    pause=Lognormal(12, 1.4, 1200),
    prompt=Lognormal(3200, 0.5),
    answer=Lognormal(420, 0.6),
    prompt_spread=0.15,
    answer_spread=0.15,
    growth=0.6,
    speed_sigma=0.4,
    hours=STEADY,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.1,
    topics={
        "software-engineering": 8,
        "agentic-tools": 4,
        "reasoning": 1.5,
        "data-analysis": 1.5,
        "research": 0.7,
        "extraction": 0.6,
        "summaries": 0.6,
        "writing": 0.4,
    },
    favourite_share=0.6,
    models=(0.05, 0.35, 0.6),
    prompt_variation=1,
    log_ins=0.0,
    abusive=True,
    # As the command-line agent that it imitates.
    streams=0.9,
    caches=0.95,
    prefix=0.8,
)
CYCLE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("network", {"kind": "residential"}),
    ("card", {"issuers": 40}),
    ("network", {"kind": "vpn"}),
    ("phone", {"blocks": 900}),
    ("mailbox", {"wordy": 0.4}),
    ("device", {"common": 0.4}),
)
"""Values of its kits that it changes in turn, block after block (assumed)."""
BLOCKED = 0.05
"""Share of its live accounts lost in a slice from which it infers a block (assumed)."""


class Mesh(Working):
    """Adaptive mesh: short-lived organisations without telemetry, changed after every block."""

    source: ClassVar[str] = "threat model A12"
    looks_like: ClassVar[str] = "ci-bots"
    stocks: ClassVar[float] = 0.7
    example: ClassVar[Mapping[str, Any]] = {"accounts": 80, "exchanges": 7000}

    busiest = 100.0
    """Threat model A12."""
    retool: tuple[float, float] = Field(
        default=(0.2, 12.0),
        description="Hours from a block to the change, least and most. Source: threat model A12.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """An imitated agent, like build machines if careful, and chat."""
        return self.evasion.disguised(IMITATION, PUSH), replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Open accounts continuously; change an attribute after a block or a day without one."""
        context, rng = campaign.context, campaign.rng("blocks")
        campaign.phase("recruit", self.accounts)
        campaign.phase("work", 0)
        seen, change = 0, campaign.begin + 24 * MS_PER_HOUR
        while context.now < campaign.end:
            until = min(context.now + context.slice_ms, campaign.end)
            lost = len(campaign.losses_for_tactic) - seen
            seen = len(campaign.losses_for_tactic)
            if lost > max(BLOCKED * campaign.alive, 2):
                change = min(change, context.now + int(rng.uniform(*self.retool) * MS_PER_HOUR))
            if context.now >= change:
                change = context.now + 24 * MS_PER_HOUR
                campaign.tradecraft.setup_changes += 1
                campaign.phase("retool", campaign.alive)
            done = min((until - campaign.begin) / (0.85 * self.duration), 1.0)
            wanted = round(self.accounts * campaign.planned(done, until)) - campaign.recruited
            if wanted > 0:
                self._open(campaign, wanted, until)
            yet = (self.accounts - campaign.recruited) / max(campaign.alive, 1)
            campaign.plan_requests(self.exchanges, campaign.evasion.cover, coming=1 + 0.5 * yet)
            yield from campaign.next_slice()
        campaign.retire()

    def _open(self, campaign: Campaign, count: int, until: int) -> None:
        care, rng, now = campaign.evasion, campaign.rng("recruit"), campaign.now
        length = (until - now) * between(0.1, 1.0, care.pacing)
        created = spread(rng, now, int(now + length), count)
        self.open_more(campaign, rng, campaign.sign_ups(created, until))

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts with the present equipment."""
        batch = farm_accounts(
            campaign, rng, moments, self._setup(campaign.tradecraft.setup_changes)
        )
        add_work_and_cover(campaign, batch, rng, "agents", (8, 400), silent=True)
        campaign.recruit(batch, rng, "node")

    @staticmethod
    def _setup(step: int) -> FarmSetup:
        """The equipment after ``step`` changes; each change lasts until the next of its kind."""
        changes: dict[str, dict[str, Any]] = {}
        for number in range(step + 1):
            part, values = CYCLE[number % len(CYCLE)]
            changes[part] = changes.get(part, {}) | values
        return FarmSetup(trial=0.5, pays=0.4, changes=changes)
