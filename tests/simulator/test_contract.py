"""What every recording must hold: order, references, ranges, truth beside rows."""

import ipaddress

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from shamcrowd.recording.days import stem_range
from shamcrowd.recording.schema import ACTIVITY_KINDS
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_MINUTE
from tests.recordings import recorded

REFERENCES = {
    "address": "addresses", "client": "clients", "device": "devices", "card": "cards",
    "phone": "phones", "mailbox": "mailboxes",
}  # fmt: skip


@pytest.fixture(scope="module")
def sham(played):
    return played.truth.set_index("account")["campaign"].notna()


def test_files_hold_their_day_in_time_order(played):
    import pyarrow.parquet as pq

    for table in ("requests", "activity"):
        for path in (played.folder / table).glob("*.parquet"):
            times = pq.read_table(path, columns=["time"], partitioning=None)["time"]
            times = times.cast("int64").to_numpy()
            first, last = stem_range(path.name, played.manifest.start)
            assert (np.diff(times) >= 0).all()
            assert len(times) == 0 or (first <= times[0] and times[-1] <= last)


def test_everything_referred_to_is_there_and_no_later(played):
    named = {name: [] for name in REFERENCES}
    opened = played.accounts.rename(columns={"created": "time"})
    for frame in (opened, played.requests, played.activity):
        for name in set(REFERENCES) & set(frame.columns):
            rows = frame[["time", name]].dropna()
            named[name].append(rows)
    for name, table in REFERENCES.items():
        first_use = pd.concat(named[name]).groupby(name)["time"].min()
        first_seen = played.entity(table).set_index(name)["first_seen"]
        assert first_seen.index.is_unique
        assert first_use.index.isin(first_seen.index).all(), table
        assert (first_seen.loc[first_use.index] <= first_use).all(), table


def test_nobody_acts_before_the_account_is_open(played):
    created = played.accounts.set_index("account")["created"]
    for frame in (played.requests, played.activity):
        assert frame["account"].isin(created.index).all()
        assert (frame["time"].to_numpy() >= created.loc[frame["account"]].to_numpy()).all()


def test_an_account_s_keys_sessions_and_conversations_are_its_own(played):
    for name in ("key", "session", "conversation"):
        owners = played.requests.groupby(name)["account"].nunique()
        assert (owners == 1).all(), name
    created = played.activity[played.activity["kind"] == "key_created"].groupby("key")["time"].min()
    used = played.requests.groupby("key")["time"].min()
    assert used.index.isin(created.index).all()
    assert (created.loc[used.index] <= used).all()


def test_statuses_and_tokens(played):
    requests = played.requests
    assert set(requests["status"]) <= {200, 429, 500, 503}
    failed = requests["status"] != 200
    assert 0 < failed.mean() < 0.05
    assert (requests.loc[failed, "output_tokens"] == 0).all()
    assert (
        requests.loc[~failed & (requests["endpoint"] != "embeddings"), "output_tokens"] > 0
    ).all()
    assert (requests["input_tokens"] > 0).all()


def test_kinds_are_those_of_the_schema(played):
    found = set(played.activity["kind"])
    assert found <= set(ACTIVITY_KINDS)
    usual = "key_created login card_added charge trial_grant model_release_seen email_verified"
    assert {*usual.split(), "phone_verified", "challenge", "trial_exhausted"} <= found


def test_addresses_and_mailboxes_are_reserved(played):
    reserved = [ipaddress.ip_network(n) for n in
                ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "192.0.2.0/24",
                 "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4")]  # fmt: skip
    addresses = played.entity("addresses")
    for prefix in addresses["prefix"].unique():
        block = ipaddress.ip_network(prefix)
        if block.version == 6:
            assert block.prefixlen == 64
            assert block.subnet_of(ipaddress.ip_network("3fff::/20")), prefix
            continue
        assert block.prefixlen == 24
        assert any(block.subnet_of(r) for r in reserved), prefix
    assert addresses["asn"].between(4_200_000_000, 4_294_967_294).all()
    assert played.entity("mailboxes")["domain"].str.endswith(".example").all()


def test_the_truth_stands_row_for_row(played, sham):
    assert set(played.truth["account"]) == set(played.accounts["account"])
    assert len(list(Truth(played.folder).request_files())) > 10
    abusive = played.requests["abusive"].to_numpy()
    by_sham = sham.loc[played.requests["account"]].to_numpy()
    assert abusive.any()
    assert not (abusive & ~by_sham).any()
    assert (~abusive & by_sham).any(), "sham accounts also camouflage"


