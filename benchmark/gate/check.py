"""``check``: runs a project's detectors and compares them with the baseline."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shamcrowd.benchmark.evaluation.experiment import DetectorList
from shamcrowd.benchmark.evaluation.plan import TIME_LIMIT, board_name
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.work_unit import Engine, UnitFailedError
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.gate.baseline import (
    Baseline,
    BaselineError,
    BaselineScenario,
    update_command,
)
from shamcrowd.benchmark.gate.compare import compare, same_terms
from shamcrowd.benchmark.gate.verdict import Verdict
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.benchmark.suites.bench import bench, scores_of, terms_of
from shamcrowd.benchmark.suites.progress import BenchListener
from shamcrowd.benchmark.suites.suite import Suite, load_suite
from shamcrowd.recording.errors import NothingToJudgeError, ScenarioError
from shamcrowd.simulator.core.secret import Secret


@dataclass(frozen=True)
class CheckResult:
    """Result of a check: the figures of this run, and the verdict (None if not compared)."""

    reached: Baseline
    verdict: Verdict | None


def check(
    baseline: Path | str,
    *,
    out: Path | str,
    suite: str | Suite | None = None,
    detectors: DetectorList = None,
    update: bool = False,
    cache: Cache | None = None,
    engine: Engine | None = None,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    listener: BenchListener | None = None,
    require_seal: bool = False,
    secret: Secret | None = None,
    fresh: bool = False,
) -> CheckResult:
    """Run a suite and compare its figures with a baseline.

    Args:
        baseline: path of the committed file.
        out: folder for the suite's results.
        suite: an id, a path, or a loaded suite; None: the suite of the baseline.
        detectors: names, ``path.py:Class``, or classes; None: the suite's.
        update: write a new baseline. The tolerances of the old one are kept, and so are its figures
            of detectors that were not run.
        cache: as for `shamcrowd.benchmark.suites.bench.bench`, like ``engine`` and the limits.
        engine: what runs the units of work.
        time_limit: seconds that a unit of work may take.
        memory_limit: memory that a detector may use, MiB.
        listener: receives progress messages.
        require_seal: use no findings of a detector that was not sealed off.
        secret: what a judge keys recordings with; a baseline is compared under the same one only.
        fresh: do everything again; use nothing that was kept.

    Raises:
        NothingToJudgeError: if there is no baseline, or no detector was run.
        BaselineError: if the baseline is damaged, of another suite, or cannot be updated.
        UnitFailedError: if ``update`` is set and a scenario or detector failed.
    """
    path = Path(baseline)
    command = update_command(path, detectors=detectors)
    held = Baseline.read(path) if path.exists() or not update else None
    if suite is None:
        if held is None:
            raise NothingToJudgeError(
                f"{path}: no baseline yet; name the suite to run: "
                f"{update_command(path, 'smoke-v2', detectors)}, or another"
            )
        suite = _suite_of(held, path)
    suite_file = ""
    if isinstance(suite, str):
        suite_file = _seen_from(path, suite) if suite.endswith((".yaml", ".yml")) else ""
        suite = _loaded(suite, held, path)
    if held is not None and not update and held.suite != suite.id:
        raise BaselineError(
            f"{path}: belongs to suite {held.suite}, but this check runs {suite.id}; "
            f"use --suite {held.suite}, or another file with --baseline"
        )
    if held is not None and not update:
        same_terms(suite.id, held.terms, terms_of(suite, secret), command)
    result = bench(
        suite, out=out, detectors=detectors, cache=cache, engine=engine, time_limit=time_limit,
        memory_limit=memory_limit, listener=listener, require_seal=require_seal,
        secret=secret, fresh=fresh,
    )  # fmt: skip
    scores = scores_of(result, out)
    reached = replace(Baseline.of(suite.id, result.terms, scores), suite_file=suite_file)
    failed = [(p.scenario, "", p.error) for p in result.scenarios if p.status != "ok"]
    chosen = None if detectors is None else [board_name(d) for d in detectors]
    if held is not None and not update:
        return CheckResult(reached, compare(held, reached, scores, failed, chosen, command))
    _refuse_broken(failed, scores)
    if not any(h.figures for h in reached.scenarios.values()):
        raise NothingToJudgeError("no detector was scored, only controls; no baseline was written")
    verdict = None
    if held is not None:
        if held.suite == reached.suite and held.terms == reached.terms:
            verdict = compare(held, reached, scores, failed, chosen, command)
        reached = replace(reached, tolerances=held.tolerances)
        if chosen is not None:
            reached = _others_kept(held, reached, chosen)
    reached.write(path)
    return CheckResult(reached, verdict)


def _suite_of(held: Baseline, baseline: Path) -> str:
    """The suite that a baseline is of: an id, or the path of its file from here."""
    if not held.suite_file:
        return held.suite
    path = baseline.parent / held.suite_file
    if not path.is_file():
        raise BaselineError(
            f"{baseline}: belongs to suite {held.suite}, whose file {path} is not there; "
            "name it: --suite PATH.yaml"
        )
    return str(path)


def _seen_from(baseline: Path, suite: str) -> str:
    """The path of a suite's file from the folder of the baseline."""
    return Path(os.path.relpath(suite, baseline.parent)).as_posix()


def _loaded(suite: str, held: Baseline | None, baseline: Path) -> Suite:
    try:
        return load_suite(suite)
    except ScenarioError as fault:
        if held is None or suite != held.suite or len(fault.faults) > 1:
            raise
        raise BaselineError(
            f"{baseline}: belongs to suite {suite}, which is not part of shamcrowd; "
            "name its file: --suite PATH.yaml"
        ) from None


def _refuse_broken(failed: Sequence[tuple[str, str, str]], scores: Mapping[str, Scores]) -> None:
    """Refuse to write a baseline if a scenario or a detector failed.

    Raises:
        UnitFailedError: naming the first failure.
    """
    broken = [f"{scenario}: {error}" for scenario, _, error in failed]
    for scenario, one in scores.items():
        broken += [
            f"{d.name} on {scenario}: {d.error}" for d in one.detectors if d.status == "failed"
        ]
    if broken:
        raise UnitFailedError(
            f"the baseline was not changed, because this did not run: {broken[0]}"
        )


def _others_kept(held: Baseline, reached: Baseline, chosen: Sequence[str]) -> Baseline:
    """The new baseline with the old figures of detectors that were not run.

    Raises:
        BaselineError: if the old figures were measured on other recordings.
    """
    scenarios = {}
    for name, new in reached.scenarios.items():
        old = held.scenarios.get(name)
        others = {d: f for d, f in old.figures.items() if d not in chosen} if old else {}
        if old and others and (old.seeds, old.fingerprints) != (new.seeds, new.fingerprints):
            raise BaselineError(
                f"{name}: the recordings differ from the baseline's, so figures of detectors "
                "that were not run cannot be kept; update without --detector"
            )
        scenarios[name] = BaselineScenario(new.seeds, new.fingerprints, {**others, **new.figures})
    return replace(reached, scenarios=scenarios)
