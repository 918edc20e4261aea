"""The stages of a run before scoring: recordings, then findings. What is there is used again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from benchmark.apart import Outcome, Task, run_apart
from benchmark.confine import MEMORY_LIMIT, Confines
from benchmark.digest import detector_digest
from benchmark.evaluation.feature_stores import make_stores, wants_features
from benchmark.evaluation.listener import Listener
from benchmark.evaluation.plan import TRAINING_SEED, Plan
from benchmark.replay import Candidate, FailedDetectorError, Training, replay
from benchmark.scoring.sealed import unseal
from benchmark.trace import Trace, TraceNote, read_note, settle, write_failure
from detectors.base import Labels
from detectors.registry import is_shipped
from recording.errors import DetectorError, MissingExtraError, RecordingError, ShamcrowdError
from recording.manifest import Manifest
from recording.origin import source_digest
from recording.whole import is_whole
from simulator import simulate
from simulator.scenario.model import Scenario

DESCRIBING_LIMIT = 120.0


def make_recordings(
    plan: Plan, scenario: Scenario, seeds: Sequence[int], folder: Path, workers: int,
    listener: Listener,
) -> None:  # fmt: skip
    """Simulate every seed that is not there yet.

    Raises:
        ShamcrowdError: if one cannot be simulated; the others are there then.
    """
    missing = [s for s in seeds if not _is_made(plan, plan.recording(folder, s), s)]
    there = len(seeds) - len(missing)
    if there:
        listener.note(f"{there} of {len(seeds)} recordings are there and used again")
    listener.stage("simulating", len(missing))
    # Seeds side by side; what cores are left go to the shards within each.
    each = max(workers // max(len(missing), 1), 1)
    tasks = [
        Task(f"seed {s}", _simulated, (scenario, s, plan.recording(folder, s), each))
        for s in missing
    ]
    _raise_first(run_apart(tasks, workers, lambda number, outcome: listener.step()))


def _simulated(scenario: Scenario, seed: int, folder: Path, workers: int) -> None:
    simulate(scenario, seed, folder, workers=workers)


def _is_made(plan: Plan, folder: Path, seed: int) -> bool:
    try:
        manifest = Manifest.read(folder)
    except RecordingError:
        return False
    return (
        manifest.resolved == plan.resolved
        and manifest.seed == seed
        and manifest.versions.get("source") == source_digest("simulator", "recording")
        and is_whole(folder, manifest)
    )


def _raise_first(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error


@dataclass(frozen=True)
class Description:
    """What is known of a detector without asking it for findings."""

    digest: str
    learns: bool
    wants_features: bool


def describe(
    candidates: Sequence[Candidate], folder: Path, workers: int
) -> list[Description | TraceNote]:
    """Load every detector, strangers' apart; for one that cannot be loaded a note that says why."""
    strange = [
        c for c in candidates if not (isinstance(c.detector, str) and is_shipped(c.detector))
    ]
    with TemporaryDirectory(prefix="shamcrowd-") as scratch:
        tasks = [
            Task(c.name, _described_apart, (c.packed(), confines), DESCRIBING_LIMIT)
            for i, c in enumerate(strange)
            for confines in [Confines(Path(scratch) / str(i), folder.resolve(), MEMORY_LIMIT)]
        ]
        done = run_apart(tasks, workers)
    outcomes = dict(zip((c.name for c in strange), done, strict=True))
    described: list[Description | TraceNote] = []
    for candidate in candidates:
        outcome = outcomes.get(candidate.name)
        if outcome is None:
            described.append(_described(candidate))
        elif outcome.error is None:
            described.append(outcome.value)
        else:
            described.append(_failure(candidate.name, {}, outcome))
    return described


def _described_apart(candidate: Candidate, confines: Confines) -> Description:
    confines.apply()
    return _described(candidate)


def _described(candidate: Candidate) -> Description:
    maker = candidate.maker()
    learns = hasattr(maker if isinstance(maker, type) else maker(), "fit")
    code = _code_of(candidate, maker)
    # An adapter names the files that it runs.
    digest = detector_digest(code, getattr(maker, "files", ()))
    return Description(digest, learns, wants_features(maker))


