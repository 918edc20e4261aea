"""``shamcrowd demo``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress
from shamcrowd.benchmark.cli.finish_run import finish

SCENARIO = "quickstart-v2"
DETECTORS = ("velocity", "isolation-forest", "shared-resources", "synchrotrap", "mahalanobis")
"""One for each idea, of those that take seconds and need no extra."""


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    metavar="DIR",
    help="Folder for everything it makes.",
)
@options.quiet
def command(out: Path, quiet: bool) -> int:
    """Play the small scenario and judge a detector of each kind, in seconds."""
    from shamcrowd.benchmark import evaluate

    with ConsoleProgress(quiet) as progress:
        scores = evaluate(SCENARIO, DETECTORS, out=out, listener=progress)
    advice = f"open {out / 'report.html'} in a browser, then: shamcrowd new detector busy-hours"
    return finish(scores, out, as_json=False, quiet=quiet, advice=advice)
