import hashlib
import json
import shutil

import pytest

from shamcrowd.recording.croissant import croissant, write_croissant
from shamcrowd.recording.schema import REQUESTS
from tests.recordings import recorded


@pytest.fixture(scope="module")
def recording():
    return recorded("calm-v2", 1, scale=0.05)


def test_every_file_is_named_with_its_digest(recording):
    about = croissant(recording)
    named = {one["contentUrl"]: one["sha256"] for one in about["distribution"]}
    there = {p.relative_to(recording.parent).as_posix(): p for p in recording.rglob("*.parquet")}
    assert named.keys() == there.keys()
    assert all(hashlib.sha256(there[n].read_bytes()).hexdigest() == sha for n, sha in named.items())
    [requests] = [one for one in about["recordSet"] if one["name"] == "requests"]
    assert [field["name"] for field in requests["field"]] == list(REQUESTS.names)


def test_a_recording_without_truth_is_described_without_it(recording, tmp_path):
    shutil.copytree(recording, tmp_path / "log", ignore=shutil.ignore_patterns("truth"))
    text = json.dumps(croissant(tmp_path / "log"))
    assert "truth" not in text
    assert "requests" in text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_mlcroissant_finds_it_valid_and_reads_it(recording, tmp_path, caplog):
    mlcroissant = pytest.importorskip("mlcroissant")
    shutil.copytree(recording, tmp_path / "log")
    found = mlcroissant.Dataset(jsonld=str(write_croissant(tmp_path / "log")))
    assert "error" not in caplog.text
    assert "context" not in caplog.text
    first = next(iter(found.records("accounts")))
    assert first["accounts/account"] > 0
