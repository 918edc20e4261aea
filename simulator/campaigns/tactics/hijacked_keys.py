"""A8 of the threat model: leaked keys of paying customers, probed within minutes and resold.

Published: the first probe of a leaked key comes after 17 minutes on average, after 9 at the
earliest; models are enumerated, then used within 15 minutes; a victim's bill of 46,000 to 100,000
dollars a day; keys stolen from several customers behind one reverse proxy. The account belongs to a
legitimate user, who goes on using it.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_MINUTE, Millis
from shamcrowd.simulator.campaigns.account_takeover import (
    add_work,
    assign_addresses,
    buy_proxies,
    owners_notice,
    pick_victims,
)
from shamcrowd.simulator.campaigns.campaign import WORK, Campaign
from shamcrowd.simulator.campaigns.knobs import between
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.lifecycle.delays import MINUTE, Delay
from shamcrowd.simulator.platform.account_batch import CompromisedAccounts
from shamcrowd.simulator.populations.aggregator import ROUTED
from shamcrowd.simulator.supply.places import ZONE_OF, countries, places
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

RESOLD = UsageProfile(
    requests=Lognormal(12, 0.8, 300),
    turns=6,
    gap=Lognormal(40, 1.0, 1800),
    pause=Lognormal(60, 1.0, 3600),
    prompt=Lognormal(1400, 0.9),
    answer=Lognormal(500, 0.8),
    growth=0.6,
    hours=STEADY,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.2,
    # Much role-play (threat model A8, jailbreak services); the rest is assumed.
    topics={
        "roleplay": 5,
        "writing": 3,
        "small-talk": 2,
        "safety": 0.3,
        "software-engineering": 4,
        "education": 2,
        "search": 2,
        "translation": 1,
        "images": 1,
    },
    models=(0.0, 0.1, 0.9),
    log_ins=0.0,
    abusive=True,
    # Customers bring their own programs (assumed).
    streams=0.75,
    mixed=1.0,
)
PROBE = UsageProfile(
    requests=Lognormal(5, 0.4, 30),
    turns=1.0,
    gap=Lognormal(2, 0.5, 30),
    pause=Lognormal(2, 0.5, 30),
    prompt=Lognormal(9, 0.3),
    answer=Lognormal(12, 0.4),
    prompt_spread=0.1,
    answer_spread=0.1,
    growth=0.0,
    hours=STEADY,
    weekend=1.0,
    active_share=1.0,
    active_days=30,
    activity_sigma=0.0,
    topics={"small-talk": 1},
    favourite_share=1.0,
    models=(0.34, 0.33, 0.33),
    prompt_variation=0,
    log_ins=0.0,
    abusive=True,
)
PROBING = 1
"""Number of the probe among the usage profiles."""
WORKS = Delay(10 * MINUTE, 0.4)
"""From the probe to the work (threat model A8: within 15 minutes)."""
NOTICE_DAYS = (4.0, 60.0)
"""Mean days until the owner sees the bill: careless, careful thief (assumed; nine in ten leaked
secrets are still valid after five days, GitGuardian, State of Secrets Sprawl 2024)."""
ACTIVE_SHARE = (1.0, 0.5)
"""Share of days on which a key is used: careless, careful (assumed)."""
PROBES = (2.0, 400.0)
"""Different prompts of all probes: careless, careful thieves (assumed; several buyers test the
keys, each with a script of their own)."""
ENUMERATED = 5
"""Models that a probe calls one after the other, some perhaps twice (assumed)."""


class HijackedKeys(Working):
    """Hijacked keys: a leak, a probe within minutes, then resale while the owner works on."""

    source: ClassVar[str] = "threat model A8"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 20, "exchanges": 6000}

    hijacks = True
    sells = "tokens"
    busiest = 10_000.0
    """Assumed, as for a relay; threat model A8 gives 10 to 1,000 times the owner's use."""
    probe: float = Field(
        default=17.0,
        gt=0,
        le=10_000,
        description="Mean minutes from leak to probe. Source: threat model section 2, [28].",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Resale to end users, and the probe in the place of cover traffic."""
        # With many end users some are always active; careful thieves let keys rest for days.
        rests = between(*ACTIVE_SHARE, self.evasion.pacing)
        work = replace(self.evasion.disguised(RESOLD, ROUTED), active_share=rests, active_days=2.0)
        return work, PROBE

    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """Keys leak over the first half; each is probed, then resold until its owner notices."""
        rng = campaign.rng("leaks")
        compromised = pick_victims(campaign, rng, self.accounts, password=False)
        count = len(compromised)
        campaign.phase("leak", count)
        if not count:
            return
        leak = campaign.begin + (np.sort(rng.random(count)) * 0.5 * self.duration).astype(np.int64)
        self._sell(campaign, rng, compromised, leak)
        campaign.phase("work", count)
        while campaign.now < campaign.end:
            campaign.plan_requests(self.exchanges)
            campaign.levels[campaign.profile(PROBING)] = 1.0
            yield from campaign.next_slice()
        campaign.retire()

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Take over accounts whose keys leak at further moments."""
        compromised = pick_victims(campaign, rng, len(moments), password=False)
        if len(compromised):
            self._sell(campaign, rng, compromised, moments[: len(compromised)])

    def _sell(
        self,
        campaign: Campaign,
        rng: np.random.Generator,
        compromised: CompromisedAccounts,
        leak: npt.NDArray[np.int64],
    ) -> None:
        """Probe keys, then resell those that are used until their owners notice."""
        care, count = campaign.evasion, len(compromised)
        rotation = campaign.tradecraft.rotation("address")
        wait = (9 + rng.exponential(max(self.probe - 9, 0.1), count)) * MS_PER_MINUTE
        probed = leak + wait.astype(np.int64)
        opens = probed + WORKS.draw(rng, count)
        opens = np.minimum(opens, campaign.end - 60 * MS_PER_MINUTE)
        probed = np.minimum(probed, opens - MS_PER_MINUTE)
        days = rng.exponential(between(*NOTICE_DAYS, care.camouflage), count) + 0.3
        noticed = opens + (days * MS_PER_DAY).astype(np.int64)
        # The last victims never notice, or there would be nothing left to sell.
        noticed[-max(count // 3, 1) :] = campaign.end
        noticed[~compromised.used] = campaign.end
        ends = owners_notice(campaign, compromised, rng, noticed, own_key=True)
        exits = max(round(count / between(20, 1, rotation)), 2)
        seat = countries(rng.random(exits))
        pool = buy_proxies(campaign, rng, seat, hosted=1 - 0.8 * rotation)
        assign_addresses(compromised, pool, 3, rng)
        customers = ZONE_OF[places(rng.random(count))]
        clients = "services" if care.rotation < 0.5 else "developers"
        spread = between(1.0, 0.5, care.pacing)
        rate = np.where(compromised.used, np.exp(spread * rng.standard_normal(count)), 0.0)
        add_work(campaign, compromised, WORK, rate, clients, rng, opens, ends, zone=customers)
        prompts = round(between(*PROBES, care.paraphrase))
        # A burst of tiny calls within a few minutes of the leak: which models does the key open?
        for _ in range(ENUMERATED):
            add_work(
                campaign, compromised, PROBING, np.full(count, 300.0 / ENUMERATED), clients, rng,
                probed, np.minimum(probed + 6 * MS_PER_MINUTE, opens), templates=prompts,
            )  # fmt: skip
        campaign.take_over(compromised, rng, "victim", probed, ends)
