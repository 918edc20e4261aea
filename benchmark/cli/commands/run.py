"""``shamcrowd run``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import completion, options
from shamcrowd.benchmark.cli.console import ConsoleProgress
from shamcrowd.benchmark.cli.finish_run import finish

OPEN_LOOP = "none"


@click.command("run")
@options.experiment
@options.board_detectors
@click.option(
    "--response", default="none", show_default=True, metavar="NAME",
    shell_complete=completion.names("responses"),
    help="Ask detectors inside the run and act on their alerts by this policy. none: open loop.",
)  # fmt: skip
@options.out("Folder for recordings, findings, scores and report.")
@options.as_json
@options.quiet
def command(
    experiment: options.ExperimentOptions, detectors: tuple[str, ...], response: str, out: Path,
    as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Simulate, detect, score and report. What is there already is used again."""
    asked = experiment.experiment()
    if response == OPEN_LOOP:
        from shamcrowd.benchmark.evaluation.evaluate import run_experiment

        with ConsoleProgress(quiet or as_json) as progress:
            scores = run_experiment(asked, detectors or None, out=out, listener=progress)
        return finish(scores, out, as_json, quiet)
    from shamcrowd.benchmark.cli.closed_loop_board import finish_loop
    from shamcrowd.benchmark.closed_loop.run import evaluate_in_the_loop

    with ConsoleProgress(quiet or as_json) as progress:
        scores, board = evaluate_in_the_loop(
            asked, detectors or None, out=out, response=response, listener=progress
        )
    return finish_loop(scores, board, out, as_json, quiet)
