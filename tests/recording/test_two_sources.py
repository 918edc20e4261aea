"""Tables on disk and in memory answer alike, whatever the rows, the moment and the columns."""

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shamcrowd.recording.days import day_stem
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.schema import STREAMS, TABLES
from shamcrowd.recording.source import MemorySource, StoredSource
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, NEVER
from shamcrowd.recording.view import LogView, open_log
from shamcrowd.recording.writing import RecordingWriter, stream_path, write_file

SAMPLE = sample_log()
STREAM_NAMES = [table.name for table in STREAMS]
# Moments crowd around midnights and the start, where files end.
MOMENTS = st.builds(
    lambda day, off: START + day * MS_PER_DAY + off, st.integers(-2, 3), st.integers(-3, 3)
)


def at(name, times):
    """Rows of a sample table, as many as ``times``, at these times."""
    table = SAMPLE.tables[name]
    table = table.take(np.arange(len(times)) % table.num_rows)
    seen = TABLES[name].schema.get_field_index(TABLES[name].seen)
    moments = pa.array(times, pa.int64()).view(TABLES[name].columns[seen].type)
    return table.set_column(seen, TABLES[name].schema.field(seen), moments)


def store(tables, folder):
    """Write tables as a recording: streams by day and over two shards."""
    with RecordingWriter(folder) as writer:
        for name, table in tables.items():
            if name not in STREAM_NAMES:
                writer.table(name, table)
                continue
            times = table["time"].cast(pa.int64()).to_numpy()
            stems = np.array([day_stem(t) if t >= START else "before" for t in times.tolist()])
            for stem, shard in itertools.product({*stems.tolist(), "before"}, (0, 1)):
                rows = np.flatnonzero((stems == stem) & (np.arange(len(times)) % 2 == shard))
                rows = rows[np.argsort(times[rows], kind="stable")]
                path = stream_path(writer.aside, name, stem, shard)
                writer.note(name, [write_file(table.take(rows), TABLES[name], path)])
        manifest = Manifest(
            "x", 1, START, START + 9, (), writer.rows, writer.fingerprints, {}, {}, writer.files
        )
        writer.finish(manifest)
    return open_log(folder)


def rows(table):
    """The rows as sorted tuples: both sources break ties of time as they like."""
    return sorted(map(repr, zip(*table.to_pydict().values(), strict=True)))


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(MOMENTS, max_size=30), st.lists(MOMENTS, min_size=2, max_size=4), st.data())
def test_memory_and_disk_answer_alike(tmp_path_factory, times, asked, data):
    tables = {**SAMPLE.tables, **{name: at(name, times) for name in (*STREAM_NAMES, "accounts")}}
    memory = MemorySource(tables, START)
    stored = store(tables, tmp_path_factory.mktemp("r") / "r")
    since = EARLIEST
    for now in sorted(asked):
        views = [LogView(source, now, since) for source in (memory, stored)]
        for name in (*STREAM_NAMES, "accounts"):
            columns = data.draw(st.none() | st.lists(st.sampled_from(TABLES[name].names),
                                                     min_size=1, unique=True))  # fmt: skip
            for one, other in ((views[0], views[1]), (views[0].new, views[1].new)):
                left, right = one.arrow(name, columns), other.arrow(name, columns)
                assert left.column_names == right.column_names
                assert rows(left) == rows(right)
                assert left.column_names == list(columns or TABLES[name].names)
            expected = sum(since < time <= now for time in times)
            assert views[0].new.arrow(name).num_rows == expected
            shown = views[1].arrow(name, [TABLES[name].seen]).column(0).cast(pa.int64())
            assert sorted(shown.to_pylist()) == sorted(time for time in times if time <= now)
            if name in STREAM_NAMES:
                assert shown.to_pylist() == sorted(shown.to_pylist())
        since = now


@pytest.mark.parametrize("keep", [0, 10_000])
def test_what_is_kept_in_memory_changes_no_answer(small, keep):
    source, plain = StoredSource(small, keep=keep), open_log(small)
    for day in (3, 6, 4):
        now = plain.start + day * MS_PER_DAY
        for name, columns in (("requests", ["account", "topic"]), ("activity", ["kind"])):
            shown = source.rows(name, EARLIEST, now, columns)
            assert shown.num_rows > 0
            assert shown.equals(plain.rows(name, EARLIEST, now, columns))


@pytest.mark.parametrize("name", list(TABLES))
def test_columns_have_the_schema_s_types(small, name):
    spec, log = TABLES[name], open_log(small)
    whole, none = log.rows(name, EARLIEST, NEVER), log.rows(name, EARLIEST, EARLIEST + 1)
    assert whole.num_rows > 0 == none.num_rows
    for table in (whole, none):
        assert table.schema.names == list(spec.names)
        for column in spec.columns:
            assert table.schema.field(column.name).type == column.type, column.name
            if column.null == "never null":
                assert table.column(column.name).null_count == 0
