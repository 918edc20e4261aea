"""What is not ours is never removed, whatever it is called."""

import json

import pytest

from shamcrowd.recording.errors import FolderInUseError
from shamcrowd.recording.manifest import NAME, Manifest
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.writing import RecordingWriter

MANIFEST = Manifest("mine", 1, 0, 1, (), {}, {}, {}, {})


def write(folder):
    with RecordingWriter(folder) as writer:
        writer.table("accounts", sample_log().tables["accounts"])
        writer.finish(MANIFEST)


@pytest.mark.parametrize("text", [json.dumps({"manifest_version": 3, "name": "tabs"}), "{}", "?"])
def test_a_manifest_of_something_else_is_refused(tmp_path, text):
    """Browser extensions and web pages have a manifest.json too."""
    (tmp_path / NAME).write_text(text)
    (tmp_path / "thesis.txt").write_text("chapter 1")
    with pytest.raises(FolderInUseError):
        write(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "chapter 1"


def test_a_stranger_s_folder_beside_it_is_left_alone(tmp_path):
    aside = tmp_path / "r.partial"
    aside.mkdir()
    (aside / "thesis.txt").write_text("chapter 1")
    with pytest.raises(FolderInUseError):
        write(tmp_path / "r")
    assert (aside / "thesis.txt").read_text() == "chapter 1"


def test_what_an_earlier_run_left_is_cleared_away(tmp_path):
    aside = tmp_path / "r.partial"
    (aside / "requests").mkdir(parents=True)
    (aside / "requests" / "2026-03-02-000.parquet").write_bytes(b"half")
    write(tmp_path / "r")
    assert Manifest.read(tmp_path / "r") == MANIFEST
    assert [p.name for p in tmp_path.iterdir()] == ["r"]
    assert not list((tmp_path / "r" / "requests").iterdir())


def test_a_recording_stays_until_the_next_one_is_whole(tmp_path):
    write(tmp_path / "r")
    with RecordingWriter(tmp_path / "r") as writer:
        writer.table("phones", sample_log().tables["phones"])
        assert Manifest.read(tmp_path / "r") == MANIFEST
        assert (tmp_path / "r" / "accounts.parquet").is_file()
    assert (tmp_path / "r" / "accounts.parquet").is_file()
    assert not (tmp_path / "r" / "phones.parquet").exists()


def test_a_folder_that_somebody_fills_meanwhile_is_left_alone(tmp_path):
    folder = tmp_path / "r"
    with RecordingWriter(folder) as writer:
        folder.mkdir()
        (folder / "thesis.txt").write_text("chapter 1")
        with pytest.raises(FolderInUseError):
            writer.finish(MANIFEST)
    assert [p.name for p in tmp_path.rglob("*")] == ["r", "thesis.txt"]


def test_rows_and_fingerprints_are_of_what_was_written(tmp_path):
    table = sample_log().tables["accounts"]
    with RecordingWriter(tmp_path / "a") as one, RecordingWriter(tmp_path / "b") as two:
        one.table("accounts", table)
        two.table("accounts", table.slice(0, 10))
        two.table("phones", sample_log().tables["phones"])
        assert one.rows == {"accounts": table.num_rows}
        assert two.rows["accounts"] == 10
        assert one.fingerprints["accounts"] != two.fingerprints["accounts"]
