"""``shamcrowd run``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shamcrowd.benchmark.cli import completion, options
from shamcrowd.benchmark.cli.console import ConsoleProgress
from shamcrowd.benchmark.cli.finish_run import finish

if TYPE_CHECKING:
    from shamcrowd.benchmark.evaluation.training import LabelKind

OPEN_LOOP = "none"


@click.command("run")
@options.scenario
@options.seeds
@options.detectors
@options.settings
@options.scale
@options.alert_rate
@options.time_limit
@options.memory_limit
@options.labels
@click.option(
    "--response", default="none", show_default=True, metavar="NAME",
    shell_complete=completion.names("responses"),
    help="Ask detectors inside the run and act on their alerts by this policy. none: open loop.",
)  # fmt: skip
@options.workers
@options.out("Folder for recordings, findings, scores and report.")
@options.as_json
@options.quiet
def command(
    scenario: str, seeds: tuple[int, ...], detectors: tuple[str, ...], settings: tuple[str, ...],
    scale: float, alert_rate: float, time_limit: float, memory_limit: int, labels: LabelKind,
    response: str, workers: int | None, out: Path, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Simulate, detect, score and report. What is there already is used again."""
    from shamcrowd.benchmark.evaluation.training import Training

    with ConsoleProgress(quiet or as_json) as progress:
        given: dict[str, Any] = {
            "out": out, "seeds": seeds, "settings": settings, "scale": scale,
            "alert_rate": alert_rate, "time_limit": time_limit, "memory_limit": memory_limit,
            "training": Training(labels=labels), "workers": workers, "listener": progress,
        }  # fmt: skip
        if response == OPEN_LOOP:
            from shamcrowd.benchmark import evaluate

            scores = evaluate(scenario, detectors or None, **given)
        else:
            from shamcrowd.benchmark.closed_loop.run import evaluate_in_the_loop

            scores, board = evaluate_in_the_loop(
                scenario, detectors or None, response=response, **given
            )
    if response == OPEN_LOOP:
        return finish(scores, out, as_json, quiet)
    from shamcrowd.benchmark.cli.closed_loop_board import finish_loop

    return finish_loop(scores, board, out, as_json, quiet)
