"""Who is held against whom: the sham accounts of each campaign, the legitimate of each segment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.audit.probe import Ints
from shamcrowd.recording.truth import Truth

EVERYONE = "everyone"
FEWEST = 20
"""Accounts of a side below which an interval says nothing."""
SMALL = "small campaigns"
"""Campaigns that have fewer, held against the legitimate all together."""


@dataclass(frozen=True)
class ComparisonGroups:
    """``group`` has a number per account, in the order of the accounts table: a campaign's, or
    ``len(campaigns)`` and up for the segments, -1 for nobody of interest.

    An account that was honest before it was hijacked counts as its campaign's. Campaigns too small
    to be judged alone stand as one, ``SMALL``.
    """

    group: Ints
    campaigns: tuple[str, ...]
    segments: tuple[str, ...]
    persona: tuple[str, ...]
    persona_of: Ints

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.campaigns) + len(self.segments)

    @property
    def against(self) -> tuple[str, ...]:
        """Names of what a campaign is held against."""
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
