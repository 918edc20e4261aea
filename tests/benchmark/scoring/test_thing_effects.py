"""Effects of acting on things, against a slow account of every request."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.scoring.findings_store import THINGS
from shamcrowd.benchmark.scoring.thing_effects import thing_effects
from shamcrowd.benchmark.scoring.truth_arrays import open_truth
from shamcrowd.recording.truth import Truth


def table(rows):
    columns = zip(*rows, strict=True)
    return pa.table(
        [pa.array(c, f.type) for c, f in zip(columns, THINGS, strict=True)], schema=THINGS
    )


@pytest.fixture(scope="module")
def world(small):
    """The truth, every served request with what it goes through, and what accounts have used."""
    truth = open_truth(small)
    parts = []
    for path, flags in Truth(small).request_files():
        rows = pq.read_table(path, partitioning=None).to_pandas()
        rows["abusive"] = pq.read_table(flags, partitioning=None).to_pandas()["abusive"]
        parts.append(rows[rows["status"] == 200])
    asked = pd.concat(parts)
    about = pq.read_table(small / "addresses.parquet").to_pandas().set_index("address")
    asked["block"] = asked["address"].map(about["prefix"])
    asked["network"] = asked["address"].map(about["asn"])
    asked["tokens"] = asked["input_tokens"] + asked["output_tokens"]
    asked["interval"] = intervals(truth, asked)
    accounts = pq.read_table(small / "accounts.parquet").to_pandas()
    boxes = pq.read_table(small / "mailboxes.parquet").to_pandas().set_index("mailbox")
    cards = pq.read_table(small / "cards.parquet").to_pandas().set_index("card")
    acted = pd.concat(
        pq.read_table(p, partitioning=None).to_pandas() for p in sorted(small.glob("activity*/*"))
    )
    used = pd.concat([
        accounts.assign(time=accounts["created"], kind="device", name=accounts["device"]),
        accounts.assign(time=accounts["created"], kind="mail-domain",
                        name=accounts["mailbox"].map(boxes["domain"])),
        acted[acted["device"].notna()].assign(kind="device", name=lambda d: d["device"]),
        acted[acted["card"].notna()].assign(kind="card", name=lambda d: d["card"]),
        acted[acted["card"].notna()].assign(
            kind="bin", name=lambda d: d["card"].astype(int).map(cards["bin"])),
    ])[["account", "time", "kind", "name"]]  # fmt: skip
    ids = used["kind"].isin(["device", "card"])
    used["name"] = [str(int(n)) if i else str(n) for n, i in zip(used["name"], ids, strict=True)]
    used["interval"] = intervals(truth, used)
    return truth, asked, used


def intervals(truth, frame):
    per_ms = {"ns": 10**6, "us": 10**3, "ms": 1}[frame["time"].dt.unit]
    return np.searchsorted(truth.reviews, frame["time"].astype("int64") // per_ms)


def slow(truth, asked, used, things):
    """The largest score of each request, one thing and one request at a time."""
    best = np.full(len(asked), -np.inf)
    for review, kind, name, score in things:
        if kind in ("device", "card", "bin", "mail-domain"):
            own = used[(used["kind"] == kind) & (used["name"] == name)]
            since = own.groupby("account")["interval"].min()
            from_then = asked["account"].map(since).fillna(10**9).to_numpy()
            hit = asked["interval"].to_numpy() >= from_then
        elif kind == "template":
            hit = np.array([bin(int(s) ^ int(name)).count("1") <= 4 for s in asked["sketch"]])
        else:
            hit = (asked[kind].astype(str) == name).to_numpy()
        hit = hit & (asked["interval"] > review).to_numpy()
        best[hit] = np.maximum(best[hit], score)
    return best


def some_things(asked, used, rng):
    """Two things of each kind that are much used, one of them named again with a higher score."""
    names = []
    for kind in ("address", "block", "network", "client", "key", "template"):
        column = "sketch" if kind == "template" else kind
        names += [(kind, str(name)) for name in asked[column].value_counts().index[[0, 5]]]
    for kind in ("device", "card", "bin", "mail-domain"):
        there = used[used["kind"] == kind]["name"].value_counts().index[[0, 1]]
        names += [(kind, name) for name in there]
    found = [(int(rng.integers(3)), *one, float(rng.integers(9))) for one in names]
    again = found[0]
    return [*found, (5, again[1], again[2], 20.0), (0, "bin", "no such", 30.0)]


@pytest.mark.parametrize("seed", [0, 1])
def test_against_every_request(small, world, seed):
    truth, asked, used = world
    things = some_things(asked, used, np.random.default_rng(seed))
    found = thing_effects(small, truth, table(things))
    best = slow(truth, asked, used, things)
    hurt = pd.Series(best).groupby(asked["account"].to_numpy()).max()
    expected = hurt.reindex(truth.account, fill_value=-np.inf)
    assert found.hurt.tolist() == expected.tolist()
    assert np.isfinite(found.hurt).any()
    abusive = asked["abusive"].to_numpy() & np.isin(asked["account"], truth.account)
    tokens = asked["tokens"].to_numpy()[abusive]
    for threshold in (-1.0, 3.0, 7.0, 20.0):
        stopped = tokens[best[abusive] > threshold].sum() / tokens.sum()
        assert found.stopped(threshold) == pytest.approx(stopped)


@pytest.mark.parametrize("kind", ["address", "block", "key", "template", "device", "bin"])
def test_each_kind_alone(small, world, kind):
    truth, asked, used = world
    things = [t for t in some_things(asked, used, np.random.default_rng(3)) if t[1] == kind]
    found = thing_effects(small, truth, table(things))
    best = slow(truth, asked, used, things)
    hurt = pd.Series(best).groupby(asked["account"].to_numpy()).max()
    assert found.hurt.tolist() == hurt.reindex(truth.account, fill_value=-np.inf).tolist()


def test_named_at_the_last_review_stops_nothing_before_it(small, world):
    truth, asked, _ = world
    busiest = str(asked["network"].value_counts().index[0])
    last = len(truth.reviews) - 1
    found = thing_effects(small, truth, table([(last, "network", busiest, 1.0)]))
    after = asked[asked["interval"] > last]
    assert np.isfinite(found.hurt).sum() <= after["account"].nunique()
    assert found.stopped(0.0) == 0.0 or len(after)


def test_a_name_that_is_no_id_is_nobody(small, world):
    truth = world[0]
    odd = [(0, "address", "x", 1.0), (0, "template", "-3", 1.0), (0, "template", "9" * 30, 1.0)]
    found = thing_effects(small, truth, table(odd))
    assert not np.isfinite(found.hurt).any()
    assert found.stopped(0.0) == 0.0
