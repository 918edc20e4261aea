"""The table of audits in Markdown, which a page holds between two marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from shamcrowd.benchmark.cli.audit_runs import AuditRun
from shamcrowd.benchmark.world_checks.audit.families import families
from shamcrowd.benchmark.world_checks.audit.sides import EVERYONE
from shamcrowd.benchmark.world_checks.red_team.outcome import Interval
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.plain_text import markdown_text

BEGIN, END = "<!-- audit table: begin -->", "<!-- audit table: end -->"
HEADS = (
    "scenario", "seeds", "rules", "campaign", "sham, honest accounts", "worst rule",
    "its recall at 0.1 %", "red team: recall at 0.1 %", "AUC", "AUC against look-alike", "bounds",
)  # fmt: skip


def write_table(page: Path, found: Sequence[AuditRun]) -> None:
    """Put the table between the marks of a page, or into a new file.

    Raises:
        UsageError: if the file is there and has no marks.
    """
    text = f"{BEGIN}\n{END}\n"
    if page.is_file():
        text = page.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise UsageError(f"{page}: it has no lines {BEGIN} and {END} to put the table between")
    write_text(page, f"{before}{BEGIN}\n{markdown(found)}\n{END}{after}")


def markdown(found: Sequence[AuditRun]) -> str:
    """A line for each campaign of each scenario."""
    lines = ["| " + " | ".join(HEADS) + " |", "|" + "---|" * len(HEADS)]
    lines += [
        "| " + " | ".join(map(markdown_text, row)) + " |" for run in found for row in _rows(run)
    ]
    return "\n".join(lines)


def _rows(run: AuditRun) -> Iterator[tuple[str, ...]]:
    if run.audit is None:
        yield (run.scenario, run.nothing, *("",) * (len(HEADS) - 2))
        return
    there = sorted(run.audit.rows["family"].unique())
    rules = "all" if there == sorted(families()) else ", ".join(there)
    judged = {(r.campaign, r.against): r for r in run.red_team.results} if run.red_team else {}
    for pair in run.audit.comparisons:
        if pair.against != EVERYONE:
            continue
        worst = run.audit.worst(1, pair.campaign).to_dict("records")
        rule, recall = "none", ""
        if worst:
            row = worst[0]
            rule = row["rule"]
            recall = _figure((row["recall_0.1"], row["recall_0.1_low"], row["recall_0.1_high"]))
        model = judged.get((pair.campaign, EVERYONE))
        alike = next((r for (c, a), r in judged.items() if c == pair.campaign and a != EVERYONE),
                     None)  # fmt: skip
        broken = [b for b in run.broken if b.campaign in ("", pair.campaign)]
        yield (
            run.scenario, ", ".join(map(str, run.audit.seeds)), rules, pair.campaign,
            f"{pair.n_sham:,}, {pair.n_honest:,}", rule, recall,
            _figure(model.recall_low) if model else "", _figure(model.auc) if model else "",
            f"{_figure(alike.auc)} ({alike.against})" if alike else "",
            f"{len(broken)} broken" if broken else "hold",
        )  # fmt: skip


def _figure(value: Interval) -> str:
    return f"{value[0]:.2f} [{value[1]:.2f}, {value[2]:.2f}]"
