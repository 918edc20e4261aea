"""The stage that fits each detector with a ``fit`` method, once for all recordings."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from shamcrowd.benchmark.evaluation.fitted_note import PACKED, FittedNote
from shamcrowd.benchmark.evaluation.fitting import fit_detector, is_fitted
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.evaluation.replay import Candidate, TrainingData
from shamcrowd.benchmark.evaluation.run_context import RunContext
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.work_unit import WorkUnit
from shamcrowd.benchmark.execution.isolated_process import Outcome
from shamcrowd.benchmark.execution.surroundings import surroundings
from shamcrowd.recording.manifest import Manifest


@dataclass(frozen=True)
class FittableDetector:
    """A detector with a ``fit`` method, and the digest of its code."""

    candidate: Candidate
    digest: str


@dataclass(frozen=True)
class FittedDetectors:
    """Results of fitting, by detector name.

    Attributes:
        saved: the file of each fitted detector; the training data for one that cannot be pickled.
        failed: outcomes of those that failed to fit.
    """

    saved: dict[str, Path | TrainingData]
    failed: dict[str, Outcome]


def training_key(training: TrainingData) -> dict[str, Any]:
    """The part of a cache key that depends on the training data."""
    return {
        "training": Manifest.read(training.recording).fingerprint,
        "labels": training.labels.digest,
    }


def fit_all(
    plan: Plan, context: RunContext, learners: Mapping[str, FittableDetector],
    training: TrainingData,
) -> FittedDetectors:  # fmt: skip
    """Fit detectors, given by name, that are not fitted yet.

    ``context.folder`` is absolute. A failure does not affect the others.
    """
    common = training_key(training)
    keys = {
        name: {
            **common, "detector": who.digest, "name": name,
            "surroundings": surroundings(who.candidate.is_ours),
        }
        for name, who in learners.items()
    }  # fmt: skip
    paths = {name: plan.fitted(context.folder, name) for name in learners}
    missing = [name for name in learners if not _is_there(paths[name], keys[name], context.cache)]
    if missing:
        context.listener.stage("fitting", len(missing))
    scratch = Path(mkdtemp(prefix="shamcrowd-"))
    units = [
        WorkUnit(
            f"fitting {name}", fit_detector,
            (
                learners[name].candidate.packed(), training, keys[name],
                learners[name].candidate.sandbox(
                    scratch, context.hidden, context.experiment.memory_limit
                ),
            ),
            paths[name], context.experiment.time_limit,
        )
        for name in missing
    ]  # fmt: skip
    failed: dict[str, Outcome] = {}

    def done(number: int, outcome: Outcome) -> None:
        name = missing[number]
        if outcome.error is not None:
            failed[name] = outcome
        elif context.cache is not None:
            context.cache.keep("fitted", keys[name], paths[name])
        context.listener.step()

    try:
        context.engine.run(units, done)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    saved: dict[str, Path | TrainingData] = {
        name: path / PACKED if FittedNote.read(path).digest else training
        for name, path in paths.items()
        if name not in failed
    }
    return FittedDetectors(saved, failed)


def _is_there(path: Path, key: dict[str, Any], cache: Cache | None) -> bool:
    if cache is None or not cache.link("fitted", key, path):
        return cache is None and is_fitted(path, key)
    if is_fitted(path, key):
        return True
    cache.forget("fitted", key, path)
    return False
