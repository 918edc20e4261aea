"""The groups that are compared: sham accounts by campaign, legitimate accounts by segment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.audit.probe import Ints
from shamcrowd.recording.truth import Truth

EVERYONE = "everyone"
FEWEST = 20
"""With fewer accounts on a side the interval would be too wide to be useful."""
SMALL = "small campaigns"
"""All campaigns with fewer accounts, taken as one."""


@dataclass(frozen=True)
class ComparisonGroups:
    """The group of each of n accounts, in the order of the accounts table.

    A compromised account counts for its campaign. Campaigns too small for an interval of their own
    are taken as one, ``SMALL``.

    Attributes:
        group: a campaign's number, or ``len(campaigns)`` plus a segment's number, -1 for accounts
            that are not compared, shape (n,).
        campaigns: names of the campaigns.
        segments: names of the segments.
        persona: names of the personas.
        persona_of: number of each account's persona, shape (n,).
    """

    group: Ints
    campaigns: tuple[str, ...]
    segments: tuple[str, ...]
    persona: tuple[str, ...]
    persona_of: Ints

    @property
    def groups(self) -> int:
        """Number of groups."""
        return len(self.campaigns) + len(self.segments)

    @property
    def against(self) -> tuple[str, ...]:
        """Names of the legitimate groups that a campaign is compared with."""
        return (EVERYONE, *self.segments)


def read_comparison_groups(folder: Path, account: Ints) -> ComparisonGroups:
    """Read the truth of a recording, for accounts in this order."""
    rows = Truth(folder).accounts().set_index("account").reindex(account)
    named = rows["campaign"].astype(object)
    many = named.value_counts()
    small = many.index[many < FEWEST]
    if len(small) > 1:
        named = named.where(~named.isin(small), SMALL)
    campaign = pd.Categorical(named)
    segment = pd.Categorical(rows["segment"].astype(object))
    persona = pd.Categorical(rows["persona"].astype(object))
    sham, honest = campaign.codes.astype(np.int64), segment.codes.astype(np.int64)
    group = np.where(sham >= 0, sham, np.where(honest >= 0, honest + len(campaign.categories), -1))
    return ComparisonGroups(
        group,
        tuple(str(c) for c in campaign.categories),
        tuple(str(c) for c in segment.categories),
        tuple(str(c) for c in persona.categories),
        persona.codes.astype(np.int64),
    )
