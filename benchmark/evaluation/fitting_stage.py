"""The stage that teaches each detector that learns, once for all recordings it is to judge."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from shamcrowd.benchmark.evaluation.fitting import PACKED, FittedNote, fit_detector, is_fitted
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.evaluation.replay import Candidate, TrainingData
from shamcrowd.benchmark.evaluation.run_context import RunContext
from shamcrowd.benchmark.execution.cache import Cache, packages
from shamcrowd.benchmark.execution.engines.work_unit import WorkUnit
from shamcrowd.benchmark.execution.isolated_process import Outcome
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.recording.manifest import Manifest


@dataclass(frozen=True)
class FittableDetector:
    """A detector that learns, and the digest of its code."""

    candidate: Candidate
    digest: str


@dataclass(frozen=True)
class FittedDetectors:
    """What teaching came to, by the detectors' names.

    Attributes:
        saved: the file of each taught detector; what to teach, of one that cannot be saved.
        failed: how teaching ended for those that failed at it.
    """

    saved: dict[str, Path | TrainingData]
    failed: dict[str, Outcome]


def training_key(training: TrainingData) -> dict[str, Any]:
    """What was learned hangs on it."""
    return {
        "training": Manifest.read(training.recording).fingerprint,
        "labels": training.labels.digest,
    }


def fit_all(
    plan: Plan, context: RunContext, learners: Mapping[str, FittableDetector],
    training: TrainingData,
) -> FittedDetectors:  # fmt: skip
    """Teach detectors, given by their names, where they are not taught yet.

    ``context.folder`` is absolute. One that fails takes none of the others down.
    """
    common = {**training_key(training), "packages": packages()}
    keys = {n: {**common, "detector": who.digest, "name": n} for n, who in learners.items()}
    places = {name: plan.fitted(context.folder, name) for name in learners}
    missing = [name for name in learners if not _is_there(places[name], keys[name], context.cache)]
    if missing:
        context.listener.stage("teaching", len(missing))
    scratch = Path(mkdtemp(prefix="shamcrowd-"))
    units = [
        WorkUnit(
            f"teaching {name}", fit_detector,
            (
                learners[name].candidate.packed(), training, keys[name],
                Sandbox(scratch / name, context.hidden, context.experiment.memory_limit),
            ),
            places[name], context.experiment.time_limit,
        )
        for name in missing
    ]  # fmt: skip
    failed: dict[str, Outcome] = {}

    def done(number: int, outcome: Outcome) -> None:
        name = missing[number]
        if outcome.error is not None:
            failed[name] = outcome
        elif context.cache is not None:
            context.cache.keep("taught", keys[name], places[name])
        context.listener.step()

    try:
        context.engine.run(units, done)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    saved: dict[str, Path | TrainingData] = {
        name: place / PACKED if FittedNote.read(place).digest else training
        for name, place in places.items()
        if name not in failed
    }
    return FittedDetectors(saved, failed)


def _is_there(place: Path, key: dict[str, Any], cache: Cache | None) -> bool:
    return is_fitted(place, key) if cache is None else cache.lend("taught", key, place)
