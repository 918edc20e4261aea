"""A10 of the threat model: stolen cards tried for a few dollars, and sign-ups on those that work.

Published: one small charity saw 11,000 customers in 24 h instead of 20 to 30; a payment provider
blocked 20 million attempts a day; careful attackers make two attempts at a place and move on (ACFE,
Fraud Magazine, May 2025). The threat model infers bursts of 1 to 48 h, amounts up to 5
dollars, 40 to 95 % declined, chargebacks after 10 to 60 days. Looks like users of virtual cards
(L9), whose cards are new every month and fail more often.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY, Handles, Millis
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.farm_setup import (
    FarmSetup,
    add_work_and_cover,
    farm_accounts,
    work_until_end,
)
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.campaigns.tactics.credit_farm import DRAIN
from shamcrowd.simulator.core.plans import TRIAL
from shamcrowd.simulator.lifecycle.delays import MINUTE, SECOND, Delay
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.travellers import WORKING_ABROAD
from shamcrowd.simulator.traffic.usage_profile import UsageProfile

if TYPE_CHECKING:
    import simpy

SETUP = FarmSetup(
    trial=0.0,
    subscription=0.0,
    # Stolen cards: one each, of all kinds.
    changes={"card": {"accounts": 1.0, "prepaid": 0.14, "issuers": 60}},
)
DECLINED = (0.95, 0.4)
"""Share of tries that are declined: raw lists, and lists that the seller has tested."""
DISPUTED = 0.7
"""Share of charges on stolen cards that are charged back (assumed)."""
CHARGED = Delay(5 * SECOND, 0.9, 0.1, 5 * MINUTE, 1.3)
"""From an added card to the charge that tests it (assumed)."""
HIGHEST = 5.0
"""Largest amount of a try, US dollars (threat model A10)."""


class CardTesting(Working):
    """Card testing: many cards tried on each account for small sums; those that work are used."""

    source: ClassVar[str] = "threat model A10"
    looks_like: ClassVar[str] = "travellers"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 50, "cards": 400, "exchanges": 2500}

    quantities = (*Working.quantities, "cards")
    one_each = "cards"
    stolen_cards = True
    busiest = 50.0
    """Threat model A10."""
    cards: int = Field(
        ge=2,
        le=10_000_000,
        description="Cards tried in all. Source: the scenario; threat model A10 (1,000 to 50,000).",
        json_schema_extra={"scales": True},
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """A little use, so that accounts look active, and chat."""
        return self.evasion.disguised(DRAIN, WORKING_ABROAD), replace(CHAT, active_share=0.7)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Sign up in a burst, try cards on each account, work with the accounts."""
        care, rng = campaign.evasion, campaign.rng("recruit")
        campaign.phase("recruit", self.accounts)
        window = self.duration * between(0.1, 0.9, care.pacing)
        created = spread(rng, campaign.begin, int(campaign.begin + window), self.accounts)
        self._open(campaign, rng, campaign.sign_ups(created), self.cards)
        yield from work_until_end(campaign, self.exchanges)

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Accounts that test their share of further cards."""
        self._open(campaign, rng, moments, round(self.cards * len(moments) / self.accounts))

    def _open(
        self,
        campaign: Campaign,
        rng: np.random.Generator,
        created: Millis,
        cards: int,
    ) -> None:
        batch = farm_accounts(campaign, rng, created, SETUP)
        batch.dispute_rate = np.full(len(batch), DISPUTED, np.float32)
        batch.charge_success = np.full(
            len(batch), 1 - between(0.4, 0.15, campaign.evasion.rotation), np.float32
        )
        add_work_and_cover(campaign, batch, rng, "people", (6, 300))
        handles = campaign.recruit(batch, rng, "tester")
        self._try(campaign, batch, handles, rng, cards)

    def _try(
        self,
        campaign: Campaign,
        batch: AccountBatch,
        handles: Handles,
        rng: np.random.Generator,
        tried: int,
    ) -> None:
        """Add further cards to each account and charge small sums, most of which are declined."""
        context, care = campaign.context, campaign.evasion
        used = np.unique(batch.card[batch.has_card_at_signup & batch.verified])
        many = max(tried - len(used), 0)
        # Who has trial credit left has no reason to add a card.
        paying = batch.verified & (batch.plan != TRIAL) & (batch.opens < campaign.end)
        there = rng.permutation(np.flatnonzero(paying))
        if not len(there):
            return
        # All accounts are used alike: few tries on each attract less notice.
        who = there[np.arange(many) % len(there)]
        country = batch.country[who]
        issuers = round(between(2, 60, campaign.tradecraft.rotation("card")))
        cards = context.supply.cards.take(campaign.owner.cards, rng, country, issuers=issuers)
        card = context.supply.cards.register.ids(cards)
        account = context.supply.account_ids(handles)[who]
        first = batch.opens[who]
        room = np.maximum(campaign.end - first, 1)
        # Scripts try a card every few seconds; careful ones spread them over the campaign.
        length = np.minimum(between(1 / 24, 20, care.pacing) * MS_PER_DAY, room)
        time = first + (rng.random(many) * length).astype(np.int64)
        context.activity.add("card_added", time, account, card=card)
        context.account_tables.first_seen["card"].note(card, time)
        charged = time + CHARGED.draw(rng, many)
        # One sum an account: it tries to pay for the same thing again and again.
        amount = np.round(0.5 + (HIGHEST - 0.5) * rng.random(len(batch)), 2)[who]
        fails = rng.random(many) < between(*DECLINED, care.rotation)
        for kind, which in (("decline", fails), ("charge", ~fails)):
            context.activity.add(
                kind, charged[which], account[which], card=card[which], amount=amount[which]
            )
        back = ~fails & (rng.random(many) < DISPUTED)
        late = charged[back] + ((10 + 50 * rng.random(int(back.sum()))) * MS_PER_DAY).astype(
            np.int64
        )
        context.activity.add(
            "chargeback", late, account[back], card=card[back], amount=amount[back]
        )
        campaign.phase("test", many)
