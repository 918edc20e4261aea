"""What `learning` does when no supply is to blame, one answer at a time."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.truth import Truth
from shamcrowd.simulator import simulate
from shamcrowd.simulator.campaigns.account_state import AccountState
from shamcrowd.simulator.campaigns.holdings import Holdings
from shamcrowd.simulator.campaigns.strategies import learning
from shamcrowd.simulator.campaigns.tradecraft import PATHS
from shamcrowd.simulator.core.plans import ENTERPRISE, PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.store import Supply
from tests.simulator.campaigns.strategies.conftest import HYDRA
from tests.simulator.campaigns.strategies.reviewers import Culling, accounts, phases
from tests.simulator.response.reviewers import Run

RNG = np.random.default_rng(1)


@pytest.fixture(scope="module")
def only(tmp_path_factory):
    """A hydra that knows one answer alone, half of which is shut from the fourth day on, and when
    it gave that answer.
    """
    made = {}

    def of(kind, *more):
        if kind not in made:
            folder = tmp_path_factory.mktemp("only") / "r"
            chosen = (*HYDRA, "campaigns.hydra.strategy=learning", *more)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(learning, "BEHAVIOUR", (kind,))
                done = simulate("quickstart-v2", 3, folder, reviewer=Culling(0.5), settings=chosen)
            when = phases(folder)
            made[kind] = Run(folder, done), when.loc[when["phase"] == f"behave: {kind}", "time"]
        return made[kind]

    return of


def come_for_one(run, since):
    """Accounts opened for each that was shut since a moment; they come a day later in the mean."""
    steps = Truth(run.folder).responses().query("action == 'suspension' and cause == 'alert'")
    shut = steps.loc[steps["campaign"] == "hydra", "time"]
    opened = phases(run.folder).query("phase == 'replace'")
    until = opened["time"].max() - pd.Timedelta("24h")
    before, after = (shut < since).sum(), ((shut >= since) & (shut < until)).sum()
    return (opened["accounts"].sum() - before) / after


def cover(run, since):
    """Share of harmless requests by a hydra's accounts before and after a moment."""
    own = accounts(run.folder, "hydra")["account"]
    rows = pd.concat(
        pq.read_table(rows, columns=["account", "time"], partitioning=None)
        .to_pandas()
        .assign(abusive=pq.read_table(flags, partitioning=None)["abusive"].to_numpy())
        for rows, flags in Truth(run.folder).request_files()
    )
    rows = rows[rows["account"].isin(own)]
    late = rows["time"] >= since
    return 1 - rows.loc[~late, "abusive"].mean(), 1 - rows.loc[late, "abusive"].mean()


def further(run, times):
    """Plans, counted, of the accounts that began after each moment and before the next one.

    Moments less than half a day before the next one are left out.
    """
    own = accounts(run.folder, "hydra").set_index("account")
    own = own.join(run.rows("accounts", ["account", "plan"]).set_index("account"))
    bounds = [*times, own["sham_from"].max()]
    for begin, end in pairwise(bounds):
        if end - begin >= pd.Timedelta("12h"):
            began = (own["sham_from"] >= begin) & (own["sham_from"] < end)
            yield own.loc[began, "plan"].astype(str).value_counts(normalize=True)


def test_split_puts_more_accounts_in_the_place_of_one(only):
    usual, since = only("pace")
    assert come_for_one(usual, since.iloc[0]) == pytest.approx(1.0, abs=0.15)
    run, since = only("split")
    assert come_for_one(run, since.iloc[0]) == pytest.approx(learning.SPLIT, abs=0.2)


def test_camouflage_hides_the_work_among_more_that_is_harmless(only):
    usual, since = only("pace")
    before, after = cover(usual, since.iloc[0])
    assert after < before + 0.1
    run, since = only("camouflage")
    before, after = cover(run, since.iloc[0])
    assert after > before + 0.3


def test_further_accounts_take_another_access_path(only):
    """The plan that lost least, and another one after the next losses."""
    usual, since = only("pace")
    mixed = [plans.iloc[0] for plans in further(usual, since)]
    run, since = only("path")
    moves = list(further(run, since))
    assert len(moves) > 1
    # Measured: 0.89, 0.80, 0.89, 0.61 and 0.68 of them on one plan, against at most 0.54 of a mix.
    # The tactic's own sign-ups go on as planned.
    assert all(plans.iloc[0] > max(mixed) for plans in moves)
    assert len({plans.index[0] for plans in moves}) > 1


def test_the_path_of_least_losses_is_taken_and_never_the_present_one():
    state = AccountState()
    held = Holdings(Supply(Streams(1)), state)
    assert held.safest_plan(None) == PATHS[0]
    held.plan = np.array([TRIAL, TRIAL, PAY_AS_YOU_GO, PAY_AS_YOU_GO, -1], np.int8)
    state.acted_on = np.array([True, True, True, False, True])
    assert held.safest_plan(None) == SUBSCRIPTION
    assert held.safest_plan(SUBSCRIPTION) == PAY_AS_YOU_GO
    assert held.safest_plan(PAY_AS_YOU_GO) == SUBSCRIPTION


def test_who_is_billed_by_invoice_stays_so():
    batch = AccountBatch.blank(
        np.zeros(2, np.int64), np.zeros(2, np.int8), names(RNG, np.zeros(2, np.int8))
    )
    batch.plan[:], batch.card[0] = ENTERPRISE, 7
    batch.start_on_plan(TRIAL)
    assert batch.plan.tolist() == [TRIAL, ENTERPRISE]


def test_all_of_behaviour_is_tried_in_turn(hydra):
    kinds = phases(hydra("learning", Culling(0.5)).folder)["phase"]
    behaved = [k.removeprefix("behave: ") for k in kinds if k.startswith("behave")]
    assert tuple(behaved[: len(learning.BEHAVIOUR)]) == learning.BEHAVIOUR
