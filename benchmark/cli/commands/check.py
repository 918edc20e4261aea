"""``shamcrowd check``."""

from __future__ import annotations

import tempfile
from contextlib import nullcontext
from pathlib import Path

import click

from shamcrowd.benchmark.cli import completion, options
from shamcrowd.benchmark.cli.suite_progress import SuiteProgress
from shamcrowd.benchmark.cli.terminal import say


@click.command("check")
@click.option(
    "--baseline", type=click.Path(path_type=Path, dir_okay=False), default=Path("baseline.json"),
    show_default=True, metavar="FILE", help="What is committed.",
)  # fmt: skip
@click.option(
    "--suite", default=None, metavar="SUITE",
    shell_complete=completion.names_or_paths("suites"),
    help="An id or a YAML file. Default: the one that the baseline is of.",
)  # fmt: skip
@options.board_detectors
@click.option(
    "-o", "reports", type=click.Path(path_type=Path), multiple=True, metavar="FILE",
    help="Write a report: .md, .xml (JUnit), .html or .json. May be given several times.",
)  # fmt: skip
@click.option("--update-baseline", "update", is_flag=True, help="Write a new baseline.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None, metavar="DIR",
    help="Keep the suite's results here.",
)  # fmt: skip
@options.units
@options.as_json
@options.quiet
def command(
    baseline: Path, suite: str | None, detectors: tuple[str, ...], reports: tuple[Path, ...],
    update: bool, out: Path | None, units: options.UnitOptions, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Are the detectors as good as the baseline says?

    Runs a suite and sets every figure against the committed baseline. The last line is the
    verdict. Exit codes: 0 as good, 1 worse, 2 can't be compared, 3 a detector did not run,
    4 nothing to judge.
    """
    from shamcrowd.benchmark.cli.gate_board import show_line, show_update, show_verdict
    from shamcrowd.benchmark.gate.check import check
    from shamcrowd.benchmark.gate.reports.data import data
    from shamcrowd.benchmark.gate.reports.writing import checked_endings, write_reports
    from shamcrowd.recording.atomic import check_place
    from shamcrowd.recording.errors import UsageError

    checked_endings(reports)
    if update and as_json:
        raise UsageError("--update-baseline writes a file; leave --json out, or read the file")
    if update:
        check_place(baseline)
    results = nullcontext(out) if out is not None else tempfile.TemporaryDirectory()
    progress = SuiteProgress(quiet or as_json)
    with results as folder, progress, units.open_engine() as chosen:
        store = units.open_cache(Path(folder))
        checked = check(
            baseline, out=Path(folder), suite=suite, detectors=detectors or None, update=update,
            cache=store, engine=chosen, time_limit=units.time_limit,
            memory_limit=units.memory_limit, listener=progress,
            require_seal=units.require_seal, secret=units.secret, fresh=units.fresh,
        )  # fmt: skip
    if checked.verdict is not None:
        write_reports(checked.verdict, reports)
    if update:
        show_update(checked.verdict, baseline)
        return 0
    assert checked.verdict is not None
    if as_json:
        say(data(checked.verdict), nl=False)
    elif quiet:
        show_line(checked.verdict)
    else:
        show_verdict(checked.verdict)
    return checked.verdict.exit_code
