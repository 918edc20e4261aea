"""An audit on the terminal, at most 80 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
import pandas as pd
from rich.markup import escape

from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.tables import WIDTH, new_table, show_table
from shamcrowd.benchmark.world_checks.audit.outcome import BOUNDED, Audit, ExampleAccount, Failure

STRONGEST = 15
STRONGEST_PAIRED = 3
FAILURES_SHOWN = 10


def show_audit(found: Audit, folder: Path) -> None:
    """The strongest probes, what is over its bound, the verdict, and what to do next."""
    probes = found.rows["probe"].nunique()
    click.echo(
        f"{found.scenario}, seed {found.seed}: {found.accounts:,} accounts, {probes:,} probes\n"
    )
    click.echo("What gives most away, each column by its strongest aggregate:")
    _show_probes(found.strongest().head(STRONGEST))
    for campaign in dict.fromkeys(found.rows["campaign"]):
        population = found.paired.get(campaign)
        if population is None:
            continue
        click.echo(f"\n{campaign} against {population}, its look-alike:")
        _show_probes(found.strongest(campaign, population).head(STRONGEST_PAIRED))
    if found.too_few:
        click.echo("")
        _wrapped(
            "Too few accounts to compare (20 on each side): "
            + ", ".join(f"{t.campaign} with {t.against}" for t in found.too_few)
        )
    if found.failures:
        click.echo("\nOver the bound, each column by its strongest aggregate:")
        worst = found.worst()
        for failure in worst[:FAILURES_SHOWN]:
            _show_failure(failure)
        if len(worst) > FAILURES_SHOWN:
            more = len(worst) - FAILURES_SHOWN
            click.echo(f"and {more:,} more columns: shamcrowd audit {folder} --json")
    color = "green" if found.passed else "red"
    verdict = textwrap.fill(found.verdict, WIDTH)
    click.echo("\n" + click.style(verdict, fg=color, bold=True))
    if found.passed:
        next_step("see docs/audit.md for how to read this and how bounds are set")
    elif any(failure.family not in BOUNDED for failure in found.failures):
        next_step("mend the simulator: ids, rows and files must tell nothing (docs/audit.md)")
    else:
        next_step("make these columns alike in the scenario, or state a higher audit.bound")


def _show_probes(rows: pd.DataFrame) -> None:
    """A row for each probe: how well it separates, its interval, bound, campaign and column."""
    table = new_table("AUC", "95 %", "bound", "campaign", "column, aggregate")
    for column in table.columns[:4]:
        column.no_wrap = True
    for row in rows.to_dict("records"):
        bound = f"{row['bound']:.2f}" if row["bound"] < 1 else "—"
        between = f"{row['low']:.2f}–{row['high']:.2f}"
        table.add_row(f"{row['auc']:.3f}", between, bound, row["campaign"], escape(row["probe"]))
    show_table(table)


def _show_failure(failure: Failure) -> None:
    _wrapped(
        f"{failure.probe}: {failure.campaign} against {failure.against}, AUC {failure.auc:.2f} "
        f"[{failure.low:.2f}, {failure.high:.2f}], bound {failure.bound:.2f}"
    )
    for end, persons in (("lowest", failure.lowest), ("highest", failure.highest)):
        _wrapped(f"{end}: {_named(persons)}", "    ")


def _named(persons: Sequence[ExampleAccount]) -> str:
    return ", ".join(f"{p.account} ({p.persona})" for p in persons)


def _wrapped(text: str, indent: str = "") -> None:
    lines: Iterable[str] = textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "    "
    )
    click.echo("\n".join(lines))
