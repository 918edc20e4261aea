"""Who follows whom: an operator turns to another tactic, which is another campaign.

A campaign stays of one tactic, or the truth could not say which one was caught. Whoever stands
behind it may leave it for the next. Both have one operator: what they open and buy is numbered
through, so that a campaign which never begins moves no row of the others.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any

import simpy

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.tactics.base import Tactic, Working
from shamcrowd.simulator.traffic.slice_messages import FAILED, SUSPENDED

if TYPE_CHECKING:
    from shamcrowd.simulator.supply.store import Owner
    from shamcrowd.simulator.world import World

LAG = (12, 168)
"""Hours until an operator begins something else, least and most: as a new wave after each block
(threat model A6, 0.5 to 7 days; of changes of tactic it has no figure)."""


def starting_order(campaigns: Mapping[str, Tactic]) -> dict[str, Tactic]:
    """Campaigns, those with a beginning of their own before those that follow others."""
    last = {name: tactic for name, tactic in campaigns.items() if tactic.start is None}
    return {name: t for name, t in campaigns.items() if name not in last} | last


def operators(tactics: Mapping[str, Tactic]) -> tuple[int, ...]:
    """Number of each campaign's operator: that of the campaign that it follows."""
    roots = [_root(tactics, name) for name in tactics]
    numbers = {root: number for number, root in enumerate(dict.fromkeys(roots))}
    return tuple(numbers[root] for root in roots)


def _root(tactics: Mapping[str, Tactic], name: str) -> str:
    """The first of a campaign's predecessors that are there."""
    before = tactics[name].follows
    return name if before is None or before not in tactics else _root(tactics, before)


def begin_campaign(world: World, name: str, tactic: Tactic, owner: Owner, begin: int) -> Campaign:
    """Give a campaign of the cast its beginning (ms); what ``owner`` takes is for it from now."""
    owner.turn_to(len(world.campaigns))
    world.campaigns[name] = Campaign(world, name, tactic, owner, begin)
    return world.campaigns[name]


def succession(campaign: Campaign) -> Generator[simpy.Event, Any, None]:
    """SimPy process: once a campaign is given up, begin the one that follows it, if any does."""
    world = campaign.world
    named = [name for name, tactic in world.tactics.items() if tactic.follows == campaign.name]
    if not named:
        return
    name = named[0]
    world.env.process(_burn_out(campaign))
    yield campaign.abandoned
    # At a full hour, as campaigns plan by the hour.
    hours = int(world.streams(f"campaign/{name}/lag").integers(*LAG, endpoint=True))
    yield world.env.timeout(hours * MS_PER_HOUR - (world.now - world.start) % MS_PER_HOUR)
    tactic = successor_tactic(world.tactics[name], campaign)
    if tactic is None:
        return
    successor = begin_campaign(world, name, tactic, campaign.owner, world.now)
    successor.phase(f"follow {campaign.name}", 0)
    world.env.process(successor.live())
    yield from succession(successor)


def successor_tactic(stated: Tactic, before: Campaign) -> Tactic | None:
    """A campaign as its operator begins it: no more requests than the one before it leaves undone,
    no more money than that leaves in the purse. None if nothing is left to do.
    """
    changes: dict[str, float] = {}
    if isinstance(stated, Working) and isinstance(before.tactic, Working):
        undone = before.tactic.exchanges - before.abusive - before.other
        if undone <= 0:
            return None
        changes["exchanges"] = min(stated.exchanges, undone)
    money = before.costs.remaining if before.adaptive else None
    if money is not None:
        changes["budget"] = money if stated.budget is None else min(stated.budget, money)
    return stated.model_copy(update=changes)


def _burn_out(campaign: Campaign) -> Generator[simpy.Event, Any, None]:
    """SimPy process: give a campaign up when it is burned out."""
    world = campaign.world
    yield world.env.timeout(campaign.begin - world.now)
    while world.now < campaign.end and not campaign.given_up:
        if burned_out(campaign):
            campaign.give_up()
        yield from campaign.next_slice()
        # Whatever is decided about losses is decided when a slice begins.
        yield world.env.timeout(1)


def burned_out(campaign: Campaign) -> bool:
    """Is nobody left who works or will, nobody to come, and did the platform shut most of them?"""
    opened = max(len(campaign.handles), campaign.recruited)
    shut = {loss.handle for loss in campaign.losses if loss.cause in (SUSPENDED, FAILED)}
    if campaign.recruited < campaign.tactic.accounts or 2 * len(shut) <= opened:
        return False
    if campaign.actions.has_pending:
        return False
    return not any(campaign.capacity(work, campaign.end) for work, _ in campaign.pairs)
