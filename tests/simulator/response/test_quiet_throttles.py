"""Quiet throttles: accounts are served less, and a campaign learns of it by refusals alone."""

import numpy as np
import pytest

from tests.recordings import recorded
from tests.simulator.campaigns.strategies.conftest import HYDRA
from tests.simulator.campaigns.strategies.reviewers import accounts, phases
from tests.simulator.response.reviewers import Oracle, Run, nobody

LEARNING = *(s for s in HYDRA if not s.startswith("response")), "campaigns.hydra.strategy=learning"


@pytest.fixture(scope="module")
def play():
    def of(reviewer, *settings):
        made = recorded("quickstart-v2", 3, reviewer=reviewer, settings=[*LEARNING, *settings])
        return Run.read(made)

    return of


def statuses(run):
    own = accounts(run.folder, "hydra")["account"]
    rows = run.rows("requests", ["account", "time", "duration", "status"])
    return rows[rows["account"].isin(own)]


@pytest.mark.parametrize(("policy", "status"), [("quiet-quota", 429), ("quiet-overload", 503)])
def test_refusals_have_the_status_and_nobody_is_told(play, policy, status):
    run, usual = play(Oracle(), f"response={policy}"), play(nobody, "response=quiet-quota")
    refused = [(statuses(of)["status"] == status).mean() for of in (run, usual)]
    assert refused[0] > 2 * refused[1] + 0.005
    assert len(run.responses.query("action == 'throttle' and campaign == 'hydra'")) > 100
    kinds = phases(run.folder)["phase"]
    assert not kinds.str.contains("rotate|behave").any()
    loud = play(Oracle(), f"response={{like: {policy}, throttle: {{quiet: false}}}}")
    assert phases(loud.folder)["phase"].str.contains("rotate|behave").any()


def test_no_throttled_account_has_more_requests_in_progress_than_are_let_through(play):
    run = play(Oracle(), "response={like: quiet-overload, throttle: {at_once: 1}}")
    rows = statuses(run)
    steps = run.responses.query("action == 'throttle' and campaign == 'hydra'")
    since = steps.groupby("account")["ms"].min()
    begin = rows["time"].to_numpy("datetime64[ms]").astype(np.int64)
    rows = rows.assign(begin=begin, end=begin + rows["duration"])
    rows = rows[rows["status"] == 200]
    rows = rows[(rows["begin"] >= rows["account"].map(since)).to_numpy(bool)]
    rows = rows[rows["begin"] < rows["account"].map(since) + 2 * 86_400_000]
    rows = rows.sort_values(["account", "begin"])
    same = rows["account"].to_numpy()[1:] == rows["account"].to_numpy()[:-1]
    overlap = same & (rows["begin"].to_numpy()[1:] < rows["end"].to_numpy()[:-1])
    assert same.sum() > 1000
    assert not overlap.any()
