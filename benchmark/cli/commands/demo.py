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
    """Play the small scenario, judge a detector of each kind, and make a page to look around in."""
    from shamcrowd.benchmark import evaluate
    from shamcrowd.benchmark.reports.explorer.explored_folder import explored, explorer_path
    from shamcrowd.benchmark.reports.explorer.explorer_page import write_explorer

    with ConsoleProgress(quiet) as progress:
        scores = evaluate(SCENARIO, DETECTORS, out=out, listener=progress)
    found = explored(out)
    page = explorer_path(out, found, None)
    write_explorer(found, page)
    advice = f"open {page} and {out / 'report.html'}, then: shamcrowd new detector busy-hours"
    return finish(scores, out, as_json=False, quiet=quiet, advice=advice)
