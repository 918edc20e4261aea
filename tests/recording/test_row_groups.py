"""Of a stream only the row groups that lie in the time asked for are read."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.source import StoredSource
from shamcrowd.recording.units import EARLIEST, MS_PER_HOUR, NEVER
from tests.recordings import accept

HOUR = MS_PER_HOUR


@pytest.fixture
def grouped(small, tmp_path):
    """A recording whose files of requests hold ten row groups each."""
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in small.iterdir():
        (copy / path.name).symlink_to(path)
    (copy / "requests").unlink()
    (copy / "requests").mkdir()
    for path in (small / "requests").iterdir():
        table = pq.read_table(path, partitioning=None)
        size = max(table.num_rows // 10, 1)
        pq.write_table(table, copy / "requests" / path.name, row_group_size=size)
    accept(copy)
    return copy


def test_groups_change_nothing(small, grouped):
    one, other = StoredSource(small), StoredSource(grouped)
    middle = one.start + 100 * HOUR
    for after, until in ((EARLIEST, middle), (middle, middle + 7 * HOUR), (middle, NEVER)):
        expected = one.rows("requests", after, until)
        assert other.rows("requests", after, until).equals(expected)
        assert expected.num_rows


def test_only_what_lies_in_the_time_is_read(grouped, monkeypatch):
    read = []
    real = pq.ParquetFile.read_row_group

    def noted(self, group, *rest, **more):
        found = real(self, group, *rest, **more)
        read.append(found.num_rows)
        return found

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", noted)
    source = StoredSource(grouped)
    begin = source.start + 100 * HOUR
    found = source.rows("requests", begin, begin + HOUR, ["time"])
    assert 0 < found.num_rows <= sum(read)
    whole = sum(pq.read_metadata(p).num_rows for p in (grouped / "requests").iterdir())
    # An hour in two weeks: at most a few groups of that day's files.
    assert sum(read) < whole / 50


def test_a_file_without_statistics_is_read_whole(small, grouped):
    for path in (grouped / "requests").iterdir():
        table = pq.read_table(path, partitioning=None)
        pq.write_table(table, path, write_statistics=False, row_group_size=max(len(table) // 3, 1))
    accept(grouped)
    begin = StoredSource(small).start + 100 * HOUR
    expected = StoredSource(small).rows("requests", begin, begin + HOUR)
    found = StoredSource(grouped).rows("requests", begin, begin + HOUR)
    assert isinstance(found, pa.Table)
    assert found.equals(expected)
