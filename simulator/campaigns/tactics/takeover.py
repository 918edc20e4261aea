"""A9 of the threat model: credential stuffing, and the accounts that it opens.

Published: a third of a large provider's log-in events in one quarter were stuffing. The threat
model infers 10,000 to a million log-ins over 1 to 14 days from lists of leaked passwords, one to
three tries per address, and 0.1 to 2 % that succeed. The attacker makes a key of his own and uses
it, while the owner goes on using the account.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY, NEVER, Handles, Millis
from shamcrowd.simulator.campaigns.account_takeover import (
    add_work,
    assign_addresses,
    buy_proxies,
    locked_out,
    move_near,
    owners_notice,
    pick_victims,
    worry,
)
from shamcrowd.simulator.campaigns.campaign import WORK, Campaign
from shamcrowd.simulator.campaigns.knobs import between
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.campaigns.tactics.hijacked_keys import RESOLD
from shamcrowd.simulator.lifecycle.alarm import CONSOLE
from shamcrowd.simulator.lifecycle.events import Events
from shamcrowd.simulator.lifecycle.keys import THIEF, TRIED
from shamcrowd.simulator.platform.account_batch import CompromisedAccounts
from shamcrowd.simulator.platform.key_log import log_events
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.supply.places import COUNTRY_OF, LOCALE_OF, places
from shamcrowd.simulator.traffic.usage_profile import UsageProfile

if TYPE_CHECKING:
    import simpy

NOTICE_DAYS = (4.0, 60.0)
"""Mean days until the owner notices: careless, careful (assumed; nine in ten leaked secrets are
still valid after five days, GitGuardian, State of Secrets Sprawl 2024)."""
BOUGHT = replace(
    RESOLD,
    topics=CHAT.topics | {"roleplay": 4, "software-engineering": 6},
    weekend=0.9,
    active_share=0.7,
    active_days=2.0,
)
"""Use by the few who buy an account: what private users do, on the days that suit them, with more
role-play and software (assumed)."""
KEEPS_OUT = (0.3, 0.05)
"""Share of accounts whose password the thief changes to keep the owner out: careless, careful
(assumed; the owner notices it)."""
TRIES = (30.0, 1.5)
"""Log-ins per address before it is discarded: careless, careful (threat model: 1 to 3)."""


class Takeover(Working):
    """Credential stuffing to takeover: floods of failed log-ins, and a few that get in."""

    source: ClassVar[str] = "threat model A9"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 20, "log_ins": 3000, "exchanges": 4000}

    hijacks = True
    quantities = (*Working.quantities, "log_ins")
    sells = "tokens"
    busiest = 10_000.0
    """Assumed, as for a relay; threat model A9 has no figure."""
    log_ins: int = Field(
        ge=10,
        le=100_000_000,
        description="Log-ins tried in all. Source: the scenario; threat model A9 (10,000 to a "
        "million).",
        json_schema_extra={"scales": True},
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Resold use of the accounts, like their owners' chat if careful."""
        return (self.evasion.disguised(BOUGHT, CHAT),)

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Try the list; use accounts that open until their owners notice or the campaign ends."""
        care, rng = campaign.evasion, campaign.rng("stuffing")
        compromised = pick_victims(campaign, rng, self.accounts, password=True)
        count = len(compromised)
        campaign.phase("stuff", self.log_ins)
        if not count:
            return
        span = int(self.duration * between(0.1, 0.7, care.pacing))
        got_in = np.sort(campaign.begin + (rng.random(count) * span).astype(np.int64))
        self._break_in(campaign, rng, compromised, got_in, (campaign.begin, span), self.log_ins)
        campaign.phase("work", count)
        while campaign.now < campaign.end:
            campaign.plan_requests(self.exchanges)
            yield from campaign.next_slice()
        campaign.retire()

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Try the list again, at the same rate of success."""
        compromised = pick_victims(campaign, rng, len(moments), password=True)
        if not len(compromised):
            return
        tried = round(self.log_ins * len(compromised) / self.accounts)
        now = campaign.now
        length = min(campaign.context.slice_ms, campaign.end - now)
        self._break_in(
            campaign, rng, compromised, moments[: len(compromised)], (now, length), tried
        )

    def _break_in(
        self,
        campaign: Campaign,
        rng: np.random.Generator,
        compromised: CompromisedAccounts,
        got_in: Millis,
        flood: tuple[int, int],
        tried: int,
    ) -> None:
        """Try a number of log-ins in a flood (begin and length, ms); use the accounts that open."""
        context, care, count = campaign.context, campaign.evasion, len(compromised)
        rotation = campaign.tradecraft.rotation("address")
        pool = max(round(tried / between(*TRIES, rotation)), 2)
        country = COUNTRY_OF[places(rng.random(pool))]
        addresses = buy_proxies(campaign, rng, country, hosted=0.8 * (1 - rotation))
        self._fail(campaign, rng, addresses, flood, max(tried - count, 0), compromised.handle)
        assign_addresses(compromised, addresses, 2, rng)
        move_near(campaign, compromised, rng, _as_owners(rotation))
        first = compromised.address_list[compromised.slot]
        at = context.supply.addresses.register.ids(first)
        context.account_tables.first_seen["address"].note(at, got_in)
        device = self._browsers(campaign, rng, compromised.handle)
        browser = context.supply.devices.register.ids(device)
        context.account_tables.first_seen["device"].note(browser, got_in)
        compromised.key = np.full(count, THIEF, np.int32)
        made = got_in + CONSOLE.draw(rng, count)
        opens = made + TRIED.draw(rng, count)
        keeps_out = rng.random(count) < between(*KEEPS_OUT, care.camouflage)
        changed = np.where(keeps_out, got_in + CONSOLE.draw(rng, count), NEVER)
        everyone = np.arange(count)
        log_events(
            [
                Events.of("login", everyone, got_in),
                Events.of("key_created", everyone, made, compromised.key),
                Events.of("password_changed", everyone, changed),
            ],
            compromised.handle,
            {"address": at, "device": browser},
            context.supply,
            context.activity,
        )
        days = rng.exponential(between(*NOTICE_DAYS, care.camouflage), count) + 0.2
        noticed = opens + (days * MS_PER_DAY).astype(np.int64)
        noticed[-max(count // 3, 1) :] = campaign.end
        # Who pays for nothing and is not used has little to notice, but for a lost password.
        noticed[~compromised.used] = campaign.end
        noticed = np.minimum(noticed, locked_out(campaign, compromised, changed, rng))
        ends = owners_notice(campaign, compromised, rng, noticed, own_key=False)
        rate = np.where(compromised.used, np.exp(0.6 * rng.standard_normal(count)), 0.0)
        add_work(campaign, compromised, WORK, rate, "services", rng, opens, ends)
        campaign.take_over(compromised, rng, "victim", got_in, ends)

    @staticmethod
    def _browsers(campaign: Campaign, rng: np.random.Generator, handles: Handles) -> Handles:
        """The browsers in which the thief opens accounts; a careful one's are like their owners'.

        Sellers of stolen passwords sell with them how the owner's browser presents itself, and a
        browser that does the same (Genesis Market, closed in April 2023: finextra.com/newsarticle/
        42104).
        """
        context, rotation = campaign.context, campaign.tradecraft.rotation("device")
        devices, owner, count = context.supply.devices, campaign.owner.devices, len(handles)
        shared = max(round(count / between(20, 1.2, rotation)), 1)
        own = devices.take(owner, rng, LOCALE_OF[places(rng.random(shared))])
        browser = own[rng.integers(shared, size=count)]
        alike = np.flatnonzero(rng.random(count) < _as_owners(rotation))
        account = context.supply.account_ids(handles[alike])
        browser[alike] = devices.take_like(
            owner, context.account_tables.sign_up_things(account)["device"]
        )
        return browser

    @staticmethod
    def _fail(
        campaign: Campaign,
        rng: np.random.Generator,
        addresses: np.ndarray,
        flood: tuple[int, int],
        count: int,
        opened: Handles,
    ) -> None:
        """Log the failures: log-ins to accounts whose passwords were not on the list.

        ``opened`` are the handles of the accounts whose passwords were.
        """
        context = campaign.context
        handles, _, keys = context.account_tables.worth_taking(
            flood[0], password=True, paid=False, single=False
        )
        tried = rng.integers(len(handles), size=count)
        account = context.supply.account_ids(handles[tried])
        # Floods: most of the list is tried within a few hours.
        waves = rng.random(12)
        wave = waves[rng.integers(len(waves), size=count)]
        moment = (wave + 0.03 * rng.standard_normal(count)) % 1.0
        time = flood[0] + (moment * flood[1]).astype(np.int64)
        place = addresses[rng.integers(len(addresses), size=count)]
        used = context.supply.addresses.register.ids(place)
        context.activity.add("login_failed", time, account, address=used)
        context.account_tables.first_seen["address"].note(used, time)
        hit, at = np.unique(tried, return_index=True)
        known = ~np.isin(handles[hit], opened)
        hit, at = hit[known], at[known]
        worry(campaign, handles[hit], keys[hit], time[at], rng)


def _as_owners(rotation: float) -> float:
    """Share of accounts that a thief enters in a browser, or from a country, like the owner's.

    Assumed: three in four at middling care.
    """
    return 1 - (1 - rotation) ** 2
