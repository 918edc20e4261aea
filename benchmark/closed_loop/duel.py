"""``duel``: a closed loop for every detector, response policy and campaign strategy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.closed_loop.cell_runner import CellRunner
from shamcrowd.benchmark.closed_loop.open_against_closed import over_seeds
from shamcrowd.benchmark.closed_loop.results import RunResult
from shamcrowd.benchmark.closed_loop.run import with_response
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.evaluate import run_experiment
from shamcrowd.benchmark.evaluation.experiment import Experiment
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.evaluation.plan import board_name
from shamcrowd.benchmark.scoring.scores import Measurement
from shamcrowd.detectors.base import Detector
from shamcrowd.recording.atomic import write_json
from shamcrowd.recording.errors import NothingToJudgeError

NAME = "duel.json"


@dataclass(frozen=True)
class DuelCell:
    """One detector and response against one strategy.

    ``status`` is ``ok``, ``failed`` or ``unavailable``.
    """

    detector: str
    response: str
    strategy: str
    status: str
    error: str = ""
    figures: dict[str, Measurement] = field(default_factory=dict)
    hurt: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By segment, over all seeds: legitimate accounts suspended or refused, and all of them."""
    levers: tuple[dict[str, Any], ...] = ()
    """Effects of levers on things, over all seeds, as `LeverEffect`."""


@dataclass(frozen=True)
class DuelScores:
    """Results of a duel.

    ``cells`` is the matrix in row order, with a row for each detector and response (see `rows`) and
    a column for each strategy. ``bare`` holds the figures of the open loop. ``seal`` says how
    detectors were sealed off, ``secret`` is the SHA-256 of the judge's secret ("": made without
    one).
    """

    scenario: str
    title: str
    seeds: tuple[int, ...]
    detectors: tuple[str, ...]
    responses: tuple[str, ...]
    strategies: tuple[str, ...]
    bare: dict[str, Measurement]
    cells: tuple[DuelCell, ...]
    seal: str = ""
    secret: str = ""
    version: int = 3

    def write(self, folder: Path) -> None:
        """Write ``duel.json`` atomically."""
        write_json(folder / NAME, asdict(self))

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Detector and response of each row."""
        return tuple((d, r) for d in self.detectors for r in self.responses)

    def label(self, detector: str, response: str) -> str:
        """What names a row: of detector and response what differs between rows."""
        if len(self.responses) == 1:
            return detector
        return response if len(self.detectors) == 1 else f"{detector}, {response}"

    def cell(self, detector: str, response: str, strategy: str) -> DuelCell:
        """The cell of one detector, one response and one strategy."""
        row, column = self.rows.index((detector, response)), self.strategies.index(strategy)
        return self.cells[row * len(self.strategies) + column]


def duel(
    experiment: Experiment,
    detectors: Sequence[str | Callable[[], Detector]],
    strategies: Sequence[str],
    *,
    responses: Sequence[str],
    out: Path | str,
    listener: Listener | None = None,
) -> DuelScores:
    """Run a closed loop for every detector, response, strategy and scored seed.

    Operating points and the damage without a defence come from the open loop of the scenario with
    its own strategies. Results that ``out`` already holds are used again.

    Args:
        experiment: scenario, seeds and limits of the evaluation.
        detectors: names, ``path.py:Class``, or classes; controls may be named too.
        strategies: values of ``campaigns.<name>.strategy``; each is given to every campaign.
        responses: names of the policies that act on alerts.
        out: folder for the open loop, the cells and ``duel.json``.
        listener: receives progress messages.

    Raises:
        NothingToJudgeError: if no detector, no response or no strategy is given.
        UsageError: if there is no such response, or if it never acts on a detector's alerts.
        ScenarioError: if there is no such strategy; see also `evaluate_in_the_loop`.
    """
    if not detectors or not responses or not strategies:
        raise NothingToJudgeError("a duel needs a detector, a response and a strategy")
    listener = listener or Listener()
    base = experiment.load()
    attacked = {
        name: experiment.load(*(f"campaigns.{c}.strategy={name}" for c in base.campaigns))
        for name in dict.fromkeys(strategies)
    }
    played = {
        (response, name): with_response(world, response)
        for response in dict.fromkeys(responses)
        for name, world in attacked.items()
    }
    asked = [d for d in detectors if not (isinstance(d, str) and d in truth_controls())]
    scores = run_experiment(experiment.of(base), asked, out=out, listener=listener)
    runner = CellRunner(Path(out), scores, asked, experiment, listener)
    names = tuple(dict.fromkeys(board_name(d) for d in detectors))
    playable = {d.name: d for d in runner.names(names)}
    folder = runner.folder / "duel"
    wanted = [
        (playable[name], world, seed, folder / response / strategy / name / f"seed-{seed}")
        for name in names if name in playable
        for (response, strategy), world in played.items()
        for seed in scores.seeds
    ]  # fmt: skip
    found = runner.play(wanted, keep=False)
    seal, secret = runner.conditions(found)
    results = iter(found)
    broken = {d.name: d for d in scores.detectors if d.status != "ok"}
    cells = []
    for name in names:
        for pair in played:
            if name in playable:
                cells.append(_cell(name, *pair, [next(results) for _ in scores.seeds]))
            else:
                cells.append(DuelCell(name, *pair, broken[name].status, broken[name].error))
    scored = DuelScores(
        scenario=scores.scenario,
        title=scores.title,
        seeds=scores.seeds,
        detectors=names,
        responses=tuple(dict.fromkeys(responses)),
        strategies=tuple(attacked),
        bare=runner.bare(),
        cells=tuple(cells),
        seal=seal,
        secret=secret,
    )
    scored.write(runner.folder)
    return scored


def _cell(detector: str, response: str, strategy: str, results: Sequence[RunResult]) -> DuelCell:
    broken = next((r for r in results if r.error), None)
    if broken is not None:
        status = "unavailable" if broken.error.startswith("unavailable: ") else "failed"
        error = f"on seed {broken.seed}: {broken.error.removeprefix('unavailable: ')}"
        return DuelCell(detector, response, strategy, status, error)
    figures = {
        name: over_seeds(name, [r.figures[name] for r in results]) for name in results[0].figures
    }
    hurt: dict[str, tuple[int, int]] = {}
    for result in results:
        for segment, (_, every) in result.banned.items():
            one, two = hurt.get(segment, (0, 0))
            hurt[segment] = one + result.hurt.get(segment, 0), two + every
    levers = tuple(effect for result in results for effect in result.levers)
    return DuelCell(detector, response, strategy, "ok", "", figures, hurt, levers)
