"""Checks of campaigns that follow others: one start each, and no circular waiting."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from pydantic import BaseModel

from shamcrowd.simulator.campaigns.tactics.base import Tactic

Said = tuple[tuple[str, ...], str]
"""Path below ``campaigns``, and what is wrong there."""


def unfit(campaigns: Mapping[str, Tactic]) -> Iterator[Said]:
    """Yield what is wrong with ``start`` and ``follows`` of the campaigns."""
    taken: dict[str, str] = {}
    for name, campaign in campaigns.items():
        before, at = campaign.follows, (name, "follows")
        if before is None:
            if campaign.start is None:
                yield (name,), "has no start: add `start:`, or `follows:` and a campaign's name"
            continue
        if campaign.start is not None:
            yield (
                (name, "start"),
                f"does not apply to a campaign that follows another; this one starts when "
                f'"{before}" is given up: remove `start` or `follows`',
            )
        if before not in campaigns:
            others = [other for other in campaigns if other != name]
            close = get_close_matches(before, others, n=1)
            hint = f', did you mean "{close[0]}"?' if close else ""
            yield at, f"is not a campaign{hint}; there are: {', '.join(others) or 'none'}"
        elif before in taken:
            yield (
                at,
                f'names a campaign that "{taken[before]}" follows already; only one campaign can '
                f"follow another: let it follow {taken[before]}",
            )
        elif circle := _circle(campaigns, name):
            yield at, f"is circular ({circle}): give one of these campaigns a `start`"
        taken.setdefault(before, name)


def complete(found: Mapping[str, BaseModel], written: Collection[str]) -> dict[str, BaseModel]:
    """Return ``found`` without campaigns that follow one that is ``written`` but could not be read.

    The fault of the unreadable campaign is reported anyway; "is not a campaign" would be
    misleading.
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
    """Return the chain from a campaign back to itself; "" if there is none."""
    chain = [name]
    while (before := campaigns[chain[-1]].follows) in campaigns and before not in chain:
        chain.append(str(before))
    return " -> ".join([*chain, name]) if before == name else ""
