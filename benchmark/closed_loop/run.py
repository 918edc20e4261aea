"""``evaluate_in_the_loop``: the open loop as always, then every detector inside the run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from shamcrowd.benchmark.closed_loop.cell_runner import CellLimits, CellRunner, DetectorList
from shamcrowd.benchmark.closed_loop.open_against_closed import looped
from shamcrowd.benchmark.closed_loop.results import LoopedDetector, LoopScores
from shamcrowd.benchmark.evaluation.evaluate import evaluate
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.evaluation.plan import CALIBRATION_SEEDS, TIME_LIMIT
from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.errors import UsageError
from shamcrowd.simulator.response.policy import named_policy, policies
from shamcrowd.simulator.scenario.load import load_scenario
from shamcrowd.simulator.scenario.model import Scenario


def evaluate_in_the_loop(
    scenario: str | Path | Scenario,
    detectors: DetectorList = None,
    *,
    out: Path | str,
    response: str,
    seeds: Sequence[int] = (1,),
    calibration_seeds: Sequence[int] = CALIBRATION_SEEDS,
    settings: Sequence[str] = (),
    scale: float = 1.0,
    alert_rate: float = ALERT_RATE,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    training: Training | None = None,
    workers: int | None = None,
    listener: Listener | None = None,
) -> tuple[Scores, LoopScores]:
    """The board of the open loop, and that of the closed one.

    Operating points are those of the open loop. Arguments are those of `evaluate`, and
    ``response``, the name of the policy that acts on alerts. What ``out`` holds is used again.

    Raises:
        UsageError: if there is no such policy, or it never asks anybody; see also `evaluate`.
    """
    listener = listener or Listener()
    training = training or Training()
    workers = workers or os.cpu_count() or 1
    scenario = _loaded(scenario, settings, scale)
    closed = with_response(scenario, response)
    scores = evaluate(
        scenario, detectors, out=out, seeds=seeds, calibration_seeds=calibration_seeds,
        alert_rate=alert_rate, time_limit=time_limit, memory_limit=memory_limit,
        training=training, workers=workers, listener=listener,
    )  # fmt: skip
    given = CellLimits(time_limit, memory_limit, workers, training.labels)
    runner = CellRunner(Path(out), scores, detectors, given, listener)
    place = runner.folder / "loop" / response
    scored = runner.names()
    wanted = [
        (d, closed, seed, place / d.name / f"seed-{seed}") for d in scored for seed in scores.seeds
    ]
    results = runner.play(wanted, keep=True)
    never = [d for d in scores.detectors if d.status != "ok"]
    many = len(scores.seeds)
    board = LoopScores(
        scenario=scores.scenario,
        title=scores.title,
        about=scores.about,
        response=response,
        seeds=scores.seeds,
        start=scores.start,
        end=scores.end,
        undefended=runner.books[scores.seeds[0]].timeline,
        bare=runner.bare(),
        detectors=(
            *(looped(d, results[n * many : (n + 1) * many]) for n, d in enumerate(scored)),
            *(LoopedDetector(d.name, d.kind, d.status, d.error) for d in never),
        ),
    )
    board.write(runner.folder)
    return scores, board


def with_response(scenario: Scenario, response: str) -> Scenario:
    """The same scenario under a named policy.

    Raises:
        UsageError: if there is no such policy, or it never asks anybody.
    """
    if response not in policies():
        raise UsageError(f"no response {response!r}; there are: {', '.join(policies())}")
    policy = named_policy(response)
    if not policy.asks:
        raise UsageError(f"response {response!r} asks nobody: that is the open loop")
    return scenario.model_copy(update={"response": policy})


def _loaded(scenario: str | Path | Scenario, settings: Sequence[str], scale: float) -> Scenario:
    if isinstance(scenario, Scenario):
        return scenario
    return load_scenario(scenario, settings=settings, scale=scale)
