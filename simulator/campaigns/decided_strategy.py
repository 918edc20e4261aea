"""A strategy whose decisions are made elsewhere: by a function from what it knows to actions.

So somebody else's code can lead a campaign from a process of its own, which sees nothing of the
run but what is said here. State and actions are JSON.

The state that a decider is given after losses:

    {"hours": 50.0, "alive": 61, "spent": 312.5, "affordable": null,
     "knobs": {"rotation": 0.25, ...},
     "losses": [{"account": 17, "hours": 49.2, "cause": "suspended"}, ...],
     "accounts": [{"account": 17, "acted_on": true, "made_with": {"device": 3, ...}}, ...]}

``hours`` count from the start of the run; ``account`` is a number of the campaign's own; two
accounts with the same number of a kind in ``made_with`` share one (-1: none). ``affordable`` is the
number of further accounts that the budget allows, null without a budget.

Its answer is a list of actions:

    {"do": "replace", "accounts": 5, "hours": [1, 24]}   open further accounts
    {"do": "rotate", "kind": "device"}                   discard a kind of supply and buy new
    {"do": "wait", "hours": 24}                          send no requests meanwhile
    {"do": "slow", "factor": 0.5}                        send fewer requests from now on
    {"do": "raise", "knob": "camouflage", "by": 0.2}     be more careful
    {"do": "give up"}                                    stop for good
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.plugins.calls import plugin_call
from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.campaigns.tradecraft import SUPPLY
from shamcrowd.simulator.catalogues import strategy_catalogue
from shamcrowd.simulator.traffic.slice_messages import Loss

Decider = Callable[[dict[str, Any]], Any]
Action = Callable[[Campaign], None]
MOST_ACTIONS = 50
MOST_ACCOUNTS = 500
"""Accounts that one action may open."""
LONGEST_HOURS = 24.0 * 90
KNOBS = ("rotation", "camouflage", "paraphrase", "pacing", "ageing", "mimicry")
SLOWEST = 0.01


class DecisionError(ShamcrowdError):
    """What decides for a campaign answered something that is no list of actions."""

    exit_code = 3


class DecidedStrategy(Strategy):
    """Asks a decider after each slice with losses, and does what it answers."""

    def __init__(self, campaign: Campaign, decider: Decider) -> None:
        super().__init__(campaign)
        self._decide = decider

    def answer(self, losses: list[Loss]) -> None:
        """Ask, and do it."""
        if not losses:
            return
        for action in decided_actions(self._decide(self.state(losses))):
            action(self.campaign)
            if self.campaign.given_up:
                return

    def state(self, losses: list[Loss]) -> dict[str, Any]:
        """What the campaign knows now."""
        campaign = self.campaign
        start, known = campaign.context.start, campaign.account_state
        codes = campaign.holdings.codes
        kinds = list(codes)
        made = np.stack([codes[kind] for kind in kinds], axis=1).tolist() if kinds else []
        numbers = {handle: number for number, handle in enumerate(known.handle.tolist())}
        limited = campaign.costs.remaining is not None
        return {
            "hours": (campaign.now - start) / MS_PER_HOUR,
            "alive": campaign.alive,
            "spent": float(campaign.costs.outlay),
            "affordable": int(campaign.costs.affordable_accounts()) if limited else None,
            "knobs": {knob: float(getattr(campaign.evasion, knob)) for knob in KNOBS},
            "losses": [
                {
                    "account": numbers.get(loss.handle, -1), "cause": loss.cause,
                    "hours": (loss.time - start) / MS_PER_HOUR,
                }
                for loss in losses
            ],
            "accounts": [
                {
                    "account": n, "acted_on": bool(acted),
                    "made_with": dict(zip(kinds, of, strict=True)),
                }
                for n, (acted, of) in enumerate(zip(known.acted_on, made, strict=False))
            ],
        }  # fmt: skip


def strategy_of(campaign: Campaign, name: str, decider: Decider | None) -> Strategy:
    """The strategy that a scenario names, or one that asks a decider, if there is one."""
    if decider is not None:
        return DecidedStrategy(campaign, decider)
    strategy = strategy_catalogue()[name]
    with plugin_call("strategy", name, strategy, "__init__"):
        found: Strategy = strategy(campaign)
        return found


def decided_actions(decided: Any) -> list[Action]:
    """What a decider's answer has a campaign do, in order.

    Raises:
        DecisionError: if it is no list of actions.

    >>> len(decided_actions([{"do": "wait", "hours": 24}, {"do": "give up"}]))
    2
    """
    if not isinstance(decided, list) or len(decided) > MOST_ACTIONS:
        raise DecisionError(f"give a list of at most {MOST_ACTIONS} actions, not {decided!r:.60}")
    found = []
    for action in decided:
        if not isinstance(action, dict) or action.get("do") not in _ACTIONS:
            raise DecisionError(
                f"no action: {action!r:.80}; there are: {', '.join(map(repr, _ACTIONS))}"
            )
        found.append(_ACTIONS[action["do"]](action))
    return found


def _number(action: dict[str, Any], name: str, least: float, most: float) -> float:
    value = action.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise DecisionError(
            f"{action['do']}: {name!r} must be from {least:g} to {most:g}, not {value!r:.40}"
        )
    return float(value)


def _one_of(action: dict[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    value = action.get(name)
    if value not in allowed:
        raise DecisionError(f"{action['do']}: {name!r} must be one of {', '.join(allowed)}")
    return str(value)


def _replace(action: dict[str, Any]) -> Action:
    count = int(_number(action, "accounts", 0, MOST_ACCOUNTS))
    hours = action.get("hours")
    if not isinstance(hours, list) or len(hours) != 2:
        raise DecisionError("replace: give 'hours' as [least, most]")
    least, most = sorted(
        _number({**action, "hours": value}, "hours", 0, LONGEST_HOURS) for value in hours
    )

    def act(campaign: Campaign) -> None:
        lag = campaign.rng("lag").uniform(least, most, size=count)
        campaign.actions.replace(campaign.now + (lag * MS_PER_HOUR).astype(np.int64))

    return act


def _rotate(action: dict[str, Any]) -> Action:
    kind = _one_of(action, "kind", SUPPLY)
    return lambda campaign: campaign.actions.rotate(kind)


def _wait(action: dict[str, Any]) -> Action:
    wait = int(_number(action, "hours", 0, LONGEST_HOURS) * MS_PER_HOUR)
    return lambda campaign: campaign.actions.lie_low(campaign.now + wait)


def _slow(action: dict[str, Any]) -> Action:
    factor = _number(action, "factor", SLOWEST, 1.0)

    def act(campaign: Campaign) -> None:
        campaign.tradecraft.pace = max(campaign.tradecraft.pace * factor, SLOWEST)

    return act


def _raise(action: dict[str, Any]) -> Action:
    knob, by = _one_of(action, "knob", KNOBS), _number(action, "by", 0, 1)
    return lambda campaign: campaign.tradecraft.raise_knob(knob, by)


def _give_up(action: dict[str, Any]) -> Action:
    return lambda campaign: campaign.give_up()


_ACTIONS: dict[str, Callable[[dict[str, Any]], Action]] = {
    "replace": _replace, "rotate": _rotate, "wait": _wait, "slow": _slow, "raise": _raise,
    "give up": _give_up,
}  # fmt: skip
