"""How account farms set up accounts: their plans, and what their kits give them.

The accounts of a supply batch are made with one kit (see `kit`). With mimicry, some accounts are
made like those of the imitated population instead, in every respect.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.campaigns.campaign import COVER, WORK, Campaign
from shamcrowd.simulator.campaigns.equipment import equip
from shamcrowd.simulator.campaigns.knobs import between, spread
from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL
from shamcrowd.simulator.platform.account_batch import OAUTH, PASSWORD, AccountBatch
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.supply.places import COUNTRY_OF, COUNTRY_TABLE, places

if TYPE_CHECKING:
    import simpy

    from shamcrowd.recording.units import Millis
    from shamcrowd.simulator.campaigns.supply_batches import Places


@dataclass(frozen=True)
class FarmSetup:
    """What a farm decides about its accounts, besides their kits. Values are assumed.

    Attributes:
        trial: share of accounts on a trial.
        subscription: share of the others that subscribe; the rest pays as it goes.
        pays: share of trials that add a card when the credit ends.
        oauth: share that signs in with an account at another provider.
        countries: number of places the accounts claim to live in; None: as legitimate users.
        changes: values of its kits that it replaces, by part: ``{"card": {"prepaid": 0.1}}``.
    """

    trial: float = 0.35
    subscription: float = 0.4
    pays: float = 0.8
    oauth: float = 0.3
    countries: int | None = None
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


FARM = FarmSetup()
OFFERS = 3
"""Places that a seller offers for a supply batch (assumed)."""
_USERS = np.array([country.share for country in COUNTRY_TABLE])
USED_WITHIN = 0.35
"""Share of the campaign's remaining time within which every account is used first (assumed)."""


def farm_accounts(
    campaign: Campaign,
    rng: np.random.Generator,
    created: Millis,
    setup: FarmSetup = FARM,
) -> AccountBatch:
    """Make a batch of accounts, each with the kit of its supply batch.

    Args:
        campaign: the campaign that opens them.
        rng: a stream of the campaign's own.
        created: shape (n,), sign-up times, ms, ascending.
        setup: what the farm decides besides.

    Returns:
        n accounts without workloads; with mimicry, some are made like those of the imitated
        population and follow its usage profiles: they come first.
    """
    room = max(campaign.end - campaign.now, 1) * USED_WITHIN
    if campaign.mimicry is None:
        return _farmed(campaign, rng, created, setup, room)
    alike = campaign.mimicry.impostors(created, rng)
    parts = campaign.mimicry.batches(rng, created[alike])
    for part in parts:
        part.life.begin_within(np.arange(len(part)), room, 1.0)
    if not alike.all():
        parts.append(_farmed(campaign, rng, created[~alike], setup, room))
    return AccountBatch.joined(parts, campaign.owner.accounts.coming(len(created)))


def _farmed(
    campaign: Campaign,
    rng: np.random.Generator,
    created: Millis,
    setup: FarmSetup,
    room: float,
) -> AccountBatch:
    """Accounts that are made with kits, one supply batch after the other.

    Each batch is bought for one place. Accounts are used first within ``room`` ms.
    """
    again = campaign.replacing and campaign.tradecraft.reuse_batch
    stand = campaign.supply_batches.draw(len(created), again=again)
    homes = _homes(campaign, stand, setup)
    in_line = np.array([supply.in_line for supply in campaign.kits])[stand.kit]
    place = homes[stand.batch]
    anywhere = np.flatnonzero(rng.random(len(created)) >= in_line)
    place[anywhere] = homes[rng.integers(len(homes), size=len(anywhere))]
    if setup.countries is None:
        place[anywhere] = places(rng.random(len(anywhere)))
    enrolment = Enrolment(
        rng,
        campaign.context.supply,
        campaign.owner,
        campaign.name,
        campaign.shared_infrastructure,
        {},
        campaign.life_parameters,
    )
    batch = enrolment.new_batch(created, place)
    equip(campaign, rng, batch, stand, homes, setup.changes)
    enrolment.assign_sign_up_checks(batch)
    _plans(rng, batch, setup)
    batch.keep(campaign.retention, rng)
    # Careful farms begin as people do, from a pacing of 0.5 on.
    batch.life.begin_within(np.arange(len(batch)), room, min(2 * campaign.evasion.pacing, 1.0))
    for number, kit in enumerate(campaign.kits):
        who = np.flatnonzero(stand.kit == number)
        batch.life.hurry(who, kit.haste, kit.evenness)
        batch.life.other_device[who] *= 1 - kit.evenness
    return batch


