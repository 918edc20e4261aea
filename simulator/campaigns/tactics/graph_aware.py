"""Graph-aware supply: a crowd that shares addresses, devices and cards as honest people do.

Methods that link accounts look for things that too many accounts share, and for accounts that
share too much. A crowd that knows how honest people share can share in the same numbers: a few
households' worth each, the rest alone or behind what strangers share. Listed as a gap of the threat
model (world-2026, what this changes, 6: an inference); the harvest is that of A1. How well a
campaign knows honest people's sharing is assumed, and swept by difficulty.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt
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
from shamcrowd.simulator.campaigns.shared_degrees import (
    SharedGroups,
    draw_groups,
    honest_degrees,
)
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.campaigns.tactics.hydra import HARVEST
from shamcrowd.simulator.lifecycle.retention import PRIVATE, Retention
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.common.enrolment import ROAM_SHARE
from shamcrowd.simulator.supply.places import COUNTRY_OF, LOCALE_OF
from shamcrowd.simulator.traffic.usage_profile import UsageProfile

if TYPE_CHECKING:
    import simpy

    from shamcrowd.simulator.platform.account_batch import AccountBatch

SETUP = FarmSetup(trial=0.45, subscription=0.6, pays=0.3)
"""Plans as of private users (assumed)."""
OPENED = (0.1, 0.85)
"""Share of the campaign within which accounts are opened: careless, careful (assumed)."""
REST = 6.0
"""Mean days between sign-up and first use, if careful (assumed, as of hydras)."""


class GraphAware(Working):
    """Graph-aware supply: a crowd that shares things with as many others as honest people do."""

    source: ClassVar[str] = "world-2026 B2 (an inference); threat model A1"
    looks_like: ClassVar[str] = "casual"
    stocks: ClassVar[float] = 0.8
    retention: ClassVar[Retention] = PRIVATE
    example: ClassVar[Mapping[str, Any]] = {"accounts": 60, "exchanges": 1500}

    knows: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="How well the campaign knows honest people's sharing: the share of its "
        "accounts that share addresses, devices and cards in the same numbers; the others share "
        "as their kits do. Source: assumed, swept by difficulty.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """A harvest, like private users' chat if careful, and chat as cover."""
        return self.evasion.disguised(HARVEST, CHAT), replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Open accounts over some of the time, or before the recording; then work."""
        yield from open_then_work(campaign, self, OPENED)

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts that share what they have with as many others as honest people do."""
        batch = farm_accounts(campaign, rng, moments, SETUP)
        own = batch.idle
        rest_before_work(batch, campaign.evasion.ageing * REST, self.duration * 0.5)
        # In any order: members of a household sign up days or months apart.
        shaped = rng.permutation(own[rng.random(len(own)) < self.knows])
        honest = honest_degrees(campaign.context.account_tables)
        self._share(campaign, rng, batch, shaped, draw_groups(rng, honest, len(shaped)))
        add_work_and_cover(campaign, batch, rng, "people", templates=(6, 400))
        campaign.recruit(batch, rng, "worker")

    @staticmethod
    def _share(
        campaign: Campaign,
        rng: np.random.Generator,
        batch: AccountBatch,
        who: npt.NDArray[np.int64],
        groups: SharedGroups,
    ) -> None:
        """Give accounts the things of their groups, in place, and further lines of their own."""
        if not len(who):
            return
        head = who[np.searchsorted(groups.group, groups.group)]
        batch.place[who] = batch.place[head]
        supply, owner = campaign.context.supply, campaign.owner
        country, locale = COUNTRY_OF[batch.place[who]], LOCALE_OF[batch.place[who]]
        addresses = supply.addresses

        def shared(kind: str, bought: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
            """One of the ``bought`` things (one an account) for all who share it."""
            key = groups.group * len(who) + groups.thing[kind]
            _, first, place = np.unique(key, return_index=True, return_inverse=True)
            found: npt.NDArray[np.int64] = bought[first][place]
            return found

        def strangers(
            kind: str, things: npt.NDArray[np.int64], where: npt.NDArray[np.int8], some: Any
        ) -> None:
            at = np.flatnonzero(some)
            theirs = campaign.shared_infrastructure.existing(rng, kind, where[at])
            things[at[theirs >= 0]] = theirs[theirs >= 0]

        home = shared("address", addresses.take(owner.addresses, rng, country, "residential"))
        strangers("residential", home, country, groups.among_strangers["address"])
        device = shared("device", supply.devices.take(owner.devices, rng, locale))
        strangers("device", device, locale, groups.among_strangers["device"])
        batch.device[who] = device
        batch.card[who] = shared("card", supply.cards.take(owner.cards, rng, country))
        phone = addresses.take(owner.addresses, rng, country, "mobile")
        strangers("mobile", phone, country, np.ones(len(who), np.bool_))
        second = addresses.take(owner.addresses, rng, country, "residential")
        roams = rng.random(len(who)) < ROAM_SHARE
        second[roams] = phone[roams]
        for slot, line in enumerate((home, home, second, phone)):
            batch.address_list[batch.slot[who] + slot] = line
