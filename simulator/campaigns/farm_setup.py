"""How account farms equip their accounts: which supply they buy and how many accounts share it.

Careless farms put many accounts on one address, device and card; careful farms buy more. The
ranges are the threat model's (A1, A5): 1 to 5 accounts a residential proxy or 20 to 200 a
hosted one, 3 to 50 a card, 5 to 100 a device.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import simpy

from shamcrowd.recording.units import Handles, Millis
from shamcrowd.simulator.campaigns.campaign import COVER, WORK, Campaign
from shamcrowd.simulator.campaigns.knobs import between
from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.platform.account_batch import OAUTH, PASSWORD, AccountBatch
from shamcrowd.simulator.populations.common.enrolment import COMMON
from shamcrowd.simulator.populations.common.shared_infrastructure import SHARED_LINES
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.mailboxes import DISPOSABLE_SHARE, FREE, own_domains
from shamcrowd.simulator.supply.places import COUNTRY_OF, LOCALE_OF, places

SLOTS = 4
"""Addresses that one account comes from."""
SPREAD = (0.02, 1.0)
"""Part of a country's blocks that a batch's addresses are in: careless, careful (assumed)."""
Range = tuple[float, float]
"""Accounts that share one item of supply: careless, careful."""
BatchNumbers = npt.NDArray[np.int64]
"""Numbers of supply batches, one for each item to be bought."""


@dataclass(frozen=True)
class FarmSetup:
    """How a farm equips its accounts.

    Pairs are the values of a careless and of a careful farm. All are assumed within the threat
    model's ranges.

    Attributes:
        per_address: accounts that share an address.
        per_device: accounts that share a device.
        per_card: accounts that share a card.
        hosted: share of addresses in data centres if careless; 0 if careful.
        kind: kind of the other addresses.
        trial: share of accounts on a trial.
        subscription: share of the others that subscribe; the rest pays as it goes.
        pays: share of trials that add a card when the credit ends.
        domains: number of own mail domains if careless; careful farms use free providers.
        oauth: share that signs in with an account at another provider.
        prepaid: share of cards that are prepaid or virtual.
        countries: number of places the accounts claim to live in; None: as legitimate users.
    """

    per_address: Range = (12.0, 1.3)
    per_device: Range = (14.0, 1.1)
    per_card: Range = (24.0, 1.2)
    hosted: float = 0.7
    kind: str = "residential"
    trial: float = 0.35
    subscription: float = 0.4
    pays: float = 0.8
    domains: int = 3
    oauth: float = 0.3
    prepaid: Range = (0.6, 0.14)
    countries: int | None = None


FARM = FarmSetup()
USED_WITHIN = 0.35
"""Share of the campaign's remaining time within which every account is used first (assumed)."""
HASTE = 5.0
"""By how much the scripts of a careless farm are faster than people at a sign-up (assumed)."""
EVENNESS = 0.8
"""How regular they are, 0 to 1 (assumed)."""


def farm_accounts(
    campaign: Campaign,
    rng: np.random.Generator,
    created: Millis,
    setup: FarmSetup = FARM,
) -> AccountBatch:
    """Make a batch of accounts with shared supply, as careful as the campaign is at present.

    Args:
        campaign: the campaign that opens them.
        rng: a stream of the campaign's own.
        created: shape (n,), sign-up times, ms, ascending.
        setup: how the farm equips its accounts.

    Returns:
        n accounts without workloads; with mimicry, some follow the imitated population's.
    """
    room = max(campaign.end - campaign.now, 1) * USED_WITHIN
    if campaign.mimicry is not None:
        batch = campaign.mimicry.batch(rng, created)
        batch.life.begin_within(np.arange(len(batch)), room, 1.0)
        farm = AccountBatch.blank(batch.created, batch.place, batch.names)
        # Supply batch by supply batch, for one place after the other.
        numbers = np.empty(len(batch), np.int64)
        numbers[np.argsort(batch.place, kind="stable")] = _draw(campaign, len(batch))
        homes = np.zeros(int(numbers.max()) + 1, np.int8)
        homes[numbers[::-1]] = batch.place[::-1]
        _equip(campaign, rng, farm, setup, numbers, homes)
        campaign.mimicry.apply_farm_setup(batch, farm, rng)
        _hurry(campaign, batch, np.flatnonzero(rng.random(len(batch)) >= campaign.mimicry.share))
        return batch
    care, count = campaign.evasion, len(created)
    numbers = _draw(campaign, count)
    homes = _homes(campaign, int(numbers[-1]) + 1, setup)
    # A batch is bought for one country; careless farms ignore that.
    place = homes[numbers]
    anywhere = np.flatnonzero(rng.random(count) >= care.rotation)
    place[anywhere] = homes[rng.integers(len(homes), size=len(anywhere))]
    if setup.countries is None:
        place[anywhere] = places(rng.random(len(anywhere)))
    batch = AccountBatch.blank(created, place, names(rng, LOCALE_OF[place]))
    _equip(campaign, rng, batch, setup, numbers, homes)
    batch.life = Life.of(campaign.habits, count)
    everyone = np.arange(count)
    batch.life.begin_within(everyone, room, _patience(campaign))
    _hurry(campaign, batch, everyone)
    return batch


