"""Access through a cloud's marketplace: the platform sees a project and a key, no client address.

Reported in July 2026 of the channels that providers close: foreign subsidiaries on a third-party
cloud (world-2026 B1, FT via spoonai and aitoolsrecap, second-hand); the path itself is listed as a
gap of the threat model (world-2026, what this changes, 6). Counts and rates are assumed. Looks like
honest projects on the same path.
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
from shamcrowd.simulator.campaigns.knobs import between
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.lifecycle.retention import CONTRACT, Retention
from shamcrowd.simulator.populations.common.cloud_projects import (
    GATEWAY,
    customers_of,
    open_as_projects,
)
from shamcrowd.simulator.populations.marketplace import APPLICATION
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

HARVEST = UsageProfile(
    requests=Lognormal(22, 0.9, 600),
    turns=2.0,
    gap=Lognormal(10, 0.7, 600),
    pause=Lognormal(10, 0.7, 600),
    prompt=Lognormal(1500, 0.7),
    answer=Lognormal(1100, 0.7),
    prompt_spread=0.4,
    answer_spread=0.4,
    hours=STEADY,
    weekend=1.0,
    active_share=0.9,
    active_days=8,
    activity_sigma=0.4,
    topics={
        "software-engineering": 6, "reasoning": 4, "mathematics": 3, "agentic-tools": 3,
        "evaluation": 1,
    },
    models=(0.0, 0.15, 0.85),
    prompt_variation=3,
    log_ins=0.0,
    abusive=True,
)  # fmt: skip
"""Long answers of the best models, for training another (threat model section 1: software
engineering, agentic reasoning; lengths assumed)."""
SETUP = FarmSetup(trial=0.0, subscription=0.0)
OPENED = (0.1, 0.85)
"""Share of the campaign within which the projects are made: careless, careful (assumed)."""
REST = 4.0
"""Mean days between a project's making and its first use, if careful (assumed)."""


class CloudMarketplace(Working):
    """Cloud-marketplace path: projects of a cloud's customers, without client address or card."""

    source: ClassVar[str] = "world-2026 B1 (press, second-hand) and B2 (an inference)"
    looks_like: ClassVar[str] = "marketplace"
    stocks: ClassVar[float] = 0.7
    retention: ClassVar[Retention] = CONTRACT
    example: ClassVar[Mapping[str, Any]] = {"accounts": 30, "exchanges": 4000}

    sells = "tokens"
    busiest = 1500.0
    """Threat model A2: 50 to 1,500 a day."""
    projects: float = Field(
        default=2.5,
        ge=1,
        le=100,
        description="Mean projects of one of the campaign's customers of the cloud, if careful; a "
        "careless one has twice as many. Source: assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Long answers in bulk, like an application's use if careful, and one's use as cover."""
        return (
            self.evasion.disguised(HARVEST, APPLICATION),
            replace(APPLICATION, active_share=0.7),
        )

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Make projects over some of the time, or before the recording; then work."""
        yield from open_then_work(campaign, self, OPENED)

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Projects of customers of a cloud, seen as all others are."""
        batch = farm_accounts(campaign, rng, moments, SETUP)
        own = batch.idle
        rest_before_work(batch, campaign.evasion.ageing * REST, self.duration * 0.4)
        each = self.projects * between(2, 1, campaign.evasion.rotation)
        customer = customers_of(rng, len(own), each)
        supply = campaign.context.supply
        open_as_projects(rng, supply, campaign.owner, batch, own, customer)
        add_work_and_cover(campaign, batch, rng, GATEWAY, templates=(4, 150), cover=GATEWAY)
        campaign.recruit(batch, rng, "project")
