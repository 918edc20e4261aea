"""A11 of the threat model: codes sent to numbers whose carrier shares the fee with the caller.

Published: losses of about 60 million dollars a year claimed by one platform, through 390 carriers;
adjacent number blocks, remote countries, unfinished verifications. The threat model infers 1,000 to
100,000 codes within 1 to 72 h in one to five countries, under 5 % completed. Looks like users who
leave the sign-up page halfway.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Field

from shamcrowd.recording.units import Handles, Millis
from shamcrowd.simulator.campaigns.campaign import WORK, Campaign
from shamcrowd.simulator.campaigns.farm_setup import FarmSetup, farm_accounts
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.lifecycle.delays import HOUR, MINUTE, Delay
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.traffic.usage_profile import UsageProfile

if TYPE_CHECKING:
    import simpy

COMPLETED = 0.03
"""Share of its accounts that finish the check (threat model A11: under 5 %)."""
BLOCKS = (3.0, 400.0)
"""Blocks of 1,000 phone numbers that are used: careless, careful."""
OTHER_NUMBERS = (0.5, 0.1)
"""Share of an account's further codes that go to other numbers: careless, careful (assumed)."""

OAUTH = 0.4
"""Share of its accounts that sign in through another provider, if careful (assumed)."""
SHARED = {"network": 6.0, "device": 8.0}
"""Accounts that sign up from one address, and in one browser, if careless (assumed)."""

NEXT_NUMBER = Delay(15 * MINUTE, 0.8, 0.05, 5 * HOUR, 1.2)
"""From the first code to one for another number (assumed, as people ask for codes again)."""


def fresh(rotation: float) -> dict[str, dict[str, float]]:
    """What it changes in its kits: an account is used once, so nothing ties it to a browser.

    From a rotation of 0.5 on, every account has an address and a browser of its own (assumed; one
    account per sign-up address: world-2026 B2).

    >>> fresh(0.5)
    {'network': {'accounts': 1.0}, 'device': {'accounts': 1.0}}
    """
    care = min(2 * rotation, 1.0)
    return {part: {"accounts": between(most, 1.0, care)} for part, most in SHARED.items()}


class SmsPumping(Tactic):
    """SMS pumping: sign-ups that only make the platform send codes, to adjacent numbers."""

    source: ClassVar[str] = "threat model A11"
    looks_like: ClassVar[str] = "mobile"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 80, "codes": 400}

    quantities = (*Tactic.quantities, "codes")
    one_each = "codes"
    sells = "codes"
    codes: int = Field(
        ge=2,
        le=100_000_000,
        description="Codes sent in all. Source: the scenario; threat model A11 (1,000 to 100,000).",
        json_schema_extra={"scales": True},
    )
    countries: int = Field(
        default=2,
        ge=1,
        le=5,
        description="Countries whose numbers are called. Source: threat model A11 (1 to 5).",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """A few requests of the accounts that finish the check; the others make none."""
        return (CHAT,)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Sign up, request code after code, leave."""
        context, care, rng = campaign.context, campaign.evasion, campaign.rng("recruit")
        campaign.phase("recruit", self.accounts)
        span = self.duration * between(0.3, 0.95, care.pacing)
        created = spread(rng, campaign.begin, int(campaign.begin + span), self.accounts)
        self._call(campaign, rng, created, self.codes)
        campaign.levels = {campaign.profile(WORK): 1.0}
        campaign.phase("work", len(created))
        yield context.clock.wait(campaign.end - context.now)
        campaign.retire()

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts that request their share of further codes."""
        share = len(moments) / self.accounts
        self._call(campaign, rng, moments, max(round(self.codes * share), len(moments)))

    def _call(
        self,
        campaign: Campaign,
        rng: np.random.Generator,
        created: Millis,
        codes: int,
    ) -> None:
        """Open accounts and let them request a number of codes in all."""
        context, rotation = campaign.context, campaign.tradecraft.rotation("phone")
        setup = FarmSetup(
            trial=1.0,
            pays=0.0,
            oauth=OAUTH * rotation,
            countries=self.countries,
            changes=fresh(campaign.evasion.rotation),
        )
        batch = farm_accounts(campaign, rng, created, setup)
        count = len(batch)
        batch.verified = rng.random(count) < COMPLETED
        batch.life.mail_stops[:] = 0.0
        blocks = round(between(*BLOCKS, rotation))
        batch.phone = self._numbers(campaign, rng, batch.country, blocks)
        extra = max(codes - count, 0)
        # Some request another code for the same number, others the next number of the block.
        same = round(extra * (1 - between(*OTHER_NUMBERS, rotation)))
        # As among people, most ask once and few over and over.
        weight = rng.exponential(size=count)
        again = rng.multinomial(same, weight / weight.sum())
        batch.codes = 1 + np.minimum(again, 5).astype(np.int64)
        # The few that finish make one or two requests.
        everyone = np.arange(count)
        client = context.supply.clients.pick_all(
            rng, campaign.tradecraft.mix("people"), context.supply.devices.systems(batch.device)
        )
        batch.add_workload(campaign.profile(WORK), everyone, np.full(count, 0.3), client)
        account = context.supply.account_ids(campaign.recruit(batch, rng, "caller"))
        more = codes - int(batch.codes.sum())
        who = rng.integers(count, size=max(more, 0))
        phone = self._numbers(campaign, rng, batch.country[who], blocks)
        number = context.supply.phones.register.ids(phone)
        time = batch.first_code[who] + NEXT_NUMBER.draw(rng, len(who))
        context.activity.add("phone_verification_requested", time, account[who], phone=number)
        context.account_tables.first_seen["phone"].note(number, time)

    @staticmethod
    def _numbers(
        campaign: Campaign, rng: np.random.Generator, country: npt.NDArray[np.int8], blocks: int
    ) -> Handles:
        return campaign.context.supply.phones.take(
            campaign.owner.phones, rng, country, voip=0.0, blocks=blocks, abroad=0.0
        )
