"""The stage that computes the feature tables shared by all detectors of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.evaluation.run_context import RunContext
from shamcrowd.benchmark.execution.code_digest import imported
from shamcrowd.benchmark.execution.engines.work_unit import WorkUnit
from shamcrowd.benchmark.execution.isolated_process import Outcome
from shamcrowd.benchmark.execution.library_versions import packages
from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.store import is_stored, make_store
from shamcrowd.detectors.features.wanted import names_features
from shamcrowd.detectors.learned.moments import moments
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.origin import source_digest
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView, open_log


def wants_features(maker: Callable[[], Any]) -> bool:
    """Does a detector use `AccountFeatures`?

    A shipped one does if it imports them, directly or indirectly; any other, if its code or that of
    the adapter it is made with names them. One that gets them in another way still gets the same
    values, but computes them itself where no other detector of the run uses them.

    >>> from shamcrowd.detectors.registry import load_detector
    >>> wants_features(load_detector("boosted-trees")), wants_features(load_detector("random"))
    (True, False)
    """
    module = getattr(maker, "__module__", "")
    if module.startswith("shamcrowd.detectors."):
        return AccountFeatures.__module__ in imported(module)
    return names_features(maker)


def make_stores(plan: Plan, context: RunContext, seeds: Sequence[int]) -> dict[int, Path]:
    """Stores of the features of these seeds' recordings; those not there, or damaged, are made.

    One that fails is left out with a note, and each detector computes its own features.
    """
    paths = {seed: plan.features(context.folder, seed) for seed in seeds}
    missing = [seed for seed in seeds if not _is_there(plan, context, seed)]
    if missing:
        context.listener.stage("features", len(missing))
    units = [
        WorkUnit(
            f"features of seed {seed}", _made,
            (plan.recording(context.folder, seed), _is_for_training(plan, seed)), paths[seed],
        )
        for seed in missing
    ]  # fmt: skip

    def done(number: int, outcome: Outcome) -> None:
        seed = missing[number]
        if outcome.error is not None:
            del paths[seed]
            context.listener.note(f"no shared features of seed {seed}: {outcome.error}")
        elif context.cache is not None:
            context.cache.keep("features", _key(plan, context, seed), paths[seed])
        context.listener.step()

    context.engine.run(units, done)
    return paths


def _is_there(plan: Plan, context: RunContext, seed: int) -> bool:
    if context.cache is not None:
        path = plan.features(context.folder, seed)
        return context.cache.link("features", _key(plan, context, seed), path)
    return stored_features(plan, context.folder, seed) is not None


def _key(plan: Plan, context: RunContext, seed: int) -> dict[str, Any]:
    """Everything that the features of a seed depend on."""
    recording = plan.recording(context.folder, seed)
    return {
        "recording": Manifest.read(recording).fingerprint,
        "moments": list(_moments(recording, _is_for_training(plan, seed))),
        "source": source_digest("shamcrowd.detectors.features", "shamcrowd.recording"),
        "packages": packages(),
    }


def stored_features(plan: Plan, folder: Path, seed: int) -> Path | None:
    """Where the features of a seed's recording are stored, undamaged; None if they are not."""
    recording, path = plan.recording(folder, seed), plan.features(folder, seed)
    fingerprint = Manifest.read(recording).fingerprint
    return (
        path
        if is_stored(_moments(recording, _is_for_training(plan, seed)), fingerprint, path)
        else None
    )


def _is_for_training(plan: Plan, seed: int) -> bool:
    return seed in plan.training_seeds


def _moments(recording: Path, training: bool) -> Sequence[int]:
    """The reviews; of the recording for training, when our own learners look at it."""
    manifest = Manifest.read(recording)
    if training:
        return moments(LogView(open_log(recording), manifest.end, EARLIEST))
    return list(manifest.reviews)


def _made(recording: Path, training: bool, folder: Path) -> None:
    fingerprint = Manifest.read(recording).fingerprint
    make_store(open_log(recording), _moments(recording, training), fingerprint, folder)
