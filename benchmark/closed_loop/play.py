"""Runs one closed loop and computes its metrics and figures, in a process of its own."""

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
    attack_and_defence,
    timeline,
)
from shamcrowd.benchmark.closed_loop.results import RunMeasurement, RunResult
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.replay import Candidate, TrainingData
from shamcrowd.benchmark.execution.plugin_source import Usage
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.benchmark.execution.seal import seal
from shamcrowd.benchmark.scoring.labelled_findings import label_findings
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.truth_arrays import open_truth
from shamcrowd.recording.atomic import partial_path
from shamcrowd.simulator import simulate
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.response.reviewer import Reviewer
from shamcrowd.simulator.scenario.model import Scenario


@dataclass(frozen=True)
class LoopCell:
    """Inputs of one closed loop.

    ``scenario`` includes the response policy. ``candidate`` is None for a control that reads the
    truth; ``name`` then says which one. The recording is written to ``folder`` and removed
    afterwards unless ``keep``. ``limit`` is in seconds; ``secret`` is the judge's, if there is one.
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
    sandbox: Sandbox | None
    limit: float
    workers: int
    secret: Secret | None = None


def play(cell: LoopCell) -> RunResult:
    """Run a closed loop and measure it.

    Raises:
        Exception: any error of the detector; the partial recording is then kept.
    """
    buffer, usage, used = _played(cell)
    truth = open_truth(cell.folder)
    findings = label_findings(truth, buffer.findings(truth.account), cell.threshold)
    measured: dict[str, RunMeasurement] = {}
    for name, metric in metrics().items():
        try:
            measured[name] = RunMeasurement(tuple(float(v) for v in metric.measure(findings)))
        except NotMeasurableError as why:
            measured[name] = RunMeasurement(note=str(why))
    recorded = LoopRecording(cell.folder)
    totals = attack_and_defence(recorded, cell.open_loop)
    defence = totals.defence
    result = RunResult(
        detector=cell.name,
        seed=cell.seed,
        key=cell.key,
        fingerprint=recorded.manifest.fingerprint,
        seconds=usage.seconds,
        peak_mib=usage.peak_mib,
        metrics=measured,
        figures=total_figures(totals),
        campaigns=campaign_figures(totals),
        banned={s: (defence.banned.get(s, 0), n) for s, n in defence.legitimate.items()},
        hurt=defence.hurt,
        levers=[asdict(effect) for effect in recorded.levers.effects],
        timeline=asdict(timeline(recorded)),
        used=used,
        seal="" if cell.candidate is None else seal().line,
    )
    if not cell.keep:
        shutil.rmtree(cell.folder)
    return result


def total_figures(totals: AttackAndDefence) -> dict[str, RunMeasurement]:
    """All figures, with the campaigns taken together."""
    combined = together(totals.attacks)
    return {
        name: _value(lambda f=figure: _measured(f, combined, totals))
        for name, figure in figures().items()
    }


def campaign_figures(totals: AttackAndDefence) -> dict[str, dict[str, RunMeasurement]]:
    """Figures of the attack for each campaign separately."""
    return {
        attack.name: {
            name: _value(lambda f=figure, a=attack: f.measure(a))
            for name, figure in figures().items()
            if isinstance(figure, AttackFigure)
        }
        for attack in totals.attacks
    }


def _measured(figure: Any, combined: Any, totals: AttackAndDefence) -> float:
    subject = combined if isinstance(figure, AttackFigure) else totals.defence
    value: float = figure.measure(subject)
    return value


def _value(measure: Any) -> RunMeasurement:
    try:
        return RunMeasurement((float(measure()),))
    except NotMeasurableError as why:
        return RunMeasurement(note=str(why))


def _played(cell: LoopCell) -> tuple[AlertBuffer, Usage, dict[str, Any]]:
    """Findings of the detector, what it took, and the files that it used."""
    if cell.candidate is None or cell.sandbox is None:
        oracle = OracleReviewer(truth_controls()[cell.name], cell.seed)
        _simulated(cell, oracle)
        return oracle.buffer(), Usage(0.0, 0.0), {}
    running = partial_path(cell.folder)
    with ConfinedReviewer(
        cell.candidate, running, cell.threshold, cell.training, cell.sandbox, cell.limit
    ) as reviewer:
        _simulated(cell, reviewer)
        return reviewer.buffer, reviewer.usage(), reviewer.used()


def _simulated(cell: LoopCell, reviewer: Reviewer) -> None:
    simulate(
        cell.scenario, cell.seed, cell.folder, workers=cell.workers, reviewer=reviewer,
        secret=cell.secret,
    )  # fmt: skip
