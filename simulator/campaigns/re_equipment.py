"""Other addresses and clients for accounts that a campaign has in use already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.supply.networks import KINDS

if TYPE_CHECKING:
    from shamcrowd.recording.units import Handles
    from shamcrowd.simulator.campaigns.campaign import Campaign

USUAL = "services"
"""Mix of clients from which a change of client begins (assumed)."""


def other_addresses(
    campaign: Campaign, rng: np.random.Generator, present: Handles, each: int
) -> npt.NDArray[np.int64]:
    """Buy addresses of the kind and country that accounts have, of other sellers.

    Args:
        campaign: the campaign.
        rng: a stream of its own.
        present: shape (n,), an address of each account.
        each: addresses for each account.

    Returns:
        Shape (n, each): handles.
    """
    rows = campaign.context.supply.addresses.register.rows(np.repeat(present, each))
    bought = np.empty(len(present) * each, np.int64)
    # As when accounts are made: a seller's lines lie together, as far as the kit says.
    spread = campaign.kits[0].network.spread if campaign.kits else 1.0
    luck = (rng.random() + spread * rng.random(len(bought))) % 1
    for code in np.unique(rows["kind"]).tolist():
        own = rows["kind"] == code
        bought[own] = campaign.context.supply.addresses.take(
            campaign.owner.addresses, rng, rows["country"][own], KINDS[code], luck=luck[own]
        )
    campaign.costs.add_addresses(bought)
    return bought.reshape(len(present), each)


def other_clients(campaign: Campaign, rng: np.random.Generator, count: int) -> Handles:
    """Pick other client software, one for each of ``count`` accounts; it costs nothing."""
    mix = campaign.tradecraft.mix(USUAL)
    return campaign.context.supply.clients.pick(rng, mix, count)


def refused_lately(campaign: Campaign, seen: int, cause: str) -> tuple[Handles, int]:
    """Accounts that had requests refused for a cause since ``seen`` refusals, without repeats.

    Returns:
        Handles, ascending, of those that still work; and how many refusals there are by now.
    """
    new = campaign.refusals[seen:]
    late = campaign.now - MS_PER_DAY
    handles = {loss.handle for loss in new if loss.cause == cause and loss.time >= late}
    working = np.intersect1d(np.array(sorted(handles), np.int64), campaign.working())
    return working, len(campaign.refusals)
