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
    help="The page. Default: DIR.html beside a recording, report.html in a suite's folder. "
    "For a suite, a name that ends in .md gets the board as Markdown.",
)
@options.quiet
def command(folder: Path, out: Path | None, quiet: bool) -> None:
    """Make a page of a recording or of a suite's results.

    DIR is a recording (shamcrowd simulate), and the page shows who is in it and its sealed truth;
    or what shamcrowd bench left, and the page is made again from the scores.
    """
    from benchmark.bench.result import NAME

    page = _of_suite(folder, out) if (folder / NAME).is_file() else _of_recording(folder, out)
    if not quiet:
        next_step(f"open {page}")


def _of_recording(folder: Path, out: Path | None) -> Path:
    from benchmark.recording_report.cards import cards
    from benchmark.recording_report.page import write_recording_report
    from benchmark.recording_report.place import page_path

    page = page_path(folder, out)
    write_recording_report(folder, page, cards=cards(folder))
    return page


def _of_suite(folder: Path, out: Path | None) -> Path:
    from benchmark.recording_report.place import unless_strange
    from benchmark.suite_report.markdown import write_board
    from benchmark.suite_report.page import NAME, write_suite_report
    from benchmark.suite_report.suite import Suite
    from recording.errors import UsageError

    page = out or folder / NAME
    if page.is_dir():
        raise UsageError(f"{page}: is a folder; name a file for the page, such as {page}.html")
    if page.suffix != ".md":
        unless_strange(page)
    write = write_board if page.suffix == ".md" else write_suite_report
    write(Suite.read(folder), page)
    return page
