"""Campaigns injected into a background, simulated and imported."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from shamcrowd.benchmark.own_logs.detect import detect
from shamcrowd.benchmark.own_logs.inject.background import LogTables
from shamcrowd.benchmark.own_logs.inject.injecting import inject
from shamcrowd.benchmark.own_logs.inject.merging import UNLABELLED
from shamcrowd.benchmark.scoring.truth_arrays import open_truth
from shamcrowd.recording.errors import RecordingError, UsageError
from shamcrowd.recording.imports.export import export_log
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import open_log
from tests.recordings import recorded

SCALE = 0.15


@pytest.fixture(scope="module")
def calm() -> Path:
    return recorded("calm-v2", 4, scale=SCALE)


@pytest.fixture(scope="module")
def injected(calm: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("injected") / "rec"
    inject("quickstart-v2", calm, out, seed=7, scale=SCALE)
    return out


@pytest.fixture(scope="module")
def gateway(calm: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The background as a gateway logs it: no sign-ups, devices, cards, phones or events."""
    folder = tmp_path_factory.mktemp("gateway")
    mapping = read_mapping(shipped()["litellm-spend-logs"])
    export_log(open_log(calm), mapping, folder / "a.jsonl")
    import_log([str(folder / "a.jsonl")], mapping, folder / "rec", b"k" * 32)
    return folder / "rec"


