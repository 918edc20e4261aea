"""What decides how owners pay, in a recording."""

from __future__ import annotations

import numpy as np

from tests.recordings import recorded


def test_spend_follows_use_and_plans(read_recording):
    world = read_recording(recorded("quickstart-v2", 7))
    honest = world.truth.loc[world.truth["sham_from"].isna(), "account"]
    activity = world.activity[world.activity["account"].isin(honest)]
    charges = activity[activity["kind"] == "charge"]
    assert charges["amount"].round(2).nunique() > 0.2 * len(charges)
    spend = charges.groupby("account")["amount"].sum().to_numpy()
    spend = np.sort(np.concatenate([np.zeros(len(honest) - len(spend)), spend]))
    rank = np.arange(1, len(spend) + 1)
    gini = 2 * (rank * spend).sum() / (len(spend) * spend.sum()) - (len(spend) + 1) / len(spend)
    assert 0.6 < gini < 0.98


def test_residents_have_paid_before_the_recording(read_recording):
    world = read_recording(recorded("quickstart-v2", 7))
    start = world.requests["time"].min().floor("D")
    before = world.activity[world.activity["time"] < start]
    kinds = {"charge", "decline", "refund", "plan_change", "trial_expired", "trial_exhausted"}
    assert kinds <= set(before["kind"].astype(str))
    created = world.accounts.set_index("account")["created"]
    assert (before["time"] >= before["account"].map(created)).all()
