"""``shamcrowd audit``."""

from __future__ import annotations

from pathlib import Path

import click

from benchmark.cli import options
from benchmark.cli.telling import Telling


@click.command("audit")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@options.as_json
@options.quiet
def command(folder: Path, as_json: bool, quiet: bool) -> int:
    """Does any single thing in a recording give its sham accounts away?

    DIR is a recording, as `shamcrowd simulate` writes it. Ends with 1 if a column tells more than
    the scenario allows.
    """
    from benchmark.audit import audit
    from benchmark.cli.shortcuts import show_audit

    with Telling(quiet or as_json) as telling:
        telling.stage("auditing", 1)
        found = audit(folder, telling.share)
    if as_json:
        click.echo(found.to_json(), nl=False)
    elif not quiet:
        show_audit(found, folder)
    return 0 if found.passed else 1
