"""The audit as a whole: quiet on a clean world, and every planted leak is found by name."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.world_checks.audit import audit
from shamcrowd.benchmark.world_checks.audit.measure import CHANCE_BOUND, MODEL_BOUND
from shamcrowd.recording.errors import NothingToJudgeError, RecordingError
from shamcrowd.recording.schema import TABLES, Column
from tests.recordings import recorded

BOUND = 0.9
"""What the leaky recordings promise."""


def test_a_clean_world_passes(audited):
    assert audited.passed
    assert audited.failures == ()
    assert audited.verdict.startswith("audit passed: largest is ")
    assert audited.verdict.endswith("no bound is stated")
    assert audited.paired == {"hydra": "corporate"}


def test_ids_rows_and_models_of_them_are_at_chance(audited):
    rows = audited.rows
    meaningless = rows[rows["family"].isin(["id", "row", "model"])]
    assert meaningless["passed"].all()
    assert {"id", "row", "model"} == set(meaningless["family"])
    by_family = meaningless.dropna(subset=["bound"]).groupby("family")["bound"].unique()
    assert by_family["id"] == by_family["row"] == [CHANCE_BOUND]
    assert by_family["model"] == [MODEL_BOUND]


def test_every_column_of_every_table_is_looked_at(audited):
    seen = set(zip(audited.rows["table"], audited.rows["column"], strict=True))
    for table in ("accounts", "requests", "activity"):
        for column in TABLES[table].columns:
            assert (table, column.name) in seen
    for key, table in (("address", "addresses"), ("client", "clients"), ("card", "cards")):
        home = "activity" if key == "card" else "requests"
        for column in TABLES[table].columns[1:]:
            assert (home, f"{key}.{column.name}") in seen


def test_rows_are_what_they_say(audited):
    rows = audited.rows
    assert not rows.duplicated(["probe", "campaign", "against"]).any()
    assert rows["auc"].between(0, 1).all()
    assert rows.loc[rows["family"] != "model", "auc"].min() >= 0.5
    assert (rows["low"] <= rows["auc"]).all()
    assert (rows["auc"] <= rows["high"]).all()
    assert set(rows["direction"]) == {"higher", "lower"}
    assert rows[["n_sham", "n_innocent"]].min().min() >= 20
    value = rows[rows["family"] == "value"]
    assert set(value.loc[value["bound"].notna(), "against"]) == {"everyone", "corporate"}
    assert {t.against for t in audited.too_few} == {"agentic", "batch"}


def _ids_with_a_prefix(plant):
    """Sham mailboxes are numbered last."""
    held = sorted(plant.held("mailbox"))
    new = {old: 2_147_480_000 + n for n, old in enumerate(held)}
    plant.renumber("mailbox", ("accounts", "mailboxes"), new)


def _ids_with_an_ending(plant):
    """Sham phones end in 7."""
    new = {old: old // 10 * 10 + 7 for old in plant.held("phone")}
    plant.renumber("phone", ("accounts", "phones", "activity"), new)


def _ids_in_a_band(plant):
    """Sham mailboxes are numbered in a narrow band in the middle."""
    held = sorted(plant.held("mailbox"))
    new = {old: 1_050_000_000 + 1000 * n for n, old in enumerate(held)}
    plant.renumber("mailbox", ("accounts", "mailboxes"), new)


def _one_client(plant):
    """Sham requests all come from one rare client, which honest accounts use too."""
    requests = pd.concat(pd.read_parquet(p) for p in plant.files("requests"))
    honest = requests[~requests["account"].isin(plant.shams)]
    users = honest.groupby("client")["account"].nunique()
    constant = int(users[users >= 2].idxmin())

    def changed(rows, sham):
        return plant.put(rows, "client", np.where(sham, constant, rows.column("client").to_numpy()))

    plant.change("requests", changed)


def _no_device(plant):
    """The device was never logged for a sham."""

    def changed(rows, sham):
        device = rows.column("device").to_pylist()
        gone = [None if s else d for d, s in zip(device, sham, strict=True)]
        return plant.put(rows, "device", gone)

    plant.change("activity", changed)


def _whole_seconds(plant):
    """Shams were opened on whole seconds."""

    def changed(rows, sham):
        time = rows.column("created").cast(pa.int64()).to_numpy()
        return plant.put(rows, "created", np.where(sham, time // 1000 * 1000, time))

    plant.change("accounts", changed)


def _sorted_by_creation(plant):
    """The accounts file is in the order of sign-up, not of ids."""
    plant.change("accounts", lambda rows, sham: rows.sort_by("created"))


def _rows_at_the_end(plant):
    """Sham phones stand at the end of their file."""
    held = plant.held("phone")

    def changed(rows, sham):
        last = np.isin(rows.column("phone").to_numpy(), list(held))
        return rows.take(pa.array(np.argsort(last, kind="stable")))

    plant.change("phones", changed)


def _files_of_their_own(plant):
    """Sham requests are stored apart."""
    for path in plant.files("requests"):
        rows = pq.read_table(path, partitioning=None)
        sham = np.isin(rows.column("account").to_numpy(), list(plant.shams))
        pq.write_table(rows.filter(pa.array(~sham)), path)
        apart = path.with_name(path.name.replace("-000", "-001"))
        pq.write_table(rows.filter(pa.array(sham)), apart)


def _the_same_length(plant):
    """Sham answers all have the length that is usual anyway."""
    requests = pd.concat(pd.read_parquet(p) for p in plant.files("requests"))
    usual = int(requests["output_tokens"].median())

    def changed(rows, sham):
        length = np.where(sham, usual, rows.column("output_tokens").to_numpy())
        return plant.put(rows, "output_tokens", length)

    plant.change("requests", changed)


LEAKS = [
    {
        _ids_with_a_prefix: "accounts.mailbox, order of ids",
        _ids_with_an_ending: "accounts.phone, how common its last digit is",
        _one_client: "requests.client, share of ",
        _no_device: "activity.device, presence",
        _whole_seconds: "accounts.created, on a whole second",
        _the_same_length: "requests.output_tokens, spread",
    },
    {
        _ids_in_a_band: "mailboxes.mailbox, model of ids and rows",
        _sorted_by_creation: "accounts.account, row in the file",
        _rows_at_the_end: "phones.phone, row in the file",
        _files_of_their_own: "requests.account, share of rows in files 001",
    },
]
"""Leaks that are planted together, and the name by which each must be found."""


@pytest.fixture(scope="module", params=LEAKS, ids=["values", "rows"])
def leaky(request, new_plant):
    plant = new_plant()
    plant.promise({"bound": BOUND})
    for leak in request.param:
        leak(plant)
    return request.param, audit(plant.folder)


def test_planted_leaks_are_found_by_name(leaky, audited):
    leaks, found = leaky
    assert not found.passed
    assert found.verdict.startswith("audit failed: ")
    for name in leaks.values():
        told = [f for f in found.failures if f.probe.startswith(name)]
        assert told, name
        best = told[0]
        assert best.low > best.bound
        assert (best.campaign, len(best.lowest), len(best.highest)) == ("hydra", 3, 3)
        if best.auc > 0.99:
            assert "hydra worker" in {p.persona for p in best.lowest + best.highest}
        # It was not there before it was planted.
        before = audited.rows[audited.rows["probe"].str.startswith(name)]
        assert (before["low"][before["against"] == "everyone"] <= best.bound).all()


def test_only_bounds_that_were_stated_are_held(leaky):
    _, found = leaky
    rows = found.rows.set_index(["family", "against"])["bound"].to_dict()
    assert rows["value", "everyone"] == rows["presence", "everyone"] == BOUND
    assert np.isnan(rows["value", "corporate"])
    assert {f.against for f in found.failures if f.bound == BOUND} == {"everyone"}
    assert len({f.probe.partition(",")[0] for f in found.failures}) == len(found.worst())


def test_a_new_column_is_probed(new_plant, monkeypatch):
    """In both kinds of table, without a line of the audit naming it."""
    plant = new_plant()
    plant.promise({"bound": BOUND})
    for table in ("accounts", "requests"):
        spec = TABLES[table]
        column = Column("trust", pa.float64(), "Made up for this test.", "points")
        new = dataclasses.replace(spec, columns=(*spec.columns, column))
        monkeypatch.setitem(TABLES, table, new)

        def changed(rows, sham):
            noise = np.random.default_rng(0).random(len(rows))
            field = pa.field("trust", pa.float64(), nullable=False)
            return rows.append_column(field, pa.array(noise + 2.0 * sham))

        plant.change(table, changed)
    found = {f.probe for f in audit(plant.folder).failures}
    assert {"accounts.trust, value", "requests.trust, mean", "requests.trust, min"} <= found
    assert "requests.trust, max, day mean" in found


def test_nothing_to_judge():
    with pytest.raises(NothingToJudgeError, match="no sham account"):
        audit(recorded("calm-v2", 1, scale=0.02))
    with pytest.raises(NothingToJudgeError, match="20 sham and 20 legitimate"):
        audit(recorded("quickstart-v2", 1, scale=0.1))


def test_what_is_no_recording(tmp_path):
    with pytest.raises(RecordingError):
        audit(tmp_path)


def test_an_old_recording_without_any_request(new_plant):
    """It promises nothing, and what is missing altogether tells nobody apart."""
    plant = new_plant()
    plant.promise(None)
    plant.change("requests", lambda rows, sham: rows.slice(0, 0))
    manifest = plant.folder / "manifest.json"
    about = json.loads(manifest.read_text())
    about["rows"]["requests"] = 0
    manifest.write_text(json.dumps(about))
    found = audit(plant.folder)
    assert found.passed
    assert (found.bound, found.paired_bound, found.paired) == (1.0, 1.0, {})
    requests = found.rows[(found.rows["table"] == "requests") & (found.rows["family"] != "model")]
    assert (requests["auc"] == 0.5).all()


def test_json_holds_verdict_failures_and_the_strongest(audited):
    about = json.loads(audited.to_json())
    assert about["passed"] is True
    assert about["bound"] == 1
    assert about["failures"] == []
    assert about["too_few"][0].keys() == {"campaign", "against", "n_sham", "n_innocent"}
    keys = [(r["table"], r["column"], r["campaign"], r["against"]) for r in about["rows"]]
    assert len(keys) == len(set(keys))
    best = audited.strongest("hydra").iloc[0]
    assert about["rows"][0]["auc"] >= round(best["auc"], 6)
