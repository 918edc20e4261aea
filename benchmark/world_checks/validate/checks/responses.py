"""Do the log and the truth agree on the platform's actions, and did they take effect?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable
from shamcrowd.recording.schema import ACTIVITY_KINDS
from shamcrowd.recording.truth_schema import RESPONSE_ACTIONS
from shamcrowd.recording.units import NEVER

NAMES = ("responses: logged", "responses: accounts", "responses: asked", "responses: shut")
LOGGED = tuple(action for action in RESPONSE_ACTIONS if action in ACTIVITY_KINDS)


def check(loaded: Loaded) -> list[Check]:
    """Every action is in both, for existing accounts; no suspended account is served."""
    if loaded.manifest.imported:
        return not_applicable("another platform's actions are in no truth", *NAMES)
    steps, events = loaded.responses, loaded.activity
    if loaded.manifest.injected:
        # The truth says nothing of the background's accounts, and an event is left out if the
        # background has none of its kind.
        ours = loaded.truth.index[loaded.truth["campaign"].notna()]
        kinds = events["kind"].unique()
        steps = steps[~steps["action"].isin(LOGGED) | steps["action"].isin(kinds)]
        events = events[events["account"].isin(ours)]
    rows = steps[steps["action"].isin(LOGGED)]
    logged = events[events["kind"].isin(LOGGED)]
    seen = logged[logged["time"] >= loaded.manifest.start]
    one = pd.MultiIndex.from_frame(rows[["time", "account", "action"]])
    other = pd.MultiIndex.from_frame(seen[["time", "account", "kind"]])
    alone = other.difference(one)
    # The truth says nothing of what began before the recording, such as the appeal of an account
    # that was challenged the day before.
    old = alone.get_level_values("account").isin(_left_open(logged, loaded.manifest.start))
    new = int((~old).sum())
    apart = len(one.difference(other)) + new + abs(len(one) - len(other) + len(alone))
    said = f"{apart:,} of {len(seen):,} actions are in the log or in the truth only"
    strange = int((~steps["account"].isin(loaded.accounts.index)).sum())
    unasked = int((steps["cause"] == "alert").sum()) if not loaded.manifest.closed else 0
    shut = _shut(steps)
    served = sum(
        _inside(shut, columns["account"], columns["time"])
        for _, columns in loaded.requests("time", "account")
    )
    log_ins = events[events["kind"] == "login"]
    served += _inside(shut, log_ins["account"].to_numpy(), log_ins["time"].to_numpy())
    return [
        Check("responses: logged", not apart, said),
        Check("responses: accounts", not strange, f"{strange:,} of {len(steps):,} have no account"),
        Check("responses: asked", not unasked, f"{unasked:,} actions after alerts in an open loop"),
        Check(
            "responses: shut",
            not served,
            f"{served:,} requests and log-ins of {shut['account'].nunique():,} accounts while "
            "suspended",
        ),
    ]


def _shut(steps: pd.DataFrame) -> pd.DataFrame:
    """A row per suspension, in order, with ``since`` and ``until`` in ms."""
    gone = steps.loc[steps["action"] == "departure", ["account", "time"]]
    left = pd.MultiIndex.from_frame(gone)
    found = []
    for cause, own in steps.groupby("cause"):
        begins = own[own["action"] == "suspension"].sort_values("time")
        ends = own[own["action"] == "reinstatement"].sort_values("time")
        ends = ends[~pd.MultiIndex.from_frame(ends[["account", "time"]]).isin(left)]
        both = pd.merge_asof(
            begins[["time", "account"]],
            ends[["time", "account"]].assign(until=ends["time"]),
            on="time",
            by="account",
            direction="forward",
        )
        both["until"] = both["until"].fillna(NEVER).astype(np.int64)
        found.append(both.rename(columns={"time": "since"}).assign(cause=cause))
    if not found:
        return pd.DataFrame({"account": [], "since": [], "until": []}, dtype=np.int64)
    return pd.concat(found).sort_values(["account", "since"], ignore_index=True)


def _inside(shut: pd.DataFrame, account: np.ndarray, time: np.ndarray) -> int:
    """Number of rows of accounts while they were suspended."""
    some = np.flatnonzero(np.isin(account, shut["account"].to_numpy()))
    rows = pd.DataFrame({"account": account[some], "time": time[some], "row": some})
    both = rows.merge(shut, on="account")
    inside = (both["since"] <= both["time"]) & (both["time"] < both["until"])
    return int(both.loc[inside, "row"].nunique())


def _left_open(logged: pd.DataFrame, start: int) -> pd.Index:
    """Accounts with a challenge, suspension or appeal from before the recording that goes on."""
    before = logged[logged["time"] < start].sort_values("time", kind="stable")
    last = before.groupby("account")["kind"].last().astype(str)
    return last.index[last.isin(["challenge", "suspension", "appeal"])]
