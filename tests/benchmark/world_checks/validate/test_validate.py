"""Each check holds on a sound recording and fails, by name, on one that was damaged on purpose."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.world_checks.validate import validate
from shamcrowd.benchmark.world_checks.validate.checks.asked import _is_ample
from shamcrowd.benchmark.world_checks.validate.registry import checkings
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.registry import tactics
from tests.recordings import accept, change_json, recorded

SETTINGS = (
    "platform.challenge_rate=0.02",
    "campaigns.credit-farm=null",
    "campaigns.keys={tactic: hijacked-keys, accounts: 60, exchanges: 9000, start: 1d, "
    "duration: 9d}",
    "campaigns.calls={tactic: sms-pumping, accounts: 30, codes: 90, start: 1d, duration: 2d}",
    "campaigns.cards={tactic: card-testing, accounts: 60, cards: 300, exchanges: 3000, start: 1d, "
    "duration: 9d}",
)


@pytest.fixture(scope="module")
def sound():
    return recorded("quickstart-v2", 2, scale=0.3, settings=SETTINGS)


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
        accept(folder)
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
    assert len(names) == len(set(names)) > 40
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
        return put(rows, "time", pa.compute.add(rows["time"].cast("int64"), MS_PER_DAY))

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


def test_a_key_used_after_its_end(damaged):
    def ended(rows):
        kinds = ["key_revoked" if k == "key_created" else k for k in rows["kind"].to_pylist()]
        return put(rows, "kind", pa.array(kinds).dictionary_encode())

    assert "keys: ended last" in damaged("activity", ended)


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


def first(column, value):
    """Puts ``value`` into the first row of a column; a missing one where none may be missing."""

    def changed(rows):
        at = rows.schema.get_field_index(column)
        field = rows.schema.field(at).with_nullable(True)
        values = [value, *rows[column].to_pylist()[1:]]
        return rows.set_column(at, field, pa.array(values).cast(field.type))

    return changed


@pytest.mark.parametrize(
    ("table", "column", "value", "check"),
    [
        ("requests", "status", None, "files: nulls"),
        ("activity", "account", None, "files: nulls"),
        ("truth/requests", "abusive", None, "files: nulls"),
        ("addresses", "prefix", None, "files: nulls"),
        ("addresses", "prefix", "nonsense", "addresses: invented"),
        ("requests", "status", 418, "requests: statuses"),
        ("requests", "input_tokens", 0, "requests: tokens"),
        ("requests", "output_tokens", -5, "requests: tokens"),
        ("requests", "model", "unheard-of", "requests: models"),
        ("activity", "kind", "dance", "activity: kinds"),
        ("activity", "kind", "referral", "activity: about"),
        ("activity", "peer", 7, "activity: peers"),
        ("truth/accounts", "persona", None, "files: nulls"),
        ("truth/accounts", "segment", None, "truth: agrees"),
        ("truth/supply", "thing", 7, "truth: supply"),
        ("truth/supply", "campaign", "nobody", "truth: supply"),
    ],
)
def test_one_wrong_value(damaged, table, column, value, check):
    assert check in damaged(table, first(column, value))


def test_a_model_before_its_release(sound, tmp_path):
    folder = Path(shutil.copytree(sound, tmp_path / "copy"))
    path = min((folder / "requests").glob("*.parquet"))
    pq.write_table(first("model", "deep-4")(pq.read_table(path, partitioning=None)), path)
    accept(folder)
    (failed,) = [check for check in validate(folder).checks if not check.holds]
    assert (failed.name, failed.said) == ("requests: models", "deep-4 is used before its release")


@pytest.mark.parametrize(
    "changed",
    [
        lambda rows: rows.drop_columns(["topic"]),
        lambda rows: rows.append_column("hint", pa.nulls(rows.num_rows, pa.int8())),
        lambda rows: rows.set_column(11, "sketch", rows["sketch"].cast("float64", safe=False)),
    ],
    ids=["one is gone", "one too many", "another type"],
)
def test_other_columns(damaged, changed):
    assert damaged("requests", changed) == ["files: columns"]


def test_an_id_twice(damaged):
    def twice(rows):
        return put(rows, "account", [rows["account"][1].as_py(), *rows["account"].to_pylist()[1:]])

    assert damaged("accounts", twice) == ["files: ids"]


def test_somebody_else_s_key_in_activity(damaged):
    def taken(rows):
        keys, owners = rows["key"].to_pylist(), rows["account"].to_pylist()
        one, *rest = [row for row, key in enumerate(keys) if key is not None]
        keys[one] = next(keys[row] for row in rest if owners[row] != owners[one])
        return put(rows, "key", keys)

    assert "keys: one owner" in damaged("activity", taken)


def test_camouflage_outside_the_campaign_s_time(damaged, sound):
    """A legitimate account, said to be the hydra's own, was busy before the hydra was."""
    requests = pq.read_table(sound / "requests", columns=["account"]).column("account")
    busy = requests.value_counts().to_pylist()

    def brought(rows):
        honest = {a for a, c in zip(rows["account"].to_pylist(), rows["campaign"].to_pylist(),
                                    strict=True) if c is None}  # fmt: skip
        who = max((b for b in busy if b["values"] in honest), key=lambda b: b["counts"])["values"]
        at = rows["account"].to_pylist().index(who)
        like = rows["campaign"].to_pylist().index("hydra")
        for column in ("segment", "campaign", "tactic", "role", "sham_from"):
            values = rows[column].to_pylist()
            values[at] = values[like]
            rows = put(rows, column, values)
        return rows

    assert "truth: campaigns' time" in damaged("truth/accounts", brought)


