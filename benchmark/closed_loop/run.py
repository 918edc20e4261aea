"""``evaluate_in_the_loop``: the open loop, then a closed loop for every detector and seed."""

from __future__ import annotations

from pathlib import Path

from shamcrowd.benchmark.closed_loop.cell_runner import CellRunner
from shamcrowd.benchmark.closed_loop.open_against_closed import looped
from shamcrowd.benchmark.closed_loop.results import LoopedDetector, LoopScores
from shamcrowd.benchmark.evaluation.evaluate import run_experiment
from shamcrowd.benchmark.evaluation.experiment import DetectorList, Experiment
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.errors import UsageError
from shamcrowd.simulator.response.policy import named_policy, policies
from shamcrowd.simulator.scenario.model import Scenario


def evaluate_in_the_loop(
    experiment: Experiment,
    detectors: DetectorList = None,
    *,
    out: Path | str,
    response: str,
    listener: Listener | None = None,
) -> tuple[Scores, LoopScores]:
    """Evaluate detectors on fixed recordings, then in closed loops.

    Operating points come from the open loop. Results that ``out`` already holds are used again.

    Args:
        experiment: scenario, seeds and limits of the evaluation.
        detectors: as for `shamcrowd.benchmark.evaluation.evaluate.evaluate`.
        out: folder for the run, the closed loops and ``loop.json``.
        response: name of the policy that acts on alerts.
        listener: receives progress messages.

    Returns:
        The scores of the open loop and those of the closed loop.

    Raises:
        UsageError: if there is no such policy, or if it never acts on a detector's alerts.
        ScenarioError: if the scenario is not valid.
    """
    listener = listener or Listener()
    scenario = experiment.load()
    closed = with_response(scenario, response)
    scores = run_experiment(experiment.of(scenario), detectors, out=out, listener=listener)
    runner = CellRunner(Path(out), scores, detectors, experiment, listener)
    folder = runner.folder / "loop" / response
    scored = runner.names()
    wanted = [
        (d, closed, seed, folder / d.name / f"seed-{seed}") for d in scored for seed in scores.seeds
    ]
    results = runner.play(wanted, keep=True)
    seal, secret = runner.conditions(results)
    excluded = [d for d in scores.detectors if d.status != "ok"]
    seeds = len(scores.seeds)
    board = LoopScores(
        scenario=scores.scenario,
        title=scores.title,
        about=scores.about,
        response=response,
        seeds=scores.seeds,
        start=scores.start,
        end=scores.end,
        undefended=runner.open_loops[scores.seeds[0]].timeline,
        bare=runner.bare(),
        detectors=(
            *(looped(d, results[n * seeds : (n + 1) * seeds]) for n, d in enumerate(scored)),
            *(LoopedDetector(d.name, d.kind, d.status, d.error) for d in excluded),
        ),
        seal=seal,
        secret=secret,
    )
    board.write(runner.folder)
    return scores, board


def with_response(scenario: Scenario, response: str) -> Scenario:
    """The same scenario with a named response policy.

    Raises:
        UsageError: if there is no such policy, or if it never acts on a detector's alerts.
    """
    if response not in policies():
        raise UsageError(f"no response {response!r}; there are: {', '.join(policies())}")
    policy = named_policy(response)
    if not policy.asks:
        raise UsageError(f"response {response!r} asks no detector: that is the open loop")
    return scenario.model_copy(update={"response": policy})
