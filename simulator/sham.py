"""What sham accounts of farms have in common: where their supply comes from and how far it goes.

Careless farms put many accounts on one address, device and card; careful ones buy more. The
ranges are the threat model's (A1, A5): 1 to 5 accounts a residential proxy or 20 to 200 a hosted
one, 3 to 50 a card, 5 to 100 a device.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from simulator.campaign import Campaign, between
from simulator.crowd import OAUTH, PASSWORD, Crowd
from simulator.handles import Handles
from simulator.platform.terms import PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL
from simulator.supply.identities import names
from simulator.supply.mailboxes import FREE, own_domains
from simulator.supply.places import LOCALE_OF, places
from simulator.tactics.base import Evasion

PROXIES = (12.0, 1.3)
"""Accounts per address, careless and careful."""
DEVICES = (14.0, 1.1)
CARDS = (24.0, 2.0)
SLOTS = 4
"""Addresses that one account comes from."""


def settle_shams(
    campaign: Campaign,
    rng: np.random.Generator,
    created: npt.NDArray[np.int64],
    care: Evasion,
    *,
    trial: float = 0.35,
    pays: float = 0.8,
) -> Crowd:
    """A batch of sham accounts with shared supply; ``trial`` and ``pays`` as in `Enrolment`."""
    supply, owner, count = campaign.world.supply, campaign.owner, len(created)
    place = places(rng.random(count))
    crowd = Crowd.blank(created, place, names(rng, LOCALE_OF[place]))

    numbers = campaign.lots.draw(count)

    def dealt(
        kind: str,
        per_thing: tuple[float, float],
        buy: Callable[[int], Handles],
        least: int = 1,
        uses: int = 1,
    ) -> list[Handles]:
        each = max(round(campaign.lots.size / between(*per_thing, care.rotation)), least)
        return campaign.lots.deal(kind, numbers, each, rng, buy, uses)

    def addresses(many: int) -> Handles:
        hosted = rng.random(many) < 0.7 * (1 - care.rotation)
        where = crowd.country[rng.integers(count, size=many)]
        bought = np.empty(many, np.int64)
        for kind, own in (("residential", ~hosted), ("hosting", hosted)):
            bought[own] = supply.addresses.take(owner.addresses, rng, where[own], kind)
        return bought

    def devices(many: int) -> Handles:
        locale = crowd.locale[rng.integers(count, size=many)]
        return supply.devices.take(owner.devices, rng, locale)

    def cards(many: int) -> Handles:
        kinds = (0.2 + 0.2 * care.rotation, 0.2, 0.25 - 0.15 * care.rotation, 0.35)
        shares = tuple(k / sum(kinds) for k in kinds)
        where = crowd.country[rng.integers(count, size=many)]
        issuers = round(between(5, 60, care.rotation))
        return supply.cards.take(owner.cards, rng, where, shares, issuers=issuers)

    crowd.own_addresses(dealt("address", PROXIES, addresses, least=2, uses=SLOTS))
    (crowd.device,) = dealt("device", DEVICES, devices)
    (crowd.card,) = dealt("card", CARDS, cards)
    crowd.phone = supply.phones.take(
        owner.phones,
        rng,
        crowd.country,
        voip=0.5 - 0.4 * care.rotation,
        blocks=round(between(10, 900, care.rotation)),
    )
    crowd.phone[rng.random(count) < 0.25] = -1
    domains: tuple[str, ...] = FREE[:4]
    if care.rotation < 0.5:
        stream = campaign.world.streams(f"campaign/{campaign.name}/domains")
        domains = (*FREE[:2], *own_domains(stream, 3))
    crowd.mailbox = supply.mailboxes.farmed(
        owner.mailboxes, rng, crowd.names, domains, grammar=0.9 - 0.7 * care.rotation
    )
    crowd.sign_in = np.where(rng.random(count) < 0.3, OAUTH, PASSWORD).astype(np.int8)
    luck = rng.random(count)
    crowd.plan = np.where(
        luck < trial, TRIAL, np.where(luck < trial + 0.25, SUBSCRIPTION, PAY_AS_YOU_GO)
    ).astype(np.int8)
    crowd.pays = rng.random(count) < pays
    crowd.sound = np.full(count, 0.94 + 0.04 * care.rotation, np.float32)
    crowd.passes = np.full(count, 0.6 + 0.3 * care.rotation, np.float32)
    return crowd
