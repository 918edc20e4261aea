"""Does the truth stand beside the log, row for row, and does it agree with itself?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmark.validate.loaded import Loaded
from benchmark.validate.outcome import Check

EVER = 2**62


def check(loaded: Loaded) -> list[Check]:
    """Every account has a truth; abuse lies on sham accounts, while they are sham, in time."""
    truth = loaded.truth
    same = np.array_equal(truth.index.to_numpy(), loaded.accounts.index.to_numpy())
    found = [Check("truth: accounts", same, f"{len(truth):,} of {len(loaded.accounts):,} accounts")]
    since = _ms(truth["sham_from"], EVER)
    until = _ms(truth["sham_until"], EVER)
    accounts = truth.index.to_numpy()
    wrong, abusive, outside = 0, 0, 0
    begin, end = _spans(loaded)
    campaign = truth["campaign"].astype(object).map({n: i for i, n in enumerate(begin)})
    number = campaign.fillna(-1).astype(int).to_numpy()
    starts = np.array([*begin.values(), EVER])
    ends = np.array([*end.values(), -EVER])
    for _, columns in loaded.requests("time", "account", "abusive"):
        bad = columns["abusive"]
        at = np.minimum(np.searchsorted(accounts, columns["account"][bad]), len(accounts) - 1)
        time = columns["time"][bad]
        abusive += len(at)
        wrong += int(((time < since[at]) | (time > until[at])).sum())
        outside += int(((time < starts[number[at]]) | (time >= ends[number[at]])).sum())
    said = f"{wrong:,} of {abusive:,} abusive requests while the account was not sham"
    found.append(Check("truth: intervals", not wrong, said))
    said = f"{outside:,} of {abusive:,} abusive requests outside their campaign's time"
    return [*found, Check("truth: campaigns' time", not outside, said)]


def _ms(moments: pd.Series, missing: int) -> np.ndarray:
    ms = moments.to_numpy("datetime64[ms]").astype(np.int64)
    return np.where(moments.isna().to_numpy(), missing, ms)


def _spans(loaded: Loaded) -> tuple[dict[str, int], dict[str, int]]:
    campaigns = loaded.scenario.campaigns.items()
    begin = {name: loaded.manifest.start + c.start for name, c in campaigns}
    return begin, {name: begin[name] + c.duration for name, c in campaigns}