def _patience(campaign: Campaign) -> float:
    """How far its sign-ups keep people's delays, 0 to 1: as people's from a pacing of 0.5 on."""
    return min(2 * campaign.evasion.pacing, 1.0)


def _hurry(campaign: Campaign, batch: AccountBatch, who: npt.NDArray[np.int64]) -> None:
    """Let scripts sign some accounts up: fast and regular, if the campaign is careless."""
    care = _patience(campaign)
    batch.life.hurry(who, between(HASTE, 1.0, care), EVENNESS * (1 - care))
    batch.life.other_device[who] *= care


def _draw(campaign: Campaign, count: int) -> BatchNumbers:
    """Numbers of the supply batches for the next accounts; replacements may reuse the last one."""
    return campaign.supply_batches.draw(
        count, again=campaign.replacing and campaign.tradecraft.reuse_batch
    )


def _equip(
    campaign: Campaign,
    rng: np.random.Generator,
    batch: AccountBatch,
    setup: FarmSetup,
    numbers: BatchNumbers,
    homes: npt.NDArray[np.int8],
) -> None:
    """Give accounts supply from the batches ``numbers``, which are bought for places ``homes``."""
    supply, owner, count = campaign.context.supply, campaign.owner, len(batch)
    care, rotation = campaign.evasion, campaign.tradecraft.rotation

    # Some impostors do not use what the farm buys.
    takers = campaign.supply_batches.size * (
        1 if campaign.mimicry is None else 1 - campaign.mimicry.share
    )

    def dealt(
        kind: str,
        shared: Range,
        buy: Callable[[BatchNumbers], Handles],
        least: int = 1,
        uses: int = 1,
    ) -> list[Handles]:
        each = max(round(takers / between(*shared, rotation(kind))), least)
        return campaign.supply_batches.deal(kind, numbers, each, rng, buy, uses)

    sellers = campaign.context.streams(f"campaign/{campaign.name}/sellers")
    seller = sellers.random(int(numbers.max()) + 1)

    def addresses(batches: BatchNumbers) -> Handles:
        hosted = rng.random(len(batches)) < setup.hosted * (1 - rotation("address"))
        where = COUNTRY_OF[homes[batches]]
        bought = np.empty(len(batches), np.int64)
        for kind, own in ((setup.kind, ~hosted), ("hosting", hosted)):
            # A seller's lines lie together; a careful farm buys from many sellers.
            spread = between(*SPREAD, rotation("address"))
            luck = (seller[batches[own]] + spread * rng.random(int(own.sum()))) % 1
            bought[own] = supply.addresses.take(owner.addresses, rng, where[own], kind, luck=luck)
        if setup.kind == "residential":
            _hide(campaign, rng, bought, "residential", where, SHARED_LINES * rotation("address"))
        return bought

    def devices(batches: BatchNumbers) -> Handles:
        return supply.devices.take(owner.devices, rng, LOCALE_OF[homes[batches]])

    def cards(batches: BatchNumbers) -> Handles:
        odd = setup.prepaid[0] + (setup.prepaid[1] - setup.prepaid[0]) * rotation("card")
        shares = (0.55 * (1 - odd), 0.45 * (1 - odd), 0.4 * odd, 0.6 * odd)
        issuers = round(between(5, 60, rotation("card")))
        where = COUNTRY_OF[homes[batches]]
        return supply.cards.take(owner.cards, rng, where, shares, issuers=issuers)

    lists = dealt("address", setup.per_address, addresses, least=2, uses=SLOTS)
    (batch.device,) = dealt("device", setup.per_device, devices)
    _hide(campaign, rng, lists[-1], "mobile", batch.country, rotation("address"))
    _hide(campaign, rng, batch.device, "device", batch.locale, COMMON * rotation("device"))
    batch.own_addresses(lists)
    (batch.card,) = dealt("card", setup.per_card, cards)
    batch.phone = supply.phones.take(
        owner.phones,
        rng,
        batch.country,
        voip=0.5 - 0.44 * rotation("phone"),
        blocks=round(between(10, 900, rotation("phone"))),
    )
    batch.phone[rng.random(count) < 0.25] = -1
    batch.mailbox = _mailboxes(campaign, rng, batch, setup)
    batch.sign_in = np.where(rng.random(count) < setup.oauth, OAUTH, PASSWORD).astype(np.int8)
    luck = rng.random(count)
    subscribed = setup.trial + (1 - setup.trial) * setup.subscription
    batch.plan = np.where(
        luck < setup.trial, TRIAL, np.where(luck < subscribed, SUBSCRIPTION, PAY_AS_YOU_GO)
    ).astype(np.int8)
    batch.adds_card = rng.random(count) < setup.pays
    batch.charge_success = np.full(count, 0.94 + 0.04 * care.rotation, np.float32)
    batch.challenge_success = np.full(count, 0.6 + 0.35 * care.rotation, np.float32)


