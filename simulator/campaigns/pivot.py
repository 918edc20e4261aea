"""How campaigns follow a release: a share of the work moves to the new model within hours."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from shamcrowd.simulator.traffic.slice_messages import ModelShift

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.campaign import Campaign


def pivot(campaign: Campaign) -> Generator[simpy.Event, Any, None]:
    """SimPy process: at each release while a campaign lasts, move work to the new model."""
    world, mimicry = campaign.world, campaign.mimicry
    while True:
        model = yield world.released
        if not campaign.begin <= world.now < campaign.end:
            continue
        campaign.phase("pivot", campaign.alive)
        as_others = world.adoption(int(model))
        share, hours = campaign.tactic.pivots or as_others
        if mimicry is not None:
            share += (as_others[0] - share) * mimicry.share
            hours += (as_others[1] - hours) * mimicry.share
        world.order_shift(ModelShift(campaign.name, int(model), world.now, share, hours))
