"""The leaderboard in a terminal, 80 columns wide."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from shamcrowd.benchmark.charts.fitted_on import fitted_on
from shamcrowd.benchmark.cli.tables import (
    WIDTH,
    add_group,
    add_row,
    cell,
    decimal,
    group_name,
    group_title,
    new_table,
    show_table,
)
from shamcrowd.benchmark.cli.terminal import quoted, say, styled
from shamcrowd.benchmark.scoring.conditions import common, conditions
from shamcrowd.benchmark.scoring.metrics.base import Metric
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import DetectorScores, Measurement, Scores
from shamcrowd.recording.counting import counted

if TYPE_CHECKING:
    from rich.text import Text

NAME_WIDTH = 17


def show_leaderboard(scores: Scores) -> None:
    """Print what was measured, the board, and what failed."""
    first = scores.recordings[0]
    seeds = ", ".join(map(str, scores.seeds[:8])) + (" …" if len(scores.seeds) > 8 else "")
    say(f"{scores.title} ({scores.scenario}, seed{'s' if len(scores.seeds) > 1 else ''} {seeds})")
    sham = f"{first.sham_accounts:,} of them sham ({first.prevalence:.1%})"
    say(
        f"{counted(first.accounts, 'account')}, "
        f"{sham if first.sham_accounts else 'none of them sham'}; "
        f"{counted(first.requests, 'request')}\n"
    )
    shown = {n: m for n, m in metrics().items() if m.display != "report"}
    heads = ("", *(metric.short for metric in shown.values()))
    table = new_table(*heads, right=True, name_width=NAME_WIDTH, gap=1)
    kind = ""
    for scored in scores.detectors:
        if kind and scored.kind != kind:
            add_group(table, group_title(scored.kind))
        kind = scored.kind
        add_row(table, group_name(scored.name, kind), *_cells(scored, shown))
    show_table(table)
    say()
    _show_notes(scores)


def _cells(scored: DetectorScores, shown: dict[str, Metric]) -> list[str | Text]:
    if scored.status != "ok":
        return [cell(scored.status, "red")]
    return [_cell(scored.metrics.get(name), metric) for name, metric in shown.items()]


def _cell(measured: Measurement | None, metric: Metric) -> str:
    value = None if measured is None else measured.value
    return decimal(value, 1 if metric.unit == "hours" else 3)


def _show_notes(scores: Scores) -> None:
    calibration = ", ".join(map(str, scores.calibration_seeds))
    notes = (
        f"Operating point: {scores.rule.words.replace(' %', '%')} on seeds {calibration}.",
        "Chance-level average precision equals prevalence. –: not measured.",
        *conditions(*common([scores.versions])),
    )
    for note in notes:
        say(textwrap.fill(note, WIDTH))
    if len(scores.seeds) < 5:
        say("Fewer than 5 seeds: no intervals, and no ranking to rely on.")
    for scored in scores.detectors:
        if scored.fitted:
            say(textwrap.fill(f"{scored.name}: {fitted_on(scored.fitted)}.", WIDTH))
    for scored in scores.detectors:
        if scored.status != "ok":
            head = styled(f"\n{scored.name} {scored.status}", fg="red")
            say(head + f": {quoted(scored.error)}")
