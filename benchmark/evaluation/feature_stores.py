"""The stage that makes the feature tables which all detectors of a run share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmark.apart import Task, run_apart
from benchmark.evaluation.listener import Listener
from benchmark.evaluation.plan import TRAINING_SEED, Plan
from detectors.features.accounts import AccountFeatures
from detectors.features.store import is_stored, make_store
from recording.manifest import Manifest
from recording.view import open_log


def wants_features(maker: Callable[[], Any]) -> bool:
    """Does a detector's code, or that of the adapter it is made with, name `AccountFeatures`?

    If it asks for them by another way it still gets the same values, added up by itself where no
    other detector of the run wanted them.

    >>> from detectors.registry import load_detector
    >>> wants_features(load_detector("isolation-forest")), wants_features(load_detector("random"))
    (True, False)
    """
    code = getattr(maker, "review", maker)
    known = {**getattr(inspect.unwrap(code), "__globals__", {}), **getattr(code, "__globals__", {})}
    return AccountFeatures.__name__ in known


def make_stores(
    plan: Plan, folder: Path, seeds: Sequence[int], workers: int, listener: Listener
) -> dict[int, Path]:
    """Stores of the features of these seeds' recordings; those not there, or damaged, are made.

    One that cannot be made is left out, with a note: each detector adds up its own then.
    """
    places = {seed: plan.features(folder, seed) for seed in seeds}
    missing = [seed for seed in seeds if stored_features(plan, folder, seed) is None]
    if missing:
        listener.stage("features", len(missing))
    tasks = [
        Task(f"features of seed {s}", _made, (plan.recording(folder, s), _ends_only(s), places[s]))
        for s in missing
    ]
    outcomes = run_apart(tasks, workers, lambda number, outcome: listener.step())
    for seed, outcome in zip(missing, outcomes, strict=True):
        if outcome.error is not None:
            del places[seed]
            listener.note(f"no shared features of seed {seed}: {outcome.error}")
    return places


def stored_features(plan: Plan, folder: Path, seed: int) -> Path | None:
    """Where the features of a seed's recording are stored, undamaged; None if they are not."""
    manifest = Manifest.read(plan.recording(folder, seed))
    place = plan.features(folder, seed)
    moments = _moments(manifest, _ends_only(seed))
    return place if is_stored(moments, manifest.fingerprint, place) else None


def _ends_only(seed: int) -> bool:
    """Of the recording for training only the end is seen."""
    return seed == TRAINING_SEED


def _moments(manifest: Manifest, end_only: bool) -> Sequence[int]:
    return [manifest.end] if end_only else list(manifest.reviews)


def _made(recording: Path, end_only: bool, place: Path) -> None:
    manifest = Manifest.read(recording)
    moments = _moments(manifest, end_only)
    make_store(open_log(recording), moments, manifest.fingerprint, place)
