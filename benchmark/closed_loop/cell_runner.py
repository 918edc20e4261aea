"""Runs closed loops, one per detector, scenario and seed, on top of a finished open loop."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np

from shamcrowd.benchmark.closed_loop.open_against_closed import over_seeds
from shamcrowd.benchmark.closed_loop.play import LoopCell, play, total_figures
from shamcrowd.benchmark.closed_loop.reading import (
    LoopRecording,
    UndefendedTotals,
    attack_and_defence,
    timeline,
    undefended,
)
from shamcrowd.benchmark.closed_loop.results import RunMeasurement, RunResult
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.describing import Description, describe
from shamcrowd.benchmark.evaluation.evaluate import candidates_of
from shamcrowd.benchmark.evaluation.experiment import DetectorList, Experiment
from shamcrowd.benchmark.evaluation.failing import failure_text
from shamcrowd.benchmark.evaluation.feature_stores import stored_features
from shamcrowd.benchmark.evaluation.fitting_stage import training_of
from shamcrowd.benchmark.evaluation.installed_plugins import installed_metrics, installed_plugins
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.evaluation.plan import Plan, claimed
from shamcrowd.benchmark.evaluation.replay import Candidate, TrainingData
from shamcrowd.benchmark.execution.isolated_process import Outcome, Task, run_isolated
from shamcrowd.benchmark.execution.library_versions import packages
from shamcrowd.benchmark.execution.seal import SEALED, seal
from shamcrowd.benchmark.execution.surroundings import surroundings
from shamcrowd.benchmark.execution.used import is_unchanged
from shamcrowd.benchmark.scoring.conditions import common
from shamcrowd.benchmark.scoring.scores import DetectorScores, Measurement, Scores
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.origin import source_digest
from shamcrowd.simulator.scenario.load import resolved
from shamcrowd.simulator.scenario.model import Scenario


@dataclass(frozen=True)
class OpenLoopResult:
    """Totals, figures and timeline of the open loop on one seed."""

    base: UndefendedTotals
    figures: dict[str, RunMeasurement]
    timeline: dict[str, Any]


class CellRunner:
    """Runs closed loops for an output folder that holds a finished open loop."""

    def __init__(
        self,
        folder: Path,
        scores: Scores,
        detectors: DetectorList,
        experiment: Experiment,
        listener: Listener,
    ) -> None:
        """Read the finished open loop in ``folder`` and compute its figures."""
        self.folder = folder.resolve()
        self.scores = scores
        self._experiment = experiment
        self._listener = listener
        self._plan = Plan.read(self.folder)
        self._hidden = (self.folder, *experiment.hidden())
        candidates = candidates_of(detectors)
        described = describe(candidates, self._hidden, experiment.processes)
        self._candidates: dict[str, Candidate] = {c.name: c for c in candidates}
        self._described = {
            c.name: d for c, d in zip(candidates, described, strict=True)
            if isinstance(d, Description)
        }  # fmt: skip
        self.open_loops = self._open_loops()
        self._training = self._training_data()

    def _open_loops(self) -> dict[int, OpenLoopResult]:
        seeds = self._plan.seeds
        tasks = [
            Task(f"seed {s}", _open_loop, (self._plan.recording(self.folder, s),)) for s in seeds
        ]
        found = run_isolated(tasks, self._experiment.processes)
        for outcome in found:
            if outcome.error is not None:
                raise outcome.error
        return {s: o.value for s, o in zip(seeds, found, strict=True)}

    def _training_data(self) -> TrainingData | None:
        if not any(d.learns for d in self._described.values()):
            return None
        training = training_of(self._plan, self.folder, self._experiment.training.labels)
        features = stored_features(self._plan, self.folder, self._plan.training_seeds[0])
        return TrainingData(training.recording, training.labels, features)

    def bare(self) -> dict[str, Measurement]:
        """Figures of the open loop over the scored seeds: the cost of abuse without a defence."""
        figures = [self.open_loops[seed].figures for seed in self.scores.seeds]
        return {name: over_seeds(name, [b[name] for b in figures]) for name in figures[0]}

    def names(self, wanted: Sequence[str] | None = None) -> list[DetectorScores]:
        """Detectors scored in the open loop, in the board's order; only ``wanted`` if given."""
        return [
            d for d in self.scores.detectors
            if d.status == "ok" and (wanted is None or d.name in wanted)
        ]  # fmt: skip

    def cell(self, scored: DetectorScores, scenario: Scenario, seed: int, path: Path,
             keep: bool, scratch: Path) -> LoopCell:  # fmt: skip
        """Describe one closed loop.

        Its recording goes to the folder ``path``, its result to a JSON file of the same name.
        """
        described = self._described.get(scored.name)
        reads_truth = scored.name in truth_controls()
        threshold = np.inf if scored.threshold is None else scored.threshold
        learns = described is not None and described.learns
        training = self._training if learns else None
        whole = json.dumps(resolved(scenario), sort_keys=True, default=str)
        key: dict[str, Any] = {
            "scenario": hashlib.sha256(whole.encode()).hexdigest()[:16],
            "source": source_digest(
                "shamcrowd.simulator",
                "shamcrowd.recording",
                "shamcrowd.benchmark.closed_loop",
                "shamcrowd.benchmark.scoring.metrics",
            ),
            "detector": "" if described is None else described.digest,
            "surroundings": ""
            if reads_truth
            else surroundings(self._candidates[scored.name].is_ours),
            "packages": packages(),
            "plugins": installed_plugins(resolved(scenario)) | installed_metrics(),
            "threshold": None if scored.threshold is None else float(threshold),
            "open": Manifest.read(self._plan.recording(self.folder, seed)).fingerprint,
            "keep": keep,
        }
        if training is not None:
            key["training"] = Manifest.read(training.recording).fingerprint
            key["labels"] = training.labels.digest
        return LoopCell(
            name=scored.name,
            candidate=None if reads_truth else self._candidates[scored.name],
            scenario=scenario,
            seed=seed,
            folder=path,
            keep=keep,
            key=key,
            threshold=float(threshold),
            open_loop=self.open_loops[seed].base,
            training=training,
            sandbox=None
            if reads_truth
            else self._candidates[scored.name].sandbox(
                scratch, self._hidden, self._experiment.memory_limit
            ),
            limit=self._experiment.time_limit,
            workers=1,
            secret=self._experiment.secret,
        )

    def conditions(self, results: Sequence[RunResult]) -> tuple[str, str]:
        """How detectors were sealed off, here and in the open loop, and the secret's hash."""
        judged = (r for r in results if not r.error and r.detector not in truth_controls())
        return common([self.scores.versions, *({"seal": r.seal} for r in judged)])

    def play(
        self, wanted: Sequence[tuple[DetectorScores, Scenario, int, Path]], keep: bool
    ) -> list[RunResult]:
        """Results of the closed loops in the given order; runs those that are missing.

        A loop that fails has a result with its error. Each result is saved when its loop ends, so
        an interruption loses only the loops in progress.
        """
        scratch = Path(mkdtemp(prefix="shamcrowd-"))
        cells = [self.cell(*one, keep, scratch) for one in wanted]
        results = [self._saved(cell) for cell in cells]
        missing = [n for n, result in enumerate(results) if result is None]
        if len(missing) < len(cells):
            existing = len(cells) - len(missing)
            self._listener.note(f"{existing} of {len(cells)} closed loops exist and are used again")
        if missing:
            self._listener.note(f"detectors are {seal().line}")
        self._listener.stage("in the loop", len(missing))

        def done(number: int, outcome: Outcome) -> None:
            cell = cells[missing[number]]
            failed = RunResult(cell.name, cell.seed, cell.key, error=failure_text(outcome.error))
            result = outcome.value if outcome.error is None else failed
            result.write(_result_path(cell.folder))
            results[missing[number]] = result
            self._listener.step()

        try:
            tasks = [Task(cells[n].name, play, (cells[n],)) for n in missing]
            with claimed(self.folder):
                run_isolated(tasks, self._experiment.processes, done)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return [result for result in results if result is not None]

    def _saved(self, cell: LoopCell) -> RunResult | None:
        """The saved result of a closed loop, or None if it must be run."""
        result = _saved_result(cell)
        sealed = result is None or cell.candidate is None or result.seal.startswith(SEALED)
        return result if sealed or not self._experiment.require_seal else None


def _result_path(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _saved_result(cell: LoopCell) -> RunResult | None:
    """The saved result of a closed loop, or None if it must be run.

    It must be run if there is no result, if the result is a failure or has another key, or if its
    recording is to be kept and is not there.
    """
    result = RunResult.read(_result_path(cell.folder))
    if result is None or result.error or result.key != cell.key or not is_unchanged(result.used):
        return None
    if cell.keep and not (cell.folder / "manifest.json").exists():
        return None
    return result


def _open_loop(recording: Path) -> OpenLoopResult:
    recorded = LoopRecording(recording)
    base = undefended(recorded)
    return OpenLoopResult(
        base, total_figures(attack_and_defence(recorded, base)), asdict(timeline(recorded))
    )
