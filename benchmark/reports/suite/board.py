"""The board over all scenarios of a suite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from shamcrowd.benchmark.charts.fitted_on import fitted_on
from shamcrowd.benchmark.charts.formatting import NOTHING, figure, interval
from shamcrowd.benchmark.comparison.paired import Difference
from shamcrowd.benchmark.comparison.reference_scores import reference_scores
from shamcrowd.benchmark.comparison.standing import (
    Level,
    Robustness,
    Standings,
    robustness,
    standings,
)
from shamcrowd.benchmark.reports.suite.names import headline
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import KINDS, DetectorScores, Scores


@dataclass(frozen=True)
class SuiteFigure:
    """A level as text. ``share`` (0 to 1) draws a bar; ``partly`` counts scenarios if not all."""

    text: str
    interval: str
    share: float | None
    partly: str
    to_control: str
    to_best: str
    tip: str


@dataclass(frozen=True)
class SuiteRow:
    """A detector, ceiling or control; ``seconds`` of CPU per recording, ``mib`` is the largest.

    ``fitted`` says on how many training seeds it was fitted, and with which labels; "" if not.
    """

    name: str
    about: str
    kind: str
    figures: dict[str, SuiteFigure]
    failed: dict[str, str]
    seconds: float | None
    mib: float | None
    fitted: str = ""


@dataclass(frozen=True)
class SuiteBoard:
    """The rows, best first.

    ``by`` has the standings of every metric, ``floors`` the means of chance level and oracle over
    the scenarios where they are known. ``hardness`` is empty without difficulties.
    """

    rows: list[SuiteRow]
    by: dict[str, Standings]
    floors: dict[str, tuple[str, str]]
    hardness: dict[str, dict[str, Robustness]]
    reason: str

    def of(self, kind: str) -> list[SuiteRow]:
        """Detectors or controls."""
        return [row for row in self.rows if row.kind == kind]


def suite_board(run: Sequence[Scores]) -> SuiteBoard:
    """Lay out the board of a suite; ``run`` has a result per scenario."""
    by = standings(run)
    names = dict.fromkeys(
        (d.name, d.kind) for kind in KINDS for s in run for d in s.detectors
        if d.kind == kind
    )  # fmt: skip
    rows = sorted((_row(run, name, kind, by) for name, kind in names), key=lambda r: _rank(r, by))
    hard = {name: robustness(run, name) for name in headline()}
    return SuiteBoard(
        rows, by, {name: _floors(run, name) for name in metrics()},
        {name: found for name, found in hard.items() if found}, _reason(by),
    )  # fmt: skip


def _row(run: Sequence[Scores], name: str, kind: str, by: Mapping[str, Standings]) -> SuiteRow:
    found = {s.scenario: d for s in run for d in s.detectors if d.name == name}
    seeds = {s.scenario: len(s.seeds) for s in run}
    each = [d.seconds / seeds[s] for s, d in found.items() if d.seconds is not None]
    peaks = [d.peak_mib for d in found.values() if d.peak_mib is not None]
    return SuiteRow(
        name, next(iter(found.values())).about, kind,
        {m: _figure(name, of) for m, of in by.items()},
        {s: f"{d.status}: {d.error}" for s, d in found.items() if d.status != "ok"},
        fmean(each) if each else None, max(peaks) if peaks else None, _fitted(found.values()),
    )  # fmt: skip


def _fitted(found: Iterable[DetectorScores]) -> str:
    scored = [d.fitted for d in found if d.fitted]
    labels = [of for one in scored for of in one]
    return fitted_on(labels, len({of.seed for of in labels}))


def _figure(name: str, of: Standings) -> SuiteFigure:
    unit = metrics()[of.metric].unit
    standing = of.rows.get(name)
    if standing is None or standing.level.value is None:
        return SuiteFigure(NOTHING, "", None, "", "", "", "measured in no scenario")
    mean = standing.level
    where = f"{mean.scenarios} of {of.scenarios}" if mean.scenarios < of.scenarios else ""
    share = min(max(mean.value or 0.0, 0.0), 1.0) if unit == "share" else None
    tips = [
        difference_text(standing.to_control, of.control, unit),
        difference_text(standing.to_best, of.best, unit),
    ]
    return SuiteFigure(
        figure(mean.value, unit), span(mean, unit), share, where,
        verdict(standing.to_control), verdict(standing.to_best), "; ".join(filter(None, tips)),
    )  # fmt: skip


def span(mean: Level, unit: str) -> str:
    """An interval as text; "" if there is none."""
    return interval(mean.low, mean.high, unit)


def verdict(found: Difference | None) -> str:
    """The verdict of a comparison; "" if there is none."""
    return found.verdict if found is not None else ""


def difference_text(found: Difference | None, other: str, unit: str) -> str:
    """A comparison in a sentence; "" if there is none."""
    if found is None or found.value is None:
        return ""
    sign = "+" if found.value > 0 else ""
    said = f"{sign}{figure(found.value, unit)} against {other}"
    ends = interval(found.low, found.high, unit)
    inside = f" ({'; '.join(filter(None, (ends, found.reason)))})" if ends or found.reason else ""
    return f"{said}{inside}: {found.verdict}" if found.verdict else f"{said}{inside}"


def _floors(run: Sequence[Scores], metric: str) -> tuple[str, str]:
    """Chance and the oracle, as means over the scenarios where they are known."""
    found = [reference_scores(scores, metric) for scores in run if scores.recordings]
    unit = metrics()[metric].unit
    return _mean([f.chance for f in found], unit), _mean([f.oracle for f in found], unit)


def _mean(values: Sequence[float | None], unit: str) -> str:
    known = [v for v in values if v is not None]
    return figure(fmean(known), unit) if known else ""


def _reason(by: Mapping[str, Standings]) -> str:
    """Why there are no verdicts; "" where there are."""
    whole = [d for of in by.values() for row in of.rows.values()
             for d in (row.to_control, row.to_best) if d is not None]  # fmt: skip
    if not whole or any(d.verdict for d in whole):
        return ""
    return whole[0].reason


def _rank(row: SuiteRow, by: Mapping[str, Standings]) -> tuple[object, ...]:
    """Detectors first, best first by the metrics in their order; those that failed last."""
    values = []
    for name, metric in metrics().items():
        standing = by[name].rows.get(row.name)
        value = standing.level.value if standing is not None else None
        sign = -1.0 if metric.better == "higher" else 1.0
        values.append(float("inf") if value is None else sign * value)
    return (KINDS.index(row.kind), bool(row.failed), *values, row.name)
