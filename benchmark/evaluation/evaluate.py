"""``evaluate``: a scenario and detectors in, scores out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from shamcrowd.benchmark.evaluation.board import score
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.evaluation.plan import (
    CALIBRATION_SEEDS,
    TIME_LIMIT,
    TRAINING_SEED,
    Plan,
    board_name,
    checked_seeds,
    claimed,
)
from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.evaluation.run_context import RunContext
from shamcrowd.benchmark.evaluation.scoring_stage import cached_score
from shamcrowd.benchmark.evaluation.stages import (
    Description,
    describe,
    find,
    make_recordings,
)
from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.local_engine import LocalEngine
from shamcrowd.benchmark.execution.engines.work_unit import Engine
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.detectors.base import Detector
from shamcrowd.detectors.registry import detector_names, is_control, require_detector
from shamcrowd.recording.errors import UsageError
from shamcrowd.simulator.scenario.load import load_scenario, resolved
from shamcrowd.simulator.scenario.model import Scenario


def evaluate(
    scenario: str | Path | Scenario,
    detectors: Sequence[str | Callable[[], Detector]] | None = None,
    *,
    out: Path | str,
    seeds: Sequence[int] = (1,),
    calibration_seeds: Sequence[int] = CALIBRATION_SEEDS,
    settings: Sequence[str] = (),
    scale: float = 1.0,
    alert_rate: float = ALERT_RATE,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    training: Training | None = None,
    workers: int | None = None,
    engine: Engine | None = None,
    cache: Cache | None = None,
    listener: Listener | None = None,
) -> Scores:
    """Simulate, detect and score. What the folder ``out`` holds already is used again.

    Args:
        scenario: an id, a path to a YAML file, or a loaded scenario.
        detectors: names, ``path.py:Class``, or classes; None: all. Controls always stand beside.
        out: folder for ``recordings/``, ``findings/`` and ``scores.json``.
        seeds: replications that are scored.
        calibration_seeds: replications on which the operating points are set.
        settings: overrides such as ``"campaigns.hydra.accounts=20"``.
        scale: shrinks or grows accounts and campaigns together.
        alert_rate: share of innocent accounts that the operating point may flag, 0 to 1.
        time_limit: seconds that a detector may take for one recording.
        memory_limit: memory that a detector may have, MiB.
        training: in which world, and with which labels, detectors learn; None: in an earlier
            replication of the scenario, with what a platform would know by its end.
        workers: processes at a time; None: one per core.
        engine: who does the work; None: this machine, with ``workers``.
        cache: where what is made is kept for other runs as well; None: nowhere.
        listener: is told of progress.

    Returns:
        The scores, which ``out/scores.json`` holds too. A detector that failed is marked so.

    Raises:
        ScenarioError: if the scenario cannot be played.
        FolderInUseError: if ``out`` holds something else.
        UsageError: if there is no such detector, or seeds overlap.
    """
    if not 0 <= alert_rate < 1:
        raise UsageError(f"alert rate {alert_rate:g}: must be from 0 to below 1, such as 0.01")
    training = training or Training()
    scored, calibration = checked_seeds(seeds, calibration_seeds)
    candidates = candidates_of(detectors)
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario, settings=settings, scale=scale)
    folder = Path(out)
    plan = Plan(
        scenario.id, scenario.title, scenario.about, resolved(scenario), scored, calibration,
        alert_rate, tuple(c.name for c in candidates), training.told(scenario, TRAINING_SEED),
    )  # fmt: skip
    with claimed(folder):
        context = RunContext(folder, engine or LocalEngine(workers), listener or Listener(), cache)
        plan.write(folder)
        described = describe(candidates, context.hidden, context.engine.workers)
        worlds = dict.fromkeys((*scored, *calibration), scenario)
        if any(isinstance(d, Description) and d.learns for d in described):
            worlds[TRAINING_SEED] = training.world(scenario)
        make_recordings(plan, worlds, context, time_limit if cache is not None else None)
        find(plan, candidates, described, context, training.labels, time_limit, memory_limit)
        if cache is not None:
            return cached_score(plan, context, time_limit)
        return rescore(folder)


def rescore(folder: Path | str) -> Scores:
    """Score the findings saved in ``folder`` again, running nothing.

    Raises:
        NothingToJudgeError: if there is no run, or no findings.
        RecordingError: if a recording is missing.
    """
    folder = Path(folder)
    scores = score(Plan.read(folder), folder)
    scores.write(folder / "scores.json")
    return scores


def candidates_of(detectors: Sequence[str | Callable[[], Detector]] | None) -> list[Candidate]:
    """Those who are judged: detectors (None: all), then the controls that need no truth.

    Raises:
        UsageError: if there is no such detector, or two have one name.
    """
    chosen = list(detectors) if detectors is not None else []
    for name in chosen:
        if isinstance(name, str):
            require_detector(name)
    shipped = detector_names()
    wanted = chosen if detectors is not None else [n for n in shipped if not is_control(n)]
    wanted = [*wanted, *(n for n in shipped if is_control(n) and n not in chosen)]
    candidates: dict[str, Candidate] = {}
    for detector in wanted:
        name = board_name(detector)
        taken = name in candidates and candidates[name].detector != detector
        if taken or name in truth_controls():
            raise UsageError(f"two detectors are called {name!r}; rename the class of one")
        candidates[name] = Candidate(name, detector)
    return list(candidates.values())
