"""``shamcrowd bench``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.suite_progress import SuiteProgress
from shamcrowd.benchmark.cli.terminal import say


@click.command("bench")
@options.suite
@options.out("Folder for the results: one a scenario, and suite.json.")
@options.board_detectors
@options.units
@click.option(
    "--resume",
    is_flag=True,
    help="Continue what --out holds; fail if there is nothing to continue.",
)
@options.as_json
@options.quiet
def command(
    suite: str, out: Path, detectors: tuple[str, ...], units: options.UnitOptions, resume: bool,
    as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Play a suite: every scenario, seed and detector.

    Every unit (simulate, detect, score) is kept in a cache by what it was made from. A second run
    does nothing, an interrupted one goes on, and several benches can share the cache.
    """
    from shamcrowd.benchmark.cli.finish_run import FAILED_DETECTOR, NOTHING_TO_JUDGE
    from shamcrowd.benchmark.cli.suite_board import show_suite_board
    from shamcrowd.benchmark.cli.suite_pages import write_pages
    from shamcrowd.benchmark.reports.suite.suite_results import SuiteResults
    from shamcrowd.benchmark.suites.bench import bench, scores_of
    from shamcrowd.benchmark.suites.result import NAME
    from shamcrowd.recording.errors import UsageError

    if resume and not (out / NAME).is_file():
        raise UsageError(f"{out}: nothing to resume there; leave --resume out to begin")
    store = units.open_cache(out)
    progress = SuiteProgress(quiet or as_json)
    with progress, units.open_engine() as chosen:
        result = bench(
            suite, out=out, detectors=detectors or None, cache=store, engine=chosen,
            time_limit=units.time_limit, memory_limit=units.memory_limit, listener=progress,
            require_seal=units.require_seal, secret=units.secret, fresh=units.fresh,
        )  # fmt: skip
    played_suite = SuiteResults(out, result, scores_of(result, out))
    page = write_pages(played_suite, chosen.workers)
    if as_json:
        say((out / NAME).read_text("utf-8"), nl=False)
    elif not quiet:
        show_suite_board(played_suite)
        if not sum(result.made.values()):
            say(f"Nothing was to do: everything was in the cache, {store.root}")
        played = any(p.status == "ok" for p in result.scenarios)
        next_step(
            f"open {page}" if played else f"mend it, then: shamcrowd bench {suite} --out {out}"
        )
    if any(p.status != "ok" for p in result.scenarios) or any(r.failed for r in result.overall):
        return FAILED_DETECTOR
    if not any(r.kind == "detector" for r in result.overall):
        say("no detector was judged, only controls", err=True)
        return NOTHING_TO_JUDGE
    return 0
