"""A manifest stands for a whole recording."""

import json
import shutil

import pytest

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import NAME, Manifest
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.view import open_log


def test_round_trip(small, tmp_path):
    manifest = Manifest.read(small)
    manifest.write(tmp_path)
    assert Manifest.read(tmp_path) == manifest


def test_what_is_no_recording(tmp_path):
    with pytest.raises(RecordingError, match="not a recording"):
        Manifest.read(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 99}', '{"format": 1}'])
def test_damaged(tmp_path, text):
    (tmp_path / NAME).write_text(text)
    with pytest.raises(RecordingError):
        Manifest.read(tmp_path)


def test_another_format(small, tmp_path):
    data = json.loads((small / NAME).read_text())
    (tmp_path / NAME).write_text(json.dumps(data | {"format": 1}))
    with pytest.raises(RecordingError, match="format 1"):
        Manifest.read(tmp_path)


def test_the_fingerprint_is_of_the_content_alone(small):
    manifest = Manifest.read(small)
    other = Manifest(**{**vars(manifest), "versions": {}, "seed": 99})
    assert other.fingerprint == manifest.fingerprint
    changed = manifest.fingerprints | {"requests": "0" * 64}
    assert Manifest(**{**vars(manifest), "fingerprints": changed}).fingerprint != other.fingerprint


@pytest.mark.parametrize("gone", ["accounts.parquet", "devices.parquet", "requests"])
def test_a_missing_table_is_noticed(small, tmp_path, gone):
    folder = shutil.copytree(small, tmp_path / "copy")
    shutil.rmtree(folder / gone) if (folder / gone).is_dir() else (folder / gone).unlink()
    with pytest.raises(RecordingError):
        open_log(folder)


def test_a_damaged_table_is_noticed(small, tmp_path):
    folder = shutil.copytree(small, tmp_path / "copy")
    (folder / "accounts.parquet").write_bytes(b"PAR1 nothing of it PAR1")
    with pytest.raises(RecordingError, match=r"accounts\.parquet"):
        open_log(folder).rows("accounts", EARLIEST, NEVER)
