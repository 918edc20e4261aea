"""The stage that teaches each detector that learns, once for all recordings it is to judge."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from shamcrowd.benchmark.evaluation.fitting import PACKED, TaughtNote, is_taught, teach
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.evaluation.replay import Candidate, Training
from shamcrowd.benchmark.evaluation.run_context import Workshop
from shamcrowd.benchmark.execution.cache import Cache, packages
from shamcrowd.benchmark.execution.engines.work import Work
from shamcrowd.benchmark.execution.isolated_process import Outcome
from shamcrowd.benchmark.execution.sandbox import Confines
from shamcrowd.recording.manifest import Manifest


@dataclass(frozen=True)
class Learner:
    """A detector that learns, and the digest of its code."""

    candidate: Candidate
    digest: str


@dataclass(frozen=True)
class Learned:
    """What teaching came to, by the detectors' names.

    Attributes:
        saved: the file of each taught detector; what to teach, of one that cannot be saved.
        failed: how teaching ended for those that failed at it.
    """

    saved: dict[str, Path | Training]
    failed: dict[str, Outcome]


def lesson_key(training: Training) -> dict[str, Any]:
    """What was learned hangs on it."""
    return {
        "training": Manifest.read(training.recording).fingerprint,
        "labels": training.labels.digest,
    }


def teach_all(
    plan: Plan, shop: Workshop, learners: Mapping[str, Learner], training: Training,
    limit: float, memory_limit: int,
) -> Learned:  # fmt: skip
    """Teach detectors, given by their names, where they are not taught yet.

    ``shop.folder`` is absolute. One that fails takes none of the others down.
    """
    common = {**lesson_key(training), "packages": packages()}
    keys = {n: {**common, "detector": who.digest, "name": n} for n, who in learners.items()}
    places = {name: plan.taught(shop.folder, name) for name in learners}
    missing = [name for name in learners if not _is_there(places[name], keys[name], shop.cache)]
    if missing:
        shop.listener.stage("teaching", len(missing))
    scratch = Path(mkdtemp(prefix="shamcrowd-"))
    works = [
        Work(
            f"teaching {name}", teach,
            (
                learners[name].candidate.packed(), training, keys[name],
                Confines(scratch / name, shop.hidden, memory_limit),
            ),
            places[name], limit,
        )
        for name in missing
    ]  # fmt: skip
    failed: dict[str, Outcome] = {}

    def done(number: int, outcome: Outcome) -> None:
        name = missing[number]
        if outcome.error is not None:
            failed[name] = outcome
        elif shop.cache is not None:
            shop.cache.keep("taught", keys[name], places[name])
        shop.listener.step()

    try:
        shop.engine.run(works, done)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    saved: dict[str, Path | Training] = {
        name: place / PACKED if TaughtNote.read(place).digest else training
        for name, place in places.items()
        if name not in failed
    }
    return Learned(saved, failed)


def _is_there(place: Path, key: dict[str, Any], cache: Cache | None) -> bool:
    return is_taught(place, key) if cache is None else cache.lend("taught", key, place)
