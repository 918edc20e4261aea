"""``shamcrowd simulate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.counting import counted

if TYPE_CHECKING:
    from shamcrowd.simulator.core.secret import Secret


@click.command("simulate")
@options.scenario
@click.option("--seed", type=int, required=True, metavar="N", help="Which replication.")
@options.settings
@options.scale
@options.secret
@options.workers
@options.out("Folder for the recording.")
@options.as_json
@options.quiet
def command(
    scenario: str, seed: int, settings: tuple[str, ...], scale: float, secret: Secret | None,
    workers: int | None, out: Path, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Play a scenario once and write a recording."""
    import json
    import os

    from shamcrowd.benchmark.scoring.conditions import conditions
    from shamcrowd.recording.croissant import write_croissant
    from shamcrowd.simulator import simulate

    with ConsoleProgress(quiet or as_json) as progress:
        progress.stage("simulating", 1)
        manifest = simulate(
            scenario, seed, out, settings=settings, scale=scale,
            workers=workers or os.cpu_count() or 1, progress=progress.share, secret=secret,
        )  # fmt: skip
    write_croissant(out)
    if as_json:
        about = {
            "out": str(out), "scenario": manifest.scenario, "seed": seed,
            "fingerprint": manifest.fingerprint, "rows": manifest.rows,
            **({"secret": manifest.secret} if manifest.secret else {}),
        }  # fmt: skip
        say(json.dumps(about, indent=1))
    elif not quiet:
        rows = manifest.rows
        say(
            f"{manifest.scenario}, seed {seed}: {counted(rows['accounts'], 'account')}, "
            f"{counted(rows['requests'], 'request')}, {counted(rows['activity'], 'other event')}"
        )
        say(f"fingerprint {manifest.fingerprint}, in {out}")
        for line in conditions("", manifest.secret):
            say(line)
        next_step(f"shamcrowd report {out}, or read {out}/requests with pandas")
