"""Scores are read back as they were written, and damage is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from shamcrowd.benchmark.scoring.scores import SCORES_VERSION, Scores
from shamcrowd.recording.errors import NothingToJudgeError, UnreadableError
from tests.recordings import change_json


def test_what_was_written_is_read(small_run):
    again = Scores.read(small_run.folder / "scores.json")
    assert again == small_run.scores


def test_parts_are_what_a_seeds_value_is_the_mean_of(small_run):
    linker = next(d for d in small_run.scores.detectors if d.name == "shared-resources")
    recall = linker.metrics["campaign-recall"]
    assert [len(p) for p in recall.parts] == [2, 2]  # two campaigns on two seeds
    assert [sum(p) / len(p) for p in recall.parts] == pytest.approx(list(recall.by_seed))
    for harm in linker.segments:
        assert [sum(c) for c in zip(*harm.by_seed, strict=True)] == [harm.accounts, harm.flagged]


def test_no_scores(tmp_path):
    with pytest.raises(NothingToJudgeError, match="no scores here"):
        Scores.read(tmp_path / "scores.json")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.update(version=SCORES_VERSION + 1), "score the run again"),
        (lambda d: d.update(seeds="all"), "seeds: "),
        (lambda d: d["detectors"][0].pop("name"), "detectors.0.name: "),
        (lambda d: d.clear(), "version none"),
    ],
)
def test_damage(small_run, tmp_path, change, told):
    path = Path(shutil.copy(small_run.folder / "scores.json", tmp_path))
    change_json(path, change)
    with pytest.raises(UnreadableError, match=told) as fault:
        Scores.read(path)
    assert str(path) in str(fault.value)


def test_a_figure_that_was_edited(small_run, tmp_path):
    path = Path(shutil.copy(small_run.folder / "scores.json", tmp_path))
    data = json.loads(path.read_text("utf-8"))
    data["detectors"][0]["metrics"]["average-precision"]["value"] += 0.01
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(UnreadableError, match="its checksum does not fit"):
        Scores.read(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\x00"])
def test_what_is_no_scores_at_all(tmp_path, text):
    path = tmp_path / "scores.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableError, match="score the run again"):
        Scores.read(path)
