"""Who is compared with whom: each campaign with all honest accounts, and with its look-alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.audit.probe import Flags, Floats, Ints
from shamcrowd.recording.truth import Truth
from shamcrowd.simulator.core.streams import mixed

EVERYONE = "everyone"
FEWEST = 20
"""With fewer sham accounts the interval would be too wide to be useful."""
SMALL = "small campaigns"
"""All campaigns with fewer accounts, taken as one."""
OTHERS = 0


@dataclass(frozen=True)
class AuditPair:
    """One campaign, and the honest accounts that it is compared with."""

    campaign: str
    against: str
    n_sham: int
    n_honest: int


@dataclass(frozen=True)
class Sides:
    """The sides of the accounts of all recordings, one recording after the other.

    A compromised account counts for its campaign.

    Attributes:
        group: 0 for honest accounts of no look-alike, then look-alikes, then campaigns; -1 for
            accounts that are not compared. Shape (accounts,).
        names: names of the groups, in that order.
        look_alikes: how many of the groups are look-alikes.
        comparisons: what is compared.
    """

    group: Ints
    names: tuple[str, ...]
    look_alikes: int
    comparisons: tuple[AuditPair, ...]

    @property
    def sham(self) -> Flags:
        """Which accounts are sham, shape (accounts,)."""
        found: Flags = self.group > self.look_alikes
        return found

    @property
    def honest(self) -> Flags:
        """Which accounts are honest, shape (accounts,)."""
        found: Flags = (self.group >= 0) & (self.group <= self.look_alikes)
        return found

    def sham_in(self, counts: Floats) -> Floats:
        """Counts by group (folds, groups, cells) as counts of the sham side of each comparison."""
        at = [self.names.index(c.campaign, 1 + self.look_alikes) for c in self.comparisons]
        found: Floats = counts[:, at]
        return found

    def honest_in(self, counts: Floats) -> Floats:
        """The same for the honest side."""
        everyone = counts[:, : self.look_alikes + 1].sum(1)
        sides = [
            everyone if c.against == EVERYONE else counts[:, self.names.index(c.against)]
            for c in self.comparisons
        ]
        return np.stack(sides, 1)

    def members(self, comparison: AuditPair) -> tuple[Flags, Flags]:
        """Which accounts are on the sham and on the honest side of a comparison."""
        at = self.names.index(comparison.campaign, 1 + self.look_alikes)
        if comparison.against == EVERYONE:
            return self.group == at, self.honest
        return self.group == at, self.group == self.names.index(comparison.against)


def with_own_background(
    sides: Sides, accounts: Sequence[Ints], backgrounds: Sequence[str | None]
) -> Sides:
    """Give each of several recordings with one background a part of its accounts for itself.

    What is learned on one recording is judged on another: the same legitimate accounts in both
    would make every rule look better than it is.

    Args:
        sides: of all accounts.
        accounts: ids of the accounts of each recording.
        backgrounds: fingerprint of the background of each recording; None for one without.
    """
    group, begin = sides.group.copy(), 0
    for number, (ids, background) in enumerate(zip(accounts, backgrounds, strict=True)):
        part = group[begin : begin + len(ids)]
        same = [i for i, other in enumerate(backgrounds) if other == background]
        if background is not None and len(same) > 1:
            mine = mixed(ids.astype(np.uint64)) % np.uint64(len(same)) == same.index(number)
            part[(part >= 0) & (part <= sides.look_alikes) & ~mine] = -1
        begin += len(ids)
    size = np.bincount(group[group >= 0], minlength=len(sides.names))
    everyone = int(size[: sides.look_alikes + 1].sum())
    comparisons = tuple(
        replace(one, n_honest=everyone if one.against == EVERYONE
                else int(size[sides.names.index(one.against)]))
        for one in sides.comparisons
    )  # fmt: skip
    return replace(sides, group=group, comparisons=comparisons)


def sides_of(
    folders: Sequence[Path],
    accounts: Sequence[Ints],
    paired: Mapping[str, str],
    alone: Collection[str] = (),
) -> Sides:
    """Read the truth of recordings, for accounts in these orders.

    Campaigns with fewer than `FEWEST` accounts in all recordings are one, unless there is only one
    of them. Those named in ``alone`` are left out of it, as their difficulty is another.
    """
    campaign, segment = [], []
    for folder, account in zip(folders, accounts, strict=True):
        rows = Truth(folder).accounts().set_index("account").reindex(account)
        campaign.append(rows["campaign"].astype(object))
        segment.append(rows["segment"].astype(object))
    named = pd.concat(campaign, ignore_index=True)
    honest = pd.concat(segment, ignore_index=True).where(named.isna())
    many = named.value_counts()
    small = many.index[(many < FEWEST) & ~many.index.isin(list(alone))]
    if len(small) > 1:
        named = named.where(~named.isin(small), SMALL)
    campaigns = sorted(named.dropna().unique())
    alike = [p for p in dict.fromkeys(paired[c] for c in campaigns if c in paired)
             if (honest == p).any()]  # fmt: skip
    names = ("all others", *alike, *campaigns)
    group = np.where(honest.notna(), 0, -1)
    for number, name in enumerate(names):
        if number:
            where = honest == name if number <= len(alike) else named == name
            group[where.to_numpy()] = number
    size = np.bincount(group[group >= 0], minlength=len(names))
    everyone = int(size[: len(alike) + 1].sum())
    comparisons = []
    for number, name in enumerate(campaigns, len(alike) + 1):
        shams = int(size[number])
        if shams < FEWEST:
            continue
        comparisons.append(AuditPair(name, EVERYONE, shams, everyone))
        twin = paired.get(name)
        if twin in alike and size[names.index(twin)] >= FEWEST:
            comparisons.append(AuditPair(name, twin, shams, int(size[names.index(twin)])))
    return Sides(group, names, len(alike), tuple(comparisons))
