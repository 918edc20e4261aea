"""The audit as a whole: quiet on a clean recording, and each planted leak is found by name."""

import dataclasses

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from shamcrowd.benchmark.world_checks.audit import audit
from shamcrowd.benchmark.world_checks.audit.bounds import CHANCE, NO_BOUND, RULES
from shamcrowd.benchmark.world_checks.audit.kinds import ColumnKind, kind_of
from shamcrowd.recording.columns import Column
from shamcrowd.recording.errors import NothingToJudgeError, RecordingError
from shamcrowd.recording.schema import TABLES
from tests.benchmark.world_checks.small_recording import ACCOUNTS, SHAMS, small_recording

MINUTE, HOUR = 60_000, 3_600_000
FAMILIES = ("presence", "delays", "columns")
EVERYBODY = np.ones(ACCOUNTS, bool)


def _without(made, *kinds, who=EVERYBODY):
    rows = made.tables["activity"]
    gone = rows["kind"].isin(kinds) & rows["account"].isin(made.accounts.loc[who, "account"])
    made.tables["activity"] = rows[~gone].reset_index(drop=True)


def _waits(made, shams, honest):
    """Milliseconds between two ends, for sham and for honest accounts."""
    low, high = np.where(made.sham[:, None], shams, honest).T
    return np.floor(made.rng.uniform(low, high))


def _late_key(made):
    """The first key comes more than an hour after sign-up; honest ones within half an hour."""
    _without(made, "key_created")
    made.add("key_created", EVERYBODY, _waits(made, (HOUR, 9 * HOUR), (2000, 30 * MINUTE)))


def _rare_kind(made):
    """The trial runs out for half of the sham accounts, and for nobody else."""
    who = made.sham & (made.rng.random(ACCOUNTS) < 0.5)
    made.add("trial_exhausted", who, made.rng.uniform(HOUR, 9 * HOUR, int(who.sum())))


def _column_value(made):
    """Sham accounts state a time zone that nobody has."""
    made.accounts.loc[made.sham, "utc_offset"] = 9999


def _missing_value(made):
    """Sham accounts have no phone."""
    made.accounts["phone"] = made.accounts["phone"].astype("Int64").mask(made.sham)


def _level(made):
    """Sham accounts sign in by a way that few others use."""
    rare = made.rng.random(ACCOUNTS) < 0.001
    made.accounts["sign_in"] = np.where(made.sham | rare, "sso", "password")


def _early_event(made):
    """Sham accounts log in before half a minute has passed."""
    _without(made, "login")
    made.add("login", EVERYBODY, _waits(made, (1000, 30_000), (32_000, 9 * HOUR)))


def _constant_delay(made):
    """A card is added exactly ten minutes after the trial was granted."""
    _without(made, "trial_grant", "card_added")
    granted = np.floor(made.rng.lognormal(np.log(5 * MINUTE), 0.8, ACCOUNTS))
    wait = np.floor(made.rng.lognormal(np.log(8 * MINUTE), 1, ACCOUNTS))
    made.add("trial_grant", EVERYBODY, granted)
    made.add("card_added", EVERYBODY, granted + np.where(made.sham, 10 * MINUTE, wait))


def _repeated_value(made):
    """All prompts of sham accounts have one length, which others have too."""
    made.tables["requests"].loc[made.is_sham("requests"), "input_tokens"] = 450


def _last_event(made):
    """The last log-in of a sham account follows its last request at once."""
    last = made.tables["requests"].groupby("account")["time"].max()
    last = made.accounts["account"].map(last) - made.accounts["created"]
    after = last.dt.total_seconds().to_numpy() * 1000 + made.rng.uniform(2000, 9000, ACCOUNTS)
    made.add("login", made.sham, after[made.sham])


def _missing_event(made):
    """Sham accounts never ask for a code by mail."""
    _without(made, "email_verification_requested", who=made.sham)


def _count(made):
    """Sham accounts invite exactly four people each, others none to three."""
    for number in range(4):
        who = made.sham | (made.rng.random(ACCOUNTS) < 0.3 * (number < 3))
        made.add("referral", who, made.rng.uniform(HOUR, 9 * HOUR, int(who.sum())))


def _reset(made):
    """Sham accounts change their passwords minutes after a reset, of which others make few."""
    who = made.sham | (made.rng.random(ACCOUNTS) < 0.0005)
    asked = made.rng.uniform(HOUR, 9 * HOUR, int(who.sum()))
    made.add("password_reset_requested", who, asked)
    made.add("password_changed", who, asked + made.rng.uniform(MINUTE, HOUR, len(asked)))


def _shared(made):
    """Pairs of sham accounts signed up from one address."""
    at = np.flatnonzero(made.sham)
    addresses = made.accounts["address"].to_numpy().copy()
    addresses[at[1::2]] = addresses[at[::2]]
    made.accounts["address"] = addresses


