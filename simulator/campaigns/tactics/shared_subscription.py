"""One flat plan split among many: resale groups behind a relay, or with shared credentials.

Reported: one plan of 200 dollars split among many as a supply of resale at a tenth of the list
price (world-2026 B1, second-hand); operators' own reports that accounts with up to four users live
for weeks, that others are shut a day after a second person joins, and that one account's traffic is
spread over ten addresses (world-2026 B2, self-reports in public issues). What users of a share do
is assumed. Looks like households that share one subscription (L10).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Field

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.campaigns.campaign import WORK, Campaign
from shamcrowd.simulator.campaigns.farm_setup import (
    FarmSetup,
    farm_accounts,
    open_then_work,
    rest_before_work,
)
from shamcrowd.simulator.campaigns.knobs import between
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.core.plans import SUBSCRIPTION
from shamcrowd.simulator.populations.households import CODERS, FAMILY_CHAT, extend_addresses
from shamcrowd.simulator.supply.places import COUNTRY_OF, ZONE_OF, places
from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

    from shamcrowd.simulator.platform.account_batch import AccountBatch

SHARE = UsageProfile(
    requests=Lognormal(10, 0.9, 300),
    turns=6,
    gap=Lognormal(22, 1.1, 1800),
    pause=Lognormal(90, 1.1, 3600),
    prompt=Lognormal(1300, 0.8),
    answer=Lognormal(420, 0.8),
    prompt_spread=0.6,
    answer_spread=0.5,
    growth=0.6,
    weekend=0.95,
    active_share=0.8,
    active_days=4,
    topics=FAMILY_CHAT.topics | {"software-engineering": 25.0, "agentic-tools": 5.0},
    models=(0.05, 0.3, 0.65),
    log_ins=0.05,
    abusive=True,
)
"""What buyers of a share do: software, with the best model (assumed)."""
SETUP = FarmSetup(trial=0.0, subscription=1.0, oauth=0.3)
OPENED = (0.15, 0.85)
"""Share of the campaign within which the plans are bought: careless, careful (assumed)."""
REST = 5.0
"""Mean days between sign-up and first use of a careful group's account (assumed)."""
STRANGERS = (0.9, 0.05)
"""Share of buyers who live in another country than the account claims: careless, careful groups,
which sell by country (assumed)."""
PROGRAMMERS = (0.7, CODERS)
"""Share of buyers who use it for software: careless, careful groups (assumed)."""
BETWEEN_BUYERS = 1.0
"""Standard deviation of the logarithm of the rate between buyers, as between a household's
members."""


class SharedSubscription(Working):
    """Shared subscription: one flat plan split among strangers, by relay or shared credentials."""

    source: ClassVar[str] = "world-2026 B1 and B2 (operators' self-reports)"
    looks_like: ClassVar[str] = "households"
    stocks: ClassVar[float] = 0.8
    example: ClassVar[Mapping[str, Any]] = {"accounts": 30, "exchanges": 3000}

    sells = "tokens"
    busiest = 2000.0
    """Assumed: flat plans have a weekly cap (threat model, section 4, power users)."""
    users: float = Field(
        default=4,
        ge=2,
        le=50,
        description="Mean buyers of a careful group's account; of a careless one's twice as many. "
        "Source: world-2026 B2: accounts with 3 to 4 users live for weeks.",
    )
    relayed: float = Field(
        default=0.4,
        ge=0,
        le=1,
        description="Share of accounts whose buyers come through the group's relay; those of the "
        "others have the credentials and come from home. Source: assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """What the buyers do, like a family's chat if careful."""
        return (self.evasion.disguised(SHARE, FAMILY_CHAT),)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Buy plans over some of the time, or before the recording; let the buyers in."""
        yield from open_then_work(campaign, self, OPENED)

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts on a flat plan, with buyers of their own."""
        batch = farm_accounts(campaign, rng, moments, SETUP)
        own = batch.idle
        rest_before_work(batch, campaign.evasion.ageing * REST, self.duration * 0.4)
        batch.plan[own] = SUBSCRIPTION
        mean = self.users * between(2, 1, campaign.evasion.pacing)
        buyers = np.maximum(rng.poisson(mean, len(own)), 2)
        who = np.repeat(np.arange(len(own)), buyers)
        place = batch.place[own[who]]
        rotation = campaign.tradecraft.rotation("address")
        strange = rng.random(len(who)) < between(*STRANGERS, rotation)
        place[strange] = places(rng.random(int(strange.sum())))
        relayed = (rng.random(len(own)) < self.relayed)[who]
        self._come_from_home(campaign, rng, batch, own[who[~relayed]], place[~relayed])
        self._use(campaign, rng, batch, own, who, place)
        campaign.recruit(batch, rng, "shared")

    @staticmethod
    def _come_from_home(
        campaign: Campaign,
        rng: np.random.Generator,
        batch: AccountBatch,
        who: npt.NDArray[np.int64],
        place: npt.NDArray[np.int8],
    ) -> None:
        """Give accounts the lines of their buyers besides the one that they signed up from."""
        batch.slots[who] = 1
        country = COUNTRY_OF[place]
        take = campaign.context.supply.addresses.take
        line = take(campaign.owner.addresses, rng, country, "residential")
        phone = np.flatnonzero(rng.random(len(who)) < 0.5)
        gateway = campaign.shared_infrastructure.existing(rng, "mobile", country[phone])
        line[phone[gateway >= 0]] = gateway[gateway >= 0]
        extend_addresses(batch, who, line)

    def _use(
        self,
        campaign: Campaign,
        rng: np.random.Generator,
        batch: AccountBatch,
        own: npt.NDArray[np.int64],
        who: npt.NDArray[np.int64],
        place: npt.NDArray[np.int8],
    ) -> None:
        """Let each buyer work with software of his own, at the hours of where he lives."""
        if not len(own):
            return
        rate = np.exp(BETWEEN_BUYERS * rng.standard_normal(len(who)))
        rate *= campaign.activity.rates(rng, len(own))[who]
        supply = campaign.context.supply
        systems = supply.devices.systems(batch.device[own[who]])
        coder = rng.random(len(who)) < between(*PROGRAMMERS, campaign.evasion.pacing)
        source = campaign.tradecraft.prompts
        families = source.families(supply, rng, campaign.family(), len(who))
        many = round(between(40, 3000, campaign.evasion.paraphrase))
        for some, mix in ((~coder, "people"), (coder, campaign.tradecraft.mix("developers"))):
            at = np.flatnonzero(some)
            client = supply.clients.pick_all(rng, mix, systems[at])
            batch.add_workload(
                campaign.profile(WORK), own[who[at]], rate[at], client,
                families[at], many, zone=ZONE_OF[place[at]],
            )  # fmt: skip
