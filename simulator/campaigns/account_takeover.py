"""How campaigns get hold of accounts that honest people opened, and how those notice."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.campaigns.campaign import WORK, Campaign
from shamcrowd.simulator.core.handles import Handles
from shamcrowd.simulator.platform.account_batch import CompromisedAccounts, make_workload


def pick_victims(
    campaign: Campaign, rng: np.random.Generator, count: int, password: bool
) -> CompromisedAccounts:
    """Paid honest accounts, picked at random, with their owners' own keys and no address yet.

    Fewer than ``count`` if there are not as many. ``password`` asks for such as sign in by
    password.
    """
    account_tables, supply = campaign.context.account_tables, campaign.context.supply
    handles, zones = account_tables.worth_taking(campaign.now, password)
    picked = rng.choice(len(handles), min(count, len(handles)), replace=False)
    none = np.zeros(len(picked), np.int64)
    return CompromisedAccounts(
        handles[picked], supply.key_ids(handles[picked]), zones[picked], none, none, none
    )


def buy_proxies(
    campaign: Campaign,
    rng: np.random.Generator,
    country: npt.NDArray[np.int8],
    hosted: float,
) -> Handles:
    """New addresses of the campaign's, one for each country code; a share in data centres."""
    bought = np.empty(len(country), np.int64)
    flat = rng.random(len(country)) < hosted
    for kind, own in (("residential", ~flat), ("hosting", flat)):
        bought[own] = campaign.context.supply.addresses.take(
            campaign.owner.addresses, rng, country[own], kind
        )
    return bought


def assign_addresses(
    compromised: CompromisedAccounts, pool: Handles, each: int, rng: np.random.Generator
) -> None:
    """Let every account of a grip be used from ``each`` addresses out of a pool."""
    count = len(compromised)
    compromised.address_list = pool[rng.integers(len(pool), size=count * each)]
    compromised.slot = np.arange(count, dtype=np.int64) * each
    compromised.slots = np.full(count, each, np.int64)


def add_work(
    campaign: Campaign,
    compromised: CompromisedAccounts,
    number: int,
    rate: npt.NDArray[np.float64],
    clients: str,
    rng: np.random.Generator,
    opens: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    zone: npt.ArrayLike | None = None,
    templates: int = 0,
) -> None:
    """Give every account of a grip one of the tactic's habits for a span of time (ms)."""
    pick = campaign.context.supply.clients.pick
    compromised.workloads.append(
        make_workload(
            compromised.zone,
            campaign.profile(number),
            np.arange(len(compromised)),
            rate,
            pick(
                rng,
                campaign.tradecraft.mix(clients) if number == WORK else clients,
                len(compromised),
            ),
            campaign.family() if templates else 0,
            templates,
            zone,
            opens,
            ends,
        )
    )


def owners_notice(
    campaign: Campaign,
    compromised: CompromisedAccounts,
    rng: np.random.Generator,
    when: npt.NDArray[np.int64],
) -> None:
    """At ``when`` (ms) owners see what happens, report it and revoke the key that was used.

    Whoever would do so at the campaign's end or later never does.
    """
    last = min(campaign.end, campaign.context.end - MS_PER_HOUR)
    there = np.flatnonzero(when < last)
    account = campaign.context.supply.account_ids(compromised.handle[there])
    later = when[there] + (rng.random(len(there)) * 0.5 * MS_PER_HOUR).astype(np.int64)
    campaign.context.activity.add("key_revoked", when[there], account, key=compromised.key[there])
    campaign.context.activity.add("user_report", later, account)
