"""Are the injected accounts those that the manifest tells, and is nothing said of all others?"""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.own_logs.inject.merging import UNLABELLED
from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check
from shamcrowd.recording.counting import counted


def check(loaded: Loaded) -> list[Check]:
    """Of a recording with injected campaigns; others have no such accounts."""
    injected = loaded.manifest.injected
    if not injected:
        return []
    truth = loaded.truth
    ours = truth["campaign"].notna()
    made = truth.loc[ours, "campaign"].astype(str).value_counts().to_dict()
    accounts = truth.index[ours].to_numpy()
    requests = abusive = 0
    for _, columns in loaded.requests("account", "abusive"):
        mine = np.isin(columns["account"], accounts)
        requests += int(mine.sum())
        abusive += int((columns["abusive"] & ~mine).sum())
    others = truth[~ours]
    labelled = int((others["segment"].astype(str) != UNLABELLED).sum())
    wanted = {name: many for name, many in injected["campaigns"].items() if many}
    said = f"{counted(int(ours.sum()), 'account')}, of {injected['accounts']:,} that were injected"
    return [
        Check(
            "injected: accounts", made == wanted and int(ours.sum()) == injected["accounts"], said
        ),
        Check(
            "injected: requests",
            requests == injected["requests"],
            f"{counted(requests, 'request')}, of {injected['requests']:,} that were injected",
        ),
        Check(
            "injected: background",
            len(others) == injected["background_accounts"] and not labelled and not abusive,
            f"{counted(len(others), 'account')}, of {injected['background_accounts']:,}; "
            f"{labelled:,} with "
            f"a label, {counted(abusive, 'abusive request')}",
        ),
    ]
