"""``shamcrowd duel``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import completion, options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.finish_run import FAILED_DETECTOR

if TYPE_CHECKING:
    from shamcrowd.benchmark.evaluation.training import LabelKind


@click.command("duel")
@options.scenario
@click.option(
    "--detectors", type=options.NameList(), required=True, metavar="A,B,C",
    shell_complete=completion.name_lists("detectors"),
    help="Detectors or controls, as NAME or path.py:Class, with commas.",
)  # fmt: skip
@click.option(
    "--strategies", type=options.NameList(), required=True, metavar="X,Y,Z",
    shell_complete=completion.name_lists("strategies"),
    help="Strategies of the attackers, with commas; every campaign takes each in turn.",
)  # fmt: skip
@click.option(
    "--response", default="standard", show_default=True, metavar="NAME",
    shell_complete=completion.names("responses"),
    help="The policy that acts on alerts.",
)  # fmt: skip
@options.seeds
@options.settings
@options.scale
@options.alert_rate
@options.time_limit
@options.memory_limit
@options.labels
@options.workers
@options.out("Folder for the open loop, the cells, and the page.")
@options.as_json
@options.quiet
def command(
    scenario: str, detectors: tuple[str, ...], strategies: tuple[str, ...], response: str,
    seeds: tuple[int, ...], settings: tuple[str, ...], scale: float, alert_rate: float,
    time_limit: float, memory_limit: int, labels: LabelKind, workers: int | None, out: Path,
    as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Play detectors against strategies inside the run. What is there is used again."""
    from shamcrowd.benchmark.cli.duel_board import show_duel
    from shamcrowd.benchmark.closed_loop.duel import NAME, duel
    from shamcrowd.benchmark.evaluation.training import Training
    from shamcrowd.benchmark.reports.closed_loop.closed_loop_pages import write_duel

    with ConsoleProgress(quiet or as_json) as progress:
        scores = duel(
            scenario, detectors, strategies, out=out, response=response, seeds=seeds,
            settings=settings, scale=scale, alert_rate=alert_rate, time_limit=time_limit,
            memory_limit=memory_limit, training=Training(labels=labels), workers=workers,
            listener=progress,
        )  # fmt: skip
    write_duel(scores, out / "duel.html")
    if as_json:
        click.echo((out / NAME).read_text("utf-8"), nl=False)
    elif not quiet:
        show_duel(scores)
        next_step(f"open {out / 'duel.html'} in a browser")
    return FAILED_DETECTOR if any(c.status != "ok" for c in scores.cells) else 0
