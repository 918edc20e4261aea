"""Succession: an operator that gives a campaign up begins another one.

A campaign keeps one tactic, so that the truth can say which tactic was caught. The operator behind
it may leave it for the next campaign. Accounts and supply of both are numbered by the one operator,
so that a campaign that never begins changes no row of the others.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

import simpy

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.campaigns.active_campaign import ActiveCampaign
from shamcrowd.simulator.campaigns.setting import CampaignSetting
from shamcrowd.simulator.campaigns.tactics.base import Tactic, Working
from shamcrowd.simulator.supply.store import Owner

LAG = (12, 168)
"""Hours until an operator begins its next campaign, least and most: the lag of a new wave after a
block (threat model A6, 0.5 to 7 days; it has no figure for changes of tactic)."""


def starting_order(campaigns: Mapping[str, Tactic]) -> dict[str, Tactic]:
    """Campaigns by name: those with a start of their own first, then those that follow others."""
    last = {name: tactic for name, tactic in campaigns.items() if tactic.start is None}
    return {name: t for name, t in campaigns.items() if name not in last} | last


def operators(tactics: Mapping[str, Tactic]) -> tuple[int, ...]:
    """Number of each campaign's operator; a campaign has that of the campaign it follows."""
    roots = [_root(tactics, name) for name in tactics]
    numbers = {root: number for number, root in enumerate(dict.fromkeys(roots))}
    return tuple(numbers[root] for root in roots)


def _root(tactics: Mapping[str, Tactic], name: str) -> str:
    """The first of a campaign's predecessors that is part of the scenario."""
    before = tactics[name].follows
    return name if before is None or before not in tactics else _root(tactics, before)


def successor_tactic(stated: Tactic, before: ActiveCampaign) -> Tactic | None:
    """Parameters of a campaign that follows another one.

    It wants at most the requests that the one before it left undone, and has at most the money
    that was left of its budget.

    Returns:
        The changed tactic; None if nothing is left to do.
    """
    changes: dict[str, float] = {}
    if isinstance(stated, Working) and isinstance(before.tactic, Working):
        undone = before.tactic.exchanges - before.requests.abusive - before.requests.other
        if undone <= 0:
            return None
        changes["exchanges"] = min(stated.exchanges, undone)
    money = before.costs.remaining if before.adaptive else None
    if money is not None:
        changes["budget"] = money if stated.budget is None else min(stated.budget, money)
    return stated.model_copy(update=changes)


def _burn_out(campaign: ActiveCampaign) -> Generator[simpy.Event, Any, None]:
    """SimPy process: give a campaign up once it is burned out."""
    yield campaign.context.clock.wait(campaign.begin - campaign.now)
    while campaign.now < campaign.end and not campaign.given_up:
        if burned_out(campaign):
            campaign.give_up()
        yield from campaign.next_slice()
        # Decisions about losses are taken when a slice begins.
        yield campaign.context.clock.wait(1)


def burned_out(campaign: ActiveCampaign) -> bool:
    """Whether a campaign can do nothing more because the platform shut most of its accounts.

    No account works or will, none is to come, and more than half are suspended.
    """
    opened = max(len(campaign.handles), campaign.recruited)
    shut = int(campaign.account_state.suspended.sum())
    if campaign.recruited < campaign.tactic.accounts or 2 * shut <= opened:
        return False
    if campaign.actions.has_pending:
        return False
    return not any(campaign.capacity(work, campaign.end) for work, _ in campaign.requests.pairs)


class Campaigns:
    """The campaigns of a run and their operators.

    Attributes:
        begun: campaigns that have begun, in that order. A campaign that follows another one begins
            when that one is given up.
        trades: what each of them trades in.
    """

    def __init__(self, setting: CampaignSetting, tactics: Mapping[str, Tactic]) -> None:
        self._setting = setting
        self._tactics = starting_order(tactics)
        self.begun: dict[str, ActiveCampaign] = {}
        self.trades: dict[str, Tactic] = {}

    def begin_all(self) -> None:
        """Prepare the campaigns that have a start of their own."""
        numbers = operators(self._tactics)
        count = max(numbers, default=0) + 1
        owners = [Owner(number, count, campaign=True) for number in range(count)]
        for number, (name, tactic) in zip(numbers, self._tactics.items(), strict=True):
            if tactic.start is not None:
                start = self._setting.context.start + tactic.start
                self._begin(name, tactic, owners[number], start)

    def start_processes(self) -> None:
        """Start the SimPy processes of all campaigns that have begun."""
        clock = self._setting.context.clock
        for campaign in tuple(self.begun.values()):
            clock.start_process(campaign.live())
            if self._setting.closed_loop:
                clock.start_process(self._succession(campaign))

    def _begin(self, name: str, tactic: Tactic, owner: Owner, begin: int) -> ActiveCampaign:
        """Begin a campaign at a moment (ms); from now on ``owner`` numbers things for it."""
        owner.turn_to(len(self.begun))
        self.trades[name] = tactic
        self.begun[name] = ActiveCampaign(self._setting, name, tactic, owner, begin)
        return self.begun[name]

    def _succession(self, campaign: ActiveCampaign) -> Generator[simpy.Event, Any, None]:
        """SimPy process: once a campaign is given up, begin the one that follows it, if any."""
        context = self._setting.context
        named = [name for name, tactic in self._tactics.items() if tactic.follows == campaign.name]
        if not named:
            return
        name = named[0]
        context.clock.start_process(_burn_out(campaign))
        yield campaign.abandoned
        # At a full hour, as campaigns plan by the hour.
        hours = int(context.streams(f"campaign/{name}/lag").integers(*LAG, endpoint=True))
        passed = (context.now - context.start) % MS_PER_HOUR
        yield context.clock.wait(hours * MS_PER_HOUR - passed)
        tactic = successor_tactic(self._tactics[name], campaign)
        if tactic is None:
            return
        successor = self._begin(name, tactic, campaign.owner, context.now)
        successor.phase(f"follow {campaign.name}", 0)
        context.clock.start_process(successor.live())
        yield from self._succession(successor)
