"""Floor and ceiling of a metric in one run: what its figures have to be read between."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import DetectorScores, Scores


@dataclass(frozen=True)
class ReferenceScores:
    """What a lottery gets, what the best control that knows nothing gets, what the oracle gets.

    None where it was not measured. ``control`` names the best one.
    """

    chance: float | None
    best_control: float | None
    control: str
    oracle: float | None

    def told(self) -> list[tuple[str, float]]:
        """Those that are known, with their names."""
        named = (
            ("chance", self.chance),
            (self.control or "best control", self.best_control),
            ("oracle", self.oracle),
        )
        return [(name, value) for name, value in named if value is not None]


def reference_scores(scores: Scores, name: str) -> ReferenceScores:
    """Those of the metric ``name``.

    Chance is worked out where the metric can, for the mean prevalence of the recordings; else it
    is what the random control got.
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
