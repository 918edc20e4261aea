"""``new``: first files of a plug-in that work, and nothing of the user's overwritten."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shamcrowd.detectors.registry import load_detector

NAMES = {
    "detector": "busy-hours", "population": "night-owls", "tactic": "page-farm",
    "metric": "flag-share",
}  # fmt: skip


def test_writes_plug_ins_whose_tests_pass(call, tmp_path):
    """In a project of the user's own."""
    for kind, name in NAMES.items():
        said = call("new", kind, name, "--out", tmp_path / "mine")
        assert (said.code, said.err) == (0, "")
        stem = name.replace("-", "_")
        assert (tmp_path / "mine" / f"{stem}.py").is_file()
        assert said.out.splitlines()[-1].startswith("Next: ")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "."],
        cwd=tmp_path / "mine", capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


def test_a_detector_can_be_run_at_once(call, tmp_path):
    said = call("new", "detector", "busy-hours", "--out", tmp_path)
    place = f"{tmp_path / 'busy_hours.py'}:BusyHours"
    assert said.out.splitlines()[-1] == (
        f"Next: shamcrowd run quickstart-v2 --detector {place} --out my-run"
    )
    assert load_detector(place).__name__ == "BusyHours"


def test_other_kinds_say_how_to_install_them(call, tmp_path):
    said = call("new", "tactic", "page-farm", "--out", tmp_path)
    last = said.out[said.out.index("Next: ") :]
    assert 'page-farm = "page_farm:PageFarm"' in last
    assert '[project.entry-points."shamcrowd.tactics"]' in last


def test_refuses_to_overwrite(call, tmp_path):
    (tmp_path / "test_busy.py").write_text("my own test")
    said = call("new", "detector", "busy", "--out", tmp_path)
    assert said.code == 2
    assert "test_busy.py: there already" in said.err
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"test_busy.py": "my own test"}


@pytest.mark.parametrize("name", ["Busy", "busy_hours", "9lives", "class", "../x", "a--b", ""])
def test_names_that_make_no_file(call, tmp_path, name):
    said = call("new", "detector", name, "--out", tmp_path / "mine")
    assert said.code == 2
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("tactic", "prepaid_rush"), "as busy-hours; try prepaid-rush"),
        (("tactic", "hydra"), "there is a tactic 'hydra' already"),
        (("metric", "mine", "--kind", "rules"), "--kind is the family of a detector"),
    ],
)
def test_says_why_not(call, tmp_path, words, why):
    said = call("new", *words, "--out", tmp_path / "mine")
    assert said.code == 2
    assert why in said.err
    assert not (tmp_path / "mine").exists()
