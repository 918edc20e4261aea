"""``evaluate``: a scenario and detectors in, scores out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from shamcrowd.benchmark.evaluation.board import score
from shamcrowd.benchmark.evaluation.ceilings import (
    CEILINGS,
    FOLDER,
    training_of_ceiling,
    with_ceilings,
)
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.describing import Description, describe
from shamcrowd.benchmark.evaluation.experiment import DetectorList, Experiment
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.evaluation.plan import (
    CALIBRATION_SEEDS,
    TIME_LIMIT,
    Plan,
    board_name,
    claimed,
    forget_results,
    named_detector,
)
from shamcrowd.benchmark.evaluation.plan import NAME as PLAN
from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.evaluation.run_context import RunContext
from shamcrowd.benchmark.evaluation.scoring_stage import NAME, cached_score
from shamcrowd.benchmark.evaluation.stages import make_recordings, run_detectors
from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.work_unit import Engine
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.execution.seal import require_seal
from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.detectors.registry import detector_names, is_control, require_detector
from shamcrowd.recording.atomic import remove
from shamcrowd.recording.errors import UsageError
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.scenario.load import resolved
from shamcrowd.simulator.scenario.model import Scenario


def evaluate(
    scenario: str | Path | Scenario,
    detectors: DetectorList = None,
    *,
    out: Path | str,
    seeds: Sequence[int] = (1,),
    calibration_seeds: Sequence[int] = CALIBRATION_SEEDS,
    settings: Sequence[str] = (),
    scale: float = 1.0,
    alert_rate: float = ALERT_RATE,
    operating_point: str = "",
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    training: Training | None = None,
    workers: int | None = None,
    engine: Engine | None = None,
    cache: Cache | None = None,
    listener: Listener | None = None,
    require_seal: bool = False,
    secret: Path | str | None = None,
    fresh: bool = False,
) -> Scores:
    """Simulate a scenario, run detectors over the recordings, and score their findings.

    What the folder ``out`` holds already is used again.

    Args:
        scenario: an id, the path of a YAML file, or a loaded scenario.
        detectors: names, ``path.py:Class``, ``name=path.py:Class`` with a name for the board, or
            classes; None: all that are installed. The controls are always run as well.
        out: folder for ``recordings/``, ``findings/`` and ``scores.json``.
        seeds: replications that are scored.
        calibration_seeds: replications on which the operating points are set.
        settings: overrides such as ``"campaigns.hydra.accounts=20"``.
        scale: factor on accounts and campaigns, above 0, at most 100.
        alert_rate: share of legitimate accounts that the operating point may flag, from 0 to
            below 1.
        operating_point: ``alerts-a-day=N``, ``cost-ratio=N`` or ``precision=P``, on the
            calibration seeds; "": by the alert rate.
        time_limit: seconds that a detector may take for one recording.
        memory_limit: memory that a detector may have, MiB.
        training: in which world, and with which labels, detectors are fitted; None: in an earlier
            replication of the scenario, with what a platform would know by its end.
        workers: processes at a time; None: one per core.
        engine: what runs the units of work; None: this machine, with ``workers``.
        cache: keeps results for other runs as well; None: no cache.
        listener: receives progress.
        require_seal: refuse to run where detectors cannot be sealed off.
        secret: file with a judge's secret (``shamcrowd secret``), with which recordings are made
            that nobody can make without it; None: anybody can make the same.
        fresh: do everything again; use nothing that was kept.

    Returns:
        The scores, which ``out/scores.json`` holds too. A detector that failed has the status
        ``failed`` and its error.

    Raises:
        ScenarioError: if the scenario cannot be played.
        FolderInUseError: if ``out`` holds something else.
        UsageError: if there is no such detector, seeds overlap, the alert rate is out of range, a
            seal is required that there is not, or the secret is none.
    """
    experiment = Experiment(
        scenario, tuple(seeds), tuple(calibration_seeds), tuple(settings), scale, alert_rate,
        time_limit, memory_limit, training or Training(), (), operating_point, workers, engine,
        require_seal=require_seal, secret=None if secret is None else Secret.read(secret),
        fresh=fresh,
    )  # fmt: skip
    return run_experiment(experiment, detectors, out=out, cache=cache, listener=listener)


def run_experiment(
    experiment: Experiment,
    detectors: DetectorList = None,
    *,
    out: Path | str,
    cache: Cache | None = None,
    listener: Listener | None = None,
) -> Scores:
    """Simulate, run detectors and score; see `evaluate`.

    Raises:
        ScenarioError: if the scenario cannot be played.
        FolderInUseError: if ``out`` holds something else.
        UsageError: if there is no such detector, or a seal is required that there is not.
    """
    candidates = candidates_of(detectors)
    scores = _run(experiment, candidates, Path(out), cache, listener or Listener())
    assert scores is not None
    return scores


def make_findings(
    experiment: Experiment,
    detectors: DetectorList,
    only: Sequence[int],
    *,
    out: Path | str,
    cache: Cache,
    listener: Listener | None = None,
) -> None:
    """Simulate some seeds of an experiment and run detectors over them; score nothing.

    What is made is kept in ``cache``. ``only`` holds the seeds, scored or of calibration; for the
    rest see `run_experiment`.
    """
    candidates = candidates_of(detectors)
    _run(experiment, candidates, Path(out), cache, listener or Listener(), only=only)


def _run(
    experiment: Experiment, candidates: Sequence[Candidate], folder: Path, cache: Cache | None,
    listener: Listener, within: Path | None = None, only: Sequence[int] | None = None,
) -> Scores | None:  # fmt: skip
    """Run an experiment; with ``only`` some seeds of it, which are not scored."""
    if experiment.require_seal:
        require_seal()
    scenario = experiment.load()
    training = experiment.training
    plan = Plan(
        scenario.id, scenario.title, scenario.about, resolved(scenario), experiment.seeds,
        experiment.calibration_seeds, experiment.alert_rate, tuple(c.name for c in candidates),
        training.summary(scenario), experiment.secret_hash, experiment.operating_point,
    )  # fmt: skip
    if only is not None:
        plan = replace(
            plan,
            seeds=tuple(s for s in plan.seeds if s in only),
            calibration_seeds=tuple(s for s in plan.calibration_seeds if s in only),
        )
    if experiment.fresh and cache is not None:
        cache = cache.renewed()
    with claimed(folder):
        if experiment.fresh:
            forget_results(folder)
        context = RunContext(folder, experiment, listener, cache, within)
        plan.write(folder)
        described = describe(candidates, context.hidden, context.engine.workers)
        for candidate, about in zip(candidates, described, strict=True):
            if isinstance(about, Description) and about.trial:
                listener.note(
                    f"{candidate.name}: fails on the sample log, before any world is played: "
                    f"{about.trial}"
                )
        worlds = dict.fromkeys((*plan.seeds, *plan.calibration_seeds), scenario)
        learners = [
            c for c, d in zip(candidates, described, strict=True)
            if isinstance(d, Description) and d.learns
        ]  # fmt: skip
        if learners:
            worlds |= dict.fromkeys(training.seeds, training.world(scenario))
        make_recordings(plan, worlds, context)
        run_detectors(plan, candidates, described, context)
        wanted = experiment.ceilings if learners else ()
        for ceiling in CEILINGS:
            if ceiling not in wanted:
                remove(folder / FOLDER / ceiling)
        for ceiling in wanted:
            training = training_of_ceiling(ceiling, experiment.training)
            one = replace(experiment, training=training, ceilings=(), fresh=False)
            _run(one, learners, folder / FOLDER / ceiling, cache, listener, folder, only)
        if only is not None:
            return None
        if cache is None:
            return rescore(folder)
        scores = with_ceilings(cached_score(plan, context), folder)
        if experiment.ceilings:
            scores.write(folder / NAME)
        return scores


def rescore(folder: Path | str) -> Scores:
    """Score the findings saved in ``folder`` again, without running a detector.

    Raises:
        NothingToJudgeError: if there is no run, or no findings.
        RecordingError: if a recording is missing.
    """
    folder = Path(folder)
    scores = score(Plan.read(folder), folder)
    for ceiling in sorted((folder / FOLDER).glob(f"*/{PLAN}")):
        rescore(ceiling.parent)
    scores = with_ceilings(scores, folder)
    scores.write(folder / NAME)
    return scores


def candidates_of(detectors: DetectorList) -> list[Candidate]:
    """The detectors to run (None: all that are installed), then the controls without truth.

    Raises:
        UsageError: if there is no such detector, or two have one name.
    """
    chosen = list(detectors) if detectors is not None else []
    for name in chosen:
        if isinstance(name, str):
            require_detector(named_detector(name)[1])
    shipped = detector_names()
    wanted = chosen if detectors is not None else [n for n in shipped if not is_control(n)]
    wanted = [*wanted, *(n for n in shipped if is_control(n) and n not in chosen)]
    candidates: dict[str, Candidate] = {}
    for detector in wanted:
        name = board_name(detector)
        detector = named_detector(detector)[1] if isinstance(detector, str) else detector
        taken = name in candidates and candidates[name].detector != detector
        if taken or name in truth_controls():
            raise UsageError(
                f"two detectors are called {name!r}; rename the class of one, or give it a name "
                "on the board: name=path.py:Class"
            )
        candidates[name] = Candidate(name, detector)
    return list(candidates.values())
