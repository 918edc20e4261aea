"""A comparison in a terminal, 80 columns wide."""

from __future__ import annotations

import textwrap
from collections import Counter

from shamcrowd.benchmark.cli.tables import WIDTH, add_row, cell, decimal, new_table, show_table
from shamcrowd.benchmark.cli.terminal import say, styled
from shamcrowd.benchmark.comparison.compare import Comparison, ComparisonRow
from shamcrowd.benchmark.reports.comparison.formats import GROUPS, ranks, summary
from shamcrowd.benchmark.scoring.metrics.registry import metrics

COLOURS = {"better": "green", "worse": "red"}
MOST_NOTES = 6


def show_comparison(comparison: Comparison) -> None:
    """Print what changed over all, where, and the ranks; all else is in the files."""
    say(styled(f"{comparison.b} against {comparison.a}", bold=True))
    say(textwrap.fill(summary(comparison), WIDTH) + "\n")
    overall = [r for r in comparison.rows if r.group == "overall" and _headline(r)]
    _show_overall(overall)
    _show_reference_scores(overall)
    for group, head in GROUPS.items():
        rows = [r for r in comparison.rows if r.group == group and (_headline(r) or not _known(r))]
        if group != "overall" and rows:
            _where(head, rows)
    _reasons(comparison)


def _known(row: ComparisonRow) -> bool:
    return row.figure in metrics()


def _headline(row: ComparisonRow) -> bool:
    return _known(row) and metrics()[row.figure].display == "headline"


def _figure(row: ComparisonRow) -> str:
    name = metrics()[row.figure].short.replace("\n", " ") if _known(row) else row.figure
    return f"{name} ↓" if row.better == "lower" else name


def _show_overall(rows: list[ComparisonRow]) -> None:
    """A row for each detector and headline figure: A, B, the difference and its interval."""
    table = new_table("", "", "A", "B", "B - A", "95 % interval", "verdict", name_width=17, gap=1)
    for column in table.columns[1:]:
        column.no_wrap = True
        column.justify = "left" if str(column.header) in ("", "verdict") else "right"
    last = ""
    for row in rows:
        r, name = row.result, row.detector
        colour = COLOURS.get(r.verdict)
        verdict = cell(r.verdict, colour) if colour else r.verdict or "–"
        low, high = decimal(r.low, sign=True), decimal(r.high, sign=True)
        add_row(
            table, name if name != last else "", _figure(row), decimal(r.a), decimal(r.b),
            decimal(r.value, sign=True), "–" if r.low is None else f"{low} {high}", verdict,
        )  # fmt: skip
        last = name
    show_table(table)


def _show_reference_scores(rows: list[ComparisonRow]) -> None:
    """Chance level, best control and oracle of each figure, in a line."""
    shown = []
    for row in {r.figure: r for r in rows}.values():
        ends = (("chance", row.chance), ("best control", row.control), ("oracle", row.oracle))
        known = ", ".join(f"{what} {value:.3f}" for what, value in ends if value is not None)
        if known:
            shown.append(f"{_figure(row)}: {known}.")
    if shown:
        say()
    for line in shown:
        say(textwrap.fill(line, WIDTH, subsequent_indent="  "))


def _where(head: str, rows: list[ComparisonRow]) -> None:
    """What is better or worse in one group; the rest is counted."""
    clear = [r for r in rows if r.result.verdict in COLOURS]
    counted = Counter(r.result.verdict for r in rows)
    say(
        "\n" + styled(head, bold=True)
        + f": {counted['better']} better, {counted['worse']} worse, "
        f"{counted['cannot tell']} cannot tell"
        + (f", {counted['']} without a verdict" if counted[""] else "")
    )  # fmt: skip
    for row in clear:
        r = row.result
        value, low, high = (decimal(v, sign=True) for v in (r.value, r.low, r.high))
        span = f"{value} ({low} to {high})"
        shown = f"  {row.detector}, {row.name}: {_figure(row)} {span} "
        verdict = styled(r.verdict, fg=COLOURS[r.verdict])
        say(textwrap.fill(shown, WIDTH - 7, subsequent_indent="    ") + " " + verdict)


def _reasons(comparison: Comparison) -> None:
    reasons = Counter(r.result.reason for r in comparison.rows if r.result.reason)
    say()
    for reason in reasons:
        say(f"No verdict: {reason}.")
    shown = dict.fromkeys(
        f"Ranks by {_name(name)}: {ranks(ranking)}." if ranking.ranks
        else f"{ranking.reason[:1].upper()}{ranking.reason[1:]}."
        for name, ranking in comparison.rankings.items()
        if metrics()[name].display == "headline"
    )  # fmt: skip
    for line in shown:
        say(textwrap.fill(line, WIDTH, subsequent_indent="  "))
    for note in comparison.notes[:MOST_NOTES]:
        say(textwrap.fill(f"Left out: {note}.", WIDTH, subsequent_indent="  "))
    if len(comparison.notes) > MOST_NOTES:
        say(f"and {len(comparison.notes) - MOST_NOTES} more left out (--out tells all)")


def _name(figure: str) -> str:
    return metrics()[figure].title
