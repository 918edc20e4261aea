"""``shamcrowd bench``, and ``shamcrowd bench merge``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.option_types import ShareOf
from shamcrowd.benchmark.cli.suite_progress import SuiteProgress
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.counting import counted

if TYPE_CHECKING:
    from shamcrowd.benchmark.suites.result import SuiteResult
    from shamcrowd.benchmark.suites.share import Share

MERGE = "merge"


class _Bench(click.Command):
    """``bench SUITE``, or ``bench merge SUITE``."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None,
        **extra: object,
    ) -> click.Context:  # fmt: skip
        """Let ``merge`` take over where it is the first word."""
        if args[:1] == [MERGE]:
            return merge.make_context(f"{info_name} {MERGE}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command("bench", cls=_Bench)
@options.suite
@options.out("Folder for the results: one a scenario, and suite.json.")
@options.board_detectors
@options.units
@click.option(
    "--resume",
    is_flag=True,
    help="Continue what --out holds; fail if there is nothing to continue.",
)
@click.option(
    "--shard",
    "share",
    type=ShareOf(),
    default=None,
    metavar="I/N",
    help="Make only the I-th of N shares, and score nothing: for job arrays. Afterwards: "
    "shamcrowd bench merge.",
)
@options.as_json
@options.quiet
def command(
    suite: str, out: Path, detectors: tuple[str, ...], units: options.UnitOptions, resume: bool,
    share: Share | None, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Play a suite: every scenario, seed and detector.

    Every unit (simulate, detect, score) is kept in a cache by what it was made from. A second run
    does nothing, an interrupted one goes on, and several benches can share the cache.
    """
    from shamcrowd.benchmark.suites.result import NAME
    from shamcrowd.recording.errors import UsageError

    if resume and not (out / NAME).is_file():
        raise UsageError(f"{out}: nothing to resume there; leave --resume out to begin")
    return _bench(suite, out, detectors, units, share, as_json=as_json, quiet=quiet)


@click.command(MERGE)
@options.suite
@click.option(
    "--from",
    "caches",
    type=click.Path(path_type=Path, file_okay=False),
    multiple=True,
    required=True,
    metavar="DIR",
    help="The --cache of a share; given once for each.",
)
@options.out("Folder for the results: one a scenario, and suite.json.")
@options.board_detectors
@options.units
@options.as_json
@options.quiet
def merge(
    suite: str, caches: tuple[Path, ...], out: Path, detectors: tuple[str, ...],
    units: options.UnitOptions, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Put the shares of a suite together, and score it.

    Give the same SUITE, detectors, limits and secret as to the shares. What a lost share would have
    made, and what is damaged, is made here. Shares with one cache need no merge: play the suite
    with that cache.
    """
    store = units.open_cache(out)
    taken, damaged = sum(map(store.adopt, caches)), store.damaged
    if not as_json and not quiet:
        more = f"; {damaged} damaged, to be made again" if damaged else ""
        say(f"{counted(taken, 'unit')} taken from {counted(len(caches), 'cache')}{more}")
    return _bench(suite, out, detectors, units, None, as_json=as_json, quiet=quiet)


def _bench(
    suite: str, out: Path, detectors: tuple[str, ...], units: options.UnitOptions,
    share: Share | None, *, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    from shamcrowd.benchmark.cli.finish_run import FAILED_DETECTOR, NOTHING_TO_JUDGE
    from shamcrowd.benchmark.cli.suite_board import show_suite_board
    from shamcrowd.benchmark.cli.suite_pages import write_pages
    from shamcrowd.benchmark.reports.suite.suite_results import SuiteResults
    from shamcrowd.benchmark.suites.bench import bench, scores_of
    from shamcrowd.benchmark.suites.result import NAME

    store = units.open_cache(out)
    progress = SuiteProgress(quiet or as_json)
    with progress, units.open_engine() as chosen:
        result = bench(
            suite, out=out, detectors=detectors or None, cache=store, engine=chosen,
            time_limit=units.time_limit, memory_limit=units.memory_limit, listener=progress,
            require_seal=units.require_seal, secret=units.secret, fresh=units.fresh, share=share,
        )  # fmt: skip
    if share is not None:
        return _after_share(suite, share, result, store.root, quiet=quiet or as_json)
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


def _after_share(
    suite: str, share: Share, result: SuiteResult, cache: Path, *, quiet: bool
) -> int:  # fmt: skip
    """Say what a share made and where it lies; return the exit code."""
    from shamcrowd.benchmark.cli.finish_run import FAILED_DETECTOR

    failed = [played for played in result.scenarios if played.status != "ok"]
    for played in failed:
        say(f"{played.scenario}: {played.error}", err=True)
    if not quiet:
        made = sum(result.made.values())
        say(f"share {share}: {counted(made, 'unit')} made, kept in {cache}")
        next_step(f"all shares done: shamcrowd bench merge {suite} --from {cache} ... --out DIR")
    return FAILED_DETECTOR if failed else 0
