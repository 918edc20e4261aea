"""``shamcrowd fit-world``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.terminal import say

if TYPE_CHECKING:
    from shamcrowd.benchmark.world_checks.fit_world.comparing import Compared

PLAYED = 5_000
"""Accounts of the world that is played for the card, about."""


@click.command("fit-world")
@click.argument("recording", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE",
              help="The scenario, a .yaml file.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True,
              help="Seed of the world that is played for the card.")  # fmt: skip
@click.option("--card/--no-card", default=True, help="Play the world and compare it with the log.")
@options.as_json
@options.quiet
def command(recording: Path, out: Path, seed: int, card: bool, as_json: bool, quiet: bool) -> None:
    """Write a scenario whose populations are fitted to an imported log.

    Rates, lengths, sessions, hours and shared addresses are fitted. The card measures the same
    statistics in the log and in the world, and says how far apart they are.
    """
    import json
    import tempfile
    from dataclasses import asdict

    from shamcrowd.benchmark.world_checks.fit_world.comparing import compare
    from shamcrowd.benchmark.world_checks.fit_world.fitting import fit_world
    from shamcrowd.recording.atomic import write_bytes
    from shamcrowd.recording.errors import UsageError
    from shamcrowd.simulator.simulation import simulate

    if out.suffix != ".yaml":
        raise UsageError(f"{out}: name a file that ends in .yaml")
    fitted = fit_world(recording)
    compared: list[Compared] = []
    with tempfile.TemporaryDirectory() as aside, ConsoleProgress(quiet or as_json) as progress:
        path = Path(aside) / out.name
        path.write_text(fitted.yaml(), "utf-8")
        scale = min(1.0, PLAYED / fitted.accounts) if card else 1.0
        if card:
            progress.stage("playing", 1)
            simulate(path, seed, Path(aside) / "world", scale=scale, progress=progress.share)
            compared = compare(recording, Path(aside) / "world", scale)
        write_bytes(out, path.read_bytes())
    if as_json:
        report = {
            "out": str(out), "accounts": fitted.accounts, "scale": scale, "notes": fitted.notes,
            "card": [{**asdict(one), "ratio": one.ratio} for one in compared],
        }  # fmt: skip
        say(json.dumps(report, indent=1))
    elif not quiet:
        _show(compared, fitted.notes, scale)
        next_step(f"shamcrowd simulate {out} --seed 1 --out world")


def _show(compared: list[Compared], notes: tuple[str, ...], scale: float) -> None:
    from shamcrowd.benchmark.cli.tables import add_row, new_table, show_table

    board = new_table("", "statistic", "log", "world", "world / log", gap=1)
    for one in compared:
        if one.log is None and one.world is None:
            continue
        ratio = one.ratio
        add_row(
            board, one.id, one.name, _number(one.log), _number(one.world),
            "" if ratio is None else f"{ratio:.2f}",
        )  # fmt: skip
    if compared:
        show_table(board)
        say("F: fitted; the others come of themselves")
    if scale < 1:
        say(f"The world was played with {scale:.3g} of its accounts.")
    for note in notes:
        say(note)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.4g}"
