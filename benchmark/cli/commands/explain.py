"""``shamcrowd explain``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.moments import moment_of
from shamcrowd.benchmark.cli.terminal import say

if TYPE_CHECKING:
    from shamcrowd.benchmark.own_logs.explain.findings import Said


@click.command("explain")
@options.recording
@click.argument("asked", metavar="ACCOUNT|CLUSTER|THING")
@options.detectors
@click.option(
    "--findings", type=click.Path(path_type=Path), metavar="FILE",
    help="Take what detectors said from the list that `shamcrowd detect --out` wrote; none is run.",
)  # fmt: skip
@options.as_of
@click.option(
    "--most-users", type=click.IntRange(min=0), metavar="N",
    help="An account joins over one personal thing if at most N others use so rare a one. "
    "Default: 5.",
)  # fmt: skip
@click.option(
    "--most-expected", type=click.FloatRange(min=0), metavar="X",
    help="An account joins over several things if fewer than X would share as much by chance. "
    "Default: 0.01.",
)  # fmt: skip
@click.option(
    "--rounds", type=click.IntRange(min=0), metavar="N",
    help="Rounds in which accounts join. Default: 3.",
)  # fmt: skip
@click.option(
    "--prices", type=click.Path(path_type=Path), metavar="FILE",
    help='List prices as JSON, dollars per million tokens: {"MODEL": {"input": 3, "output": 15, '
    '"cached": 0.3}}. What was read from a prompt cache costs as other input without "cached".',
)  # fmt: skip
@click.option(
    "--reveal", type=click.Path(path_type=Path), metavar="KEY",
    help="Show the names behind ids: the key that import kept, as in logs.key.",
)  # fmt: skip
@click.option(
    "--names", type=click.Path(path_type=Path), metavar="FILE",
    help="With --reveal: the names that import kept, if they are not beside the recording.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER|FILE",
    help="Folder for page, JSON and Markdown, or a file that ends in .html, .json or .md.",
)  # fmt: skip
@options.time_limit
@options.memory_limit
@options.require_seal
@options.quiet
def command(
    recording: Path, asked: str, detectors: tuple[str, ...], findings: Path | None,
    as_of: str | None, most_users: int | None, most_expected: float | None, rounds: int | None,
    prices: Path | None, reveal: Path | None, names: Path | None, out: Path, time_limit: float,
    memory_limit: int, require_seal: bool, quiet: bool,
) -> int:  # fmt: skip
    """Who else, and why: the dossier of a group of accounts.

    ACCOUNT is an id (or a name, with --reveal); CLUSTER is DETECTOR-NUMBER, as in the list of
    `shamcrowd detect`; THING is KIND:VALUE, such as device:42, domain:mail.example or a block of
    addresses such as 203.0.113.0/24. Others join who share rare things with it. DIR is a recording,
    as `shamcrowd import` or `shamcrowd simulate` writes it. Its truth is not opened.
    """
    from shamcrowd.benchmark.execution.seal import require_seal as refuse_unsealed
    from shamcrowd.benchmark.own_logs.explain.dossier import explain
    from shamcrowd.benchmark.own_logs.explain.drawn import read_prices
    from shamcrowd.benchmark.own_logs.explain.growing import GrowthRule
    from shamcrowd.benchmark.own_logs.explain.reveal import reveal as read_revealed
    from shamcrowd.benchmark.reports.dossier.writing import check_out, write_dossier
    from shamcrowd.recording.errors import UsageError

    if findings is not None and detectors:
        raise UsageError("give --findings or --detector, not both")
    if names is not None and reveal is None:
        raise UsageError("--names needs --reveal KEY")
    if require_seal:
        refuse_unsealed()
    check_out(out, recording)
    known = read_revealed(recording, reveal, names) if reveal is not None else None
    given = {"most_users": most_users, "most_expected": most_expected, "most_rounds": rounds}
    rule = GrowthRule(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    moment = moment_of(as_of, "--as-of") if as_of is not None else None
    own_prices = read_prices(prices) if prices is not None else None
    with ConsoleProgress(quiet) as progress:
        said, failed = _said(recording, findings, detectors, moment, time_limit, memory_limit,
                             progress)  # fmt: skip
        progress.stage("explaining", 1)
        dossier = explain(recording, asked, said=said, as_of=moment, rule=rule, prices=own_prices,
                          names=known)  # fmt: skip
    written = write_dossier(dossier, said.table, out)
    if not quiet:
        say(f"{dossier.title}: a group of {dossier.accounts:,} of {dossier.everybody:,} "
                   "accounts")  # fmt: skip
        for part in dossier.section("innocent").parts:
            say(f"  {part.title}: {part.text[-1].removeprefix('Points: ')}")
        page = [path for path in written if path.suffix == ".html"] or written
        next_step(f"open {page[0]}")
    return 3 if failed else 0


def _said(
    recording: Path, findings: Path | None, detectors: tuple[str, ...], moment: int | None,
    time_limit: float, memory_limit: int, progress: ConsoleProgress,
) -> tuple[Said, bool]:  # fmt: skip
    """What detectors said, and whether one failed."""
    from shamcrowd.benchmark.own_logs.detect import detect
    from shamcrowd.benchmark.own_logs.explain.findings import of_detection, read_ranked
    from shamcrowd.benchmark.own_logs.untaught import untaught

    if findings is not None:
        return read_ranked(findings), False
    chosen = detectors or untaught()
    progress.stage("detecting", len(chosen))

    def on_start(name: str) -> None:
        progress.step()

    found = detect(recording, chosen, as_of=moment, time_limit=time_limit,
                   memory_limit=memory_limit, on_start=on_start)  # fmt: skip
    return of_detection(found), any(one.failed for one in found.detected)
