"""The stages of a run before scoring: recordings, then findings; existing ones are used again."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from shamcrowd.benchmark.evaluation.describing import Description
from shamcrowd.benchmark.evaluation.failing import failure_note
from shamcrowd.benchmark.evaluation.feature_stores import make_stores
from shamcrowd.benchmark.evaluation.fitting_stage import (
    Fit,
    FittableDetector,
    FittedDetectors,
    fit_all,
    training_key,
    training_of,
)
from shamcrowd.benchmark.evaluation.installed_plugins import installed_plugins
from shamcrowd.benchmark.evaluation.kept_findings import cached_key, is_usable, used
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.evaluation.replay import Candidate, TrainingData, replay
from shamcrowd.benchmark.evaluation.run_context import RunContext
from shamcrowd.benchmark.evaluation.slow_libraries import libraries_of
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.confinement.server_client import server
from shamcrowd.benchmark.execution.engines.work_unit import WorkUnit, failure_of
from shamcrowd.benchmark.execution.isolated_process import Outcome
from shamcrowd.benchmark.execution.seal import seal
from shamcrowd.benchmark.execution.surroundings import surroundings
from shamcrowd.benchmark.execution.used import is_unchanged
from shamcrowd.benchmark.scoring.findings_store import (
    FindingsMetadata,
    write_failure,
)
from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.origin import source_digest
from shamcrowd.recording.whole import is_whole
from shamcrowd.simulator import simulate
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.scenario.load import resolved
from shamcrowd.simulator.scenario.model import Scenario
from shamcrowd.simulator.simulation import PACKAGES


def make_recordings(plan: Plan, worlds: Mapping[int, Scenario], context: RunContext) -> None:
    """Simulate every seed of ``worlds`` that has no valid recording yet.

    With a cache each has the experiment's time limit; without one there is no limit.

    Raises:
        ShamcrowdError: if one cannot be simulated; the others are there then.
    """
    limit = None if context.cache is None else context.experiment.time_limit
    secret = context.experiment.secret
    keys = {
        seed: _recording_key(resolved(world), seed, context.experiment.secret_hash)
        for seed, world in worlds.items()
    }
    paths = {seed: plan.recording(context.folder, seed) for seed in worlds}
    missing = [seed for seed in worlds if not _is_there(paths[seed], keys[seed], context.cache)]
    there = len(worlds) - len(missing)
    if there:
        context.listener.note(
            f"{there} of {counted(len(worlds), 'recording')} exist and are used again"
        )
    context.listener.stage("simulating", len(missing))
    # Seeds in parallel; remaining cores go to the shards within each.
    each = max(context.engine.workers // max(len(missing), 1), 1)
    units = [
        WorkUnit(
            f"simulating seed {seed}", _simulated, (worlds[seed], seed, secret, each), paths[seed],
            limit,
        )
        for seed in missing
    ]  # fmt: skip
    failures: list[Exception] = []

    def done(number: int, outcome: Outcome) -> None:
        if outcome.error is not None:
            failures.append(failure_of(units[number].name, outcome.error))
        elif context.cache is not None:
            seed = missing[number]
            context.cache.keep("recordings", keys[seed], paths[seed])
        context.listener.step()

    context.engine.run(units, done)
    if failures:
        raise failures[0]


def _simulated(
    scenario: Scenario, seed: int, secret: Secret | None, workers: int, folder: Path
) -> None:
    simulate(scenario, seed, folder, workers=workers, secret=secret)


def _recording_key(world: dict[str, Any], seed: int, secret: str) -> dict[str, Any]:
    """Everything that a recording depends on."""
    key = {
        "scenario": world,
        "seed": seed,
        "versions": _made_with(),
    }
    # A manifest does not hold these: outside a cache such a recording is made again.
    plugins = installed_plugins(world)
    optional = {"plugins": plugins, "secret": secret}
    return key | {name: value for name, value in optional.items() if value}


def _made_with() -> dict[str, str]:
    """What a recording is made with now, as its manifest says it."""
    return {name: version(name) for name in PACKAGES} | {
        "python": platform.python_version(),
        "source": source_digest("shamcrowd.simulator", "shamcrowd.recording"),
    }


def _is_there(path: Path, key: dict[str, Any], cache: Cache | None) -> bool:
    if cache is not None:
        return cache.link("recordings", key, path)
    try:
        manifest = Manifest.read(path)
    except UnreadableError:
        return False
    made: dict[str, Any] = {"versions": manifest.versions, "seed": manifest.seed}
    if manifest.secret:
        made["secret"] = manifest.secret
    return {**made, "scenario": manifest.resolved} == key and is_whole(path, manifest)


@dataclass(frozen=True)
class _Pending:
    """A detector that has yet to judge a recording."""

    seed: int
    candidate: Candidate
    about: Description
    path: Path
    key: dict[str, Any]
    trained: int | None = None
    """Training seed, if it learns."""

    @property
    def fit(self) -> Fit | None:
        """What it needs to be fitted before."""
        return None if self.trained is None else (self.candidate.name, self.trained)


def run_detectors(
    plan: Plan,
    candidates: Sequence[Candidate],
    described: Sequence[Description | FindingsMetadata],
    context: RunContext,
) -> None:
    """Run every detector over every recording where its findings are not there yet.

    Each pair of detector and recording is one unit of work in a process of its own.
    """
    experiment = context.experiment
    # Detectors run in working folders of their own, so paths must be absolute.
    context = replace(context, folder=context.folder.resolve())
    seeds = (*plan.seeds, *plan.calibration_seeds)
    prints = {s: Manifest.read(plan.recording(context.folder, s)).fingerprint for s in seeds}
    training: dict[int, TrainingData] = {}
    if any(isinstance(d, Description) and d.learns for d in described):
        kind = experiment.training.labels
        training = {s: training_of(plan, context.folder, kind, s) for s in plan.training_seeds}
    pending: list[_Pending] = []
    there = 0
    for seed in seeds:
        for candidate, about in zip(candidates, described, strict=True):
            if isinstance(about, FindingsMetadata):
                write_failure(plan.findings(context.folder, seed, candidate.name), about)
                continue
            for trained in training if about.learns else (None,):
                path = plan.findings(context.folder, seed, candidate.name, trained)
                key = {
                    "detector": about.digest, "recording": prints[seed],
                    "surroundings": surroundings(candidate.is_ours),
                }  # fmt: skip
                if trained is not None:
                    key |= training_key(training[trained])
                if is_usable(path, key, candidate.name, context):
                    there += 1
                else:
                    pending.append(_Pending(seed, candidate, about, path, key, trained))
    if there:
        context.listener.note(
            f"{there} of {there + len(pending)} findings exist and are used again"
        )
    server(libraries_of({work.candidate.name: work.candidate for work in pending}.values()))
    wanted = [work for work in pending if work.about.wants_features]
    shared = {work.seed for work in wanted}
    shared |= {work.trained for work in wanted if work.trained is not None}
    stores = make_stores(plan, context, sorted(shared))
    learners = {w.fit: FittableDetector(w.candidate, w.about.digest) for w in pending if w.fit}
    learned = FittedDetectors({}, {})
    if learners:
        training = {s: replace(of, features=stores.get(s)) for s, of in training.items()}
        learned = fit_all(plan, context, learners, training)
    for work in pending:
        ended = learned.failed.get(work.fit) if work.fit else None
        if ended is not None:
            write_failure(work.path, failure_note(work.candidate.name, work.key, ended))
    pending = [work for work in pending if work.fit not in learned.failed]
    sealed = seal().line if pending else ""
    if pending:
        context.listener.note(f"detectors are {sealed}")
    context.listener.stage("detecting", len(pending))
    scratch = Path(mkdtemp(prefix="shamcrowd-"))
    unknown: set[str] = set()
    for name in dict.fromkeys(w.candidate.name for w in pending if not w.about.known):
        unknown.add(name)
        context.listener.note(
            f"{name}: values that its code uses cannot be described, so that it will be asked "
            "again next time"
        )
    units = [
        WorkUnit(
            work.candidate.name, replay,
            (
                work.candidate.packed(), plan.recording(context.folder, work.seed), work.key,
                learned.saved[work.fit] if work.fit else None, stores.get(work.seed),
                work.candidate.sandbox(scratch, context.hidden, experiment.memory_limit), sealed,
            ),
            work.path, experiment.time_limit,
        )
        for work in pending
    ]  # fmt: skip

    def done(number: int, outcome: Outcome) -> None:
        work = pending[number]
        if outcome.error is not None:
            write_failure(work.path, failure_note(work.candidate.name, work.key, outcome))
        else:
            if context.cache is not None:
                key = cached_key(work.key, work.candidate.name)
                context.cache.keep("findings", key, work.path)
            if not is_unchanged(used(work.path)) and work.candidate.name not in unknown:
                unknown.add(work.candidate.name)
                context.listener.note(
                    f"{work.candidate.name}: what it used is not known whole, or has changed "
                    "meanwhile, so that it will be asked again next time"
                )
        context.listener.step()

    try:
        context.engine.run(units, done)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
