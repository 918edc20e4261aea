"""A suite's figures over all scenarios in a terminal, 80 columns wide."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from shamcrowd.benchmark.cli.tables import (
    WIDTH,
    add_group,
    add_row,
    decimal,
    group_name,
    group_title,
    new_table,
    show_table,
)
from shamcrowd.benchmark.cli.terminal import quoted, say, styled
from shamcrowd.benchmark.scoring.conditions import common, conditions
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.suites.result import OverallScores

if TYPE_CHECKING:
    from shamcrowd.benchmark.reports.suite.suite_results import SuiteResults

HEADLINE = (
    "campaign-recall", "recall-at-0-1-percent", "average-precision", "damage-prevented",
    "worst-segment-fpr",
)  # fmt: skip
NAME_WIDTH = 22
MOST_RANKS = 4


def show_suite_board(suite: SuiteResults) -> None:
    """Print the mean of the headline metrics over the scenarios, verdicts, and what failed."""
    from shamcrowd.recording.counting import counted

    result = suite.result
    ok = [p for p in result.scenarios if p.status == "ok"]
    over = counted(len(ok), "scenario")
    say(f"\n{result.title} ({result.suite}), mean over {over}\n")
    shown = {name: metric for name, metric in metrics().items() if name in HEADLINE}
    heads = ("", *(metric.short for metric in shown.values()))
    table = new_table(*heads, right=True, name_width=NAME_WIDTH)
    kind = ""
    for row in result.overall:
        if kind and row.kind != kind:
            add_group(table, group_title(row.kind))
        kind = row.kind
        add_row(table, group_name(row.name, kind), *(_cell(row, metric) for metric in shown))
    show_table(table)
    say("\nEach scenario weighs the same; –: measured in none.")
    for line in conditions(*common(one.versions for one in suite.run)):
        _say(line)
    _show_verdicts(suite)
    for row in result.overall:
        if row.failed:
            head = styled(f"{row.name} failed", fg="red")
            say(head + f" in {row.failed} of {len(ok)} scenarios; its board says why")
    for played in result.scenarios:
        if played.status != "ok":
            say(styled(f"{played.scenario} failed", fg="red") + f": {quoted(played.error)}")


def _show_verdicts(suite: SuiteResults) -> None:
    """The leading detectors, mean ranks and robustness areas; or why there are none."""
    from shamcrowd.benchmark.reports.suite.names import headline
    from shamcrowd.benchmark.reports.suite.overview import verdict

    if not suite.run:
        return
    board = suite.board
    for line in verdict(board):
        _say(line)
    if board.reason:
        _say(f"No verdicts: {board.reason}.")
    lines: dict[str, None] = {}
    for name, ranking in suite.ranked.items():
        if name in headline():
            first = ", ".join(f"{n} {r:.1f}" for n, r in list(ranking.ranks.items())[:MOST_RANKS])
            more = len(ranking.ranks) - MOST_RANKS
            shown = f"{first}{f' and {more} more' if more > 0 else ''}"
            lines[f"Mean ranks by {metrics()[name].title}: {shown}." if first
                  else f"{ranking.reason[:1].upper()}{ranking.reason[1:]}."] = None  # fmt: skip
    for line in lines:
        _say(line)
    for name, rows in board.hardness.items():
        areas = [(n, rows[n].area.value) for n in (r.name for r in board.of("detector"))
                 if n in rows and rows[n].area.value is not None]  # fmt: skip
        sign = -1 if metrics()[name].better == "higher" else 1
        best = sorted(areas, key=lambda pair: sign * (pair[1] or 0.0))[:MOST_RANKS]
        if best:
            shown = ", ".join(f"{n} {value:.3f}" for n, value in best)
            _say(f"Robustness area by {metrics()[name].title}, best first: {shown}.")


def _say(line: str) -> None:
    say(textwrap.fill(line, WIDTH, subsequent_indent="  "))


def _cell(row: OverallScores, metric: str) -> str:
    mean = row.metrics.get(metric)
    return decimal(mean and mean[0])
