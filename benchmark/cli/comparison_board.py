"""A comparison in a terminal, 80 columns wide."""

from __future__ import annotations

import textwrap
from collections import Counter

import click

from shamcrowd.benchmark.comparison.compare import Comparison, ComparisonRow
from shamcrowd.benchmark.reports.comparison.formats import GROUPS, ranks, summary
from shamcrowd.benchmark.scoring.metrics.registry import metrics

WIDTH = 80
COLOURS = {"better": "green", "worse": "red"}
MOST_NOTES = 6


def show_comparison(comparison: Comparison) -> None:
    """Print what changed over all, where, and the ranks; all else is in the files."""
    click.echo(click.style(f"{comparison.b} against {comparison.a}", bold=True))
    click.echo(textwrap.fill(summary(comparison), WIDTH) + "\n")
    overall = [r for r in comparison.rows if r.group == "overall" and _headline(r)]
    _table(overall, lambda row: row.detector)
    _anchors(overall)
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


def _table(rows: list[ComparisonRow], who: object) -> None:
    assert callable(who)
    click.echo(click.style(
        f"{'':17} {'':15} {'A':>5} {'B':>5} {'B - A':>6} {'95 % interval':>15} verdict", bold=True
    ).rstrip())  # fmt: skip
    last = ""
    for row in rows:
        r, name = row.result, who(row)
        verdict = click.style(r.verdict or "–", fg=COLOURS.get(r.verdict))
        span = f"{_signed(r.low)} {_signed(r.high)}" if r.low is not None else "–"
        click.echo(
            f"{(name if name != last else '')[:17]:17} {_figure(row)[:15]:15} {_plain(r.a)} "
            f"{_plain(r.b)} {_signed(r.value):>6} {span:>15} {verdict}"
        )
        last = name


def _plain(value: float | None) -> str:
    return f"{'–' if value is None else format(round(value, 3) + 0.0, '.3f'):>5}"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{round(value, 3) + 0.0:+.3f}"


def _anchors(rows: list[ComparisonRow]) -> None:
    """Floors and ceiling of each figure, in a line."""
    told = []
    for row in {r.figure: r for r in rows}.values():
        ends = (("chance", row.chance), ("best control", row.control), ("oracle", row.oracle))
        known = ", ".join(f"{what} {value:.3f}" for what, value in ends if value is not None)
        if known:
            told.append(f"{_figure(row)}: {known}.")
    if told:
        click.echo()
    for line in told:
        click.echo(textwrap.fill(line, WIDTH, subsequent_indent="  "))


def _where(head: str, rows: list[ComparisonRow]) -> None:
    """What is better or worse in one group; the rest is counted."""
    clear = [r for r in rows if r.result.verdict in COLOURS]
    counted = Counter(r.result.verdict for r in rows)
    click.echo(
        "\n" + click.style(head, bold=True)
        + f": {counted['better']} better, {counted['worse']} worse, "
        f"{counted['cannot tell']} cannot tell"
        + (f", {counted['']} without a verdict" if counted[""] else "")
    )  # fmt: skip
    for row in clear:
        r = row.result
        span = f"{_signed(r.value)} ({_signed(r.low)} to {_signed(r.high)})"
        told = f"  {row.detector}, {row.name}: {_figure(row)} {span} "
        verdict = click.style(r.verdict, fg=COLOURS[r.verdict])
        click.echo(textwrap.fill(told, WIDTH - 7, subsequent_indent="    ") + f" {verdict}")


def _reasons(comparison: Comparison) -> None:
    reasons = Counter(r.result.reason for r in comparison.rows if r.result.reason)
    click.echo()
    for reason in reasons:
        click.echo(f"No verdict: {reason}.")
    told = dict.fromkeys(
        f"Ranks by {_name(name)}: {ranks(ranking)}." if ranking.ranks
        else f"{ranking.reason[:1].upper()}{ranking.reason[1:]}."
        for name, ranking in comparison.rankings.items()
        if metrics()[name].display == "headline"
    )  # fmt: skip
    for line in told:
        click.echo(textwrap.fill(line, WIDTH, subsequent_indent="  "))
    for note in comparison.notes[:MOST_NOTES]:
        click.echo(textwrap.fill(f"Left out: {note}.", WIDTH, subsequent_indent="  "))
    if len(comparison.notes) > MOST_NOTES:
        click.echo(f"and {len(comparison.notes) - MOST_NOTES} more left out (--out tells all)")


def _name(figure: str) -> str:
    return metrics()[figure].title
