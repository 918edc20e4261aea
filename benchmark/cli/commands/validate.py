"""``shamcrowd validate``."""

from __future__ import annotations

from pathlib import Path

import click

from benchmark.cli import options
from benchmark.cli.telling import next_step


@click.command("validate")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@options.as_json
@options.quiet
def command(folder: Path, as_json: bool, quiet: bool) -> int:
    """Does a recording hold what the format promises and its scenario asked for?

    DIR is a recording, as `shamcrowd simulate` writes it. Ends with 1 if a check fails.
    """
    from benchmark.validate import validate

    found = validate(folder)
    if as_json:
        click.echo(found.to_json(), nl=False)
    elif not quiet:
        click.echo(f"{found.scenario}, seed {found.seed}\n")
        for check in found.checks:
            mark = "✓" if check.holds else click.style("✗ FAIL", bold=True)
            click.echo(f"{check.name:<30} {check.said} {mark}")
        click.echo(f"\n{found.verdict}")
        next_step(f"shamcrowd audit {folder}" if found.passed else "make the recording again")
    return 0 if found.passed else 1
