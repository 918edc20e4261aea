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
from shamcrowd.benchmark.evaluation.training import LabelKind, labels_of
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


Fit = tuple[str, int]
"""A detector's name and a training seed."""


@dataclass(frozen=True)
class FittedDetectors:
    """Results of fitting, by detector name and training seed.

    Attributes:
        saved: the file of each fitted detector; the training data for one that cannot be pickled.
        failed: outcomes of those that failed to fit.
    """

    saved: dict[Fit, Path | TrainingData]
    failed: dict[Fit, Outcome]


def training_of(
    plan: Plan, folder: Path, labels: LabelKind, seed: int | None = None
) -> TrainingData:
    """The training data: the recording of another seed, with labels; None: of the first one."""
    recording = plan.recording(folder, plan.training_seeds[0] if seed is None else seed)
    return TrainingData(recording, labels_of(recording, labels))


def training_key(training: TrainingData) -> dict[str, Any]:
    """The part of a cache key that depends on the training data."""
    return {
        "training": Manifest.read(training.recording).fingerprint,
        "labels": training.labels.digest,
    }


def fit_all(
    plan: Plan, context: RunContext, learners: Mapping[Fit, FittableDetector],
    training: Mapping[int, TrainingData],
) -> FittedDetectors:  # fmt: skip
    """Fit detectors, given by name and training seed, that are not fitted yet.

    ``training`` holds the data of each training seed; ``context.folder`` is absolute. A failure
    does not affect the others.
    """
    common = {seed: training_key(data) for seed, data in training.items()}
    keys = {
        (name, seed): {
            **common[seed], "detector": who.digest, "name": name,
            "surroundings": surroundings(who.candidate.is_ours),
        }
        for (name, seed), who in learners.items()
    }  # fmt: skip
    paths = {(name, seed): plan.fitted(context.folder, name, seed) for name, seed in learners}
    missing = [fit for fit in learners if not _is_there(paths[fit], keys[fit], context.cache)]
    if missing:
        context.listener.stage("fitting", len(missing))
    scratch = Path(mkdtemp(prefix="shamcrowd-"))
    units = [
        WorkUnit(
            f"fitting {fit[0]}", fit_detector,
            (
                learners[fit].candidate.packed(), training[fit[1]], keys[fit],
                learners[fit].candidate.sandbox(
                    scratch, context.hidden, context.experiment.memory_limit
                ),
            ),
            paths[fit], context.experiment.time_limit,
        )
        for fit in missing
    ]  # fmt: skip
    failed: dict[Fit, Outcome] = {}

    def done(number: int, outcome: Outcome) -> None:
        fit = missing[number]
        if outcome.error is not None:
            failed[fit] = outcome
        elif context.cache is not None:
            context.cache.keep("fitted", keys[fit], paths[fit])
        context.listener.step()

    try:
        context.engine.run(units, done)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    saved: dict[Fit, Path | TrainingData] = {
        fit: path / PACKED if FittedNote.read(path).digest else training[fit[1]]
        for fit, path in paths.items()
        if fit not in failed
    }
    return FittedDetectors(saved, failed)


def _is_there(path: Path, key: dict[str, Any], cache: Cache | None) -> bool:
    if cache is None or not cache.link("fitted", key, path):
        return cache is None and is_fitted(path, key)
    if is_fitted(path, key):
        return True
    cache.forget("fitted", key, path)
    return False
