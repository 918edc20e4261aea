"""The dossier of a group: every number is what its query gives, and the truth is not needed."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.own_logs.detect import detect
from shamcrowd.benchmark.own_logs.explain.dossier import explain
from shamcrowd.benchmark.own_logs.explain.findings import Said, of_detection
from shamcrowd.benchmark.own_logs.explain.growing import GrowthRule
from shamcrowd.benchmark.own_logs.explain.model import Dossier
from shamcrowd.benchmark.own_logs.explain.queries import FINDINGS, Questions
from shamcrowd.benchmark.own_logs.explain.said import REASONS
from shamcrowd.benchmark.reports.dossier.formats import as_json
from shamcrowd.recording.errors import RecordingError, UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import MS_PER_DAY

Gateway = tuple[Path, dict[str, int]]


@pytest.fixture(scope="module")
def said(quickstart: Path) -> Said:
    return of_detection(detect(quickstart, ["shared-resources", "velocity", "boosted-trees"]))


@pytest.fixture(scope="module")
def sham(quickstart: Path) -> int:
    truth = pd.read_parquet(quickstart / "truth/accounts.parquet")
    return int(truth.loc[truth["campaign"] == "hydra", "account"].iloc[0])


@pytest.fixture(scope="module")
def dossier(quickstart: Path, said: Said, sham: int) -> Dossier:
    return explain(quickstart, str(sham), said=said)


def queries(data: Any) -> list[tuple[str, list[list[Any]]]]:
    """Every query in a dossier's data, with the rows that it is said to give."""
    found: list[tuple[str, list[list[Any]]]] = []
    if isinstance(data, dict):
        if data.get("sql"):
            found.append((data["sql"], data["rows"] if "rows" in data else [[data["value"]]]))
        for value in data.values():
            found += queries(value)
    elif isinstance(data, list):
        for value in data:
            found += queries(value)
    return found


def run_every_query(folder: Path, dossier: Dossier, said: Said, beside: Path) -> int:
    """Run all printed queries anew, from the printed data alone, and compare."""
    data = json.loads(as_json(dossier))
    pq.write_table(said.table, beside / FINDINGS)
    with Questions(folder, beside, setup=data["setup"]) as questions:
        asked = queries(data["sections"])
        for sql, rows in asked:
            again = [list(row) for row in questions.rows(sql)]
            if len(rows) == 1 and len(rows[0]) == 1:
                again = [again[0][:1]] if again else [[None]]
            assert len(again) == len(rows), sql
            for one, other in zip(again, rows, strict=True):
                assert all(map(same, one, other)), (sql, one, other)
    return len(asked)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9)
    return bool(one == other)


def test_every_number_is_what_its_query_gives(
    quickstart: Path, dossier: Dossier, said: Said, tmp_path: Path
) -> None:
    assert run_every_query(quickstart, dossier, said, tmp_path) > 60


def test_of_an_imported_log_too(gateway_log: Gateway, tmp_path: Path) -> None:
    folder, ids = gateway_log
    found = of_detection(detect(folder, ["shared-resources", "template-clusters"]))
    made = explain(folder, str(ids["crowd-0"]), said=found)
    assert run_every_query(folder, made, found, tmp_path) >= 25


def test_the_group_is_the_campaign(quickstart: Path, dossier: Dossier) -> None:
    truth = pd.read_parquet(quickstart / "truth/accounts.parquet").set_index("account")["campaign"]
    members = [int(str(row[0])) for row in dossier.section("who").listings[0].rows]
    right = int((truth.loc[members] == "hydra").sum())
    assert len(members) == dossier.accounts
    assert right >= 0.9 * len(members)
    # A part of the campaign is made with better supply and shares nothing with the rest.
    # Measured: 21 of 120.
    assert right >= 0.15 * int((truth == "hydra").sum())


def test_the_truth_is_not_read(
    quickstart: Path, dossier: Dossier, said: Said, sham: int, tmp_path: Path
) -> None:
    shutil.copytree(quickstart, tmp_path / "rec")
    shutil.rmtree(tmp_path / "rec/truth")
    assert as_json(explain(tmp_path / "rec", str(sham), said=said)) == as_json(dossier)


def test_detectors_say_what_they_said(dossier: Dossier, said: Said) -> None:
    section = dossier.section("detectors")
    rows = {str(row[0]): row for row in section.listings[0].rows}
    assert set(rows) == {"shared-resources", "velocity"}
    first = rows["shared-resources"]
    assert float(first[2] or 0) < 0.1  # Median place.
    assert str(first[4]).startswith("shared-resources-")
    assert any("boosted-trees is not applicable" in line.lower() for line in section.text)
    reasons = [row for row in section.listings[1].rows if row[0] == "shared-resources"]
    assert 1 <= len(reasons) <= REASONS
    assert int(reasons[0][2] or 0) >= 1
    assert said.cluster("shared-resources", int(str(first[4]).rsplit("-", 1)[1]))


