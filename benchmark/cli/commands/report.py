"""``shamcrowd report``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step

SCORES = "scores.json"


@click.command("report")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="The page. Default: DIR.html next to a recording, report.html in a suite's folder. "
    "For a suite, a name that ends in .md gets the board as Markdown; for a run, one that ends in "
    ".csv, .tex or .json gets its board as CSV, LaTeX or a figure in Vega-Lite.",
)
@options.quiet
def command(folder: Path, out: Path | None, quiet: bool) -> None:
    """Make a page of a recording or of a suite's results.

    DIR is a recording (shamcrowd simulate), and the page shows who is in it and its sealed truth;
    or what shamcrowd bench left, and the page is made again from the scores; or a run, whose board
    is written for a paper.
    """
    from shamcrowd.benchmark.suites.result import NAME

    if (folder / NAME).is_file():
        page = _of_suite(folder, out)
    elif (folder / SCORES).is_file():
        page = _of_run(folder, out)
    else:
        page = _of_recording(folder, out)
    if not quiet:
        next_step(f"open {page}")


def _of_recording(folder: Path, out: Path | None) -> Path:
    from shamcrowd.benchmark.reports.recording.output_path import page_path
    from shamcrowd.benchmark.reports.recording.recording_page import write_recording_report
    from shamcrowd.benchmark.reports.recording.world_checks_section import world_checks_sections

    page = page_path(folder, out)
    write_recording_report(folder, page, cards=world_checks_sections(folder))
    return page


def _of_run(folder: Path, out: Path | None) -> Path:
    from shamcrowd.benchmark.reports.run.board_formats import write_run_board
    from shamcrowd.benchmark.scoring.scores import Scores

    page = out or folder / "board.csv"
    write_run_board(Scores.read(folder / SCORES), page)
    return page


def _of_suite(folder: Path, out: Path | None) -> Path:
    from shamcrowd.benchmark.reports.recording.output_path import check_overwrite
    from shamcrowd.benchmark.reports.suite.markdown import write_board
    from shamcrowd.benchmark.reports.suite.suite_page import NAME, write_suite_report
    from shamcrowd.benchmark.reports.suite.suite_results import SuiteResults
    from shamcrowd.recording.errors import UsageError

    page = out or folder / NAME
    if page.is_dir():
        raise UsageError(f"{page}: is a folder; name a file for the page, such as {page}.html")
    if page.suffix != ".md":
        check_overwrite(page)
    write = write_board if page.suffix == ".md" else write_suite_report
    write(SuiteResults.read(folder), page)
    return page
