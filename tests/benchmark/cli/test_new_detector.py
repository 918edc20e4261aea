"""``new-detector``: a first detector that works, and nothing of the user's overwritten."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shamcrowd.detectors.registry import load_detector


def test_writes_a_detector_whose_test_passes(call, tmp_path):
    said = call("new-detector", "busy-hours", "--out", tmp_path / "mine")
    assert (said.code, said.err) == (0, "")
    files = {p.name for p in (tmp_path / "mine").iterdir()}
    assert files == {"busy_hours.py", "test_busy_hours.py"}
    place = f"{tmp_path / 'mine' / 'busy_hours.py'}:BusyHours"
    assert said.out.splitlines()[-1] == (
        f"Next: shamcrowd run quickstart-v1 --detector {place} --out my-run"
    )
    assert load_detector(place).__name__ == "BusyHours"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "."],
        cwd=tmp_path / "mine", capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_refuses_to_overwrite(call, tmp_path):
    (tmp_path / "test_busy.py").write_text("my own test")
    said = call("new-detector", "busy", "--out", tmp_path)
    assert said.code == 2
    assert "test_busy.py: there already" in said.err
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"test_busy.py": "my own test"}


@pytest.mark.parametrize("name", ["Busy", "busy_hours", "9lives", "class", "../x", "a--b", ""])
def test_names_that_make_no_file(call, tmp_path, name):
    said = call("new-detector", name, "--out", tmp_path / "mine")
    assert said.code == 2
    assert not (tmp_path / "mine").exists()