PLANTS = [
    {
        _late_key: "delay from sign-up to first key_created",
        _rare_kind: "presence and count of trial_exhausted",
        _column_value: "accounts.utc_offset, value",
        _missing_value: "accounts.phone, presence",
        _level: "accounts.sign_in, value",
        _early_event: "delay from sign-up to first login",
    },
    {
        _constant_delay: "delay from first card_added to first trial_grant",
        _repeated_value: "requests.input_tokens, mean",
        _last_event: "delay from last request to last login",
        _missing_event: "presence and count of email_verification_requested",
        _count: "presence and count of referral",
        _shared: "accounts.address, accounts sharing it",
        _reset: "presence and count of password_reset_requested",
    },
]
"""Leaks that are planted together, with the rule by which each must be found."""


@pytest.fixture(scope="module")
def audited(clean):
    return audit(clean)


@pytest.fixture(scope="module", params=PLANTS, ids=["first", "second"])
def leaky(request, write_small):
    made = small_recording()
    for plant in request.param:
        plant(made)
    return request.param, audit(write_small(made), families=FAMILIES)


def test_a_clean_recording_passes(audited):
    assert audited.passed
    assert audited.broken == ()
    assert audited.verdict.startswith("audit passed: worst is ")
    assert audited.verdict.endswith("at 0.1 %")
    assert audited.chance["passed"].all()


def test_each_plant_is_found_by_name(leaky, audited):
    plants, found = leaky
    assert not found.passed
    broken = {b.what: b for b in found.broken if b.bound == RULES}
    for plant, name in plants.items():
        assert name in broken, plant.__name__
        assert broken[name].low > broken[name].limit == 0.05
        assert broken[name].campaign == "ring"
    # They were not there before they were planted.
    before = audited.rows[audited.rows["rule"].isin(plants.values())]
    assert (before["recall_0.1"] <= 0.05).all()


def test_every_column_of_every_table_is_looked_at(audited):
    columns = audited.rows[audited.rows["family"] == "columns"]
    seen = {rule.partition(", ")[0] for rule in columns["rule"]}
    for table in ("accounts", "requests"):
        for column in TABLES[table].columns:
            # Ids that no two accounts share say nothing.
            if kind_of(column) is not ColumnKind.ID:
                assert f"{table}.{column.name}" in seen
    assert {"accounts.device.os", "requests.address.kind", "requests.client.sdk"} <= seen


def test_rows_are_what_they_say(audited):
    rows = audited.rows
    assert not rows.duplicated(["rule", "campaign", "against"]).any()
    assert rows["auc"].between(0, 1).all()
    for rate in ("0.1", "1"):
        assert (rows[f"recall_{rate}_low"] <= rows[f"recall_{rate}"]).all()
        assert (rows[f"recall_{rate}"] <= rows[f"recall_{rate}_high"]).all()
    assert (rows["recall_0.1"] <= rows["recall_1"] + 1e-9).all()
    assert set(rows["against"]) == {"everyone", "steady"}
    everyone = rows[rows["against"] == "everyone"]
    assert (everyone["n_sham"] == SHAMS).all()
    assert (everyone["n_honest"] == ACCOUNTS - SHAMS).all()
    key = everyone.set_index("rule").loc["delay from sign-up to first key_created"]
    assert 40 < key["have_sham"] < SHAMS


def test_an_allowed_tell_is_listed_and_not_judged(write_small):
    made = small_recording()
    _late_key(made)
    idle = "delay from first login to first charge"
    made.terms["tells"] = {"delay from *key_created*": "people who say so", idle: "they as well"}
    found = audit(write_small(made), families=["delays"])
    assert found.passed
    assert found.idle_tells() == [idle]
    assert "delay from sign-up to first key_created" in set(found.tells()["rule"].head(3))
    assert "people who say so" in set(found.tells()["tell"])
    assert "key_created" not in found.verdict


def test_a_tell_of_another_family_is_idle(write_small):
    made = small_recording()
    made.terms["tells"] = {"activity.device*": "people who say so"}
    found = audit(write_small(made), families=["presence"])
    assert found.to_dict()["idle_tells"] == ["activity.device*"]


@pytest.mark.parametrize("terms", [None, {}, {"difficulty": "careless"}])
def test_no_recording_passes_without_a_bound(write_small, terms):
    made = small_recording()
    made.terms = terms
    found = audit(write_small(made), families=["presence"])
    assert [b.said for b in found.broken] == [NO_BOUND]
    assert found.verdict.startswith("audit failed: no bound stated")


