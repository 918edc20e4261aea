"""``duel``: every detector against every strategy of the attackers, in the loop."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from shamcrowd.benchmark.closed_loop.cell_runner import CellLimits, CellRunner
from shamcrowd.benchmark.closed_loop.open_against_closed import over_seeds
from shamcrowd.benchmark.closed_loop.results import RunResult
from shamcrowd.benchmark.closed_loop.run import with_response
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.evaluate import evaluate
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.evaluation.plan import CALIBRATION_SEEDS, TIME_LIMIT, board_name
from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE
from shamcrowd.benchmark.scoring.scores import Measurement
from shamcrowd.detectors.base import Detector
from shamcrowd.recording.atomic import write_json
from shamcrowd.recording.errors import NothingToJudgeError
from shamcrowd.simulator.scenario.load import load_scenario

NAME = "duel.json"


@dataclass(frozen=True)
class DuelCell:
    """One detector against one strategy. ``status`` is ``ok``, ``failed`` or ``unavailable``."""

    detector: str
    strategy: str
    status: str
    error: str = ""
    figures: dict[str, Measurement] = field(default_factory=dict)


@dataclass(frozen=True)
class DuelScores:
    """The matrix: ``cells`` row by row, a detector a row. ``bare`` is the open loop's."""

    scenario: str
    title: str
    response: str
    seeds: tuple[int, ...]
    detectors: tuple[str, ...]
    strategies: tuple[str, ...]
    bare: dict[str, Measurement]
    cells: tuple[DuelCell, ...]
    version: int = 1

    def write(self, folder: Path) -> None:
        """Write ``duel.json``, in one step."""
        write_json(folder / NAME, asdict(self))

    def cell(self, detector: str, strategy: str) -> DuelCell:
        """One cell."""
        row, column = self.detectors.index(detector), self.strategies.index(strategy)
        return self.cells[row * len(self.strategies) + column]


def duel(
    scenario: str | Path,
    detectors: Sequence[str | Callable[[], Detector]],
    strategies: Sequence[str],
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
) -> DuelScores:
    """Play every detector in the loop against every strategy, cells side by side.

    Operating points are those of the open loop of the scenario as it stands; so is what the theft
    would have been undefended. ``detectors`` may name controls too. ``strategies`` are values of
    ``campaigns.<name>.strategy``, each taken by every campaign. What ``out`` holds is used again.

    Raises:
        NothingToJudgeError: without a detector or a strategy.
        ScenarioError: if there is no such strategy; see also `evaluate_in_the_loop`.
    """
    if not detectors or not strategies:
        raise NothingToJudgeError("a duel needs a detector and a strategy")
    listener = listener or Listener()
    training = training or Training()
    workers = workers or os.cpu_count() or 1
    base = load_scenario(scenario, settings=settings, scale=scale)
    played = {
        name: with_response(
            load_scenario(
                scenario,
                settings=[*settings, *(f"campaigns.{c}.strategy={name}" for c in base.campaigns)],
                scale=scale,
            ),
            response,
        )
        for name in dict.fromkeys(strategies)
    }
    asked = [d for d in detectors if not (isinstance(d, str) and d in truth_controls())]
    scores = evaluate(
        base, asked, out=out, seeds=seeds, calibration_seeds=calibration_seeds,
        alert_rate=alert_rate, time_limit=time_limit, memory_limit=memory_limit,
        training=training, workers=workers, listener=listener,
    )  # fmt: skip
    limits = CellLimits(time_limit, memory_limit, workers, training.labels)
    runner = CellRunner(Path(out), scores, asked, limits, listener)
    names = tuple(dict.fromkeys(board_name(d) for d in detectors))
    able = {d.name: d for d in runner.names(names)}
    place = runner.folder / "duel" / response
    wanted = [
        (able[name], world, seed, place / strategy / name / f"seed-{seed}")
        for name in names if name in able
        for strategy, world in played.items()
        for seed in scores.seeds
    ]  # fmt: skip
    results = iter(runner.play(wanted, keep=False))
    broken = {d.name: d for d in scores.detectors if d.status != "ok"}
    cells = []
    for name in names:
        for strategy in played:
            if name in able:
                mine = [next(results) for _ in scores.seeds]
                cells.append(_cell(name, strategy, mine))
            else:
                cells.append(DuelCell(name, strategy, broken[name].status, broken[name].error))
    found = DuelScores(
        scenario=scores.scenario,
        title=scores.title,
        response=response,
        seeds=scores.seeds,
        detectors=names,
        strategies=tuple(played),
        bare=runner.bare(),
        cells=tuple(cells),
    )
    found.write(runner.folder)
    return found


def _cell(detector: str, strategy: str, results: Sequence[RunResult]) -> DuelCell:
    broken = next((r for r in results if r.error), None)
    if broken is not None:
        status = "unavailable" if broken.error.startswith("unavailable: ") else "failed"
        error = f"on seed {broken.seed}: {broken.error.removeprefix('unavailable: ')}"
        return DuelCell(detector, strategy, status, error)
    figures = {name: over_seeds([r.figures[name] for r in results]) for name in results[0].figures}
    return DuelCell(detector, strategy, "ok", figures=figures)
