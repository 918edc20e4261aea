"""Names on the board, seeds, and the plan kept in run.json."""

from __future__ import annotations

import pytest

from shamcrowd.benchmark.evaluation.evaluate import candidates_of
from shamcrowd.benchmark.evaluation.plan import Plan, board_name, checked_seeds, claimed
from shamcrowd.recording.errors import (
    FolderInUseError,
    NothingToJudgeError,
    UnreadableError,
    UsageError,
)
from tests.recordings import change_json


class SharedHTTPThings:
    pass


@pytest.mark.parametrize(
    ("detector", "name"),
    [
        ("velocity", "velocity"),
        ("/a/b.py:BusyHours", "busy-hours"),
        ("package.module:judge_all", "judge-all"),
        (SharedHTTPThings, "shared-httpthings"),
        (lambda: None, "lambda"),
        ("x.py:../../Escape", "escape"),
        ("x.py:", "detector"),
    ],
)
def test_board_name_is_safe_as_a_folder(detector, name):
    assert board_name(detector) == name


def test_seeds():
    assert checked_seeds([5, 1, 5], [902, 901]) == ((1, 5), (901, 902))
    with pytest.raises(UsageError, match="seed 901"):
        checked_seeds([1, 901], [901])
    with pytest.raises(UsageError, match="seed 801"):
        checked_seeds([801], [901])
    for scored, calibration in (([], [901]), ([1], [])):
        with pytest.raises(NothingToJudgeError):
            checked_seeds(scored, calibration)


PLAN = Plan("x-v1", "title", "about", {"a": [1]}, (1, 2), (901,), 0.01, ("velocity",))


def test_round_trip(tmp_path):
    PLAN.write(tmp_path)
    assert Plan.read(tmp_path) == PLAN
    assert [p.name for p in tmp_path.iterdir()] == ["run.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"seeds": 1}'])
def test_damaged(tmp_path, text):
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(UnreadableError, match=r"run\.json"):
        Plan.read(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seeds", "1"), ("seeds", [True]), ("seeds", [1.5]), ("alert_rate", "0.01"),
        ("alert_rate", True), ("detectors", {}), ("detectors", ["../../other"]), ("title", None),
        ("resolved", []), ("training", 5), ("more", 1),
    ],
)  # fmt: skip
def test_wrong_types(tmp_path, key, value):
    PLAN.write(tmp_path)
    change_json(tmp_path / "run.json", lambda data: data.update({key: value}))
    with pytest.raises(UnreadableError, match=r"run\.json"):
        Plan.read(tmp_path)


def test_claim(tmp_path):
    for _ in range(2):
        with claimed(tmp_path / "new" / "deep"):
            assert (tmp_path / "new" / "deep").is_dir()
    PLAN.write(tmp_path / "new")
    with claimed(tmp_path / "new"), pytest.raises(FolderInUseError, match="in use by another run"):
        claimed(tmp_path / "new").__enter__()
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "file").touch()
    with pytest.raises(FolderInUseError, match="nothing in it was touched"):
        claimed(tmp_path / "else").__enter__()


def test_two_versions_on_one_board():
    old, new = "old=velocity", "new=velocity"
    found = {c.name: c.detector for c in candidates_of([old, new])}
    assert found["old"] == found["new"] == "velocity"
    assert "velocity" not in found


@pytest.mark.parametrize("name", ["random", "oracle"])
def test_no_name_of_a_control(name):
    with pytest.raises(UsageError, match=f"two detectors are called '{name}'"):
        candidates_of([f"{name}=velocity"])


@pytest.mark.parametrize("wrong", ["New=velocity", "a b=velocity", "-=velocity", "=velocity"])
def test_what_is_no_name_is_no_detector_either(wrong):
    with pytest.raises(UsageError, match="no detector"):
        candidates_of([wrong])
