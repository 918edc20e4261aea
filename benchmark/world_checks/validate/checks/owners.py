"""Are accounts used after they were opened, and keys, sessions and conversations by one only?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable
from shamcrowd.recording.counting import counted


def check(loaded: Loaded) -> list[Check]:
    """Accounts, keys, sessions and conversations."""
    created = loaded.accounts["created"]
    events = loaded.activity
    early = _early(events["account"].to_numpy(), events["time"].to_numpy(), created)
    pairs: dict[str, list[pd.DataFrame]] = {"key": [], "session": [], "conversation": []}
    first_use, last_use = [], []
    about = events.loc[events["key"] >= 0, ["key", "account"]]
    pairs["key"].append(about.drop_duplicates())
    for _, columns in loaded.requests("time", "account", *pairs):
        early += _early(columns["account"], columns["time"], created)
        for name, found in pairs.items():
            frame = pd.DataFrame({name: columns[name], "account": columns["account"]})
            found.append(frame.drop_duplicates())
        uses = pd.Series(columns["time"], columns["key"]).groupby(level=0)
        first_use.append(uses.min())
        last_use.append(uses.max())
    checks = [
        Check(
            "accounts: open first",
            not early,
            f"{counted(early, 'row')} before the account was opened",
        )
    ]
    for name, found in pairs.items():
        together = pd.concat(found).drop_duplicates()
        shared = int(together[name].duplicated().sum())
        said = f"{len(together):,} in use, {shared:,} by more than one account"
        one = Check(f"{name}s: one owner", not shared, said)
        if loaded.manifest.imported:
            (one,) = not_applicable(f"accounts of another platform may share them ({said})",
                                    one.name)  # fmt: skip
        checks.append(one)
    if loaded.manifest.imported:
        why = "another platform need not log when keys were created and revoked"
        return [*checks, *not_applicable(why, "keys: made first", "keys: ended last")]
    made = events[events["kind"] == "key_created"].groupby("key")["time"].min()
    used = pd.concat(first_use).groupby(level=0).min()
    wrong = int((~(made.reindex(used.index) <= used)).sum())
    said = f"{wrong:,} of {len(used):,} used before they were created"
    checks.append(Check("keys: made first", not wrong, said))
    ended = events[events["kind"] == "key_revoked"].groupby("key")["time"].min()
    last = pd.concat(last_use).groupby(level=0).max().reindex(ended.index)
    late = int((last >= ended).sum())
    said = f"{late:,} of {len(ended):,} used after they were revoked"
    return [*checks, Check("keys: ended last", not late, said)]


def _early(account: np.ndarray, time: np.ndarray, created: pd.Series) -> int:
    """Rows before the account was opened, or of an unknown account."""
    return int((~(time >= created.reindex(account).to_numpy())).sum())
