"""``shamcrowd report``: the page of a recording."""

from __future__ import annotations

import shutil

import pytest

from shamcrowd.simulator import simulate
from tests.recordings import recorded


@pytest.fixture
def recording(tmp_path):
    """Of a world without abuse, which has no audit to be made for its page."""
    return shutil.copytree(recorded("calm-v2", 1, scale=0.05), tmp_path / "town")


def test_the_page_lies_beside_the_recording(call, recording):
    said = call("report", recording)
    page = recording.parent / "town.html"
    assert said.code == 0
    assert said.out == f"Next: open {page}\n"
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert sorted(p.name for p in recording.parent.iterdir()) == ["town", "town.html"]


def test_a_recording_with_a_page_can_be_made_again(call, recording):
    assert call("report", recording, "-q").out == ""
    simulate("calm-v2", 1, recording, scale=0.05)
    assert call("report", recording).code == 0


def test_out_may_be_anywhere_else(call, recording, tmp_path):
    page = tmp_path / "pages" / "deep" / "one.html"
    assert call("report", recording, "--out", page).out == f"Next: open {page}\n"
    assert page.is_file()


@pytest.mark.parametrize("inside", ["page.html", "truth/page.html"])
def test_not_in_the_recording(call, recording, inside):
    said = call("report", recording, "--out", recording / inside)
    assert said.code == 2
    assert "lies inside the recording" in said.err
    assert not (recording / inside).exists()


@pytest.mark.parametrize("what", ["nothing", "empty", "file"])
def test_not_a_recording(call, tmp_path, what):
    folder = tmp_path / what
    if what == "empty":
        folder.mkdir()
    elif what == "file":
        folder.write_text("x")
    said = call("report", folder)
    assert said.code == 2
    assert said.err.startswith("error: ")
    assert "Traceback" not in said.err
    assert not (tmp_path / f"{what}.html").exists()


def test_where_nobody_may_write(call, recording):
    said = call("report", recording, "--out", recording / "accounts.parquet" / "x.html")
    assert said.code == 2
    said = call("report", recording, "--out", "/proc/nowhere/x.html")
    assert said.code == 2
    assert "cannot be written" in said.err