def test_a_campaign_may_have_a_difficulty_of_its_own(write_small):
    made = small_recording()
    _late_key(made)
    made.terms |= {"difficulties": {"ring": "careless"}, "because": "it is bought cheap"}
    assert audit(write_small(made), families=["delays"]).passed
    made.terms["difficulties"] = {"ring": "expert"}
    found = audit(write_small(made), families=["delays"])
    assert {b.limit for b in found.broken if b.bound == RULES} == {0.02}


def test_on_two_recordings_what_holds_on_one_alone_is_no_tell(write_small):
    """Each recording's sham accounts sign up in an hour of their own."""
    folders = []
    for seed in (0, 1):
        made = small_recording(seed)
        created = made.accounts["created"]
        hour = created.dt.floor("1h").min() + pd.Timedelta(hours=7 + 9 * seed)
        own = hour + pd.to_timedelta(made.rng.random(ACCOUNTS), "h").floor("1ms")
        made.accounts["created"] = own.where(made.sham, created)
        folders.append(write_small(made))
    name = "delay from sign-up to end of the recording"
    alone = {b.what for b in audit(folders[0], families=["delays"]).broken}
    assert name in alone
    both = audit(folders, families=["delays"])
    assert both.seeds == (0, 1)
    assert name not in {b.what for b in both.broken}
    assert both.rows.set_index(["rule", "against"]).loc[(name, "everyone"), "recall_0.1"] < 0.03


def test_a_constant_of_each_recording_is_found_by_how_many_have_it(write_small):
    folders = []
    for seed, wait in ((0, 10 * MINUTE), (1, 12 * MINUTE)):
        made = small_recording(seed)
        _without(made, "key_created")
        others = made.rng.uniform(8 * MINUTE, 14 * MINUTE, ACCOUNTS)
        made.add("key_created", EVERYBODY, np.floor(np.where(made.sham, wait, others)))
        folders.append(write_small(made))
    found = {b.what for b in audit(folders, families=["delays"]).broken}
    assert "delay from sign-up to first key_created, accounts with exactly it" in found


def test_a_new_column_is_looked_at(write_small, monkeypatch):
    """In both kinds of table, without a line of the audit naming it."""
    made = small_recording()
    for table in ("accounts", "requests"):
        spec = TABLES[table]
        column = Column("trust", pa.float64(), "Made up for this test.", "points")
        new = dataclasses.replace(spec, columns=(*spec.columns, column))
        monkeypatch.setitem(TABLES, table, new)
        rows = made.tables[table]
        rows["trust"] = made.rng.random(len(rows)) + 2.0 * made.is_sham(table)
    found = {b.what for b in audit(write_small(made), families=["columns"]).broken}
    assert {"accounts.trust, value", "requests.trust, mean", "requests.trust, min"} <= found


def test_ids_and_rows_must_tell_nothing(write_small):
    """The accounts file has its sham accounts at the end, and their mailboxes end in a digit."""
    made = small_recording()
    ends = made.accounts["mailbox"] // 10 * 10 + np.where(made.sham, 7, 2)
    made.tables["mailboxes"]["mailbox"] = made.tables["mailboxes"]["mailbox"].map(
        dict(zip(made.accounts["mailbox"], ends, strict=True))
    )
    made.accounts["mailbox"] = ends
    order = np.argsort(made.sham, kind="stable")
    made.tables["accounts"] = made.accounts.iloc[order].reset_index(drop=True)
    made.sham = made.sham[order]
    found = audit(write_small(made))
    told = {b.what for b in found.broken if b.bound == CHANCE}
    assert {"accounts.account, row in the file", "accounts.mailbox, last digit"} <= told


def test_nothing_to_judge(write_small):
    made = small_recording()
    made.sham[:] = False
    with pytest.raises(NothingToJudgeError, match="no sham account"):
        audit(write_small(made))
    made.sham[:19] = True
    with pytest.raises(NothingToJudgeError, match="needs 20 sham accounts"):
        audit(write_small(made))


def test_a_recording_without_any_request(write_small):
    made = small_recording()
    made.tables["requests"] = made.tables["requests"].iloc[:0]
    found = audit(write_small(made))
    assert found.passed
    assert not found.rows["rule"].str.startswith("requests.").any()


def test_what_is_no_recording(tmp_path):
    with pytest.raises(RecordingError):
        audit(tmp_path)


def test_data_for_json_holds_the_worst(audited):
    about = audited.to_dict(most=5)
    assert about["passed"] is True
    assert about["bounds"] == {"ring": {"rule_recall": 0.05, "look_alike_auc": 0.85}}
    assert len(about["rows"]) == 10
    best = audited.rows[audited.rows["against"] == "everyone"]["recall_0.1"].max()
    assert about["rows"][0]["recall_0.1"] == pytest.approx(best, abs=1e-6)
    assert pd.DataFrame(about["rows"]).columns.tolist() == audited.rows.columns.tolist()