def _homes(campaign: Campaign, stand: Places, setup: FarmSetup) -> npt.NDArray[np.int8]:
    """The place that each supply batch is bought for, by its number.

    Of `OFFERS` places the one whose country has most users: a batch stands out in a small one.
    """
    count = int(stand.batch.max(initial=0)) + 1
    stream = campaign.context.streams(f"campaign/{campaign.name}/places")
    if setup.countries is None:
        offers = places(stream.random(count * OFFERS)).reshape(count, OFFERS)
        largest = _USERS[COUNTRY_OF[offers]].argmax(axis=1)
        homes: npt.NDArray[np.int8] = offers[np.arange(count), largest]
        return homes
    few = places(stream.random(setup.countries))
    return few[np.arange(count) % setup.countries]


def _plans(rng: np.random.Generator, batch: AccountBatch, setup: FarmSetup) -> None:
    """Sign-in and plan of each account."""
    count = len(batch)
    batch.sign_in = np.where(rng.random(count) < setup.oauth, OAUTH, PASSWORD).astype(np.int8)
    luck = rng.random(count)
    subscribed = setup.trial + (1 - setup.trial) * setup.subscription
    batch.plan = np.where(
        luck < setup.trial, TRIAL, np.where(luck < subscribed, SUBSCRIPTION, PAY_AS_YOU_GO)
    ).astype(np.int8)
    batch.adds_card = rng.random(count) < setup.pays


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
    cover: str = "people",
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
        cover: mix of API clients of the cover traffic.
        silent: clients of the work send no telemetry.
    """
    care, idle = campaign.evasion, batch.idle
    many = round(between(*templates, care.paraphrase))
    source = campaign.tradecraft.prompts
    supply = campaign.context.supply
    families = source.families(supply, rng, campaign.family(), len(idle))
    mixes: tuple[tuple[int, str, npt.ArrayLike, int], ...] = (
        (WORK, campaign.tradecraft.mix(clients), families, many),
        (COVER, cover, 0, 0),
    )
    systems = supply.devices.systems(batch.device[idle])
    rates = campaign.activity.rates(rng, len(idle))
    for number, mix, family, count in mixes:
        pick = supply.clients.pick_all
        batch.add_workload(
            campaign.profile(number),
            idle,
            rates,
            pick(rng, mix, systems, silent=silent and number == WORK),
            family,
            count,
        )


class Farm(Protocol):
    """What `open_then_work` asks of a tactic: its numbers, and how it opens accounts."""

    @property
    def accounts(self) -> int:
        """Accounts in all."""
        ...

    @property
    def duration(self) -> int:
        """Length of the campaign, ms."""
        ...

    @property
    def exchanges(self) -> int:
        """Requests in all."""
        ...

    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Open an account at each moment."""
        ...


def open_then_work(
    campaign: Campaign, tactic: Farm, opened: tuple[float, float], least: float = 0.0
) -> Generator[simpy.Event, Any, None]:
    """Open all accounts over some of the time, or before the recording; then work.

    Args:
        campaign: the campaign.
        tactic: its tactic, which opens accounts with ``open_more``.
        opened: share of the campaign within which they are opened: careless, careful.
        least: shortest time for it, ms.
    """
    care, rng = campaign.evasion, campaign.rng("recruit")
    campaign.phase("recruit", tactic.accounts)
    window = max(tactic.duration * between(*opened, max(care.pacing, care.ageing)), least)
    created = spread(rng, campaign.begin, int(campaign.begin + window), tactic.accounts)
    tactic.open_more(campaign, rng, campaign.sign_ups(created))
    yield from work_until_end(campaign, tactic.exchanges)


def work_until_end(campaign: Campaign, exchanges: int) -> Generator[simpy.Event, Any, None]:
    """Plan requests slice by slice until the end: ``exchanges`` in the whole campaign, with cover.

    The `run` of a tactic that has recruited all accounts ends with ``yield from`` it.
    """
    campaign.phase("work", campaign.alive)
    while campaign.now < campaign.end:
        campaign.plan_requests(exchanges, campaign.evasion.cover)
        yield from campaign.next_slice()
    campaign.retire()
