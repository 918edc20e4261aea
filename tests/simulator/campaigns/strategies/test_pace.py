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


def own_requests(run):
    """Account and time of each request by the hydra's accounts."""
    rows = run.rows("requests", ["account", "time"])
    return rows[rows["account"].isin(accounts(run.folder, "hydra")["account"])]


def test_those_left_work_harder_but_not_without_end(hydra):
    """Nine in ten are shut on the fourth day, and few come for them.

    Accounts differ, so those that are left are compared with themselves where nobody is shut.
    """
    run, usual = hydra("naive", Culling(0.9)), hydra("naive", Culling(0.0))
    shut = run.responses.query("action == 'suspension' and cause == 'alert'")["time"].min()
    own = accounts(run.folder, "hydra")
    left = own.loc[~own["shut"] & (own["sham_from"] < shut), "account"]
    assert len(left) > 10
    rows = own_requests(run), own_requests(usual)
    later = [each[each["time"] > shut + pd.Timedelta("24h")] for each in rows]
    made, before = (each["account"].isin(left).sum() for each in later)
    # Measured: 2.9 (seed 3), 2.6 and 3.7 (seeds 4 and 5).
    assert made > 1.8 * before
    # Measured: 0.30, 0.37 and 0.25. Without a limit they would do the work of all.
    assert len(rows[0]) < 0.6 * len(rows[1])


def test_no_account_goes_far_over_the_limit(hydra):
    """Days differ, so what is compared is the mean of nine days after nine in ten were shut.

    Measured without a limit: 948 against one of 200. An account that was busier before stays so, as
    some are where a third of the campaign never works: here few are in reserve.
    """
    run = hydra("naive", Culling(0.9), "campaigns.hydra.spares=0.12")
    rows = own_requests(run)
    days = (rows["time"] - rows["time"].min().floor("D")).dt.days
    made = rows[days.between(5, 13)].groupby("account").size() / 9
    assert len(made) > 15
    assert made.max() < 1.4 * Hydra.busiest


RATES = np.array([10.0, 1.0, 0.0, 19.0])


def paces(pacing, level, knob=1.0, alive=True):
    """What accounts do that are asked for ``level`` times their rates."""
    there = np.full(len(RATES), alive)
    return RATES * level * pacing.sustainable_shares(RATES * level, there, knob)


def test_careful_ones_go_no_further_than_before():
    pacing = Pacing(200.0)
    for level in (1.2, 3.0, 2.0):
        assert (paces(pacing, level) == RATES * level).all()
    pacing.pressed = True
    assert paces(pacing, 30.0) == pytest.approx(3 * RATES)
    assert paces(pacing, 2.5) == pytest.approx(2.5 * RATES)
    assert paces(pacing, 300.0, 0.0) == pytest.approx([200.0, 200.0, 0.0, 200.0])
    assert paces(pacing, 30.0, 0.5) == pytest.approx((200 * 3 * RATES) ** 0.5)


def test_who_was_busier_than_the_busiest_goes_on_so():
    pacing = Pacing(50.0)
    paces(pacing, 4.0)
    pacing.pressed = True
    assert paces(pacing, 8.0, 0.0) == pytest.approx([50.0, 8.0, 0.0, 76.0])


def test_a_busy_account_that_comes_late_has_the_limit_of_its_kind():
    """The usual pace is that of the mean account, not of the first one."""
    pacing = Pacing(50.0)
    quiet = np.array([False, True, False, False])
    pacing.sustainable_shares(40 * RATES, quiet, 1.0)
    pacing.pressed = True
    assert paces(pacing, 400.0) == pytest.approx(4 * RATES)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_an_oracle_lets_through_falls_to_nothing_with_the_time_between_reviews(tmp_path, seed):
    """Attackers who learn come back within a slice, five times as many accounts as planned. Who is
    asked once a day lets 29 to 41 % through, every 6 h 7 to 8 %, every 3 h 4 to 5 %, hourly less
    than 1 %.

    It is what is taken between an account's first use and the next review, and most accounts are
    used within hours, as people's are. Where they rest before it, they are shut before it.
    """
    # A week with few others: who is honest changes nothing of what is taken.
    settings = ["prior=null", "response=instant", "slice=1h", "shards=1"]
    settings += ["populations={casual: {accounts: 50}}"]
    settings += ["horizon=7d", "campaigns.hydra.start=0h", "campaigns.hydra.duration=7d"]
    settings += ["campaigns.credit-farm.start=3d", "campaigns.credit-farm.duration=4d"]
    settings += ["releases=[]"]
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
    assert share[0] > 0.2
    assert 0.03 < share[1] < 0.15
    assert share[2] < 0.1
    # One account may be busy within the hour in which it signs up.
    assert share[3] < 0.03
    rest = [f"campaigns.{name}.evasion.ageing=1" for name in ("hydra", "credit-farm")]
    # Measured: 0.01.
    # Measured: at most 0.73.
    assert taken(Oracle(), 6, *rest) / taken(None, 24, *rest) < 0.85 * share[1]
