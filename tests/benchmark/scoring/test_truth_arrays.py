"""The truth as arrays, against the tables of a recording read plainly with pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.scoring.truth_arrays import HONEST, open_truth
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.truth import Truth
from tests.recordings import change_json


@pytest.fixture(scope="module")
def folder(small_run):
    return small_run.folder / "recordings" / "seed-1"


@pytest.fixture(scope="module")
def arrays(folder):
    return open_truth(folder)


@pytest.fixture(scope="module")
def truth(folder):
    created = pd.read_parquet(folder / "accounts.parquet", columns=["account", "created"])
    return Truth(folder).accounts().merge(created, on="account").sort_values("account")


def test_accounts_opened_by_the_last_review_sorted(arrays, truth):
    last = pd.Timestamp(int(arrays.reviews[-1]), unit="ms", tz="UTC")
    assert arrays.account.tolist() == truth.loc[truth["created"] <= last, "account"].tolist()


def test_who_is_who(arrays, truth):
    truth = truth.set_index("account").loc[arrays.account]
    campaign = [arrays.campaigns[c] if c != HONEST else None for c in arrays.campaign]
    assert campaign == [c if isinstance(c, str) else None for c in truth["campaign"]]
    assert arrays.sham.tolist() == truth["campaign"].notna().tolist()
    assert arrays.prevalence == pytest.approx(truth["campaign"].notna().mean())
    segment = [arrays.segments[s] if s != HONEST else None for s in arrays.segment]
    assert segment == [s if isinstance(s, str) else None for s in truth["segment"]]
    of_campaign = dict(zip(arrays.campaigns, arrays.tactics, strict=True))
    shams = truth.dropna(subset=["campaign"])
    assert of_campaign == dict(
        zip(shams["campaign"].astype(str), shams["tactic"].astype(str), strict=True)
    )
    since = pd.to_datetime(arrays.sham_from[arrays.sham], unit="ms", utc=True)
    assert (since == pd.DatetimeIndex(shams["sham_from"])).all()


@pytest.fixture(scope="module")
def abusive(folder):
    """Every served abusive request, one row each."""
    parts = []
    for path, flags in Truth(folder).request_files():
        rows = pq.read_table(path, partitioning=None).to_pandas()
        rows["abusive"] = pq.read_table(flags, partitioning=None).to_pandas()["abusive"]
        parts.append(rows)
    rows = pd.concat(parts)
    rows = rows[rows["abusive"] & (rows["status"] == 200)]
    rows["ms"] = rows["time"].to_numpy("datetime64[ms]").astype(np.int64)
    rows["tokens"] = rows["input_tokens"] + rows["output_tokens"]
    return rows


def test_abuse_by_account_and_interval(arrays, abusive):
    # A request at exactly a review's moment is known to that review, so it belongs before it.
    abusive["review"] = [int((arrays.reviews < ms).sum()) for ms in abusive["ms"]]
    expected = abusive.groupby(["account", "review"])["tokens"].agg(["count", "sum"])
    found = pd.DataFrame(
        {"count": arrays.abuse_requests, "sum": arrays.abuse_tokens},
        index=[arrays.account[arrays.abuse_index], arrays.abuse_review],
    )
    assert len(found) > 20
    assert found.index.tolist() == expected.index.tolist()
    assert found.to_numpy().tolist() == expected.to_numpy().tolist()


def test_first_abuse(arrays, abusive):
    expected = abusive.groupby("account")["ms"].min().reindex(arrays.account, fill_value=-1)
    assert arrays.first_abuse.tolist() == expected.tolist()


def test_a_request_at_exactly_the_review_belongs_before_it(run_copy, abusive):
    folder = run_copy / "recordings" / "seed-1"
    first = abusive.sort_values("ms").iloc[0]
    moment = int(first["ms"])
    change_json(
        folder / "manifest.json",
        lambda data: data.update(reviews=[moment, *(r for r in data["reviews"] if r > moment)]),
    )
    changed = open_truth(folder)
    before = changed.account[changed.abuse_index[changed.abuse_review == 0]]
    assert before.tolist() == [first["account"]]


def test_no_recording(tmp_path):
    with pytest.raises(RecordingError):
        open_truth(tmp_path)
