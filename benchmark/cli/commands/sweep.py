"""``shamcrowd sweep``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.finish_run import FAILED_DETECTOR
from shamcrowd.benchmark.cli.terminal import say


@click.command("sweep")
@options.experiment
@click.option(
    "--knob", required=True, metavar="PATH",
    help="The value to vary, such as campaigns.hydra.evasion.rotation.",
)  # fmt: skip
@click.option("--from", "first", type=float, default=0.0, show_default=True, help="First value.")
@click.option("--to", "last", type=float, default=1.0, show_default=True, help="Last value.")
@click.option(
    "--steps", type=click.IntRange(2, 100), default=6, show_default=True, help="How many values."
)
@options.board_detectors
@options.out("Folder for a run at each value, and the page.")
@options.as_json
@options.quiet
def command(
    experiment: options.ExperimentOptions, knob: str, first: float, last: float, steps: int,
    detectors: tuple[str, ...], out: Path, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Score detectors at several values of one knob. What is there is used again."""
    from shamcrowd.benchmark.cli.sweep_board import show_sweep
    from shamcrowd.benchmark.reports.closed_loop.closed_loop_pages import write_sweep
    from shamcrowd.benchmark.suites.sweep import NAME, sweep

    with ConsoleProgress(quiet or as_json) as progress:
        scores = sweep(
            experiment.experiment(), knob, first, last, steps, detectors or None, out=out,
            listener=progress,
        )  # fmt: skip
    write_sweep(scores, out / "sweep.html")
    if as_json:
        say((out / NAME).read_text("utf-8"), nl=False)
    elif not quiet:
        show_sweep(scores)
        next_step(f"open {out / 'sweep.html'} in a browser")
    return FAILED_DETECTOR if any(d.status != "ok" for d in scores.detectors) else 0
