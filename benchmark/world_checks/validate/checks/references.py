"""Does everything that is referred to exist, and was it first seen by then?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check
from shamcrowd.recording.schema import ACCOUNTS, ACTIVITY, ENTITIES, REQUESTS


def check(loaded: Loaded) -> list[Check]:
    """For every kind of entity, in all tables that refer to it."""
    return [_entity(loaded, entity.name, entity.columns[0].name) for entity in ENTITIES]


def _entity(loaded: Loaded, table: str, key: str) -> Check:
    parts = []
    if key in ACCOUNTS.names:
        opened = loaded.accounts
        parts.append(_earliest(opened[key].to_numpy(), opened["created"].to_numpy()))
    if key in ACTIVITY.names:
        parts.append(_earliest(loaded.activity[key].to_numpy(), loaded.activity["time"].to_numpy()))
    if key in REQUESTS.names:
        for _, columns in loaded.requests("time", key):
            parts.append(_earliest(columns[key], columns["time"]))
    used = pd.concat(parts).groupby(level=0).min()
    known = loaded.table(table).set_index(key)["first_seen"]
    missing = int((~used.index.isin(known.index)).sum())
    # In 64 bits: pandas adds 1 to a lone id, and the largest id is that of 32 bits.
    late = int((known.reindex(used.index.astype(np.int64)).to_numpy() > used.to_numpy()).sum())
    fine = not missing and not late and known.index.is_unique
    said = f"{len(used):,} referred to, {missing:,} of them unknown, {late:,} first seen later"
    return Check(f"{table}: references", fine, said)


def _earliest(ids: np.ndarray, times: np.ndarray) -> pd.Series:
    """First time of each id; missing ids are left out."""
    real = ids >= 0
    return pd.Series(times[real], index=ids[real]).groupby(level=0).min()
