"""One closed loop from its first slice to its figures; runs in a process of its own."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.closed_loop.alert_buffer import AlertBuffer
from shamcrowd.benchmark.closed_loop.attack_and_defence import AttackAndDefence, together
from shamcrowd.benchmark.closed_loop.confined_reviewer import ConfinedReviewer
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure
from shamcrowd.benchmark.closed_loop.figures.registry import figures
from shamcrowd.benchmark.closed_loop.oracle_reviewer import OracleReviewer
from shamcrowd.benchmark.closed_loop.reading import (
    LoopRecording,
    UndefendedTotals,
    ledger,
    timeline,
)
from shamcrowd.benchmark.closed_loop.results import RunMeasurement, RunResult
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.replay import Candidate, TrainingData
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.benchmark.scoring.labelled_findings import label_findings
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.truth_arrays import open_truth
from shamcrowd.recording.atomic import partial_path
from shamcrowd.simulator import simulate
from shamcrowd.simulator.scenario.model import Scenario


@dataclass(frozen=True)
class LoopCell:
    """What one closed loop is made of.

    ``scenario`` holds the response. ``candidate`` is None for a control that knows the truth, which
    ``name`` names then. ``folder`` is where the recording goes; it is removed afterwards unless
    ``keep``.
    """

    name: str
    candidate: Candidate | None
    scenario: Scenario
    seed: int
    folder: Path
    keep: bool
    key: dict[str, Any]
    threshold: float
    open_loop: UndefendedTotals
    training: TrainingData | None
    sandbox: Sandbox
    limit: float
    workers: int


def play(cell: LoopCell) -> RunResult:
    """Play it and add it up.

    Raises:
        Exception: whatever the detector raises; its recording is kept then, as a partial one.
    """
    buffer, seconds, peak = _played(cell)
    truth = open_truth(cell.folder)
    findings = label_findings(truth, buffer.findings(truth.account), cell.threshold)
    found: dict[str, RunMeasurement] = {}
    for name, metric in metrics().items():
        try:
            found[name] = RunMeasurement(tuple(float(v) for v in metric.measure(findings)))
        except NotMeasurableError as why:
            found[name] = RunMeasurement(note=str(why))
    recorded = LoopRecording(cell.folder)
    totals = ledger(recorded, cell.open_loop)
    defence = totals.defence
    result = RunResult(
        detector=cell.name,
        seed=cell.seed,
        key=cell.key,
        fingerprint=recorded.manifest.fingerprint,
        seconds=seconds,
        peak_mib=peak,
        metrics=found,
        figures=total_figures(totals),
        campaigns=campaign_figures(totals),
        banned={s: (defence.banned.get(s, 0), n) for s, n in defence.innocents.items()},
        timeline=asdict(timeline(recorded)),
    )
    if not cell.keep:
        shutil.rmtree(cell.folder)
    return result


def total_figures(totals: AttackAndDefence) -> dict[str, RunMeasurement]:
    """Every figure, over all campaigns together."""
    everyone = together(totals.attacks)
    return {
        name: _value(lambda f=figure: _of(f, everyone, totals))
        for name, figure in figures().items()
    }


def campaign_figures(totals: AttackAndDefence) -> dict[str, dict[str, RunMeasurement]]:
    """The attackers' figures of each campaign."""
    return {
        attack.name: {
            name: _value(lambda f=figure, a=attack: f.measure(a))
            for name, figure in figures().items()
            if isinstance(figure, AttackFigure)
        }
        for attack in totals.attacks
    }


def _of(figure: Any, everyone: Any, totals: AttackAndDefence) -> float:
    subject = everyone if isinstance(figure, AttackFigure) else totals.defence
    value: float = figure.measure(subject)
    return value


def _value(measure: Any) -> RunMeasurement:
    try:
        return RunMeasurement((float(measure()),))
    except NotMeasurableError as why:
        return RunMeasurement(note=str(why))


def _played(cell: LoopCell) -> tuple[AlertBuffer, float, float]:
    """What the detector said, its CPU seconds and its largest resident set in MiB."""
    if cell.candidate is None:
        knowing = OracleReviewer(truth_controls()[cell.name], cell.seed)
        simulate(cell.scenario, cell.seed, cell.folder, workers=cell.workers, reviewer=knowing)
        return knowing.buffer(), 0.0, 0.0
    running = partial_path(cell.folder)
    with ConfinedReviewer(
        cell.candidate, running, cell.threshold, cell.training, cell.sandbox, cell.limit
    ) as reviewer:
        simulate(cell.scenario, cell.seed, cell.folder, workers=cell.workers, reviewer=reviewer)
        return reviewer.buffer(), reviewer.seconds, reviewer.peak_mib