def test_campaigns_reach_their_size(played, sham):
    asked = played.manifest.played["campaigns"]["hydra"]
    hydra = played.truth[played.truth["campaign"] == "hydra"]["account"]
    assert len(hydra) == asked["accounts"]
    made = played.requests["account"].isin(hydra).sum()
    assert made == pytest.approx(asked["exchanges"], rel=0.05)
    farm = played.truth[played.truth["campaign"] == "credit-farm"]
    created = played.accounts.set_index("account").loc[farm["account"], "created"]
    assert created.max() - created.min() <= pd.Timedelta("3D")
    phases = Truth(played.folder).campaigns()
    assert {"recruit", "work", "pivot", "wind-down"} <= set(
        phases.loc[phases["campaign"] == "hydra", "phase"]
    )


def test_each_sham_account_alone_is_no_busier_than_a_developer(played, sham):
    volume = played.requests["account"].value_counts()
    busy = played.truth.loc[played.truth["segment"] == "agentic", "account"]
    assert volume.reindex(sham[sham].index).quantile(0.95) < volume.reindex(busy).quantile(0.9)


@pytest.mark.parametrize("column", ["account", "mailbox", "device", "address"])
def test_ids_and_their_order_tell_nothing(played, sham, column):
    accounts = played.accounts
    guilty = sham.loc[accounts["account"]].to_numpy()
    # Accounts that share an entity have one id: by entity, within four standard errors.
    ids = accounts.assign(guilty=guilty).groupby(column)["guilty"].any()
    away = abs(roc_auc_score(ids.to_numpy(), ids.index.to_numpy()) - 0.5)
    assert away < 4 / np.sqrt(12 * min(ids.sum(), (~ids).sum()))
    assert 0.42 < roc_auc_score(guilty, np.arange(len(accounts))) < 0.58
    first = accounts.drop_duplicates(column)
    assert abs(first[column].rank().corr(first["created"].astype("int64").rank())) < 0.08
    table = played.entity(REFERENCES[column]) if column in REFERENCES else accounts
    order = np.arange(len(table))
    since = table["first_seen" if column in REFERENCES else "created"].astype("int64")
    assert abs(pd.Series(order).corr(since.rank())) < 0.08


def test_trials_end_with_their_credit(played):
    plan = played.accounts.set_index("account")["plan"].astype(str)
    ended = played.activity[played.activity["kind"] == "trial_exhausted"]
    changed = played.activity[played.activity["kind"] == "plan_change"]["account"]
    stuck = ended[~ended["account"].isin(changed)].set_index("account")["time"]
    assert len(stuck) > 10
    assert (plan.loc[stuck.index] == "trial").all()
    later = played.requests[played.requests["account"].isin(stuck.index)]
    served = later[later["status"] == 200]
    assert (served["time"].to_numpy() <= stuck.loc[served["account"]].to_numpy()).all()


def test_no_account_is_served_above_its_plan(played):
    limits = played.manifest.resolved["platform"]["requests_per_minute"]
    changed = set(played.activity.loc[played.activity["kind"] == "plan_change", "account"])
    plan = played.accounts.set_index("account")["plan"].astype(str)
    served = played.requests[played.requests["status"] != 429]
    for account, times in served.groupby("account")["time"]:
        if account in changed:
            continue
        ms = times.sort_values().astype("int64").to_numpy()
        limit = limits[plan[account]]
        if len(ms) > limit:
            assert (ms[limit:] - ms[:-limit] >= MS_PER_MINUTE).all(), account


def test_requests_over_a_limit_are_refused(read_recording):
    """A limit so low that people reach it."""
    settings = ["platform.requests_per_minute={trial: 2, pay-as-you-go: 3, subscription: 3, "
                "enterprise: 5}"]  # fmt: skip
    played = read_recording(recorded("quickstart-v2", 1, scale=0.2, settings=settings))
    refused = played.requests[played.requests["status"] == 429]
    assert len(refused) > 100
    assert not (refused["endpoint"] == "batch").any()
    assert (refused["output_tokens"] == 0).all()
    assert (refused["cached_tokens"] == 0).all()
    assert refused["first_token"].isna().all()
    assert refused["retry_after"].between(1, 60).all()
    answered = played.requests[played.requests["status"] == 200]
    assert refused["duration"].median() < 200 < answered["duration"].median()


def test_a_release_moves_traffic_to_the_new_model(played):
    new = played.requests[played.requests["model"] == "deep-4"]
    release = played.manifest.start + 8 * MS_PER_DAY
    assert len(new) > 1000
    assert new["time"].astype("int64").min() >= release