def _hide(
    campaign: Campaign,
    rng: np.random.Generator,
    things: Handles,
    kind: str,
    where: npt.NDArray[np.int8],
    share: float,
) -> None:
    """Replace a share by carriers' gateways or common browsers, as careful farms do."""
    if kind in campaign.tradecraft.own_only:
        return
    some = np.flatnonzero(rng.random(len(things)) < share)
    common = campaign.shared_infrastructure.existing(rng, kind, where[some])
    things[some[common >= 0]] = common[common >= 0]


def _homes(campaign: Campaign, batches: int, setup: FarmSetup) -> npt.NDArray[np.int8]:
    """The place that each supply batch is bought for."""
    stream = campaign.context.streams(f"campaign/{campaign.name}/places")
    if setup.countries is None:
        return places(stream.random(batches))
    few = places(stream.random(setup.countries))
    return few[np.arange(batches) % setup.countries]


def _mailboxes(
    campaign: Campaign, rng: np.random.Generator, batch: AccountBatch, setup: FarmSetup
) -> Handles:
    """Mailboxes in bulk: at the farm's own domains if careless, else at free providers."""
    care, owner = campaign.tradecraft.rotation("mailbox"), campaign.owner.mailboxes
    mailboxes = campaign.context.supply.mailboxes
    own = rng.random(len(batch)) < 0.6 * max(1 - 2 * care, 0) * bool(setup.domains)
    turns = campaign.tradecraft.rotations["mailbox"]
    stream = campaign.context.streams(f"campaign/{campaign.name}/domains", turns)
    domains = np.array([*own_domains(stream, setup.domains), FREE[0]], object)
    box = mailboxes.personal(
        owner,
        rng,
        batch.names,
        wordy=0.9 - 0.7 * care,
        disposable=between(0.2, DISPOSABLE_SHARE, care),
    )
    some = np.flatnonzero(own)
    if len(some):
        at = domains[rng.integers(setup.domains, size=len(some))]
        box[some] = mailboxes.farmed(owner, rng, at)
    return box


def rest_before_work(batch: AccountBatch, days: float, most: float) -> None:
    """Let accounts without workloads rest longer between sign-up and work.

    They rest as people do who come back after days or weeks: ``days`` days on average, and at most
    ``most`` ms.
    """
    batch.life.rest(batch.idle, days, most)


def add_work_and_cover(
    campaign: Campaign,
    batch: AccountBatch,
    rng: np.random.Generator,
    clients: str,
    templates: tuple[float, float],
    *,
    unlike: float = 0.5,
    silent: bool = False,
) -> None:
    """Give every account without workloads the tactic's work, on templates, and its cover traffic.

    Both at about one session a day, before the campaign's levels.

    Args:
        campaign: the campaign.
        batch: the accounts.
        rng: a stream of the campaign's own.
        clients: mix of API clients of the work, see `Clients.pick`.
        templates: number of prompt templates: careless, careful. Cover traffic is free text.
        unlike: standard deviation of the logarithm of the rate between accounts.
        silent: clients of the work send no telemetry.
    """
    care, idle = campaign.evasion, batch.idle
    many = round(between(*templates, care.paraphrase))
    mixes = (
        (WORK, campaign.tradecraft.mix(clients), campaign.family(), many),
        (COVER, "people", 0, 0),
    )
    supply = campaign.context.supply
    systems = supply.devices.systems(batch.device[idle])
    for number, mix, family, count in mixes:
        pick = supply.clients.pick_all
        batch.add_workload(
            campaign.profile(number),
            idle,
            np.exp(unlike * rng.standard_normal(len(idle))),
            pick(rng, mix, systems, silent=silent and number == WORK),
            family,
            count,
        )


def work_until_end(campaign: Campaign, exchanges: int) -> Generator[simpy.Event, Any, None]:
    """Plan requests slice by slice until the end: ``exchanges`` in the whole campaign, with cover.

    The `run` of a tactic that has recruited all accounts ends with ``yield from`` it.
    """
    campaign.phase("work", campaign.alive)
    while campaign.now < campaign.end:
        campaign.plan_requests(exchanges, campaign.evasion.cover)
        yield from campaign.next_slice()
    campaign.retire()
