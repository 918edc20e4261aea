"""``check``: the project's detectors, run and set against the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shamcrowd.benchmark.evaluation.experiment import DetectorList
from shamcrowd.benchmark.evaluation.plan import TIME_LIMIT, board_name
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.work_unit import Engine, UnitFailedError
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.gate.baseline import Baseline, BaselineError, BaselineScenario
from shamcrowd.benchmark.gate.compare import compare
from shamcrowd.benchmark.gate.verdict import Verdict
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.benchmark.suites.bench import bench, scores_of
from shamcrowd.benchmark.suites.progress import BenchListener
from shamcrowd.benchmark.suites.suite import Suite, load_suite
from shamcrowd.recording.errors import NothingToJudgeError, ScenarioError


@dataclass(frozen=True)
class CheckResult:
    """What a check gave: what was reached, and the verdict (None: there was no baseline)."""

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
) -> CheckResult:
    """Run a suite and set its figures against a baseline.

    Args:
        baseline: the committed file.
        out: folder for the suite's results.
        suite: an id, a path, or a loaded suite; None: the one that the baseline is of.
        detectors: names, ``path.py:Class``, or classes; None: the suite's.
        update: write a new baseline. Its tolerances are kept, and the figures of detectors that
            were not run.
        cache: as for `shamcrowd.benchmark.suites.bench.bench`, like ``engine`` and the limits.
        engine: what runs the units of work.
        time_limit: seconds that a unit may take.
        memory_limit: memory that a detector may have, MiB.
        listener: receives progress.

    Raises:
        NothingToJudgeError: if there is no baseline, or no detector ran.
        BaselineError: if it is damaged, of another suite, or can't be updated.
        UnitFailedError: if something did not run and a baseline was to be written of it.
    """
    path = Path(baseline)
    there = path.exists() or not update
    held = Baseline.read(path) if there else None
    if suite is None:
        if held is None:
            raise NothingToJudgeError(f"{path}: no baseline yet; say of which suite: --suite NAME")
        suite = held.suite
    if isinstance(suite, str):
        try:
            suite = load_suite(suite)
        except ScenarioError as fault:
            if held is None or suite != held.suite or len(fault.faults) > 1:
                raise
            raise BaselineError(
                f"{path}: is of suite {suite}, which does not come with shamcrowd; "
                "name its file: --suite PATH.yaml"
            ) from None
    if held is not None and not update and held.suite != suite.id:
        raise BaselineError(
            f"{path}: is of suite {held.suite}, this check of {suite.id}; "
            f"name the right one with --suite {held.suite}, or another file with --baseline"
        )
    result = bench(
        suite, out=out, detectors=detectors, cache=cache, engine=engine, time_limit=time_limit,
        memory_limit=memory_limit, listener=listener,
    )  # fmt: skip
    scores = scores_of(result, out)
    reached = Baseline.of(suite.id, suite.terms, scores)
    failed = [(p.scenario, "", p.error) for p in result.scenarios if p.status != "ok"]
    chosen = None if detectors is None else [board_name(d) for d in detectors]
    if held is not None and not update:
        return CheckResult(reached, compare(held, reached, scores, failed, chosen))
    _refuse_broken(failed, scores)
    if not any(h.figures for h in reached.scenarios.values()):
        raise NothingToJudgeError("no detector was judged, only controls; no baseline was written")
    verdict = None
    if held is not None:
        if held.suite == reached.suite and held.terms == reached.terms:
            verdict = compare(held, reached, scores, failed, chosen)
        reached = replace(reached, tolerances=held.tolerances)
        if chosen is not None:
            reached = _others_kept(held, reached, chosen)
    reached.write(path)
    return CheckResult(reached, verdict)


def _refuse_broken(failed: Sequence[tuple[str, str, str]], scores: Mapping[str, Scores]) -> None:
    """A baseline is never written of what did not run."""
    broken = [f"{scenario}: {error}" for scenario, _, error in failed]
    for scenario, one in scores.items():
        broken += [
            f"{d.name} on {scenario}: {d.error}" for d in one.detectors if d.status == "failed"
        ]
    if broken:
        raise UnitFailedError(f"the baseline was not touched, since this did not run: {broken[0]}")


def _others_kept(held: Baseline, reached: Baseline, chosen: Sequence[str]) -> Baseline:
    """With the figures of the detectors that were not run as they were.

    Raises:
        BaselineError: if they are of other recordings.
    """
    scenarios = {}
    for name, new in reached.scenarios.items():
        old = held.scenarios.get(name)
        others = {d: f for d, f in old.figures.items() if d not in chosen} if old else {}
        if old and others and (old.seeds, old.fingerprints) != (new.seeds, new.fingerprints):
            raise BaselineError(
                f"{name}: the recordings are others than the baseline's, so figures of detectors "
                "that were not run can't stay; update without --detector"
            )
        scenarios[name] = BaselineScenario(new.seeds, new.fingerprints, {**others, **new.figures})
    return replace(reached, scenarios=scenarios)
