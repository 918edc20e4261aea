"""A suite's figures over all scenarios in a terminal, 80 columns wide."""

from __future__ import annotations

import click

from benchmark.bench.result import Overall, SuiteResult
from benchmark.metrics.registry import metrics

HEADLINE = (
    "campaign-recall", "recall-at-0-1-percent", "average-precision", "damage-prevented",
    "worst-segment-fpr",
)  # fmt: skip
NAME_WIDTH = 22


def show_suite_board(result: SuiteResult) -> None:
    """Print the mean of the headline metrics over the scenarios, and what failed."""
    from rich.console import Console
    from rich.table import Table

    ok = [p for p in result.scenarios if p.status == "ok"]
    click.echo(f"\n{result.title} ({result.suite}), mean over {len(ok)} scenarios\n")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", no_wrap=True, max_width=NAME_WIDTH)
    shown = {name: metric for name, metric in metrics().items() if name in HEADLINE}
    for metric in shown.values():
        table.add_column(metric.short, justify="right", no_wrap=True)
    kind = ""
    for row in result.overall:
        if kind and row.kind != kind:
            table.add_row("[dim]controls[/dim]")
        kind = row.kind
        name = f"[bold]{row.name}[/bold]" if row.kind == "detector" else f" {row.name}"
        table.add_row(name, *(_cell(row, metric) for metric in shown))
    Console(highlight=False).print(table)
    click.echo("\nEach scenario weighs the same; –: measured in none. Which of two detectors is")
    click.echo("better needs scenarios and seeds in pairs: shamcrowd compare.")
    for row in result.overall:
        if row.failed:
            head = click.style(f"{row.name} failed", fg="red")
            click.echo(f"{head} in {row.failed} of {len(ok)} scenarios; its board says why")
    for played in result.scenarios:
        if played.status != "ok":
            click.echo(click.style(f"{played.scenario} failed", fg="red") + f": {played.error}")


def _cell(row: Overall, metric: str) -> str:
    mean = row.metrics.get(metric)
    return "–" if mean is None else f"{round(mean[0], 3) + 0.0:.3f}"
