"""The verdict says what the board shows."""

from dataclasses import replace

from benchmark.report import words
from benchmark.scores import Measurement


def test_the_best_is_named_with_its_harm(scores):
    said = " ".join(words.verdict(scores))
    assert "linker finds 60 % of the sham accounts" in said
    assert "volume-only, finds 5 %" in said
    assert "flags 3 innocent accounts; hardest hit is casual with 1.5 %" in said


def test_no_detector_beats_the_controls(scores):
    weak = [
        replace(d, metrics=d.metrics | {words.RECALL: Measurement(0.01)})
        if d.kind == "detector" and d.status == "ok"
        else d
        for d in scores.detectors
    ]
    said = " ".join(words.verdict(replace(scores, detectors=tuple(weak))))
    assert "No detector beats the simple control volume-only (5 %)" in said


def test_nobody_was_hurt(scores):
    gentle = [d for d in scores.detectors if d.name in ("counter", "random")]
    said = " ".join(words.verdict(replace(scores, detectors=tuple(gentle))))
    assert "counter flags no innocent account" in said


def test_every_metric_is_explained():
    assert all(len(title) > 4 and len(meaning) > 20 for title, meaning in words.explained())
