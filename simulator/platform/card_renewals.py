"""Virtual cards that are good for a month, and the new ones that take their place."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import simpy

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.supply.places import COUNTRIES
from shamcrowd.simulator.supply.store import Owner

if TYPE_CHECKING:
    from shamcrowd.simulator.world import World

MONTH = 30 * MS_PER_DAY
"""How long a virtual card is good for, in ms (threat model L9: a new one every month)."""
VIRTUAL = (0.0, 0.0, 0.3, 0.7)
"""Kinds of card of those who pay so: prepaid and virtual (assumed)."""
ISSUERS = 6
"""Issuers of virtual cards in a country (assumed)."""


def renewals(
    world: World, batch: AccountBatch, handles: npt.NDArray[np.int64], owner: Owner
) -> Generator[simpy.Event, Any, None]:
    """SimPy process: a new card for each of a crowd whose month is over, from any country."""
    rng = world.streams("renewals", int(handles[0]))
    which = np.flatnonzero(batch.renews & batch.has_card_at_signup & batch.verified)
    while len(which):
        until = min(world.now + world.scenario.slice, world.end)
        age = np.maximum(until - 1 - batch.opens[which], 0) // MONTH
        due = age > np.maximum(world.now - 1 - batch.opens[which], 0) // MONTH
        if due.any():
            issued = rng.integers(len(COUNTRIES), size=int(due.sum())).astype(np.int8)
            cards = world.supply.cards.take(owner.cards, rng, issued, VIRTUAL, issuers=ISSUERS)
            times = batch.opens[which[due]] + age[due] * MONTH
            ids = world.supply.cards.register.ids(cards)
            account = world.supply.account_ids(handles[which[due]])
            world.activity.add("card_added", times, account, card=ids)
            world.account_tables.first_seen["card"].note(ids, times)
            world.order_cards(handles[which[due]], ids)
        yield world.slice_begins
