"""``shamcrowd report``."""

from __future__ import annotations

from pathlib import Path

import click

from benchmark.cli import options
from benchmark.cli.telling import next_step


@click.command("report")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="The page. Default: DIR.html, beside the recording.",
)
@options.quiet
def command(folder: Path, out: Path | None, quiet: bool) -> None:
    """Make a page of a recording: who is in it, and what the campaigns did.

    DIR is a recording (shamcrowd simulate); the page shows its sealed truth.
    """
    from benchmark.recording_report.cards import cards
    from benchmark.recording_report.page import write_recording_report
    from benchmark.recording_report.place import page_path

    page = page_path(folder, out)
    write_recording_report(folder, page, cards=cards(folder))
    if not quiet:
        next_step(f"open {page}")
