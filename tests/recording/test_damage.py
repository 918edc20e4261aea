"""A recording that was damaged after it was finished: a RecordingError, never another kind."""

import shutil

import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.errors import RecordingError, UnreadableError
from shamcrowd.recording.manifest import NAME, Manifest
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.view import open_log
from shamcrowd.recording.whole import file_digest
from tests.recordings import change_json


@pytest.fixture
def copy(small, tmp_path):
    return shutil.copytree(small, tmp_path / "copy")


def read_all(folder):
    log = open_log(folder)
    for table in ("accounts", "requests", "activity", "addresses"):
        log.rows(table, EARLIEST, NEVER)


def middle(folder, table):
    return sorted((folder / table).glob("*.parquet"))[20]


@pytest.mark.parametrize("keep", [0, 200, -8])
@pytest.mark.parametrize("name", ["accounts.parquet", "requests", "activity"])
def test_a_file_cut_short(copy, name, keep):
    path = copy / name if name.endswith("parquet") else middle(copy, name)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(RecordingError, match=path.name):
        read_all(copy)


def test_a_damaged_truth(copy):
    (copy / "truth" / "accounts.parquet").write_bytes(b"PAR1")
    with pytest.raises(RecordingError, match=r"accounts\.parquet"):
        Truth(copy).accounts()


@pytest.mark.parametrize("name", ["accounts.parquet", "requests"])
def test_a_column_that_is_gone(copy, name):
    path = copy / name if name.endswith("parquet") else middle(copy, name)
    whole = pq.read_table(path, partitioning=None)
    pq.write_table(whole.drop_columns(["account"]), path)
    with pytest.raises(RecordingError, match="changed since it was written"):
        read_all(copy)
    noted = {**Manifest.read(copy).files, path.relative_to(copy).as_posix(): file_digest(path)}
    change_json(copy / NAME, lambda data: data.update(files=noted))
    with pytest.raises(UnreadableError, match="no column account"):
        read_all(copy)


@pytest.mark.parametrize("table", ["requests", "activity"])
def test_a_day_that_is_gone(copy, table):
    middle(copy, table).unlink()
    with pytest.raises(RecordingError, match=table):
        open_log(copy)


def test_a_file_that_does_not_belong(copy):
    shutil.copy(middle(copy, "requests"), copy / "requests" / "mine.parquet")
    with pytest.raises(RecordingError, match=r"mine\.parquet"):
        open_log(copy)


@pytest.mark.parametrize("text", ["\x00", "null", "5", '"x"', '{"format": "1"}', "[1"])
def test_a_manifest_that_is_none(tmp_path, text):
    (tmp_path / NAME).write_text(text)
    with pytest.raises(RecordingError):
        Manifest.read(tmp_path)


def test_a_manifest_that_is_no_text_or_no_file(tmp_path):
    (tmp_path / NAME).write_bytes(b"\xff\xfe{}")
    with pytest.raises(RecordingError):
        Manifest.read(tmp_path)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    with pytest.raises(RecordingError):
        Manifest.read(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(RecordingError):
        Manifest.read(tmp_path / "file")


@pytest.mark.parametrize("key", ["scenario", "start", "reviews", "rows", "fingerprints"])
def test_a_manifest_without_a_key(copy, key):
    change_json(copy / NAME, lambda data: data.pop(key))
    with pytest.raises(RecordingError, match=key):
        Manifest.read(copy)


def test_a_manifest_with_a_key_too_many(copy):
    change_json(copy / NAME, lambda data: data.update(extra=1))
    with pytest.raises(RecordingError, match="extra"):
        Manifest.read(copy)


@pytest.mark.parametrize(
    ("key", "value"), [("start", "soon"), ("rows", 5), ("fingerprints", None), ("reviews", ["x"])]
)
def test_a_manifest_with_a_wrong_value(copy, key, value):
    change_json(copy / NAME, lambda data: data.update({key: value}))
    with pytest.raises(RecordingError, match=key):
        Manifest.read(copy)


def test_a_manifest_nested_too_deeply(tmp_path):
    (tmp_path / NAME).write_text("[" * 100_000)
    with pytest.raises(RecordingError):
        Manifest.read(tmp_path)


def test_half_of_a_manifest_is_never_seen(copy):
    """It is written aside and moved: what is left of a broken write is no manifest."""
    (copy / NAME).replace(copy / (NAME + ".partial"))
    with pytest.raises(RecordingError, match="not a recording"):
        open_log(copy)
