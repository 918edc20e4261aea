"""``shamcrowd score``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.finish_run import finish
from shamcrowd.benchmark.cli.terminal import say

if TYPE_CHECKING:
    from shamcrowd.benchmark.own_logs.inject.scoring import InjectedScore


@click.command("score")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@options.detectors
@options.time_limit
@options.memory_limit
@options.as_json
@options.quiet
def command(
    folder: Path, detectors: tuple[str, ...], time_limit: float, memory_limit: int, as_json: bool,
    quiet: bool,
) -> int:  # fmt: skip
    """Score the findings saved by a run again, running nothing.

    DIR is a run; or a recording with injected campaigns, on which detectors are run and scored.
    """
    from shamcrowd.benchmark import rescore
    from shamcrowd.recording.errors import UsageError
    from shamcrowd.recording.manifest import NAME

    if (folder / NAME).is_file():
        return _of_injected(folder, detectors, time_limit, memory_limit, as_json, quiet)
    if detectors:
        raise UsageError(
            "--detector is for recordings with injected campaigns; a run names its own"
        )
    return finish(rescore(folder), folder, as_json, quiet)


def _of_injected(
    folder: Path, detectors: tuple[str, ...], time_limit: float, memory_limit: int, as_json: bool,
    quiet: bool,
) -> int:  # fmt: skip
    import json

    from shamcrowd.benchmark.cli.console import ConsoleProgress
    from shamcrowd.benchmark.own_logs.inject.scoring import score_injected
    from shamcrowd.benchmark.own_logs.untaught import untaught
    from shamcrowd.benchmark.scoring.conditions import UNLABELLED_NOTE

    chosen = detectors or untaught()
    with ConsoleProgress(quiet or as_json) as progress:
        progress.stage("detecting", len(chosen))

        def on_start(name: str) -> None:
            progress.step()

        chance, found = score_injected(folder, chosen, time_limit=time_limit,
                                       memory_limit=memory_limit, on_start=on_start)  # fmt: skip
    if as_json:
        about = {"recording": str(folder), "note": UNLABELLED_NOTE, "chance": chance,
                 "detectors": [vars(one) for one in found]}  # fmt: skip
        say(json.dumps(about, indent=1))
    elif not quiet:
        _show(chance, found)
    return 3 if any(one.failed for one in found) else 0


def _show(chance: float, found: list[InjectedScore]) -> None:
    import textwrap

    from shamcrowd.benchmark.cli.tables import WIDTH, add_row, new_table, show_table
    from shamcrowd.benchmark.own_logs.inject.scoring import RATES
    from shamcrowd.benchmark.scoring.conditions import UNLABELLED_NOTE

    heads = [f"recall at {rate * 100:g} %" for rate in RATES]
    board = new_table("detector", "average precision", *heads, gap=1)
    for one in found:
        if one.average_precision is not None:
            figures = ["-" if r is None else f"{r:.3f}" for r in one.recall]
            add_row(board, one.detector, f"{one.average_precision:.3f}", *figures)
    add_row(board, "chance", f"{chance:.3f}", *(f"{rate:.3f}" for rate in RATES))
    show_table(board)
    for one in found:
        if one.average_precision is None:
            said = "failed" if one.failed else "not applicable"
            say(textwrap.fill(f"{one.detector}: {said}: {one.said}", WIDTH,
                                     subsequent_indent="    ", break_on_hyphens=False))  # fmt: skip
    say("\n" + textwrap.fill(UNLABELLED_NOTE, WIDTH))
