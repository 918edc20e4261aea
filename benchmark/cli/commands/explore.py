"""``shamcrowd explore``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step


@click.command("explore")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, metavar="FILE",
    help="The page. Default: DIR.explore.html next to a recording, explore.html in a run.",
)  # fmt: skip
@click.option(
    "--no-truth", is_flag=True,
    help="Leave the truth out of the file: who is sham, the scenario, the seed.",
)  # fmt: skip
@click.option(
    "--seed", type=int, default=None, metavar="N",
    help="Which of a run's scored seeds. Default: the first.",
)  # fmt: skip
@options.quiet
def command(folder: Path, out: Path | None, no_truth: bool, seed: int | None, quiet: bool) -> None:
    """Make a page to look around in: time line, accounts, groups, and what detectors said.

    DIR is a recording (shamcrowd simulate, import) or a run (shamcrowd run, demo), whose findings
    are shown too. The page is one file that works without network.
    """
    from shamcrowd.benchmark.reports.explorer.explored_folder import explored, explorer_path
    from shamcrowd.benchmark.reports.explorer.explorer_page import write_explorer

    found = explored(folder, seed)
    page = explorer_path(folder, found, out)
    write_explorer(found, page, with_truth=not no_truth)
    if not quiet:
        next_step(f"open {page}")
