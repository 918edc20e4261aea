"""A first tactic."""

PLUGIN = '''"""{Title}: say in a sentence what kind of abuse it is, and where it is described."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import simpy
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
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
from shamcrowd.simulator.core.duration import Duration
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

WORK = UsageProfile(
    requests=Lognormal(30, 0.5, 400),
    turns=1.2,
    gap=Lognormal(6, 0.5, 600),
    pause=Lognormal(8, 0.5, 600),
    prompt=Lognormal(600, 0.5),
    answer=Lognormal(700, 0.5),
    hours=STEADY,
    weekend=1.0,
    active_share=0.95,
    prompt_variation=1,
    abusive=True,
)
"""What its accounts do when it does not disguise itself. All numbers assumed."""


class {Class}(Working):
    """A farm that opens its accounts in a burst and works with them to the end."""

    source: ClassVar[str] = "assumed"
    looks_like: ClassVar[str] = "casual"
    example: ClassVar[Mapping[str, Any]] = {{"accounts": 40, "exchanges": 3000}}

    burst: Duration = Field(
        default=MS_PER_DAY,
        ge=MS_PER_HOUR,
        le=30 * MS_PER_DAY,
        description="Time within which a careless farm opens its accounts. Source: assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """The work, which careful campaigns make look like chat, and chat as cover."""
        return self.evasion.disguised(WORK, CHAT), replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Open all accounts in the burst, then work slice by slice to the end."""
        rng = campaign.rng("recruit")
        campaign.phase("recruit", self.accounts)
        window = min(self.burst * between(1.0, 4.0, campaign.evasion.pacing), self.duration / 2)
        created = spread(rng, campaign.begin, int(campaign.begin + window), self.accounts)
        self.open_more(campaign, rng, campaign.sign_ups(created))
        yield from work_until_end(campaign, self.exchanges)

    def open_more(
        self, campaign: Campaign, rng: np.random.Generator, moments: npt.NDArray[np.int64]
    ) -> None:
        """Accounts with shared supply, which rest before they work."""
        batch = farm_accounts(campaign, rng, moments, FarmSetup(trial=0.8))
        rest = max(campaign.end - campaign.now, 1) * 0.4
        rest_before_work(batch, days=3 * campaign.evasion.ageing, most=rest)
        add_work_and_cover(campaign, batch, rng, "developers", templates=(6, 300))
        campaign.recruit(batch, rng, "worker")
'''
TEST = '''"""{Class} keeps the rules for tactics."""

from {import_path} import {Class}

from shamcrowd import check_tactic


def test_keeps_the_rules():
    check_tactic({Class})
'''
