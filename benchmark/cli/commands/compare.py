"""``shamcrowd compare``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.terminal import say


@click.command("compare")
@click.argument("run_a", metavar="RUN_A")
@click.argument("run_b", metavar="RUN_B")
@click.option(
    "--format", "form", type=click.Choice(["terminal", "markdown", "csv", "latex", "json"]),
    default="terminal", show_default=True, help="What to print.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Write tables (Markdown, CSV, LaTeX, JSON) and drawings (SVG) here.",
)  # fmt: skip
@click.option("--paper", is_flag=True, help="With --out: drawings as PDF and PNG too.")
@options.quiet
def command(run_a: str, run_b: str, form: str, out: Path | None, paper: bool, quiet: bool) -> None:
    """Is B better than A, worse, or is the difference not clear?

    RUN is the folder of a run or of a suite's results, or FOLDER:DETECTOR for one detector of it.
    Seeds are paired on identical traffic; runs of other code, worlds,
    settings, training or labels are refused.
    """
    from shamcrowd.benchmark.cli.comparison_board import show_comparison
    from shamcrowd.benchmark.comparison.compare import compare
    from shamcrowd.benchmark.comparison.runs import named, read_run
    from shamcrowd.benchmark.reports.comparison.files import write_comparison
    from shamcrowd.benchmark.reports.comparison.formats import FORMATS

    if paper and out is None:
        raise click.UsageError("--paper needs a folder: add --out DIR")
    (left, first), (right, second) = named(run_a), named(run_b)
    found = compare(read_run(left), read_run(right), (run_a, run_b), (first, second))
    if out is not None:
        write_comparison(found, out, paper)
    if quiet:
        return
    if form != "terminal":
        say(FORMATS[form][1](found), nl=False)
        return
    show_comparison(found)
    next_step(f"see {out / 'comparison.md'}" if out else "all figures and drawings: add --out DIR")
