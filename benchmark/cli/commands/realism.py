"""``shamcrowd realism``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import completion, options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.terminal import say, styled

if TYPE_CHECKING:
    from shamcrowd.benchmark.world_checks.realism.judging import Scorecard, StatisticResult
    from shamcrowd.benchmark.world_checks.realism.statistic import Profile
    from shamcrowd.simulator.core.secret import Secret

TOO_FEW = 1
SIGNS = {
    "pass": "✓ pass", "fail": "✗ FAIL", "inside": "✓ inside", "outside": "✗ outside",
    "not measured": "- unmeasured", "no range": "",
}  # fmt: skip


@click.command("realism")
@click.argument(
    "path", type=click.Path(path_type=Path), metavar="PATH|SUITE",
    shell_complete=completion.names_or_paths("suites"),
)  # fmt: skip
@options.suite_seeds
@click.option(
    "--profile", type=click.Choice(["global", "region", "any"]), default="any",
    help="Whose day: clients of all time zones, of one region, or either. Default: any.",
)  # fmt: skip
@click.option(
    "--at-least", type=click.IntRange(min=0), metavar="N",
    help="End with exit code 1 if fewer core statistics pass.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Draw the card into an .svg or .html file.",
)  # fmt: skip
@options.secret
@options.as_json
def command(
    path: Path, seeds: int, profile: Profile, at_least: int | None, out: Path | None,
    secret: Secret | None, as_json: bool,
) -> int:  # fmt: skip
    """Hold legitimate traffic against real traces.

    PATH is a recording, of which only honest accounts are judged, or a .parquet or .csv table
    with columns timestamp, client, input_tokens, output_tokens, conversation. Of a SUITE every
    scenario is played and judged.
    """
    from shamcrowd.benchmark.charts.realism_card import write_card
    from shamcrowd.benchmark.cli.over_suite import names_suite, over_suite
    from shamcrowd.benchmark.world_checks.realism.judging import scorecard
    from shamcrowd.recording.atomic import check_place

    if names_suite(str(path)):
        if out is not None:
            raise click.UsageError("--out draws one card; give one recording")

        def judge(folder: Path) -> tuple[bool, str]:
            one = scorecard(folder, profile)
            return one.passed >= (at_least or 0), one.summary()

        return over_suite(str(path), seeds, judge, "realism", secret=secret, as_json=as_json)
    if out is not None:
        check_place(out)
    card = scorecard(path, profile)
    if out is not None:
        write_card(card, out)
    if as_json:
        say(card.to_json())
    else:
        _show(card)
        next_step(
            f"open {out} in a browser" if out
            else f"draw it: shamcrowd realism {path} --out card.svg"
        )  # fmt: skip
    if at_least is not None and card.passed < at_least:
        say(f"{card.passed} core statistics pass, {at_least} were asked for", err=True)
        return TOO_FEW
    return 0


def _show(card: Scorecard) -> None:
    say(
        f"{card.source}\n{card.requests:,} legitimate requests of {card.clients:,} clients, "
        f"{card.days:.1f} days, {card.rate:.2g} a second\n"
    )
    _show_statistics("statistic", card.core)
    _show_statistics("secondary, not counted", card.secondary)
    if card.platform:
        _show_statistics("platform", card.platform)
    say(f"A1 and A2 in clock windows of {card.window // 60} minutes. Hours are UTC.")
    say(styled(card.summary(), bold=True))


def _show_statistics(title: str, rows: tuple[StatisticResult, ...]) -> None:
    """A row for each statistic, and below it why it was not measured."""
    from shamcrowd.benchmark.charts.formatting import limits, significant
    from shamcrowd.benchmark.cli.tables import add_row, cell, new_table, show_table

    table = new_table("", title, "value", "range", "verdict")
    for column in table.columns[2:4]:
        column.justify = "right"
    for row in rows:
        sign = SIGNS[row.verdict]
        shown = cell(sign, "red" if row.verdict == "fail" else "")
        what = f"{row.name}\n{row.reason}" if row.reason else row.name
        add_row(table, row.id, what, significant(row.value), limits(row.range), shown)
    show_table(table)
    say()
