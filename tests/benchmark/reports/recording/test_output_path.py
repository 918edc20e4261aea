"""The page lies beside a recording, never in it, and over nobody else's file."""

from __future__ import annotations

import pytest

from shamcrowd.benchmark.reports.recording.output_path import page_path
from shamcrowd.recording.errors import FolderInUseError, RecordingError, UsageError


def test_beside_the_recording(tmp_path, monkeypatch):
    folder = tmp_path / "town-v1"
    folder.mkdir()
    assert page_path(folder, None) == tmp_path / "town-v1.html"
    monkeypatch.chdir(folder)
    assert page_path(folder.relative_to(folder), None) == tmp_path / "town-v1.html"
    assert not list(folder.iterdir())


@pytest.mark.parametrize("inside", ["page.html", "truth/page.html"])
def test_never_inside(small, inside):
    with pytest.raises(UsageError, match="inside the recording"):
        page_path(small, small / inside)


def test_a_folder_is_no_file(small, tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        page_path(small, tmp_path)


def test_nobody_elses_file_is_written_over(small, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<html>mine</html>", "utf-8")
    with pytest.raises(FolderInUseError, match="not a page of shamcrowd"):
        page_path(small, path)
    assert path.read_text("utf-8") == "<html>mine</html>"


def test_a_run_is_no_recording(small_run):
    with pytest.raises(RecordingError, match="its recordings are in"):
        page_path(small_run.folder, None)
