"""Compares two runs: every detector, every metric, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np

from shamcrowd.benchmark.comparison.breakdown import (
    SEGMENT_FIGURE,
    TACTIC_FIGURES,
    by_metric,
    by_segment,
    by_tactic,
)
from shamcrowd.benchmark.comparison.paired import (
    Better,
    Difference,
    Measured,
    Stratum,
    judged,
    measured,
)
from shamcrowd.benchmark.comparison.ranking import Ranking, holm, rank, signed_rank
from shamcrowd.benchmark.comparison.reference_scores import reference_scores
from shamcrowd.benchmark.comparison.runs import Pair, pairs
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Scores


@dataclass(frozen=True)
class ComparisonRow:
    """One difference. ``group`` and ``name`` say where; ``figure`` is a metric's name.

    The verdict of ``result`` holds for all rows of its ``group`` together. ``p`` is that of the
    signed-rank test over scenarios, adjusted over the detectors compared; only overall, and None
    below the minimum of scenarios. ``chance``, ``control`` and ``oracle``
    are reference scores, as means over the scenarios.
    """

    detector: str
    figure: str
    unit: str
    better: Better
    group: str
    name: str
    scenarios: int
    seeds: int
    result: Difference
    p: float | None = None
    chance: float | None = None
    control: float | None = None
    oracle: float | None = None


@dataclass(frozen=True)
class Comparison:
    """Run B against run A. ``rankings`` by metric, of all that both runs hold."""

    a: str
    b: str
    scenarios: tuple[str, ...]
    seeds: int
    rows: tuple[ComparisonRow, ...]
    rankings: dict[str, Ranking]
    notes: tuple[str, ...]
    pairs: dict[str, list[Pair]]


def compare(
    a: Sequence[Scores], b: Sequence[Scores], names: tuple[str, str] = ("A", "B"),
    detectors: tuple[str, str] = ("", ""),
) -> Comparison:  # fmt: skip
    """Compare run B with run A, each a result per scenario; see
    `shamcrowd.benchmark.comparison.runs.pairs`.

    Raises:
        UsageError: if they were made by different code, or with different recordings or settings.
        NothingToJudgeError: if they share nothing.
    """
    found, notes = pairs(a, b, detectors)
    made: list[_Row] = []
    for detector, of in found.items():
        more, left_out = _rows(detector, of)
        made += more
        notes += [f"{detector}, {note}" for note in left_out]
    rows = _judged(made)
    shared = {pair.scenario.scenario: None for of in found.values() for pair in of}
    fewest = min(len(pair.seeds) for of in found.values() for pair in of)
    return Comparison(
        *names, tuple(shared), fewest, tuple(_adjusted(rows, found)), _rankings(found, fewest),
        tuple(notes), found,
    )  # fmt: skip


def rankings(run: Sequence[Scores]) -> dict[str, Ranking]:
    """The detectors of one run ranked over its scenarios, by metric: for a suite's board."""
    entrants: dict[str, dict[str, float | None]] = {}
    result = {}
    for name, metric in metrics().items():
        entrants = {}
        for scores in run:
            for scored in scores.detectors:
                if scored.kind == "detector":
                    measured = scored.metrics.get(name)
                    value = measured.value if measured is not None else None
                    entrants.setdefault(scored.name, {})[scores.scenario] = value
        fewest = min((len(s.seeds) for s in run), default=0)
        result[name] = _ranked(entrants, [s.scenario for s in run], metric.better, fewest)
    return result


_Row = tuple[ComparisonRow, Measured]


def _judged(rows: Sequence[_Row]) -> list[ComparisonRow]:
    """The rows with verdicts; those of a group are judged together."""
    verdicts: dict[int, Difference] = {}
    for group in {row.group for row, _ in rows}:
        inside = [n for n, (row, _) in enumerate(rows) if row.group == group]
        verdicts |= zip(inside, judged([rows[n][1] for n in inside]), strict=True)
    return [replace(row, result=verdicts[n]) for n, (row, _) in enumerate(rows)]


