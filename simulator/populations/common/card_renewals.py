"""Virtual cards that are valid for one month, and their replacements."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import numpy.typing as npt
import simpy

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.context import Context
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.supply.places import countries
from shamcrowd.simulator.supply.store import Owner

MONTH = 30 * MS_PER_DAY
"""Validity of a virtual card, ms (threat model L9: a new card every month)."""
VIRTUAL = (0.0, 0.0, 0.3, 0.7)
"""Shares of credit, debit, prepaid and virtual cards among users of such cards (assumed)."""
ISSUERS = 6
"""Issuers of virtual cards per country (assumed)."""


def renewals(
    context: Context, batch: AccountBatch, handles: npt.NDArray[np.int64], owner: Owner
) -> Generator[simpy.Event, Any, None]:
    """SimPy process: replace expired cards of a batch by new ones issued in any country."""
    rng = context.streams("renewals", int(handles[0]))
    which = np.flatnonzero(batch.renews & batch.has_card_at_signup & batch.verified)
    while len(which):
        until = min(context.now + context.slice_ms, context.end)
        age = np.maximum(until - 1 - batch.opens[which], 0) // MONTH
        due = age > np.maximum(context.now - 1 - batch.opens[which], 0) // MONTH
        if due.any():
            issued = countries(rng.random(int(due.sum())))
            cards = context.supply.cards.take(owner.cards, rng, issued, VIRTUAL, issuers=ISSUERS)
            times = batch.opens[which[due]] + age[due] * MONTH
            ids = context.supply.cards.register.ids(cards)
            account = context.supply.account_ids(handles[which[due]])
            context.activity.add("card_added", times, account, card=ids)
            context.account_tables.first_seen["card"].note(ids, times)
            context.dispatcher.change_cards(handles[which[due]], ids)
        yield context.clock.slice_begins