@pytest.fixture(scope="module")
def in_gateway(gateway: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("injected") / "rec"
    inject("quickstart-v2", gateway, out, seed=7, scale=SCALE)
    return out


def shams(folder: Path) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    rows = Truth(folder).accounts()
    found: np.ndarray[tuple[int], np.dtype[np.int64]] = rows.loc[
        rows["campaign"].notna(), "account"
    ].to_numpy(np.int64)
    return found


def test_the_background_s_rows_stay_as_they_are(calm: Path, injected: Path) -> None:
    before, after = LogTables.open(calm), LogTables.open(injected)
    own = shams(injected)
    for name in ("accounts", "requests", "activity"):
        old, new = before.frame(name), after.frame(name)
        kept = new[~new["account"].isin(own)].reset_index(drop=True)
        # An account may do two things at one moment: their order says nothing.
        keys = list(old.columns[:3])
        one, other = (
            frame.sort_values(keys, ignore_index=True, key=lambda column: column.astype(str))
            for frame in (kept, old)
        )
        pd.testing.assert_frame_equal(one, other)
    for name in ("addresses", "devices", "clients", "cards", "phones", "mailboxes"):
        old, new = (log.frame(name).set_index(TABLES[name].names[0]) for log in (before, after))
        columns = [c for c in old.columns if c != "first_seen"]
        pd.testing.assert_frame_equal(new.loc[old.index, columns], old[columns])
        assert (new.loc[old.index, "first_seen"] <= old["first_seen"]).all()


def test_the_truth_holds_the_injected_alone(calm: Path, injected: Path) -> None:
    rows = Truth(injected).accounts().set_index("account")
    background = LogTables.open(calm).arrow("accounts", ["account"])["account"].to_numpy()
    assert set(rows.loc[background, "segment"]) == {UNLABELLED}
    assert rows.loc[background, "campaign"].isna().all()
    assert set(rows.loc[shams(injected), "campaign"]) <= {"hydra", "credit-farm"}
    truth = open_truth(injected)
    assert truth.sham.sum() == len(shams(injected)) == Manifest.read(injected).injected["accounts"]
    assert truth.abuse_tokens.sum() > 0
    flags = pa.concat_tables([
        pa.table({"account": LogTables.open(injected).arrow("requests", ["account"])["account"]})
    ])  # fmt: skip
    assert len(flags) == Manifest.read(injected).rows["truth/requests"]


def test_every_id_resolves_and_no_two_requests_have_one(injected: Path, in_gateway: Path) -> None:
    for folder in (injected, in_gateway):
        log = LogTables.open(folder)
        requests = log.frame("requests")
        assert requests["request"].is_unique
        assert requests["account"].isin(log.frame("accounts")["account"]).all()
        for column, table in (("address", "addresses"), ("client", "clients")):
            assert requests[column].isin(log.frame(table)[column]).all(), (folder, column)
        accounts = log.frame("accounts")
        assert accounts["device"].isin(log.frame("devices")["device"]).all()
        assert accounts["mailbox"].isin(log.frame("mailboxes")["mailbox"]).all()


def test_values_are_those_of_the_background(
    calm: Path, injected: Path, gateway: Path, in_gateway: Path
) -> None:
    for before, after in ((calm, injected), (gateway, in_gateway)):
        one, other = LogTables.open(before), LogTables.open(after)
        for name, table in TABLES.items():
            for column in table.columns:
                if pa.types.is_dictionary(column.type):
                    old, new = (set(log.frame(name, [column.name])[column.name].dropna())
                                for log in (one, other))  # fmt: skip
                    assert new <= old, (after, name, column.name)
        assert set(other.sample["model"]) <= set(one.models)


def test_what_the_background_does_not_record_is_not_recorded_of_the_injected(
    gateway: Path, in_gateway: Path
) -> None:
    log, own = LogTables.open(in_gateway), shams(in_gateway)
    manifest = Manifest.read(in_gateway)
    assert manifest.not_recorded == Manifest.read(gateway).not_recorded
    assert not manifest.synthetic
    accounts = log.frame("accounts").set_index("account").loc[own]
    assert accounts["phone"].isna().all()
    assert accounts["device"].is_unique
    assert (accounts["plan"] == "unknown").all()
    assert accounts["display_name"].str.startswith("unknown-").all()
    requests = log.frame("requests")
    mine = requests[requests["account"].isin(own)]
    first = mine.groupby("account")["time"].min()
    assert (accounts["created"] == first.reindex(accounts.index)).all()
    # What an import makes of a prompt that was not recorded is a number of the row's own.
    for rows in (mine, requests[~requests["account"].isin(own)]):
        number = rows["request"].to_numpy(np.uint64)
        spread = rows["sketch"].to_numpy(np.uint64) == number * np.uint64(0x9E3779B97F4A7C15)
        assert spread.all()
    assert log.manifest.rows["activity"] == 0


def test_a_detector_finds_the_injected(injected: Path) -> None:
    found = detect(injected, ["shared-resources"]).detected[0].findings
    assert found is not None
    sham = np.isin(found.account, shams(injected))
    order = np.argsort(-found.score, kind="stable")
    assert sham[order][: int(sham.sum())].mean() > 3 * sham.mean()


def test_the_same_inputs_give_the_same_bytes(calm: Path, injected: Path, tmp_path: Path) -> None:
    again = inject("quickstart-v2", calm, tmp_path / "rec", seed=7, scale=SCALE)
    assert again.files == Manifest.read(injected).files
    other = inject("quickstart-v2", calm, tmp_path / "rec", seed=8, scale=SCALE)
    assert other.files != again.files


def test_the_manifest_says_what_was_fitted(injected: Path) -> None:
    held = Manifest.read(injected).injected
    assert held["background_scenario"] == "calm-v2"
    assert set(held["fitted"]["lengths"]) == {"input_tokens", "output_tokens", "duration"}
    assert sum(held["campaigns"].values()) == held["accounts"]


def test_what_cannot_be_injected(calm: Path, injected: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(UsageError, match="has injected campaigns already"):
        inject("quickstart-v2", injected, out, scale=SCALE)
    with pytest.raises(UsageError, match="the background itself"):
        inject("quickstart-v2", calm, calm, scale=SCALE)
    with pytest.raises(UsageError, match="takes over accounts of legitimate users"):
        inject("leaked-keys-v2", calm, out, scale=SCALE)
    with pytest.raises(UsageError, match="no campaign"):
        inject("calm-v2", calm, out, scale=SCALE)
    with pytest.raises(RecordingError):
        inject("quickstart-v2", tmp_path, out)
    shutil.copytree(calm, tmp_path / "rec")
    with (tmp_path / "rec/accounts.parquet").open("ab") as file:
        file.write(b"more")
    with pytest.raises(RecordingError, match="changed since it was written"):
        inject("quickstart-v2", tmp_path / "rec", out)
    assert not out.exists()


def test_times_are_as_fine_as_the_background_s(calm: Path, tmp_path: Path) -> None:
    """A gateway that logs whole seconds."""
    rows = LogTables.open(calm).frame("requests", ["time", "account", "input_tokens"])
    rows = rows.assign(time=rows["time"] // 1000, account=rows["account"].astype(str))
    lines = rows.rename(columns={"time": "created_at", "account": "user_id",
                                 "input_tokens": "prompt_tokens"})  # fmt: skip
    lines = lines.assign(type=2, model_name="gpt", completion_tokens=7)
    lines.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
    mapping = read_mapping(shipped()["new-api"])
    import_log([str(tmp_path / "a.jsonl")], mapping, tmp_path / "bg", b"k" * 32)
    manifest = inject("quickstart-v2", tmp_path / "bg", tmp_path / "rec", seed=7, scale=SCALE)
    assert manifest.injected["fitted"]["resolution"] == 1000
    sample = LogTables.open(tmp_path / "rec").sample
    assert not (sample["time"] % 1000).any()
    assert set(sample["model"]) == {"gpt"}
    assert (manifest.end - manifest.start) % MS_PER_DAY == 0
