"""``bench``: a suite in, scores of every scenario out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.evaluation.evaluate import (
    candidates_of,
    make_findings,
    run_experiment,
)
from shamcrowd.benchmark.evaluation.experiment import DetectorList, Experiment
from shamcrowd.benchmark.evaluation.plan import TIME_LIMIT, claimed
from shamcrowd.benchmark.evaluation.slow_libraries import libraries_of
from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.local_engine import LocalEngine
from shamcrowd.benchmark.execution.engines.work_unit import Engine
from shamcrowd.benchmark.execution.isolated_process import preload_libraries
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.execution.seal import require_seal as refuse_unsealed
from shamcrowd.benchmark.execution.usual_cache import usual_cache
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.benchmark.suites.progress import BenchListener, CountingListener
from shamcrowd.benchmark.suites.result import NAME, ScenarioOutcome, SuiteResult, overall
from shamcrowd.benchmark.suites.share import Share
from shamcrowd.benchmark.suites.suite import Suite, load_suite
from shamcrowd.recording.errors import ShamcrowdError, UsageError
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.scenario.load import load_scenario
from shamcrowd.simulator.scenario.model import Scenario


def bench(
    suite: str | Suite,
    *,
    out: Path | str,
    detectors: DetectorList = None,
    cache: Cache | None = None,
    engine: Engine | None = None,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    listener: BenchListener | None = None,
    require_seal: bool = False,
    secret: Secret | None = None,
    fresh: bool = False,
    share: Share | None = None,
) -> SuiteResult:
    """Simulate, detect and score every scenario of a suite, at every seed, with every detector.

    Args:
        suite: an id, the path of a YAML file, or a loaded suite.
        out: folder for the results: one a scenario with its ``scores.json``, and ``suite.json``.
        detectors: names, ``path.py:Class``, or classes; None: the suite's.
        cache: where units are kept, for this bench and all others; None: the default folder, or
            one below ``out`` if that cannot be written.
        engine: what runs the units of work; None: this machine, one unit per core.
        time_limit: seconds that a unit may take.
        memory_limit: memory that a detector may have, MiB.
        listener: receives progress.
        require_seal: use no findings of a detector that was not sealed off.
        secret: what a judge keys recordings with; None: nothing, anybody can make the same.
        fresh: do everything again; use nothing that was kept.
        share: simulate and detect only so much of it, and score nothing: what one of several
            machines does before a bench with their caches together (`Cache.adopt`).

    Returns:
        What became of each scenario. One that cannot be played or scored is marked failed, and
        the others go on. With a share no scenario has scores.

    Raises:
        ScenarioError: if the suite or one of its scenarios is faulty.
        FolderInUseError: if ``out`` or the cache holds something else.
        UsageError: if there is no such detector, a scenario is named twice, or a seal is required
            that there is not.
    """
    if require_seal:
        refuse_unsealed()
    suite = load_suite(suite) if isinstance(suite, str) else suite
    listener = listener or BenchListener()
    chosen = detectors if detectors is not None else suite.detectors
    preload_libraries(libraries_of(candidates_of(chosen)))
    scenarios = [
        load_scenario(name, settings=suite.settings, scale=suite.scale) for name in suite.scenarios
    ]
    training = _training(suite, scenarios)
    folder = Path(out)
    cache, engine = cache or usual_cache(folder, listener.note), engine or LocalEngine()
    cache = cache.renewed() if fresh else cache
    experiment = Experiment(
        suite.id,
        suite.seeds,
        suite.calibration_seeds,
        alert_rate=suite.alert_rate,
        time_limit=time_limit,
        memory_limit=memory_limit,
        training=training,
        ceilings=suite.ceilings,
        operating_point=suite.operating_point,
        engine=engine,
        require_seal=require_seal,
        secret=secret,
        fresh=fresh,
    )
    terms = terms_of(suite, secret)
    begun = SuiteResult(suite.id, suite.title, terms, (), ())
    listener.begins(suite, len(scenarios))
    played, scores = [], {}
    with claimed(folder, NAME):
        if not (folder / NAME).is_file():
            begun.write(folder)
        for number, scenario in enumerate(scenarios):
            counted, since, damaged = CountingListener(listener), time.monotonic(), cache.damaged
            listener.scenario(number, scenario.id)
            where = f"{scenario.id}/scores.json" if share is None else ""
            error = ""
            one_experiment, home = experiment.of(scenario), folder / scenario.id
            try:
                if share is None:
                    scores[scenario.id] = run_experiment(
                        one_experiment, chosen, out=home, cache=cache, listener=counted
                    )
                elif own := share.seeds(number, experiment.seeds, experiment.calibration_seeds):
                    make_findings(
                        one_experiment, chosen, own, out=home, cache=cache, listener=counted
                    )
            except UsageError:
                raise
            except ShamcrowdError as fault:
                error = str(fault)
            if cache.damaged > damaged:
                many = cache.damaged - damaged
                listener.note(f"{many} damaged in the cache, made again")
            one = ScenarioOutcome(
                scenario.id, "failed" if error else "ok", error, "" if error else where,
                counted.made, time.monotonic() - since,
            )  # fmt: skip
            played.append(one)
            listener.played(one)
        result = SuiteResult(suite.id, suite.title, terms, tuple(played), overall(scores))
        if share is None:
            result.write(folder)
    return result


def terms_of(suite: Suite, secret: Secret | None) -> dict[str, Any]:
    """What a suite's figures depend on: the secret too, by its hash, where there is one."""
    return suite.terms if secret is None else {**suite.terms, "secret": secret.hash}


def _training(suite: Suite, scenarios: Sequence[Scenario]) -> Training:
    """How detectors are fitted; checked for every scenario before any work.

    Raises:
        UsageError: if a scenario is named twice, or holding out leaves no campaign in one.
    """
    ids = [s.id for s in scenarios]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise UsageError(f"{suite.id}: {twice[0]} is in it twice; rename the file of one")
    world = None
    if suite.training is not None:
        world = load_scenario(suite.training, settings=suite.settings, scale=suite.scale)
    training = Training(world, suite.hold_out, suite.labels, suite.training_seeds)
    for scenario in scenarios:
        training.summary(scenario)
    return training


def scores_of(result: SuiteResult, folder: Path | str) -> dict[str, Scores]:
    """The scores of every scenario that has any, by its id."""
    return {
        played.scenario: Scores.read(Path(folder) / played.scores)
        for played in result.scenarios
        if played.status == "ok"
    }
