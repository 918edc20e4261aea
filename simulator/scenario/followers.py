"""Campaigns that follow others: does each begin in one way, and does none wait for itself?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from pydantic import BaseModel

from shamcrowd.simulator.campaigns.tactics.base import Tactic

Said = tuple[tuple[str, ...], str]
"""Where it stands below ``campaigns``, and what is wrong."""


def unfit(campaigns: Mapping[str, Tactic]) -> Iterator[Said]:
    """What is wrong with who follows whom."""
    taken: dict[str, str] = {}
    for name, campaign in campaigns.items():
        before, at = campaign.follows, (name, "follows")
        if before is None:
            if campaign.start is None:
                yield (name,), "has no beginning: add `start:`, or `follows:` and a campaign's name"
            continue
        if campaign.start is not None:
            yield (
                (name, "start"),
                f'is for campaigns that follow none, and this one begins when "{before}" is given '
                "up: leave `start` out, or `follows`",
            )
        if before not in campaigns:
            others = [other for other in campaigns if other != name]
            close = get_close_matches(before, others, n=1)
            hint = f', did you mean "{close[0]}"?' if close else ""
            yield at, f"names no campaign{hint}; there are: {', '.join(others) or 'none'}"
        elif before in taken:
            yield (
                at,
                f'names a campaign that "{taken[before]}" follows already, and an operator turns '
                f"to one thing: let it follow {taken[before]}",
            )
        elif circle := _circle(campaigns, name):
            yield at, f"goes round in a circle ({circle}): let one of them have a `start`"
        taken.setdefault(before, name)


def complete(found: Mapping[str, BaseModel], written: Collection[str]) -> dict[str, BaseModel]:
    """``found`` without those that follow one that is ``written`` and was not read.

    Its own faults are told; that nobody of its name is there would not be true.
    """
    kept = dict(found)
    while lost := [
        name
        for name, actor in kept.items()
        if (before := getattr(actor, "follows", None)) in written and before not in kept
    ]:
        for name in lost:
            del kept[name]
    return kept


def _circle(campaigns: Mapping[str, Tactic], name: str) -> str:
    """The way from a campaign back to itself; "" if there is none."""
    chain = [name]
    while (before := campaigns[chain[-1]].follows) in campaigns and before not in chain:
        chain.append(str(before))
    return " -> ".join([*chain, name]) if before == name else ""