def _code_of(candidate: Candidate, maker: Callable[[], Any]) -> Any:
    """What holds the detector's code: its file, if it is named by one."""
    if isinstance(candidate.detector, str) and ".py:" in candidate.detector:
        return Path(candidate.detector.rpartition(":")[0])
    return maker


@dataclass(frozen=True)
class _Pending:
    """A detector that has yet to judge a recording."""

    seed: int
    candidate: Candidate
    about: Description
    place: Path
    key: dict[str, Any]


def find(
    plan: Plan, candidates: Sequence[Candidate], described: Sequence[Description | TraceNote],
    folder: Path, workers: int, limit: float, memory_limit: int, listener: Listener,
) -> None:  # fmt: skip
    """Let every detector judge every recording, each apart, where its findings are not there."""
    # Detectors work in folders of their own.
    folder = folder.resolve()
    seeds = (*plan.seeds, *plan.calibration_seeds)
    prints = {s: Manifest.read(plan.recording(folder, s)).fingerprint for s in seeds}
    training = None
    if any(isinstance(d, Description) and d.learns for d in described):
        training = training_of(plan, folder)
    pending: list[_Pending] = []
    there = 0
    for seed in seeds:
        for candidate, about in zip(candidates, described, strict=True):
            place = plan.findings(folder, seed, candidate.name)
            if isinstance(about, TraceNote):
                write_failure(place, about)
                continue
            key = {"detector": about.digest, "recording": prints[seed]}
            if about.learns and training is not None:
                key["training"] = Manifest.read(training.recording).fingerprint
            if _is_found(place, key):
                there += 1
                continue
            pending.append(_Pending(seed, candidate, about, place, key))
    if there:
        listener.note(f"{there} of {there + len(pending)} findings are there and used again")
    wanted = [work for work in pending if work.about.wants_features]
    shared = {work.seed for work in wanted}
    if training is not None and any(work.about.learns for work in wanted):
        shared.add(TRAINING_SEED)
    stores = make_stores(plan, folder, sorted(shared), workers, listener)
    if training is not None:
        training = replace(training, features=stores.get(TRAINING_SEED))
    listener.stage("detecting", len(pending))
    scratch = Path(mkdtemp(prefix="shamcrowd-"))
    tasks = [
        Task(
            work.candidate.name,
            replay,
            (
                work.candidate.packed(),
                plan.recording(folder, work.seed),
                work.place,
                work.key,
                training if work.about.learns else None,
                stores.get(work.seed),
                Confines(scratch / str(number), folder, memory_limit),
            ),
            limit,
        )
        for number, work in enumerate(pending)
    ]

    def done(number: int, outcome: Outcome) -> None:
        work = pending[number]
        if outcome.error is None:
            settle(work.place)
        else:
            write_failure(work.place, _failure(work.candidate.name, work.key, outcome))
        listener.step()

    try:
        run_apart(tasks, workers, done)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _is_found(place: Path, key: dict[str, Any]) -> bool:
    try:
        note = read_note(place)
        if note.key != key or note.error:
            return False
        Trace.read(place)
    except (OSError, ValueError, TypeError, RecordingError):
        return False
    return True


def training_of(plan: Plan, folder: Path) -> Training:
    """Another seed's recording with the full truth as labels."""
    recording = plan.recording(folder, TRAINING_SEED)
    sealed = unseal(recording)
    return Training(recording, Labels(sealed.account, sealed.sham))


def _failure(name: str, key: dict[str, Any], outcome: Outcome) -> TraceNote:
    fault = outcome.error
    if isinstance(fault, MissingExtraError):
        return TraceNote(name, key, False, 0.0, 0.0, told(fault))
    return TraceNote(name, key, False, outcome.seconds, outcome.peak_mib, told(fault))


def told(fault: Exception | None) -> str:
    """Why a detector failed, as a note holds it."""
    if isinstance(fault, MissingExtraError):
        return f"unavailable: {fault}"
    ours = isinstance(fault, FailedDetectorError | DetectorError | ShamcrowdError)
    return str(fault) if ours else f"{type(fault).__name__}: {fault}"
