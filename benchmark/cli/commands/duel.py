"""``shamcrowd duel``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import completion, option_types, options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.finish_run import FAILED_DETECTOR
from shamcrowd.benchmark.cli.terminal import say


@click.command("duel")
@options.experiment
@click.option(
    "--detectors", type=option_types.NameList(), required=True, metavar="A,B,C",
    shell_complete=completion.name_lists("detectors"),
    help="Detectors or controls, as NAME or path.py:Class, with commas.",
)  # fmt: skip
@click.option(
    "--strategies", type=option_types.NameList(), required=True, metavar="X,Y,Z",
    shell_complete=completion.name_lists("strategies"),
    help="Strategies of the attackers, with commas; every campaign takes each in turn.",
)  # fmt: skip
@click.option(
    "--responses", type=option_types.NameList(), default="standard", show_default=True,
    metavar="R,S,T",
    shell_complete=completion.name_lists("responses"),
    help="Policies that act on alerts, with commas; `shamcrowd list responses` shows them.",
)  # fmt: skip
@options.out("Folder for the open loop, the cells, and the page.")
@options.as_json
@options.quiet
def command(
    experiment: options.ExperimentOptions, detectors: tuple[str, ...],
    strategies: tuple[str, ...], responses: tuple[str, ...], out: Path, as_json: bool,
    quiet: bool,
) -> int:  # fmt: skip
    """Play detectors and responses against strategies. What is there is used again."""
    from shamcrowd.benchmark.cli.duel_board import show_duel
    from shamcrowd.benchmark.closed_loop.duel import NAME, duel
    from shamcrowd.benchmark.reports.closed_loop.closed_loop_pages import write_duel

    with ConsoleProgress(quiet or as_json) as progress:
        scores = duel(
            experiment.experiment(), detectors, strategies, responses=responses, out=out,
            listener=progress,
        )  # fmt: skip
    write_duel(scores, out / "duel.html")
    if as_json:
        say((out / NAME).read_text("utf-8"), nl=False)
    elif not quiet:
        show_duel(scores)
        next_step(f"open {out / 'duel.html'} in a browser")
    return FAILED_DETECTOR if any(c.status != "ok" for c in scores.cells) else 0
