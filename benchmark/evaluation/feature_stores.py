"""The stage that makes the feature tables which all detectors of a run share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmark.apart import Outcome
from benchmark.cache import packages
from benchmark.engines.work import Work
from benchmark.evaluation.plan import TRAINING_SEED, Plan
from benchmark.evaluation.workshop import Workshop
from detectors.features.accounts import AccountFeatures
from detectors.features.store import is_stored, make_store
from recording.manifest import Manifest
from recording.origin import source_digest
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


def make_stores(plan: Plan, shop: Workshop, seeds: Sequence[int]) -> dict[int, Path]:
    """Stores of the features of these seeds' recordings; those not there, or damaged, are made.

    One that cannot be made is left out, with a note: each detector adds up its own then.
    """
    places = {seed: plan.features(shop.folder, seed) for seed in seeds}
    missing = [seed for seed in seeds if not _is_there(plan, shop, seed)]
    if missing:
        shop.listener.stage("features", len(missing))
    works = [
        Work(
            f"features of seed {seed}", _made,
            (plan.recording(shop.folder, seed), _ends_only(seed)), places[seed],
        )
        for seed in missing
    ]  # fmt: skip

    def done(number: int, outcome: Outcome) -> None:
        seed = missing[number]
        if outcome.error is not None:
            del places[seed]
            shop.listener.note(f"no shared features of seed {seed}: {outcome.error}")
        elif shop.cache is not None:
            shop.cache.keep("features", _key(plan, shop, seed), places[seed])
        shop.listener.step()

    shop.engine.run(works, done)
    return places


def _is_there(plan: Plan, shop: Workshop, seed: int) -> bool:
    if shop.cache is not None:
        place = plan.features(shop.folder, seed)
        return shop.cache.lend("features", _key(plan, shop, seed), place)
    return stored_features(plan, shop.folder, seed) is not None


def _key(plan: Plan, shop: Workshop, seed: int) -> dict[str, Any]:
    """All that the features of a seed hang on."""
    manifest = Manifest.read(plan.recording(shop.folder, seed))
    return {
        "recording": manifest.fingerprint,
        "moments": list(_moments(manifest, _ends_only(seed))),
        "source": source_digest("detectors", "recording"),
        "packages": packages(),
    }


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


def _made(recording: Path, end_only: bool, folder: Path) -> None:
    manifest = Manifest.read(recording)
    moments = _moments(manifest, end_only)
    make_store(open_log(recording), moments, manifest.fingerprint, folder)
