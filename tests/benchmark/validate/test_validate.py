"""Each check holds on a sound recording and fails, by name, on one that was damaged on purpose."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmark.validate import validate
from benchmark.validate.validate import checkings
from recording.errors import RecordingError
from simulator import simulate

SETTINGS = (
    "campaigns.credit-farm=null",
    "campaigns.keys={tactic: hijacked-keys, accounts: 40, exchanges: 9000, start: 1d, "
    "duration: 9d}",
    "campaigns.calls={tactic: sms-pumping, accounts: 30, codes: 90, start: 1d, duration: 2d}",
    "campaigns.cards={tactic: card-testing, accounts: 60, cards: 300, exchanges: 3000, start: 1d, "
    "duration: 9d}",
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("validate") / "recording"
    simulate("quickstart-v1", 2, folder, scale=0.3, settings=SETTINGS)
    return folder


@pytest.fixture
def damaged(sound, tmp_path):
    """A copy, and a way to change the rows of one file of a table (the fullest)."""
    folder = tmp_path / "copy"
    shutil.copytree(sound, folder)

    def change(table, changed):
        single = folder / f"{table}.parquet"
        files = [single] if single.is_file() else list((folder / table).glob("*.parquet"))
        path = max(files, key=lambda p: (pq.read_metadata(p).num_rows, p.name))
        rows = pq.read_table(path, partitioning=None)
        after = changed(rows)
        assert after.num_rows == rows.num_rows
        pq.write_table(after, path)
        return [c.name for c in validate(folder).checks if not c.holds]

    return change


def put(table, column, values):
    at = table.schema.get_field_index(column)
    field = table.schema.field(at)
    given = values if isinstance(values, pa.ChunkedArray) else pa.array(values)
    return table.set_column(at, field, given.cast(field.type))


def test_a_sound_recording_passes_everything(sound):
    found = validate(sound)
    assert found.passed, found.verdict
    names = [check.name for check in found.checks]
    assert len(names) == len(set(names)) > 25
    assert {"keys: exchanges", "calls: codes", "cards: cards", "hydra: exchanges"} <= set(names)
    assert json.loads(found.to_json())["passed"] is True
    assert len(checkings()) >= 6


def test_rows_out_of_order(damaged):
    def swapped(rows):
        order = np.arange(rows.num_rows)
        order[[0, -1]] = order[[-1, 0]]
        return rows.take(order)

    assert damaged("requests", swapped)[0:1] == ["requests: order"]


def test_rows_of_another_day(damaged):
    def later(rows):
        return put(rows, "time", pa.compute.add(rows["time"].cast("int64"), 86_400_000))

    assert "activity: order" in damaged("activity", later)


def test_an_address_that_nobody_knows(damaged):
    def strange(rows):
        values = rows["address"].to_numpy().copy()
        values[0] ^= 1
        return put(rows, "address", values)

    assert damaged("requests", strange) == ["addresses: references"]


def test_a_card_seen_too_late(damaged):
    def late(rows):
        return put(rows, "first_seen", pa.compute.add(rows["first_seen"].cast("int64"), 10**9))

    assert damaged("cards", late) == ["cards: references"]


def test_somebody_else_s_session(damaged):
    def shared(rows):
        values = rows["session"].to_numpy().copy()
        values[:] = values[0]
        return put(rows, "session", values)

    assert damaged("requests", shared) == ["sessions: one owner"]


def test_an_account_opened_later_than_it_acts(damaged):
    def opened(rows):
        return put(rows, "created", np.full(rows.num_rows, 2**41))

    assert "accounts: open first" in damaged("accounts", opened)


def test_a_key_made_too_late(damaged):
    def other(rows):
        return put(rows, "key", rows["key"].to_numpy() ^ 1)

    assert "keys: made first" in damaged("requests", other)


def test_abuse_on_an_honest_account(damaged):
    def flagged(rows):
        return put(rows, "abusive", np.ones(rows.num_rows, np.bool_))

    assert "truth: intervals" in damaged("truth/requests", flagged)


def test_a_campaign_that_falls_short(damaged):
    def unmade(rows):
        words = [c if c != "hydra" else None for c in rows["campaign"].to_pylist()]
        return put(rows, "campaign", words)

    assert {"hydra: accounts", "hydra: exchanges"} <= set(damaged("truth/accounts", unmade))


def test_a_population_that_falls_short(damaged):
    def moved(rows):
        words = [c if c != "casual" else "batch" for c in rows["segment"].to_pylist()]
        return put(rows, "segment", words)

    assert {"casual: accounts", "batch: accounts"} <= set(damaged("truth/accounts", moved))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("addresses", "prefix", "8.8.8.0/24"),
        ("mailboxes", "domain", "example.com"),
        ("cards", "bin", "411111"),
        ("phones", "block", "+1 202 555"),
    ],
)
def test_something_real(damaged, table, column, value):
    def real(rows):
        return put(rows, column, [value, *rows[column].to_pylist()[1:]])

    assert damaged(table, real) == [f"{table}: invented"]


def test_no_recording(tmp_path):
    with pytest.raises(RecordingError, match="not a recording"):
        validate(tmp_path)
