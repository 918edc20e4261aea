"""The published board: a suite's results as a Markdown page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from shamcrowd.benchmark.charts.formatting import (
    NOTHING,
    duration,
    figure,
    interval,
    memory,
    percent,
)
from shamcrowd.benchmark.comparison.standing import Level
from shamcrowd.benchmark.reports.comparison.formats import ranks
from shamcrowd.benchmark.reports.suite.board import SuiteBoard, SuiteRow, span
from shamcrowd.benchmark.reports.suite.carried_rates import CarriedRates, carried_rates
from shamcrowd.benchmark.reports.suite.costs import Cost, detecting_cost
from shamcrowd.benchmark.reports.suite.names import cut, headline
from shamcrowd.benchmark.reports.suite.overview import verdict, what_was_measured
from shamcrowd.benchmark.reports.suite.suite_results import SuiteResults
from shamcrowd.benchmark.scoring.conditions import common, conditions
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import DetectorScores, Scores
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.counting import counted
from shamcrowd.recording.plain_text import markdown_code, markdown_text

_CEILINGS = (
    "Detectors that learn are fitted without the tactics of the scenario that they are scored on, "
    "where others are left. The rows below them show what the same detectors reach with more to "
    "learn from: *same-tactics* on other seeds of the scenario itself, *true-labels* with the "
    "truth as labels besides. They are not compared with the others."
)


_CARRIED = (
    "An operating point that was set in one world is another one elsewhere. Shares of legitimate "
    "accounts that are flagged on the first scored seed, least / median / most over scenarios: "
    "with the scenario's own operating point, and with those of all others."
)


def write_board(suite: SuiteResults, path: Path, machine: str = "") -> None:
    """Write the page of a suite to ``path``, in one step.

    ``machine`` says in a sentence what the bench took this time, where that is known.

    Raises:
        UsageError: if it cannot be written there.
    """
    cost = detecting_cost(suite.folder, suite.scores)
    carried = carried_rates(suite.folder, suite.scores)
    write_text(path, board_page(suite, cost, machine, carried))


def board_page(
    suite: SuiteResults, cost: Cost, machine: str = "",
    carried: Mapping[str, CarriedRates] | None = None,
) -> str:  # fmt: skip
    """The page: the board over all scenarios, ranks, difficulties, and a table per scenario.

    ``carried`` has what operating points flag in other worlds, where that is known.
    """
    board, run = suite.board, suite.run
    parts = [
        f"# {_flat(suite.result.title)} ({_flat(suite.result.suite)})",
        what_was_measured(suite.result, run),
        _made(suite, cost, machine),
        "## Leaderboard",
        "Means over scenarios with equal weights, with 95 % intervals. *Control* and *leader* are "
        "the results of paired comparisons on identical traffic: with the best control that does "
        "not read the truth, and with the best detector of the column. ↓: lower is better.",
    ]
    if board.of("ceiling"):
        parts.append(_CEILINGS)
    if board.reason:
        parts.append(f"No verdicts and no ranking: {_flat(board.reason)}.")
    parts += ["\n".join(f"- {_flat(line)}." for line in verdict(board)), _over_all(board)]
    ranked = suite.ranked
    ranked_lines = [(metrics()[name].title, _flat(ranks(ranked[name]))) for name in headline()]
    parts += ["## Mean ranks", "\n".join(f"- {title}: {line}" for title, line in ranked_lines)]
    if board.hardness:
        parts += ["## By difficulty", *_hardness(board)]
    if carried:
        parts += ["## Alert rates on other worlds", _CARRIED, _carried(carried)]
    parts.append("## By scenario")
    for played in suite.result.scenarios:
        scores = suite.scores.get(played.scenario)
        parts.append(f"### {_flat(played.scenario)}")
        if scores is None:
            parts.append(f"Failed: {_flat(cut(played.error))}.")
        else:
            parts += [_flat(scores.title) + ". " + _held(scores), _one(scores)]
    return "\n\n".join(parts) + "\n"


def _made(suite: SuiteResults, cost: Cost, machine: str) -> str:
    lines = [f"Made by {markdown_code(f'shamcrowd bench {suite.result.suite} --out DIR')}."]
    if suite.run:
        one = suite.run[0]
        made_with = {n: v for n, v in one.versions.items() if n not in ("seal", "secret")}
        versions = ", ".join(
            f"{_flat(name)} {_flat(number)}" for name, number in sorted(made_with.items())
        )
        seeds = ", ".join(map(str, one.calibration_seeds))
        notes = conditions(*common(s.versions for s in suite.run))
        lines.append(
            f"Operating point: {one.rule.words} on calibration seeds {seeds}. Versions: {versions}."
        )
        lines += [_flat(line) for line in notes]
    if cost.units:
        lines.append(
            f"Detectors took {duration(cost.seconds)} of CPU time for "
            f"{counted(cost.units, 'unit')} (scored and calibration seeds) and at most "
            f"{memory(cost.peak_mib)} of memory. This includes fitting supervised detectors once "
            "per scenario and training seed, but not simulation and scoring."
        )
    return " ".join([*lines, machine]).strip()


def _over_all(board: SuiteBoard) -> str:
    shown = headline()
    heads = ["", *(_head(name) for name in shown), "CPU per recording", "memory"]
    rows = [_row(row, board) for row in board.rows]
    floors = ["*chance*", *(board.floors[name][0] or NOTHING for name in shown), "", ""]
    return _table(heads, [*rows, floors])


def _row(row: SuiteRow, board: SuiteBoard) -> list[str]:
    name = f"**{_flat(row.name)}**" if row.kind == "detector" else f"*{_flat(row.name)}*"
    if row.failed:
        name += f" (failed in {len(row.failed)})"
    if row.fitted:
        name += f"<br>{_flat(row.fitted)}"
    cells = []
    for metric in headline():
        f = row.figures[metric]
        said = [f.text, f"({f.interval})" if f.interval else "", f.partly]
        compared = [f"control: {f.to_control}" if f.to_control else "",
                "leads" if row.name == board.by[metric].best
                else f"leader: {f.to_best}" if f.to_best else ""]  # fmt: skip
        cells.append("<br>".join(filter(None, (" ".join(filter(None, said)), *compared))))
    return [
        name, *cells, duration(row.seconds) if row.seconds is not None else NOTHING,
        memory(row.mib) if row.mib is not None else NOTHING,
    ]  # fmt: skip


def _hardness(board: SuiteBoard) -> list[str]:
    parts = []
    for name, rows in board.hardness.items():
        used = list(next(iter(rows.values())).steps)
        body = [
            [_flat(who), *(figure(of.steps[how].value, "share") for how in used),
             " ".join(filter(None, (figure(of.area.value, "share"), _bracket(of.area))))]
            for who, of in rows.items()
        ]  # fmt: skip
        parts += [f"### {metrics()[name].title}, by difficulty",
                  _table(["", *used, "robustness area"], body)]  # fmt: skip
    return parts


def _carried(carried: Mapping[str, CarriedRates]) -> str:
    rows = [
        [_flat(name), *(" / ".join(map(percent, of)) if of else NOTHING
                        for of in (found.own, found.others))]
        for name, found in sorted(carried.items())
    ]  # fmt: skip
    return _table(["", "own operating point", "another scenario's"], rows)


def _bracket(level: Level) -> str:
    said = span(level, "share")
    return f"({said})" if said else ""


def _held(scores: Scores) -> str:
    first = scores.recordings[0]
    return (
        f"{counted(first.accounts, 'account')}, {first.sham_accounts:,} of them sham "
        f"({percent(first.prevalence)}), {counted(first.requests, 'request')}."
    )


def _one(scores: Scores) -> str:
    rows = [[_flat(d.name), *_figures(d)] for d in scores.detectors]
    return _table(["", *(_head(name) for name in headline())], rows)


def _figures(scored: DetectorScores) -> list[str]:
    cells = []
    for name, metric in headline().items():
        found = scored.metrics.get(name)
        if scored.status != "ok" or found is None or found.value is None:
            cells.append(_flat(scored.status) if scored.status != "ok" else NOTHING)
        elif found.low is None or found.high is None:
            cells.append(figure(found.value, metric.unit))
        else:
            ends = interval(found.low, found.high, metric.unit)
            cells.append(f"{figure(found.value, metric.unit)} ({ends})")
    return cells


def _head(name: str) -> str:
    return metrics()[name].title + (" ↓" if metrics()[name].better == "lower" else "")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _flat(text: str) -> str:
    return markdown_text(text).rstrip(".")
