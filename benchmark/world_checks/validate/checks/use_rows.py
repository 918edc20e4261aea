"""Were things of other kinds used by accounts that exist, after they were opened?"""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check
from shamcrowd.recording.optional_tables import USES


def check(loaded: Loaded) -> list[Check]:
    """Of a recording with the table ``uses``; most have none."""
    if USES.name not in loaded.tables:
        return []
    rows = loaded.table(USES.name)
    time = rows["time"].to_numpy()
    opened = loaded.accounts["created"].reindex(rows["account"]).to_numpy()
    strange = int(np.isnan(opened).sum())
    early = int((time < opened).sum())
    late = int((time >= loaded.manifest.end).sum())
    orderly = bool((np.diff(time) >= 0).all())
    said = (
        f"{len(rows):,} uses, {strange:,} by no known account, {early:,} before it was opened, "
        f"{late:,} after the end{'' if orderly else ', not in time order'}"
    )
    return [Check("uses: accounts", not (strange or early or late) and orderly, said)]