def _rows(detector: str, of: Sequence[Pair]) -> tuple[list[_Row], list[str]]:
    rows, notes = [], []
    for name, metric in metrics().items():
        parts, left_out = by_metric(of, name)
        notes += [f"{metric.title}: {what}" for what in left_out]
        for group, where, strata, weights in parts:
            row = _row(detector, name, metric.unit, metric.better, group, where, strata, weights)
            if group in ("overall", "scenario"):
                inside = [p.scenario for p in of if group == "overall" or
                          p.scenario.scenario == where]  # fmt: skip
                row = _with_reference_scores(row[0], inside), row[1]
            rows.append(row)
    for what in TACTIC_FIGURES:
        for group, where, strata, _ in by_tactic(of, what):
            rows.append(_row(detector, what, "share", "higher", group, where, strata))
    for group, where, strata, _ in by_segment(of):
        rows.append(_row(detector, SEGMENT_FIGURE, "share", "lower", group, where, strata))
    return rows, notes


def _row(
    detector: str, figure: str, unit: str, better: Better, group: str, name: str,
    strata: Sequence[Stratum], weights: Sequence[float] | None = None,
) -> _Row:  # fmt: skip
    fewest = min(len(s.seeds) for s in strata)
    found = measured(strata, better, weights)
    return ComparisonRow(
        detector, figure, unit, better, group, name, len(strata), fewest, found.difference
    ), found  # fmt: skip


def _with_reference_scores(row: ComparisonRow, inside: Sequence[Scores]) -> ComparisonRow:
    found = [reference_scores(scores, row.figure) for scores in inside]

    def mean(values: list[float | None]) -> float | None:
        known = [v for v in values if v is not None]
        return fmean(known) if known else None

    return replace(
        row, chance=mean([f.chance for f in found]), control=mean([f.best_control for f in found]),
        oracle=mean([f.oracle for f in found]),
    )  # fmt: skip


def _adjusted(rows: Sequence[ComparisonRow], found: dict[str, list[Pair]]) -> list[ComparisonRow]:
    """Give overall rows the p-value of Wilcoxon's test, adjusted over detectors by metric."""
    raw: dict[str, dict[str, float]] = {}
    for detector, of in found.items():
        for figure in metrics():
            parts, _ = by_metric(of, figure)
            steps = [s[0] for group, _, s, _ in parts if group == "scenario"]
            means = [float(np.mean([(y - x).mean() for x, y in s.seeds])) for s in steps]
            p = signed_rank(np.array(means))
            if p is not None:
                raw.setdefault(figure, {})[detector] = p
    adjusted = {
        (figure, detector): p
        for figure, of_ in raw.items()
        for detector, p in zip(of_, holm(list(of_.values())), strict=True)
    }
    return [
        replace(row, p=adjusted.get((row.figure, row.detector))) if row.group == "overall" else row
        for row in rows
    ]


def _rankings(found: dict[str, list[Pair]], seeds: int) -> dict[str, Ranking]:
    """All detectors of both runs, ranked over scenarios."""
    names = list(dict.fromkeys(p.scenario.scenario for of in found.values() for p in of))
    result = {}
    for metric in metrics():
        entrants: dict[str, dict[str, float | None]] = {}
        for label, of in found.items():
            for pair in of:
                apart = pair.a.name == pair.b.name
                sides = (("A", pair.a, pair.a_seeds), ("B", pair.b, pair.b_seeds))
                for side, scored, positions in sides:
                    name = f"{label} ({side})" if apart else scored.name
                    measured = scored.metrics.get(metric)
                    whole = measured is not None and measured.value is not None
                    by_seed = (
                        [measured.by_seed[i] for i in positions] if measured and whole else [None]
                    )
                    known = [v for v in by_seed if v is not None]
                    value = fmean(known) if len(known) == len(by_seed) else None
                    entrants.setdefault(name, {})[pair.scenario.scenario] = value
        result[metric] = _ranked(entrants, names, metrics()[metric].better, seeds)
    return result


def _ranked(
    entrants: dict[str, dict[str, float | None]], scenarios: Sequence[str], better: Better,
    seeds: int,
) -> Ranking:  # fmt: skip
    """Ranks over the scenarios that were measured; detectors not measured in all are left out."""
    measured = [s for s in scenarios if any(of.get(s) is not None for of in entrants.values())]
    whole = {
        name: [v for s in measured if (v := of.get(s)) is not None] for name, of in entrants.items()
    }
    kept = {name: values for name, values in whole.items() if len(values) == len(measured)}
    out = sorted(set(whole) - set(kept))
    ranking = rank(kept, better, seeds)
    if out:
        why = f"not measured in every scenario, so not ranked: {', '.join(out)}"
        return replace(ranking, reason="; ".join(filter(None, (ranking.reason, why))))
    return ranking
