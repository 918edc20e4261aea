"""Audits on the terminal, at most 80 columns wide."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence

import pandas as pd

from shamcrowd.benchmark.cli.audit_runs import AuditRun
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.tables import WIDTH, add_row, cell, new_table, show_table
from shamcrowd.benchmark.cli.terminal import say, styled
from shamcrowd.benchmark.world_checks.audit.outcome import Audit
from shamcrowd.benchmark.world_checks.audit.sides import EVERYONE
from shamcrowd.benchmark.world_checks.red_team import RedTeam
from shamcrowd.recording.errors import NothingToJudgeError

WORST, WORST_PAIRED, BROKEN_SHOWN, GAINS = 12, 5, 12, 6


def show_audits(found: Sequence[AuditRun], *, as_json: bool, quiet: bool) -> int:
    """Show the audits; gives the exit code."""
    broken = any(run.broken for run in found)
    unjudged = [run for run in found if not run.judged]
    if len(found) == len(unjudged):
        raise NothingToJudgeError(unjudged[0].nothing)
    if as_json:
        data = [run.to_dict() for run in found]
        say(json.dumps(data[0] if len(data) == 1 else data, indent=1))
    elif not quiet:
        for run in found:
            show_audit(run)
        if broken:
            next_step("mend the simulator, or name a tell of real platforms in audit.tells")
        else:
            next_step("see docs/audit.md for how to read this and how bounds are set")
    return 1 if broken or unjudged else 0


def show_audit(run: AuditRun) -> None:
    """The worst rules, the red team, what is over its bound, and the verdict."""
    if run.audit is None:
        _wrapped(f"{run.scenario}: {run.nothing}")
        return
    audit = run.audit
    seeds = ", ".join(map(str, audit.seeds))
    say(
        f"{audit.scenario}, seed{'s' * (len(audit.seeds) > 1)} {seeds}: {audit.accounts:,} "
        f"accounts, {audit.rows['rule'].nunique():,} rules"
    )
    for comparison in audit.comparisons:
        alike = comparison.against != EVERYONE
        most = WORST_PAIRED if alike else WORST
        say(
            f"\n{comparison.campaign} ({comparison.n_sham:,}) against {comparison.against} "
            f"({comparison.n_honest:,}{', its look-alike' * alike})"
        )
        _show_rules(audit.worst(most, comparison.campaign, comparison.against))
    _show_tells(audit)
    if run.red_team is not None:
        _show_red_team(run.red_team)
    if run.broken:
        say("\nBroken bounds:")
        for broken in run.broken[:BROKEN_SHOWN]:
            _wrapped(broken.said, "  ")
        if len(run.broken) > BROKEN_SHOWN:
            say(f"  and {len(run.broken) - BROKEN_SHOWN:,} more, see --json")
    verdict = audit.verdict
    if audit.passed and run.broken:
        verdict = "audit failed: the red team breaks a bound"
    color = "red" if run.broken else "green"
    say("\n" + styled(textwrap.fill(verdict, WIDTH), fg=color, bold=True))


def _show_rules(rows: pd.DataFrame) -> None:
    """A row for each rule: recall at 0.1 % with its interval and at 1 %, AUC, how many have it."""
    table = new_table("0.1 %", "95 %", "1 %", "AUC", "have it", "rule")
    for column in table.columns[:5]:
        column.no_wrap = True
    for row in rows.to_dict("records"):
        name = cell(row["rule"])
        if row["where"]:
            name = name + cell(f"\n{row['where']}", "dim")
        add_row(
            table,
            f"{row['recall_0.1']:.2f}",
            f"{row['recall_0.1_low']:.2f}–{row['recall_0.1_high']:.2f}",
            f"{row['recall_1']:.2f}", f"{row['auc']:.2f}", f"{row['have_sham']:,}", name,
        )  # fmt: skip
    show_table(table)


def _show_tells(audit: Audit) -> None:
    rows = audit.tells()
    if len(rows):
        say("\nTells that the scenario allows:")
    for row in rows.drop_duplicates("rule").to_dict("records"):
        _wrapped(
            f"{row['rule']}, {row['campaign']}: recall {row['recall_0.1']:.2f}; {row['tell']}", "  "
        )
    idle = audit.idle_tells()
    if idle:
        _wrapped(f"Not needed here, as their rules keep the bounds: {'; '.join(idle)}")


def _show_red_team(found: RedTeam) -> None:
    say(f"\nThe red team, {found.features:,} features, fitted on the other seeds:")
    table = new_table("campaign", "against", "AUC", "95 %", "0.1 %", "95 %", "1 %")
    for column in table.columns[2:]:
        column.no_wrap = True
    for one in found.results:
        add_row(
            table,
            one.campaign, one.against, f"{one.auc[0]:.3f}", f"{one.auc[1]:.2f}–{one.auc[2]:.2f}",
            f"{one.recall_low[0]:.2f}", f"{one.recall_low[1]:.2f}–{one.recall_low[2]:.2f}",
            f"{one.recall_high[0]:.2f}",
        )  # fmt: skip
    show_table(table)
    for one in found.results:
        gains = ", ".join(f"{n} {s:.0%}" for n, s in one.families.items() if s >= 0.005)
        _wrapped(f"{one.campaign} against {one.against}, gain: {gains}")
        for name, share in list(one.features.items())[:GAINS]:
            _wrapped(f"{share:.1%} {name}", "  ")


def _wrapped(text: str, indent: str = "") -> None:
    say(textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "    "))
