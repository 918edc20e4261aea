"""Aggregates per account, day, hour and shared entity are what plain group-bys give."""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.world_checks.audit.families import families
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from tests.recordings import recorded


@pytest.fixture(scope="module")
def world():
    return recorded("quickstart-v2", 5, scale=0.1)


@pytest.fixture(scope="module")
def probes(world):
    recording, columns = AuditedRecording(world), families()["columns"]
    found = (rule for unit in columns.units() for rule in columns.rules(recording, unit))
    return recording.people, {rule.name: rule for rule in found}


@pytest.fixture(scope="module")
def requests(world):
    frame = pd.concat(pd.read_parquet(p) for p in sorted((world / "requests").glob("*.parquet")))
    return frame.assign(day=frame["time"].dt.floor("D"), hour=frame["time"].dt.floor("h"))


def same(probes, name, expected):
    people, found = probes
    expected = expected.reindex(people.account).to_numpy(np.float64)
    np.testing.assert_allclose(found[name].values, expected, rtol=1e-9, atol=1e-9)


def test_by_account(probes, requests):
    by = requests.groupby("account")
    same(probes, "requests.output_tokens, mean", by["output_tokens"].mean())
    same(probes, "requests.output_tokens, spread", by["output_tokens"].std(ddof=0))
    same(probes, "requests.output_tokens, max", by["output_tokens"].max())
    same(probes, "requests.session, distinct", by["session"].nunique())
    same(probes, "requests.session, rows per different value",
         by.size() / by["session"].nunique())  # fmt: skip
    topics = requests.groupby(["account", "topic"], observed=True).size()
    share = topics / topics.groupby("account").sum()
    entropy = -(share * np.log2(share)).groupby("account").sum()
    same(probes, "requests.topic, entropy", entropy)
    coding = requests["model"].eq("steady-3").groupby(requests["account"]).mean()
    same(probes, "requests.model, share of steady-3", coding)


def test_by_time(probes, requests):
    by = requests.groupby("account")["time"]
    ms = requests["time"].dt.as_unit("ms").astype(np.int64)
    same(probes, "requests.time, first", ms.groupby(requests["account"]).min())
    same(probes, "requests.time, last", ms.groupby(requests["account"]).max())
    night = (requests["time"].dt.hour < 6).groupby(requests["account"]).mean()
    same(probes, "requests.time, mean at night", night)
    weekend = (requests["time"].dt.day_of_week > 4).groupby(requests["account"]).mean()
    same(probes, "requests.time, mean at the weekend", weekend)
    gaps = requests.sort_values("time").groupby("account")["time"].diff()
    mean = (gaps / pd.Timedelta("1ms")).groupby(requests.sort_values("time")["account"]).mean()
    same(probes, "requests.time, mean gap", mean)
    assert by.size().sum() == len(requests)


def test_the_most_common_gap(probes, requests):
    rows = requests.sort_values(["account", "time"]).reset_index(drop=True)
    gap = rows.groupby("account")["time"].diff().dropna() // pd.Timedelta("1s")
    by = gap.groupby(rows["account"])
    same(probes, "requests.time, most common gap, in whole seconds",
         by.agg(lambda g: g.mode().min()))  # fmt: skip
    same(probes, "requests.time, share of the most common gap",
         by.agg(lambda g: g.value_counts(normalize=True).max()))  # fmt: skip


def test_by_day_and_hour(probes, requests):
    days = requests.groupby(["account", "day"])
    same(probes, "requests.time, rows, day max", days.size().groupby("account").max())
    same(probes, "requests.session, distinct, day mean",
         days["session"].nunique().groupby("account").mean())  # fmt: skip
    hours = requests.groupby(["account", "hour"])
    same(probes, "requests.time, rows, hour max", hours.size().groupby("account").max())
    same(probes, "requests.input_tokens, total, hour max",
         hours["input_tokens"].sum().groupby("account").max())  # fmt: skip


def test_by_shared_entity(probes, requests, world):
    users = requests.groupby("address")["account"].nunique()
    pairs = requests[["account", "address"]].drop_duplicates()
    shared = pairs["address"].map(users).groupby(pairs["account"])
    same(probes, "requests.address, accounts sharing a value, mean", shared.mean())
    same(probes, "requests.address, accounts sharing a value, max", shared.max())
    length = requests.groupby("address")["output_tokens"].mean()
    mean = pairs["address"].map(length).groupby(pairs["account"]).mean()
    same(probes, "requests.address, mean of output_tokens, over all who share it", mean)
    kind = pd.read_parquet(world / "addresses.parquet").set_index("address")["kind"]
    mobile = requests["address"].map(kind.astype(str)).eq("residential")
    same(probes, "requests.address.kind, share of residential",
         mobile.groupby(requests["account"]).mean())  # fmt: skip


def test_activity_counts(probes, world):
    rows = pd.concat(pd.read_parquet(p) for p in sorted((world / "activity").glob("*.parquet")))
    logins = rows["kind"].eq("login").groupby(rows["account"]).sum()
    same(probes, "activity.kind, rows with login", logins)
    charged = rows.groupby("account")["amount"].agg(lambda v: v.sum(min_count=1))
    same(probes, "activity.amount, total", charged)
    same(probes, "activity.card, distinct", rows.dropna(subset="card").groupby("account")["card"]
         .nunique())  # fmt: skip


def test_signup(probes, world):
    accounts = pd.read_parquet(world / "accounts.parquet").set_index("account")
    sharing = accounts["device"].map(accounts["device"].value_counts())
    same(probes, "accounts.device, accounts sharing it", sharing)
    same(probes, "accounts.phone, presence", accounts["phone"].notna())
    same(probes, "accounts.created, hour of the day", accounts["created"].dt.hour)
    domains = pd.read_parquet(world / "mailboxes.parquet").set_index("mailbox")["domain"]
    domain = accounts["mailbox"].map(domains)
    same(probes, "accounts.mailbox.domain, accounts sharing it", domain.map(domain.value_counts()))
    same(probes, "accounts.mailbox.domain, length", domain.str.len())
