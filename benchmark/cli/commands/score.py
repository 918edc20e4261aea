"""``shamcrowd score``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.finish_run import finish


@click.command("score")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@options.as_json
@options.quiet
def command(folder: Path, as_json: bool, quiet: bool) -> int:
    """Score the findings saved by a run again, running nothing."""
    from shamcrowd.benchmark import rescore

    return finish(rescore(folder), folder, as_json, quiet)