def test_files_of_another_name(sound, tmp_path):
    folder = Path(shutil.copytree(sound, tmp_path / "copy"))
    path = max((folder / "requests").glob("*.parquet"))
    path.rename(path.with_name("odd.parquet"))
    (failed,) = [check for check in validate(folder).checks if not check.holds]
    assert failed.name == "files: names"
    assert "odd.parquet" in failed.said


def test_flags_beside_the_wrong_file(sound, tmp_path):
    folder = Path(shutil.copytree(sound, tmp_path / "copy"))
    paths = sorted((folder / "truth" / "requests").glob("*.parquet"))[-2:]
    rows = [pq.read_table(path, partitioning=None) for path in paths]
    pq.write_table(rows[0].slice(1), paths[0])
    pq.write_table(pa.concat_tables([rows[0].slice(0, 1), rows[1]]), paths[1])
    accept(folder)
    failed = [check.name for check in validate(folder).checks if not check.holds]
    assert failed == ["files: row for row"]


def test_requests_taken_out(sound, tmp_path):
    """A tenth of the hydra's requests is gone, and the manifest agrees."""
    folder = Path(shutil.copytree(sound, tmp_path / "copy"))
    truth = pq.read_table(folder / "truth" / "accounts.parquet").to_pandas()
    hydra = truth.loc[truth["campaign"] == "hydra", "account"].to_numpy()
    for path in sorted((folder / "requests").glob("*.parquet")):
        rows = pq.read_table(path, partitioning=None)
        ours = np.flatnonzero(np.isin(rows["account"].to_numpy(), hydra))
        kept = np.delete(np.arange(rows.num_rows), ours[::10])
        flags = folder / "truth" / "requests" / path.name
        pq.write_table(rows.take(kept), path)
        pq.write_table(pq.read_table(flags, partitioning=None).take(kept), flags)
    accept(folder)
    assert [c.name for c in validate(folder).checks if not c.holds] == ["hydra: exchanges"]


def test_a_campaign_that_follows_one_that_was_never_given_up(sound, tmp_path):
    folder = Path(shutil.copytree(sound, tmp_path / "copy"))

    def follow(about):
        about["resolved"]["campaigns"]["keys"] |= {"start": None, "follows": "hydra"}
        about["drawn"].pop("campaigns.keys.start", None)

    change_json(folder / "manifest.json", follow)
    failed = [check for check in validate(folder).checks if not check.holds]
    # In the open loop nobody gives up, so nothing is asked of it.
    assert [c.name for c in failed] == ["keys: accounts", "keys: exchanges", "truth: followers"]
    assert " of 0 " in failed[0].said
    assert failed[2].said == "keys before the campaign that it follows"


@pytest.mark.parametrize("resolved", [{}, {"populations": {"casual": {"population": "gone"}}}])
def test_a_scenario_that_nobody_knows(sound, tmp_path, resolved):
    folder = Path(shutil.copytree(sound, tmp_path / "copy"))
    change_json(folder / "manifest.json", lambda about: about.update(resolved=resolved))
    with pytest.raises(RecordingError, match="its scenario cannot be read"):
        validate(folder)


def test_no_recording(tmp_path):
    with pytest.raises(RecordingError, match="not a recording"):
        validate(tmp_path)


def test_a_response_that_the_log_does_not_know(damaged):
    def later(rows):
        return put(rows, "time", pa.compute.add(rows["time"].cast("int64"), 1))

    assert damaged("truth/responses", later) == ["responses: logged"]


def test_a_response_about_nobody(damaged):
    def strange(rows):
        return put(rows, "account", rows["account"].to_numpy() ^ 1)

    assert {"responses: accounts", "responses: logged"} <= set(damaged("truth/responses", strange))


def test_alerts_in_an_open_loop(damaged):
    def alerted(rows):
        return put(rows, "cause", pa.array(["alert"] * rows.num_rows))

    assert damaged("truth/responses", alerted) == ["responses: asked"]


def test_somebody_who_is_served_while_shut(damaged):
    def suspended(rows):
        words = ["suspension" if w == "challenge" else w for w in rows["action"].to_pylist()]
        return put(rows, "action", words)

    assert "responses: shut" in damaged("truth/responses", suspended)


@pytest.mark.parametrize(
    ("changed", "ample"),
    [
        ({}, True), ({"accounts": 19}, False), ({"exchanges": 99}, False),
        ({"exchanges": 20 * 4 * 200}, True), ({"exchanges": 20 * 4 * 200 + 1}, False),
        ({"duration": "95h"}, False),
    ],
)  # fmt: skip
def test_less_may_be_made_only_where_accounts_or_time_are_too_few(changed, ample):
    settings = {"accounts": 20, "exchanges": 100, "start": "0s", "duration": "96h"} | changed
    campaign = tactics()["hydra"].model_validate(settings)
    assert _is_ample(campaign, "exchanges", campaign.exchanges) is ample
    assert _is_ample(campaign, "accounts", campaign.accounts)
