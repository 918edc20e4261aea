"""Reference scores of a metric in one run: chance level, best control, oracle."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import DetectorScores, Scores


@dataclass(frozen=True)
class ReferenceScores:
    """Values between which a detector's value is to be read; None where not measured.

    Attributes:
        chance: the chance level.
        best_control: the best control that does not read the truth.
        control: its name.
        oracle: the oracle, which reads the truth.
    """

    chance: float | None
    best_control: float | None
    control: str
    oracle: float | None

    def known(self) -> list[tuple[str, float]]:
        """Those that are known, with their names."""
        named = (
            ("chance", self.chance),
            (self.control or "best control", self.best_control),
            ("oracle", self.oracle),
        )
        return [(name, value) for name, value in named if value is not None]


def reference_scores(scores: Scores, name: str) -> ReferenceScores:
    """Reference scores of the metric ``name``.

    The chance level is computed where the metric defines it, for the mean prevalence of the
    recordings; otherwise it is the value of the random control.
    """
    metric = metrics()[name]
    controls = {d.name: d for d in scores.detectors if d.kind == "control"}
    prevalence = fmean(record.prevalence for record in scores.recordings)
    measured = any(_value(d, name) is not None for d in scores.detectors)
    chance = metric.chance(prevalence) if measured else None
    if chance is None:
        chance = _value(controls.get("random"), name)
    blind = {
        n: value
        for n, d in controls.items()
        if n not in truth_controls() and (value := _value(d, name)) is not None
    }
    best = max if metric.better == "higher" else min
    control = best(blind, key=lambda n: blind[n]) if blind else ""
    return ReferenceScores(
        chance, blind.get(control), control, _value(controls.get("oracle"), name)
    )


def _value(scored: DetectorScores | None, name: str) -> float | None:
    measured = scored.metrics.get(name) if scored is not None else None
    return measured.value if measured is not None else None
