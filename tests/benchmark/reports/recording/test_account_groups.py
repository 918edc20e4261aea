"""Who is who: names, kinds, descriptions, and accounts that change sides."""

from __future__ import annotations

import shutil

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.reports.recording.account_groups import read_groups
from shamcrowd.benchmark.reports.recording.traffic_counts import count_traffic
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.truth_schema import TRUTH_ACCOUNTS
from tests.recordings import accept


def test_names_kinds_and_order(odd):
    groups = read_groups(Truth(odd)).groups
    assert [g.sham for g in groups] == [False] * 2 + [True] * 6
    assert [g.name for g in groups[:2]] == ["people-of-the-north-and-of-the-far-south", "lonely"]
    assert [g.kind for g in groups[:2]] == ["casual", "batch"]
    starts = [g.phases[0].time for g in groups[2:]]
    assert starts == sorted(starts)


def test_descriptions_come_from_the_code(quickstart):
    hydra = next(g for g in read_groups(Truth(quickstart)).groups if g.name == "hydra")
    assert hydra.about.startswith("Wide-thin distillation")
    assert hydra.longer.startswith("Distillation by many accounts")
    assert all(g.about for g in read_groups(Truth(quickstart)).groups)


@pytest.fixture
def hijacked(small, tmp_path):
    """The busiest legitimate account is taken over half-way through, for a day."""
    folder = tmp_path / "hijacked"
    shutil.copytree(small, folder)
    truth = Truth(folder)
    rows = truth.accounts()
    requests = pd.read_parquet(folder / "requests", columns=["time", "account"])
    legitimate = rows.loc[rows["campaign"].isna(), "account"]
    victim = requests.loc[requests["account"].isin(legitimate), "account"].value_counts().index[0]
    times = requests.loc[requests["account"] == victim, "time"]
    since = times.sort_values().iloc[len(times) // 2]
    until = since + pd.Timedelta("1D")
    row = rows["account"] == victim
    for column, value in (("campaign", "hydra"), ("tactic", "hydra"), ("role", "victim")):
        rows[column] = rows[column].astype(object)
        rows.loc[row, column] = value
    for column, value in (("sham_from", since), ("sham_until", until)):
        rows.loc[row, column] = value.as_unit("ms")
    table = pa.Table.from_pandas(rows, TRUTH_ACCOUNTS.schema, preserve_index=False)
    pq.write_table(table, folder / "truth" / "accounts.parquet")
    accept(folder)
    return folder, victim, int(((times >= since) & (times < until)).sum()), len(times)


def test_a_hijacked_account_changes_sides_and_back(small, hijacked):
    folder, victim, abused, total = hijacked
    assert 0 < abused < total
    before, after = Truth(small), Truth(folder)
    were, are = read_groups(before), read_groups(after)
    place = int(are.places(np.array([victim]))[0])
    assert are.is_sham[place]
    assert are.honest[place] != are.sham[place]
    old, new = count_traffic(before, were), count_traffic(after, are)
    of = [g.name for g in were.groups]
    assert [g.name for g in are.groups] == of
    home = of[int(are.honest[place])]
    moved = dict(zip(of, (new.requests - old.requests).tolist(), strict=True))
    assert moved["hydra"] == abused
    assert moved[home] == -abused
    assert new.totals[2 * place + 1] == abused
    assert new.totals[2 * place] == total - abused
    assert new.requests.sum() == old.requests.sum()
