"""The last stage of a run with a cache: scoring, unless the same was scored before."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.evaluation.board import score
from shamcrowd.benchmark.evaluation.installed_plugins import installed_metrics
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.evaluation.run_context import RunContext
from shamcrowd.benchmark.execution.engines.work_unit import WorkUnit, failure_of
from shamcrowd.benchmark.execution.isolated_process import Outcome
from shamcrowd.benchmark.execution.library_versions import packages
from shamcrowd.benchmark.scoring.findings_store import read_metadata
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.atomic import remove, write_bytes
from shamcrowd.recording.errors import NothingToJudgeError, UnreadableError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.origin import source_digest

NAME = "scores.json"


def cached_score(plan: Plan, context: RunContext) -> Scores:
    """Scores of the findings in the run's folder, which ``scores.json`` there holds too.

    Raises:
        ShamcrowdError: if scoring fails.
    """
    if context.cache is None:
        raise NothingToJudgeError("no cache to score in")
    key, path = _key(plan, context.folder), context.folder / "scored"
    there = context.cache.link("scores", key, path)
    if there:
        context.listener.note("scores exist and are used again")
    context.listener.stage("scoring", 0 if there else 1)
    failures: list[Exception] = []

    def done(number: int, outcome: Outcome) -> None:
        if outcome.error is not None:
            failures.append(failure_of("scoring", outcome.error))
        elif context.cache is not None:
            context.cache.keep("scores", key, path)
        context.listener.step()

    if not there:
        work = WorkUnit(
            "scoring",
            _scored,
            (plan, context.folder.resolve()),
            path,
            context.experiment.time_limit,
        )
        context.engine.run([work], done)
    if failures:
        raise failures[0]
    write_bytes(context.folder / NAME, (path / NAME).read_bytes())
    remove(path)
    return Scores.read(context.folder / NAME)


def _scored(plan: Plan, run: Path, folder: Path) -> None:
    folder.mkdir()
    score(plan, run).write(folder / NAME)


def _key(plan: Plan, folder: Path) -> dict[str, Any]:
    """Everything that the scores depend on: findings, recordings, and the scoring code."""
    seeds = (*plan.seeds, *plan.calibration_seeds)
    found: dict[str, Any] = {}
    for seed in seeds:
        for name in plan.detectors:
            try:
                found[f"{seed} {name}"] = asdict(read_metadata(plan.findings(folder, seed, name)))
            except UnreadableError:
                found[f"{seed} {name}"] = None
    return {
        "plan": plan.data,
        "recordings": [Manifest.read(plan.recording(folder, s)).fingerprint for s in seeds],
        "findings": found,
        "source": source_digest(
            "shamcrowd.benchmark", "shamcrowd.detectors", "shamcrowd.recording"
        ),
        "plugins": installed_metrics(),
        "packages": packages(),
    }