def test_as_of_an_earlier_moment_there_is_no_later_row(quickstart: Path, sham: int) -> None:
    start = Manifest.read(quickstart).start
    whole = explain(quickstart, str(sham))
    early = explain(quickstart, str(sham), as_of=start + MS_PER_DAY + MS_PER_DAY // 2)
    assert early.accounts < whole.accounts
    assert early.everybody < whole.everybody
    last = max(str(row[0]) for row in early.section("timeline").listings[0].rows)
    assert last <= "2026-03-03"
    with pytest.raises(UsageError, match="no account was opened by then"):
        explain(quickstart, str(sham), as_of=-(10**13))


def test_what_is_not_recorded_is_said_to_be(gateway_log: Gateway) -> None:
    folder, ids = gateway_log
    made = explain(folder, str(ids["crowd-0"]))
    assert made.accounts == 6
    assert not made.synthetic
    assert made.section("timeline").text[0].startswith("Sign-ups, log-ins, payments")
    labels = [number.label for number in made.section("who").numbers]
    assert labels[2:] == ["earliest first row of an account", "latest first row of an account"]
    office = next(p for p in made.section("innocent").parts if p.name == "office")
    sides = {point.number.label: point.side for point in office.points}
    assert sides["share of the group in one organisation"] == "not recorded"
    assert office.points[0].number.sql == ""
    assert any("device" in line for line in made.section("not-recorded").text)
    assert any("no list prices" in line for line in made.section("drawn").text)


def test_list_prices_are_those_of_the_scenario_or_given(
    quickstart: Path, gateway_log: Gateway, sham: int
) -> None:
    own = explain(quickstart, str(sham)).section("drawn")
    models = Manifest.read(quickstart).played["platform"]["models"]
    paid = {str(row[0]): row for row in own.listings[0].rows}
    for model, row in paid.items():
        price = models[model]
        came, went, cached = (int(n or 0) for n in row[2:5])
        bill = (came - cached) * price["input_price"] + cached * price["cached_price"]
        bill += went * price["output_price"]
        assert float(row[5] or 0) == pytest.approx(bill / 1e6, abs=1e-6)
    assert any(row[4] for row in paid.values())
    folder, ids = gateway_log
    given = explain(folder, str(ids["crowd-0"]), prices={"m": (2.0, 5.0, 2.0)}).section("drawn")
    # Six accounts, 24 requests each, of 9 and 8 tokens.
    assert given.numbers[-1].value == pytest.approx(6 * 24 * (9 * 2.0 + 8 * 5.0) / 1e6)
    other = explain(folder, str(ids["crowd-0"]), prices={"n": (2.0, 5.0, 2.0)}).section("drawn")
    assert "There is no list price of m" in other.text[-1]


def test_a_cluster_is_taken_as_the_detector_gave_it(quickstart: Path, said: Said) -> None:
    number = said.clusters("shared-resources")[0]
    made = explain(quickstart, f"shared-resources-{number}", said=said)
    assert made.accounts == len(said.cluster("shared-resources", number))
    assert made.title == f"cluster {number} of shared-resources"
    assert len(made.section("who").listings) == 1


def test_the_same_twice(quickstart: Path, dossier: Dossier, said: Said, sham: int) -> None:
    again = explain(quickstart, str(sham), said=said)
    one, other = (json.loads(as_json(d)) for d in (dossier, again))
    assert one["setup"] == other["setup"]
    assert [sql for sql, _ in queries(one)] == [sql for sql, _ in queries(other)]


def test_no_rounds_leave_the_start(quickstart: Path, sham: int) -> None:
    made = explain(quickstart, str(sham), rule=GrowthRule(most_rounds=0))
    assert made.accounts == 1
    assert made.section("sharing").listings[0].rows == ()


def test_a_damaged_recording_is_refused(quickstart: Path, tmp_path: Path) -> None:
    shutil.copytree(quickstart, tmp_path / "rec")
    with (tmp_path / "rec/accounts.parquet").open("ab") as file:
        file.write(b"more")
    with pytest.raises(RecordingError, match="changed since it was written"):
        explain(tmp_path / "rec", "1")
    with pytest.raises(RecordingError, match="not a recording"):
        explain(tmp_path, "1")
