"""Stored features are those that a detector would have added up itself, to the last bit."""

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.store import NOTE, StoredLog, is_stored, log_view, make_store
from shamcrowd.detectors.features.table import NAMES
from shamcrowd.detectors.outliers.isolation_forest import IsolationForest
from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

LOG = sample_log()
MOMENTS = [LOG.start + hours * MS_PER_HOUR for hours in (6, 12, 36, 60, 72)]
PRINT = "of-this-recording"


@pytest.fixture
def store(tmp_path):
    place = tmp_path / "features"
    make_store(LOG, MOMENTS, PRINT, place)
    return place


def played(features, views):
    tables = []
    for log in views:
        features.update(log)
        tables.append((features.index.ids.copy(), features.table(log.now)))
    return tables


def views(store=None, moments=MOMENTS):
    return [
        log_view(LOG, now, since, store)
        for now, since in zip(moments, [EARLIEST, *moments[:-1]], strict=True)
    ]


def test_the_values_are_the_same_at_every_review(store):
    for (ids, table), (own_ids, own) in zip(
        played(AccountFeatures(), views(store)), played(AccountFeatures(), views()), strict=True
    ):
        assert ids.tolist() == own_ids.tolist()
        assert table.tobytes() == own.tobytes()
        assert np.isfinite(table).all()


def test_nothing_is_added_up_where_there_is_a_store(store, monkeypatch):
    def refused(self, log):
        raise AssertionError("added up")

    monkeypatch.setattr("shamcrowd.detectors.features.running.RunningFeatures.update", refused)
    assert len(played(AccountFeatures(), views(store))) == len(MOMENTS)
    with pytest.raises(AssertionError, match="added up"):
        played(AccountFeatures(), views())


@pytest.mark.parametrize("skipped", [[0], [2], [4], [1, 3], []])
def test_who_looks_back_from_the_end_reads_what_is_stored_and_adds_up_the_rest(store, skipped):
    asked = [m + 1_800_000 * (i in skipped) for i, m in enumerate(MOMENTS)]
    end = max(asked)
    whole, plain = log_view(LOG, end, EARLIEST, store), LogView(LOG, end)
    back = [
        [log.at(now, since) for now, since in zip(asked, [EARLIEST, *asked[:-1]], strict=True)]
        for log in (whole, plain)
    ]
    stored = [isinstance(view, StoredLog) for view in back[0]]
    assert stored == [i not in skipped for i in range(len(MOMENTS))]
    for (ids, table), (own_ids, own) in zip(
        *(played(AccountFeatures(), views) for views in back), strict=True
    ):
        # Whoever begins anew takes accounts in by another order.
        here, there = np.argsort(ids), np.argsort(own_ids)
        assert ids[here].tolist() == own_ids[there].tolist()
        np.testing.assert_allclose(table[here], own[there], rtol=1e-9, atol=1e-9)


def test_a_detector_says_the_same(store):
    with_store, without = IsolationForest(), IsolationForest()
    for stored, plain in zip(views(store), views(), strict=True):
        one, other = with_store.review(stored), without.review(plain)
        assert one.account.tolist() == other.account.tolist()
        assert one.score.tobytes() == other.score.tobytes()
        assert one.reason == other.reason


def test_one_that_joins_late_gets_all_rows(store):
    late = AccountFeatures()
    late.update(views(store)[-1])
    ids, table = played(AccountFeatures(), views())[-1]
    assert late.index.ids.tolist() == ids.tolist()
    assert late.table(MOMENTS[-1]).tobytes() == table.tobytes()


def test_the_table_is_the_callers_own(store):
    features = AccountFeatures()
    log = views(store)[0]
    features.update(log)
    features.table(log.now)[:] = -7
    assert features.table(log.now).min() > -7


def test_only_what_changed_is_kept(store):
    rows = [pq.read_metadata(store / f"{n:04}.parquet").num_rows for n in range(len(MOMENTS))]
    opened = [len(LogView(LOG, now).accounts(["account"])) for now in MOMENTS]
    assert rows[0] == opened[0]
    assert not len(LogView(LOG, MOMENTS[-1] + 1, MOMENTS[-1]).new.requests())
    make_store(LOG, [*MOMENTS, MOMENTS[-1] + 1], PRINT, store)
    assert pq.read_metadata(store / f"{len(MOMENTS):04}.parquet").num_rows == 0


def test_it_is_known_for_what_it_is(store, monkeypatch):
    assert is_stored(MOMENTS, PRINT, store)
    assert not is_stored(MOMENTS, "of another", store)
    assert not is_stored(MOMENTS[:-1], PRINT, store)
    assert not is_stored(MOMENTS, PRINT, store.parent / "nowhere")
    monkeypatch.setattr(
        "shamcrowd.detectors.features.store.source_digest", lambda *packages: "other code"
    )
    assert not is_stored(MOMENTS, PRINT, store)


@pytest.mark.parametrize("what", ["bit", "cut", "gone", "note"])
def test_damage_is_found(store, what):
    path = store / "0001.parquet"
    held = bytearray(path.read_bytes())
    if what == "bit":
        held[len(held) // 2] ^= 1
        path.write_bytes(held)
    elif what == "cut":
        path.write_bytes(held[:-10])
    elif what == "gone":
        path.unlink()
    else:
        (store / NOTE).write_text((store / NOTE).read_text()[:-9])
    assert not is_stored(MOMENTS, PRINT, store)
    make_store(LOG, MOMENTS, PRINT, store)
    assert is_stored(MOMENTS, PRINT, store)


def test_a_moment_that_is_not_there_is_refused(store):
    with pytest.raises(UnreadableError, match="run again"):
        AccountFeatures().update(StoredLog(LOG, MOMENTS[0] + 1, EARLIEST, store))


def test_one_made_halfway_is_no_store(tmp_path, monkeypatch):
    place = tmp_path / "features"
    monkeypatch.setattr(json, "dumps", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_store(LOG, MOMENTS, PRINT, place)
    assert not place.exists()


def test_a_log_without_accounts(tmp_path):
    before = LOG.start - 400 * MS_PER_DAY
    make_store(LOG, [before], PRINT, tmp_path / "features")
    features = AccountFeatures()
    features.update(StoredLog(LOG, before, EARLIEST, tmp_path / "features"))
    assert features.table(before).shape == (0, len(NAMES))
