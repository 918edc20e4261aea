"""A selfie is asked for at a price, and trial credit only goes to those with a card."""

import pytest

from shamcrowd.recording.truth import Truth
from tests.recordings import recorded
from tests.simulator.response.reviewers import WEEK, Run, Some

BOTH = "response={like: selfie, credit: {after: card, leave: 0.32}}"


@pytest.fixture(scope="module")
def run():
    settings = ["shards=2", *WEEK, BOTH]
    return Run.read(recorded("quickstart-v2", 3, scale=0.2, settings=settings, reviewer=Some(0.3)))


@pytest.fixture(scope="module")
def checks(run):
    """Each identity check with what came of it."""
    steps = run.responses
    asked = steps[steps["action"] == "identity_check"].drop_duplicates("account")
    passed = set(steps.loc[steps["action"] == "identity_check_passed", "account"])
    shut = set(steps.loc[(steps["action"] == "suspension") & (steps["cause"] == "alert"),
                         "account"])  # fmt: skip
    return asked.assign(passed=asked["account"].isin(passed), shut=asked["account"].isin(shut))


def test_who_does_not_pass_is_shut_and_who_passes_is_not(checks):
    assert len(checks) > 50
    assert (checks["passed"] ^ checks["shut"]).mean() > 0.95
    assert not (checks["passed"] & checks["shut"]).any()


def test_people_pass_more_often_than_shams(checks):
    """Of people a quarter leaves and 4 % fail, of shams a quarter passes (`standard`)."""
    honest = checks["campaign"].isna()
    assert 0.55 < checks.loc[honest, "passed"].mean() < 0.88
    assert checks.loc[~honest, "passed"].mean() < 0.6


def test_each_check_that_is_passed_is_paid_for(run):
    steps = Truth(run.folder).responses()
    paid = steps[steps["action"].astype(str) == "identity_check_passed"]
    assert len(paid)
    assert (paid["dollars"] == 1.5).all()
    others = steps[~steps["action"].astype(str).str.startswith("identity")]
    assert (others["dollars"].fillna(0) == 0).all()


def test_credit_is_withheld_from_trials_alone(run):
    steps = run.responses
    withheld = steps[steps["action"] == "credit_withheld"]
    plan = run.rows("accounts", ["account", "plan"]).set_index("account")["plan"].astype(str)
    assert len(withheld) > 10
    assert (plan[withheld["account"]] == "trial").all()
    assert (withheld["cause"] == "sign-up rule").all()
    # Who has no credit sends nothing; who left when asked is named.
    sent = run.rows("requests", ["account"])["account"]
    assert not sent.isin(withheld["account"]).any()
    left = steps[(steps["action"] == "departure") & (steps["cause"] == "sign-up rule")]
    assert set(left["account"]) <= set(withheld["account"])
    assert len(left)
    assert left["campaign"].isna().all()
