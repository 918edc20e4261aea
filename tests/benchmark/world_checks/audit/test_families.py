"""The families of rules: what a plain look at the tables gives."""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.world_checks.audit.families import delays, families
from shamcrowd.benchmark.world_checks.audit.pooling import pooled_rules
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.samples import START
from tests.benchmark.world_checks.small_recording import DAYS, small_recording


@pytest.fixture(scope="module")
def made():
    return small_recording(3)


@pytest.fixture(scope="module")
def recording(made, write_small):
    return AuditedRecording(write_small(made))


@pytest.fixture(scope="module")
def rules(recording):
    return {rule.name: rule for _, rule in pooled_rules([recording], ["presence", "delays"])}


def first(made, kind, how="min"):
    rows = made.tables["activity"]
    return rows[rows["kind"] == kind].groupby("account")["time"].agg(how)


def test_each_file_of_the_folder_is_a_family():
    found = families()
    assert set(found) == {"columns", "delays", "presence"}
    assert all(family.units() for family in found.values())


def test_presence_and_counts(made, rules):
    count = made.tables["activity"].query("kind == 'login'").groupby("account").size()
    expected = made.accounts["account"].map(count).fillna(0)
    assert rules["presence and count of login"].values.tolist() == expected.tolist()
    requests = made.tables["requests"]
    failed = requests[requests["status"] == 429].groupby("account").size()
    expected = made.accounts["account"].map(failed).fillna(0)
    assert rules["presence and count of request with status 429"].values.tolist() == (
        expected.tolist()
    )
    days = requests.groupby("account")["time"].agg(lambda t: t.dt.floor("D").nunique())
    expected = made.accounts["account"].map(days).fillna(0)
    assert rules["number of days with request"].values.tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("name", "early", "late"),
    [
        ("delay from sign-up to first key_created", "created", "key_created"),
        ("delay from first key_created to first trial_grant", "key_created", "trial_grant"),
        ("delay from first trial_grant to last login", "trial_grant", "last login"),
        ("delay from start of the recording to first card_added", "start", "card_added"),
        ("delay from end of the recording to first request", "end", "request"),
    ],
)
def test_delays(made, rules, name, early, late):
    accounts = made.accounts["account"]
    requests = made.tables["requests"].groupby("account")["time"].min()
    start = pd.to_datetime(START, unit="ms", utc=True)
    moments = {
        "created": made.accounts["created"],
        "start": pd.Series(start, index=accounts.index),
        "end": pd.Series(start + pd.Timedelta(days=DAYS), index=accounts.index),
        "request": accounts.map(requests),
        "last login": accounts.map(first(made, "login", "max")),
        **{k: accounts.map(first(made, k)) for k in ("key_created", "trial_grant", "card_added")},
    }
    expected = (moments[late] - moments[early]) / pd.Timedelta("1s")
    np.testing.assert_allclose(rules[name].values, expected.to_numpy(np.float64), atol=1e-6)


def test_every_pair_of_events_once(rules):
    names = [name for name in rules if name.startswith("delay") and "exactly" not in name]
    pairs = [frozenset(name.removeprefix("delay from ").split(" to ")) for name in names]
    assert len(set(pairs)) == len(pairs)
    seen = {event for pair in pairs for event in pair}
    assert {delays.SIGN_UP, delays.START, delays.END, delays.LAST_REQUEST} <= seen
    assert {"first login", "last login", "first card_added"} <= seen


def test_a_pair_that_too_few_have_is_left_out(write_small):
    made = small_recording(4)
    for count in (delays.FEWEST - 1, delays.FEWEST):
        who = np.arange(len(made.sham)) < count
        rows = made.tables["activity"]
        made.tables["activity"] = rows[rows["kind"] != "appeal"]
        made.add("appeal", who, np.full(count, 10**6))
        recording = AuditedRecording(write_small(made))
        names = {rule.name for rule in delays.rules(recording, delays.SIGN_UP)}
        assert ("delay from sign-up to first appeal" in names) == (count >= delays.FEWEST)


def test_levels_of_two_recordings_are_one_list(write_small):
    made = [small_recording(seed) for seed in (5, 6)]
    made[0].accounts["plan"] = np.where(made[0].sham, "trial", "enterprise")
    made[1].accounts["plan"] = np.where(made[1].sham, "trial", "subscription")
    recordings = [AuditedRecording(write_small(one)) for one in made]
    rules = {rule.name: rule for _, rule in pooled_rules(recordings, ["columns"])}
    plan = rules["accounts.plan, value"]
    said = np.array(plan.levels)[plan.values.astype(int)]
    expected = np.concatenate([one.accounts["plan"].to_numpy() for one in made])
    assert (said == expected).all()


def test_an_unknown_family(recording):
    with pytest.raises(UsageError, match="no family of rules delay; there are: columns, delays"):
        next(pooled_rules([recording], ["delay"]))
