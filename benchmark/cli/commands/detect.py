"""``shamcrowd detect``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.moments import moment_of
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.counting import counted

if TYPE_CHECKING:
    import pandas as pd

    from shamcrowd.benchmark.own_logs.detect import Detection


@click.command("detect")
@options.recording
@options.detectors
@options.as_of
@click.option(
    "--names", type=click.Path(path_type=Path), metavar="FILE",
    help="Show the names behind the ids, from the file that import keeps beside the recording.",
)  # fmt: skip
@click.option(
    "--reveal", is_flag=True, help="Show the names behind the ids, from DIR.names.parquet.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the ranked accounts to a file that ends in .csv, .parquet or .json.",
)  # fmt: skip
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, metavar="N",
              help="Accounts to print.")  # fmt: skip
@click.option(
    "--alerts-per-day", type=click.IntRange(min=1), metavar="N",
    help="Alert on the N accounts with the best places of each day that had no alert yet.",
)  # fmt: skip
@click.option(
    "--borrow", metavar="SCENARIO",
    help="Alert by thresholds that 1 % of the legitimate accounts of a simulated world exceed.",
)  # fmt: skip
@click.option(
    "--follow", is_flag=True,
    help="Stay, and review the rows that are new whenever DIR has been imported again.",
)  # fmt: skip
@click.option(
    "--every", type=click.FloatRange(min=0), default=60.0, show_default=True, metavar="SECONDS",
    help="With --follow: how often to look whether DIR has changed.",
)  # fmt: skip
@click.option(
    "--looks", type=click.IntRange(min=1), metavar="N",
    help="With --follow: end after so many looks. Default: never.",
)  # fmt: skip
@options.detector_settings
@options.time_limit
@options.memory_limit
@options.require_seal
@options.as_json
@options.quiet
def command(
    recording: Path, detectors: tuple[str, ...], as_of: str | None, names: Path | None,
    reveal: bool, out: Path | None, top: int, alerts_per_day: int | None, borrow: str | None,
    follow: bool, every: float, looks: int | None, settings: tuple[str, ...], time_limit: float,
    memory_limit: int, require_seal: bool, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Rank the accounts of a recording, with truth or without, by what detectors say.

    DIR is a recording, as `shamcrowd import` or `shamcrowd simulate` writes it. Its truth is not
    opened. Default: all detectors that need no labels.
    """
    import json

    from shamcrowd.benchmark.cli.follow_log import follow_log, operating_point_of
    from shamcrowd.benchmark.execution.seal import require_seal as refuse_unsealed
    from shamcrowd.benchmark.own_logs.detect import check_all_settings, detect
    from shamcrowd.benchmark.own_logs.ranking import ranked
    from shamcrowd.benchmark.own_logs.replaying import Limits
    from shamcrowd.benchmark.own_logs.untaught import untaught
    from shamcrowd.benchmark.own_logs.writing import check_ending, write_ranked
    from shamcrowd.detectors.settings import parsed_settings
    from shamcrowd.recording.errors import UsageError
    from shamcrowd.recording.imports.kept_names import names_path, read_names

    if follow and (as_of is not None or as_json):
        raise UsageError("--follow goes on; leave out --as-of and --json")
    if require_seal:
        refuse_unsealed()
    if out is not None:
        check_ending(out)
    if reveal and names is None:
        names = names_path(recording)
    known = read_names(names, "account") if names is not None else None
    moment = moment_of(as_of, "--as-of") if as_of is not None else None
    chosen = detectors or untaught()
    given = parsed_settings(settings)
    check_all_settings(given, chosen)
    point = operating_point_of(alerts_per_day, borrow, chosen, given, quiet or as_json)
    hidden = () if names is None else (names,)
    if follow:
        limits = Limits(time_limit, memory_limit)
        return follow_log(
            recording, chosen, given, limits, point, known, out, every, looks, quiet, hidden
        )
    with ConsoleProgress(quiet or as_json) as progress:
        progress.stage("detecting", len(chosen))

        def on_start(name: str) -> None:
            progress.step()

        found = detect(
            recording, chosen, as_of=moment, time_limit=time_limit, memory_limit=memory_limit,
            settings=given, every_review=alerts_per_day is not None,
            hidden=hidden, on_start=on_start,
        )  # fmt: skip
    point.take(found)
    table = point.mark(ranked(found, known))
    if out is not None:
        write_ranked(table, out)
    if as_json:
        say(json.dumps(_plain(found, table.head(top)), indent=1))
    elif not quiet:
        _show(found, table, top, out)
    return 3 if any(one.failed for one in found.detected) else 0


def _plain(found: Detection, table: pd.DataFrame) -> dict[str, object]:
    return {
        "recording": str(found.recording), "as_of": found.now, "accounts": len(found.accounts),
        "seal": found.seal,
        "detectors": [
            {"detector": one.detector, "applicable": one.findings is not None, "said": one.said,
             "blind": list(one.blind)}
            for one in found.detected
        ],
        "ranked": table.astype(object).where(table.notna(), None).to_dict("records"),
    }  # fmt: skip


def _show(found: Detection, table: pd.DataFrame, top: int, out: Path | None) -> None:
    """What each detector could see, and the first accounts."""
    import textwrap

    from shamcrowd.benchmark.cli.tables import WIDTH, add_row, new_table, show_table
    from shamcrowd.benchmark.scoring.conditions import conditions

    say(f"{counted(len(found.accounts), 'account')}\n")
    for one in found.detected:
        if one.failed:
            said = f"failed: {one.said}"
        elif one.findings is None:
            said = f"not applicable: {one.said}"
        elif one.said:
            said = one.said
        elif one.blind:
            said = f"without {', '.join(one.blind)}, which the log does not have"
        else:
            said = "sees all that it looks at"
        say(textwrap.fill(f"{one.detector}: {said}", WIDTH, subsequent_indent="    ",
                                 break_on_hyphens=False))  # fmt: skip
    for line in conditions(found.seal):
        say(textwrap.fill(line, WIDTH, subsequent_indent="    ", break_on_hyphens=False))
    who = "name" if "name" in table else "account"
    board = new_table("rank", who, "place", "by", "reason", gap=1)
    for row in table.head(top).to_dict("records"):
        add_row(
            board, str(row["rank"]), str(row[who]), f"{row['place']:.4f}",
            str(row["detector"]), str(row["reason"]),
        )  # fmt: skip
    say()
    show_table(board)
    say("\nplace: share of accounts that the detector finds as suspicious or more so")
    if "alert" in table:
        many = int((table["alert"] != "").sum())
        say(f"alerts: {many:,} of {counted(len(table), 'account')}, in the column alert")
    if out is None:
        next_step(f"shamcrowd detect {found.recording} --out ranked.csv, for all accounts")
    else:
        next_step(f"read {out}; scores are ranks within this log, not probabilities")
