"""A7 of the threat model: accounts that stay dormant for weeks and become active together.

Published: 44 % of fraudulent accounts slept seven days or more, 37 % had not attacked after three
months. The threat model infers a dwell of 7 to 120 days, 0 to 2 requests a day while dormant and 20
to 200 when active, and activation over 1 to 72 h. Looks like dormant casual users who return (L1).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shamcrowd.recording.units import MS_PER_HOUR, Millis
from shamcrowd.simulator.campaigns.campaign import COVER, WORK, Campaign
from shamcrowd.simulator.campaigns.farm_setup import FarmSetup, farm_accounts
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.campaigns.tactics.hydra import HARVEST
from shamcrowd.simulator.core.duration import Duration, text
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.traffic.usage_profile import UsageProfile

if TYPE_CHECKING:
    import simpy

SETUP = FarmSetup(trial=0.3, subscription=0.5, pays=0.5)
ASLEEP = 0.12
"""Sessions a day while dormant (assumed; 0 to 2 requests)."""
USUAL_DWELL = 7 * 24 * MS_PER_HOUR


class Sleeper(Working):
    """Sleeper farm: accounts that sign up together and stay dormant until they become active.

    In a campaign that starts with the recording, accounts may be older than it.
    """

    source: ClassVar[str] = "threat model A7"
    looks_like: ClassVar[str] = "casual"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 60, "exchanges": 6000, "dwell": "4d"}
    dwell: Duration = Field(
        default_factory=lambda own: min(USUAL_DWELL, own.get("duration", USUAL_DWELL) // 2),
        description="From the first sign-up to the waking. Source: threat model A7 (7 to 120 d).",
    )
    waking: Duration = Field(
        default_factory=lambda own: own.get("dwell", USUAL_DWELL),
        description="From the campaign's start to the waking. Shorter than `dwell`: the first "
        "accounts signed up before the recording. By default `dwell`. Source: assumed.",
    )

    @model_validator(mode="after")
    def _wakes(self) -> Sleeper:
        if self.waking >= self.duration:
            raise PydanticCustomError(
                "waking",
                "`waking` ({waking}, by default `dwell`) leaves no time awake within the campaign "
                "({most})",
                {"waking": text(self.waking), "most": text(self.duration)},
            )
        if self.waking < self.dwell and self.start != 0:
            raise PydanticCustomError(
                "waking",
                "`waking` ({waking}) is shorter than `dwell` ({dwell}): accounts would be older "
                "than the campaign; only one whose `start` is 0d can have such accounts",
                {"waking": text(self.waking), "dwell": text(self.dwell)},
            )
        return self

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Harvest once active, like chat if careful; before that an occasional chat."""
        return self.evasion.disguised(HARVEST, CHAT), CHAT

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Sign up, stay dormant, become active within hours of each other, harvest."""
        context, care, rng = campaign.context, campaign.evasion, campaign.rng("recruit")
        campaign.phase("recruit", self.accounts)
        window = self.dwell * between(0.02, 0.8, max(care.pacing, care.ageing))
        waking = campaign.begin + self.waking
        first = waking - self.dwell
        created = spread(rng, first, int(first + window), self.accounts)
        created = campaign.sign_ups(created)
        self.open_more(campaign, rng, created)
        campaign.phase("age", len(created))
        awake = False
        while context.now < campaign.end:
            if not awake and context.now + context.slice_ms > waking:
                campaign.phase("work", campaign.alive)
                awake = True
            campaign.plan_requests(self.exchanges)
            # An occasional chat; impostors go on as before, and work as well.
            campaign.run_cover()
            yield from campaign.next_slice()
        campaign.retire()

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Dormant accounts; after the activation, accounts that work at once."""
        care = campaign.evasion
        batch = farm_accounts(campaign, rng, moments, SETUP)
        waking = campaign.begin + self.waking
        wake = waking + rng.random(len(batch)) * between(1, 72, care.pacing) * MS_PER_HOUR
        idle = batch.idle
        for workload in batch.workloads:
            # Impostors behave as legitimate users until they become active: their cover is a twin.
            if not workload.twin:
                workload.opens = np.maximum(workload.opens, wake[workload.who].astype(np.int64))
        many = round(between(12, 600, care.paraphrase))
        pick, mix = campaign.context.supply.clients.pick_all, campaign.tradecraft.mix("people")
        systems = campaign.context.supply.devices.systems(batch.device[idle])
        batch.add_workload(
            campaign.profile(WORK), idle, campaign.activity.rates(rng, len(idle)),
            pick(rng, mix, systems), campaign.family(), many,
            opens=np.minimum(wake[idle].astype(np.int64), campaign.end - MS_PER_HOUR),
        )  # fmt: skip
        asleep = ASLEEP * np.exp(0.8 * rng.standard_normal(len(idle)))
        cover = pick(rng, "people", systems)
        batch.add_workload(campaign.profile(COVER), idle, asleep, cover)
        campaign.recruit(batch, rng, "sleeper")
