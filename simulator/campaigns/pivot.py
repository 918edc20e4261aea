"""How campaigns follow a release: a share of the work moves to the new model within hours."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from shamcrowd.simulator.traffic.slice_messages import ModelShift

if TYPE_CHECKING:
    import simpy

    from shamcrowd.simulator.campaigns.campaign import Campaign


def pivot(campaign: Campaign, own: tuple[float, float] | None) -> Generator[simpy.Event, Any, None]:
    """SimPy process: at each release during the campaign, move work to the new model.

    ``own`` is the share of work that moves and within how many hours; None: as legitimate users do.
    """
    context, mimicry = campaign.context, campaign.mimicry
    while True:
        model = yield context.releases.released
        if not campaign.begin <= context.now < campaign.end:
            continue
        campaign.phase("pivot", campaign.alive)
        as_others = context.releases.adoption(int(model))
        share, hours = own or as_others
        if mimicry is not None:
            share += (as_others[0] - share) * mimicry.share
            hours += (as_others[1] - hours) * mimicry.share
        context.dispatcher.shift(ModelShift(campaign.name, int(model), context.now, share, hours))
