"""A view never shows a later row, and successive reviews add up to the whole."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.schema import STREAMS, TABLES
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, NEVER
from shamcrowd.recording.view import LogView, open_log

SAMPLE = sample_log()


def seen(table, name):
    return table.column(TABLES[name].seen).cast(pa.int64()).to_pylist()


@given(now=st.integers(-MS_PER_DAY, 4 * MS_PER_DAY), name=st.sampled_from(sorted(TABLES)))
def test_memory_shows_exactly_the_past(now, name):
    now += SAMPLE.start
    shown = LogView(SAMPLE, now).arrow(name)
    assert all(t <= now for t in seen(shown, name))
    assert shown.num_rows == sum(t <= now for t in seen(SAMPLE.tables[name], name))


@pytest.fixture(scope="module")
def stored(small):
    return open_log(small)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_disk_shows_exactly_the_past(stored, name):
    whole = stored.rows(name, EARLIEST, NEVER)
    times = seen(whole, name)

    @settings(max_examples=12, deadline=None, derandomize=True)
    @given(st.sampled_from(sorted(times)), st.integers(-1, 1), st.integers(0, 10 * MS_PER_DAY))
    def check(moment, off, back):
        now, since = moment + off, moment + off - back
        view = LogView(stored, now, since)
        assert view.arrow(name).num_rows == sum(t <= now for t in times)
        fresh = seen(view.new.arrow(name), name)
        assert sorted(fresh) == sorted(t for t in times if since < t <= now)

    check()


@pytest.mark.parametrize("name", [t.name for t in STREAMS])
def test_streams_come_in_time_order(stored, name):
    times = seen(stored.rows(name, EARLIEST, NEVER), name)
    assert times == sorted(times)


def test_reviews_add_up(stored, small):
    from shamcrowd.recording.manifest import Manifest

    manifest, since, parts = Manifest.read(small), EARLIEST, []
    for now in manifest.reviews:
        parts.append(LogView(stored, now, since).new.arrow("requests", ["time", "account"]))
        since = now
    whole = stored.rows("requests", EARLIEST, manifest.reviews[-1], ["time", "account"])
    assert pa.concat_tables(parts).combine_chunks().equals(whole.combine_chunks())


def test_chosen_columns_are_those_of_the_whole(stored):
    now = stored.start + 5 * MS_PER_DAY
    view = LogView(stored, now)
    assert view.requests(["account", "model"]).equals(view.requests()[["account", "model"]])


def test_unknown_tables_and_columns():
    view = LogView(SAMPLE, SAMPLE.start)
    with pytest.raises(UsageError, match="requests"):
        view.arrow("request")
    with pytest.raises(UsageError, match="model"):
        view.requests(["modle"])
    with pytest.raises(UsageError, match="devices"):
        view.entity("requests")


def test_sql_sees_the_same():
    now = SAMPLE.start + MS_PER_DAY
    view = LogView(SAMPLE, now)
    shown = view.sql("select count(*) as n, max(time) as last from requests")
    assert shown["n"][0] == len(view.requests())
    last = view.requests(["time"])["time"].max().tz_localize(None)
    assert shown["last"][0] == last


def test_sql_reaches_no_file(tmp_path):
    (tmp_path / "x.csv").write_text("a\n1\n")
    with pytest.raises(Exception, match=r"(?i)disabled|permission"):
        LogView(SAMPLE, SAMPLE.start).sql(f"select * from '{tmp_path}/x.csv'")


@pytest.mark.parametrize("most", [1, 7, 100, 10_000])
def test_pieces_are_the_rows(most):
    log = sample_log()
    new = LogView(log, log.start + 2 * MS_PER_DAY, log.start + MS_PER_DAY // 2).new
    columns = ["time", "account", "sketch"]
    pieces = list(new.pieces("requests", columns, most))
    assert pa.concat_tables(pieces).equals(new.arrow("requests", columns))
    assert all(piece.num_rows >= most for piece in pieces[:-1])
    assert len(pieces) <= max(-(-sum(p.num_rows for p in pieces) // most), 1)


def test_rows_of_one_moment_stay_in_one_piece():
    log = sample_log()
    requests = log.tables["requests"]
    moment = pa.array([log.start + 5] * requests.num_rows).cast(requests.schema.field("time").type)
    log.tables["requests"] = requests.set_column(1, "time", moment)
    new = LogView(log, log.start + MS_PER_DAY).new
    assert [p.num_rows for p in new.pieces("requests", ["time"], 10)] == [requests.num_rows, 0]


def test_pieces_of_no_stream():
    log = sample_log()
    with pytest.raises(UsageError, match="has no column time"):
        next(LogView(log, log.start + 1).new.pieces("accounts", ["account"], 5))


def test_history_shows_exactly_the_past_and_never_a_later_moment():
    log = sample_log()
    whole = LogView(log, log.start + 2 * MS_PER_DAY)
    times = whole.requests(["time"])["time"].to_numpy("datetime64[ms]").astype(np.int64)
    moment = int(np.sort(times)[len(times) // 2])
    past = whole.at(moment, moment - 1)
    assert len(past.requests()) == (times <= moment).sum()
    assert len(past.new.requests()) == (times == moment).sum()
    assert (past.now, past.since) == (moment, moment - 1)
    assert whole.at(whole.now).now == whole.now
    with pytest.raises(UsageError, match="is later"):
        whole.at(whole.now + 1)
