"""``sweep``: the open loop at several values of one knob; curves and the areas under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from shamcrowd.benchmark.evaluation.evaluate import run_experiment
from shamcrowd.benchmark.evaluation.experiment import DetectorList, Experiment
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.evaluation.plan import claimed
from shamcrowd.benchmark.scoring.conditions import common
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import DetectorScores, Measurement, Scores
from shamcrowd.benchmark.scoring.summary import summarised
from shamcrowd.benchmark.scoring.support import Support
from shamcrowd.recording.atomic import write_json
from shamcrowd.recording.errors import UsageError

NAME = "sweep.json"
KNOB = "knob.json"
"""By this file a folder of a sweep is recognised, even an unfinished one."""


@dataclass(frozen=True)
class Curve:
    """One metric of one detector, a measurement for each value of the knob, and its area.

    The area is divided by the knob's range, so it is the mean height of the curve.
    """

    points: tuple[Measurement, ...]
    area: Measurement


@dataclass(frozen=True)
class SweptDetector:
    """One detector's curves by metric. ``status`` is that of the first value that went wrong."""

    name: str
    kind: str
    status: str
    error: str
    curves: dict[str, Curve]


@dataclass(frozen=True)
class SweepScores:
    """Every detector's curves over ``values`` of ``knob``.

    ``seal`` says how detectors were sealed off, ``secret`` is the SHA-256 of the judge's secret
    ("": made without one).
    """

    scenario: str
    title: str
    knob: str
    values: tuple[float, ...]
    seeds: tuple[int, ...]
    alert_rate: float
    detectors: tuple[SweptDetector, ...]
    seal: str = ""
    secret: str = ""
    version: int = 1

    def write(self, folder: Path) -> None:
        """Write ``sweep.json``, in one step."""
        write_json(folder / NAME, asdict(self))


def sweep(
    experiment: Experiment,
    knob: str,
    first: float,
    last: float,
    steps: int,
    detectors: DetectorList = None,
    *,
    out: Path | str,
    listener: Listener | None = None,
) -> SweepScores:
    """Evaluate an experiment at evenly spaced values of one knob.

    Operating points are set anew at each value, on the calibration seeds there. Each value has a
    folder of its own in ``out``, and what it holds already is used again.

    Args:
        experiment: what is asked of the detectors; its scenario is named, not loaded.
        knob: path of the value, such as ``campaigns.hydra.evasion.rotation``.
        first: first value.
        last: last value.
        steps: number of values, at least 2.
        detectors: as for `shamcrowd.benchmark.evaluation.evaluate.evaluate`.
        out: folder for the runs and ``sweep.json``.
        listener: receives progress.

    Raises:
        UsageError: if there are not two different values.
        ScenarioError: if one of them cannot be played; nothing has been played then.
    """
    if steps < 2 or first == last:
        raise UsageError("a sweep needs at least two values: --from and --to that differ, --steps")
    values = tuple(float(v) for v in np.linspace(first, last, steps))
    at_values = [experiment.with_settings(f"{knob}={value:g}") for value in values]
    for one in at_values:
        one.load()
    folder = Path(out)
    listener = listener or Listener()
    found: list[Scores] = []
    with claimed(folder, KNOB):
        write_json(folder / KNOB, {"knob": knob, "values": values})
        for value, one in zip(values, at_values, strict=True):
            listener.note(f"{knob} = {value:g}")
            here = folder / f"{value:g}"
            found.append(run_experiment(one, detectors, out=here, listener=listener))
    names = [d.name for d in found[0].detectors]
    by_name = [{d.name: d for d in scores.detectors} for scores in found]
    scores = found[0]
    seal, secret = common(one.versions for one in found)
    swept = SweepScores(
        scenario=scores.scenario,
        title=scores.title,
        knob=knob,
        values=values,
        seeds=scores.seeds,
        alert_rate=scores.alert_rate,
        seal=seal,
        secret=secret,
        detectors=tuple(_swept([at[name] for at in by_name], values) for name in names),
    )
    swept.write(folder)
    return swept


def area(values: Sequence[float], heights: Sequence[float]) -> float:
    """Area under a curve by trapezia, divided by its range: its mean height.

    >>> area([0, 0.5, 1], [1.0, 0.5, 0.0])
    0.5
    """
    whole = np.trapezoid(np.asarray(heights), np.asarray(values))
    return float(whole / (values[-1] - values[0]))


def _swept(scored: Sequence[DetectorScores], values: Sequence[float]) -> SweptDetector:
    one = scored[0]
    broken = next((s for s in scored if s.status != "ok"), None)
    if broken is not None:
        value = values[list(scored).index(broken)]
        return SweptDetector(one.name, one.kind, broken.status, f"at {value:g}, {broken.error}", {})
    curves = {
        name: _curve([s.metrics[name] for s in scored], values, metric.support)
        for name, metric in metrics().items()}  # fmt: skip
    return SweptDetector(one.name, one.kind, "ok", "", curves)


def _curve(points: Sequence[Measurement], values: Sequence[float], support: Support) -> Curve:
    by_seed: list[list[float] | None] = []
    for heights in zip(*(point.by_seed for point in points), strict=True):
        there = [h for h in heights if h is not None]
        by_seed.append([area(values, there)] if len(there) == len(heights) else None)
    why = next((point.note for point in points if point.value is None), "not measured")
    notes = [why for v in by_seed if v is None]
    # An area under hits is a mean over the steps: no longer found or not.
    return Curve(tuple(points), summarised(by_seed, notes, replace(support, hits=False)))
