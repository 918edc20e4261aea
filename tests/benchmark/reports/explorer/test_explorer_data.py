"""The page holds the recording and the findings, whole or as an even sample, and nothing else."""

from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.reports.explorer.explored_folder import explored
from shamcrowd.benchmark.reports.explorer.explorer_page import write_explorer
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.recording.truth import Truth
from tests.benchmark.reports.explorer.conftest import Page


@pytest.fixture(scope="module")
def truth(small_run):
    return Truth(small_run.folder / "recordings" / "seed-1")


def test_every_request_is_there(explorer, truth):
    table = pq.read_table(truth.folder / "requests").to_pandas()
    flags = pq.read_table(truth.folder / "truth" / "requests").to_pandas()
    table = table.merge(flags, on="request").sort_values(["account", "time"], kind="stable")
    held, about = explorer.columns, explorer.about
    assert about["share"] == 1
    assert len(held["request.time"]) == len(table) == about["held"]
    ids = np.repeat(held["account.id"], np.diff(held["request.begin"]))
    assert np.array_equal(ids, table["account"])
    times = table["time"].astype("int64").to_numpy() - about["start"]
    assert np.array_equal(held["request.time"], times)
    assert np.array_equal(held["addresses.id"][held["request.address"]], table["address"])
    models = np.array(about["request"]["names"]["model"], object)
    assert np.array_equal(models[held["request.model"]], table["model"].astype(object))
    flag = np.unpackbits(held["truth.flag"], bitorder="little")[: len(table)]
    assert np.array_equal(flag, table["abusive"])


def test_findings_are_those_of_the_run(explorer, small_run):
    for n, one in enumerate(explorer.about["detectors"]):
        saved = SavedFindings.read(small_run.folder / "findings" / "seed-1" / one["name"])
        held = {k.split(".", 2)[2]: v for k, v in explorer.columns.items()
                if k.startswith(f"detector.{n}.")}  # fmt: skip
        assert np.array_equal(held["score"], saved.score)
        assert np.array_equal(held["cluster"], saved.cluster)
        said = [one["reasons"][code] if code >= 0 else "" for code in held["reason"]]
        assert said == saved.reason
        flagged = saved.first_over(one["threshold"]) if one["threshold"] is not None else []
        first = [
            next((held["review"][i] for i in range(held["begin"][a], held["begin"][a + 1])
                  if one["threshold"] is not None and held["rise"][i] > one["threshold"]), None)
            for a in range(len(saved.account))
        ]  # fmt: skip
        assert [f is not None for f in first] == [f < 2**31 for f in flagged]
    names = {one["name"] for one in explorer.about["detectors"]}
    assert {"velocity", "shared-resources", "volume-only"} <= names
    assert not {"oracle", "noisy-oracle"} & names


def test_without_truth_nothing_tells_it(small_run, truth, tmp_path):
    path = tmp_path / "sealed.html"
    write_explorer(explored(small_run.folder), path, with_truth=False)
    page = Page(path)
    resolved = truth.manifest.resolved
    assert page.about["truth"] is None
    assert not [name for name in page.columns if name.startswith("truth")]
    telling = [*resolved["campaigns"], truth.manifest.scenario, resolved["title"], "abusive",
               "sham_from", "hydra", "credit-farm", "oracle"]  # fmt: skip
    data = page.html.split("<script>")[0] + page.json
    assert [word for word in telling if word in data] == []
    assert page.about["seed"] is None
    # What is left is the same log.
    assert page.about["held"] == truth.manifest.rows["requests"]


def test_a_sample_is_even_and_says_so(small_run, truth, explorer, tmp_path):
    path = tmp_path / "sample.html"
    write_explorer(explored(small_run.folder), path, most=3000)
    held, about = Page(path).columns, Page(path).about
    assert about["share"] == 3000 / truth.manifest.rows["requests"]
    assert abs(about["held"] - 3000) < 300
    # Counts by account are of all requests.
    for name in ("account.requests", "account.tokens", "truth.abusive"):
        assert np.array_equal(held[name], explorer.columns[name])
    flag = np.unpackbits(held["truth.flag"], bitorder="little")[: about["held"]].mean()
    whole = explorer.columns["truth.abusive"].sum() / explorer.about["held"]
    assert abs(flag - whole) < 4 * (whole * (1 - whole) / about["held"]) ** 0.5


def test_an_imported_log_has_one_too(gateway_log, tmp_path):
    path = tmp_path / "log.html"
    write_explorer(explored(gateway_log[0]), path)
    page = Page(path)
    assert page.about["truth"] is None
    assert page.about["held"] == 36 * 2 * 12
    assert "client" in page.about["missing"]["requests"]
    assert "addresses" in page.about["entity"]


def test_same_recording_same_page(explorer, small_run, tmp_path):
    path = tmp_path / "again.html"
    write_explorer(explored(small_run.folder), path)
    assert path.read_text("utf-8") == explorer.html


def test_it_fetches_nothing(explorer):
    head = explorer.html.split("<script>")[0]
    assert "default-src 'none'" in head
    assert not [word for word in ("src=", "<link", "@import", "url(") if word in head]
