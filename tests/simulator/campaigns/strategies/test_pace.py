"""Who loses accounts drives the others harder, as far as they can bear it; so whoever finds all of
them at once stops the campaign, and what is taken falls with the time between two reviews.
"""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.simulator import simulate
from shamcrowd.simulator.campaigns.pacing import Pacing
from shamcrowd.simulator.campaigns.tactics.hydra import Hydra
from tests.simulator.campaigns.strategies.reviewers import Culling, accounts
from tests.simulator.response.reviewers import Oracle, Run


def requests_per_day(run):
    """Requests a day that an account of the hydra's makes in the mean, slice by slice.

    Accounts count from their first request to their last one.
    """
    own = accounts(run.folder, "hydra")["account"]
    rows = run.rows("requests", ["account", "time"])
    rows = rows[rows["account"].isin(own)]
    span = rows.groupby("account")["time"].agg(["min", "max"])
    edges = pd.date_range(rows["time"].min().floor("D"), rows["time"].max(), freq="1D")
    made = [((rows["time"] >= e) & (rows["time"] < e + pd.Timedelta("1D"))).sum() for e in edges]
    there = [((span["min"] < e + pd.Timedelta("1D")) & (span["max"] >= e)).sum() for e in edges]
    return np.array(made) / np.maximum(there, 1)


def test_those_left_work_harder_but_not_without_end(hydra):
    """Nearly all are shut on the fourth day, and few come for them.

    What is limited is the mean over a campaign's accounts when its shares are set; those left are
    the busier ones (measured 217 against a limit of 200).
    """
    run, usual = hydra("naive", Culling(0.96)), hydra("naive", Culling(0.0))
    before, after = requests_per_day(usual)[1:-1].max(), requests_per_day(run)[5:-1].max()
    assert 1.5 * before < after < 1.25 * Hydra.busiest


def test_careful_ones_go_no_further_than_before():
    pacing = Pacing(200.0)
    for asked in (12.0, 30.0, 20.0):
        assert pacing.sustainable_share(asked, 1.0) == 1.0
    pacing.pressed = True
    assert pacing.sustainable_share(300.0, 1.0) * 300.0 == pytest.approx(30.0)
    assert pacing.sustainable_share(300.0, 0.0) * 300.0 == pytest.approx(200.0)
    assert pacing.sustainable_share(25.0, 1.0) == 1.0


def test_who_planned_more_than_the_busiest_goes_on_so():
    pacing = Pacing(50.0)
    pacing.sustainable_share(80.0, 0.3)
    pacing.pressed = True
    assert pacing.sustainable_share(80.0, 0.3) == pytest.approx(1.0)
    assert pacing.sustainable_share(160.0, 0.3) == pytest.approx(0.5)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_an_oracle_lets_through_falls_to_nothing_with_the_time_between_reviews(tmp_path, seed):
    """Attackers who learn come back within a slice, five times as many accounts as planned. Who is
    asked once a day lets half to three quarters through, every 6 h 17 to 23 %, every 3 h 7 to 14 %,
    hourly 2 to 7 %.

    It is what is taken between an account's first use and the next review, and most accounts are
    used within hours, as people's are. Where they rest before it, they are shut before it.
    """
    # A week with few others: who is honest changes nothing of what is taken.
    settings = ["prior=null", "response=instant", "slice=1h", "shards=1"]
    settings += ["populations={casual: {accounts: 50}}"]
    settings += ["horizon=7d", "campaigns.hydra.start=0h", "campaigns.hydra.duration=7d"]
    settings += ["campaigns.credit-farm.start=3d", "releases=[]"]
    settings += [f"campaigns.{name}.strategy=learning" for name in ("hydra", "credit-farm")]

    def taken(reviewer, hours, *more):
        folder = tmp_path / f"{hours}"
        made = simulate(
            "quickstart-v2", seed, folder, scale=0.4, reviewer=reviewer,
            settings=[*settings, *more, f"reviews={hours}h"],
        )  # fmt: skip
        return Run(folder, made).abusive

    whole = taken(None, 24)
    share = [taken(Oracle(), hours) / whole for hours in (24, 6, 3, 1)]
    assert share == sorted(share, reverse=True)
    assert share[0] > 0.3
    assert 0.08 < share[1] < 0.35
    assert share[2] < 0.2
    # One account may be busy within the hour in which it signs up.
    assert share[3] < 0.12
    rest = [f"campaigns.{name}.evasion.ageing=1" for name in ("hydra", "credit-farm")]
    # Measured: 0.03 to 0.08.
    assert taken(Oracle(), 6, *rest) / taken(None, 24, *rest) < 0.65 * share[1]
