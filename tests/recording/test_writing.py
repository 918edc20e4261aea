"""A recording is written beside its place and moved there when whole."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.errors import FolderInUseError
from shamcrowd.recording.manifest import NAME
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.writing import RecordingWriter, digest, refuse_foreign


def test_an_error_leaves_nothing(tmp_path):
    folder = tmp_path / "recording"

    def fail():
        with RecordingWriter(folder) as writer:
            writer.table("accounts", sample_log().tables["accounts"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_stranger_s_folder_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("chapter 1")
    with pytest.raises(FolderInUseError, match="not empty"):
        RecordingWriter(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "chapter 1"
    with pytest.raises(FolderInUseError, match="file"):
        refuse_foreign(tmp_path / "thesis.txt")


def test_a_recording_and_an_empty_folder_may_be_written(tmp_path):
    refuse_foreign(tmp_path)
    (tmp_path / NAME).write_text('{"format": 0, "scenario": "old", "fingerprints": {}}')
    refuse_foreign(tmp_path)
    refuse_foreign(tmp_path / "new")


def test_the_digest_is_of_the_content():
    table = sample_log().tables["requests"]
    assert digest(table) == digest(table.combine_chunks())
    assert digest(table) != digest(table.slice(1))
    swapped = table.set_column(0, "time", table.column("time").take(list(range(len(table)))[::-1]))
    assert digest(table) != digest(swapped)


def test_a_table_without_rows_is_the_same_when_it_is_read_again(tmp_path):
    """In memory its words may be there, in the file they are not."""
    words = pa.DictionaryArray.from_arrays(pa.array([], pa.int8()), ["hydra", "relay"])
    empty = pa.table({"kind": words})
    pq.write_table(empty, tmp_path / "t.parquet")
    assert digest(pq.read_table(tmp_path / "t.parquet")) == digest(empty)


def test_requests_take_three_quarters_of_plain_columns_with_dictionaries(small, tmp_path):
    """Ids that repeat, counts and durations are encoded; the content is the same."""
    held = max((small / "requests").iterdir(), key=lambda path: path.stat().st_size)
    table = pq.read_table(held, partitioning=None)
    encodings = {
        column["path_in_schema"]: set(column["encodings"])
        for column in pq.read_metadata(held).row_group(0).to_dict()["columns"]
    }
    for name in ("account", "key", "session", "address", "client"):
        assert "RLE_DICTIONARY" in encodings[name], name
    for name in ("input_tokens", "cached_tokens", "output_tokens", "first_token", "duration"):
        assert "BYTE_STREAM_SPLIT" in encodings[name], name
    words = [f.name for f in table.schema if pa.types.is_dictionary(f.type)]
    plain = tmp_path / "plain.parquet"
    pq.write_table(table, plain, compression="none", use_dictionary=words)
    assert held.stat().st_size < 0.75 * plain.stat().st_size
