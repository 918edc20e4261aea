"""The detectors of one suite: values over its scenarios, and paired comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from shamcrowd.benchmark.comparison.breakdown import by_metric
from shamcrowd.benchmark.comparison.difficulty import DIFFICULTIES, area_weights, families
from shamcrowd.benchmark.comparison.every_pair import every_pair
from shamcrowd.benchmark.comparison.paired import (
    Difference,
    Measured,
    judged,
    measured,
    with_verdict,
)
from shamcrowd.benchmark.comparison.runs import Pair
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS, fitted_interval
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import KINDS, DetectorScores, Scores

FINDS = "recall-at-0-1-percent"
"""A detector leads in a metric where less is better only if it finds more than a control."""


@dataclass(frozen=True)
class Level:
    """A metric's mean over scenarios, with equal weights unless others are given.

    ``low`` to ``high`` bound a 95 % interval; None below the minimum of seeds. ``value`` is None if
    no scenario could be measured; ``scenarios`` counts those that could.
    """

    value: float | None
    low: float | None
    high: float | None
    scenarios: int


@dataclass(frozen=True)
class Standing:
    """One detector by one metric: its level, and its comparisons with the best control and
    detector.

    A comparison is None where nothing can be paired, or where it would be with itself.
    """

    level: Level
    to_control: Difference | None
    to_best: Difference | None


@dataclass(frozen=True)
class Standings:
    """All detectors and controls by one metric.

    ``best`` is the detector with the best mean among those measured in every scenario where any
    detector or control was, ``control`` the best such control that does not read the truth; "" if
    there is none. Where less is better, a detector is ``best`` only if its recall at 0.1 % of
    legitimate accounts is above that of every such control: who flags nobody harms nobody.
    ``scenarios`` counts the scenarios where any was measured.
    """

    metric: str
    best: str
    control: str
    scenarios: int
    rows: dict[str, Standing]


def level(
    scored: Sequence[DetectorScores], metric: str, weights: Sequence[float] | None = None
) -> Level:
    """The level of one detector, a result per scenario; those without a figure are left out."""
    strata: list[list[Sequence[Values]]] = []
    means: list[float] = []
    shares: list[float] = []
    fitted = False
    for index, one in enumerate(scored):
        found = one.metrics.get(metric)
        if found is None or found.value is None:
            continue
        parts = [p for p in found.parts if p is not None]
        if parts:
            each = found.by_training or (found.parts,)
            strata.append([[p for p in of if p is not None] for of in each])
            fitted = fitted or bool(one.fitted)
            means.append(fmean(fmean(p) for p in parts))
            shares.append(1.0 if weights is None else weights[index])
    if not strata:
        return Level(None, None, None, 0)
    value = sum(m * w for m, w in zip(means, shares, strict=True)) / sum(shares)
    fewest = FEWEST_SEEDS if fitted else 1
    support = metrics()[metric].support
    low, high = fitted_interval(strata, shares, support, fewest) or (None, None)
    return Level(value, low, high, len(strata))


def standings(run: Sequence[Scores]) -> dict[str, Standings]:
    """All detectors and controls of a suite, in the order of the boards, by metric.

    Verdicts hold for the whole board: for every pair of detectors and controls by every metric.
    """
    adjusted = every_pair(run)
    recall = _means(run, FINDS)
    most = max(recall["control"].values(), default=0.0)
    able = {name for name, value in recall["detector"].items() if value > most}
    return {metric: _by_metric(run, metric, able, adjusted) for metric in metrics()}


def _by_metric(
    run: Sequence[Scores], metric: str, able: set[str],
    adjusted: dict[tuple[str, str, str], float],
) -> Standings:  # fmt: skip
    known, means = _by_name(run), _means(run, metric)
    ceilings = {d.name for scores in run for d in scores.detectors if d.kind == "ceiling"}
    if metrics()[metric].better == "lower":
        means["detector"] = {n: v for n, v in means["detector"].items() if n in able}
    best, control = (_first(means[kind], metrics()[metric]) for kind in ("detector", "control"))

    def compared(name: str, other: str) -> Difference | None:
        found = _against(run, name, other, metric)
        if found is None or found.contrast is None or name in ceilings:
            return found.difference if found is not None else None
        return with_verdict(found, adjusted[metric, min(name, other), max(name, other)])

    rows = {
        name: Standing(
            level(list(of.values()), metric), compared(name, control), compared(name, best)
        )
        for name, of in known.items()
    }
    return Standings(metric, best, control, len(_measured_in(run, metric)), rows)


def _measured_in(run: Sequence[Scores], metric: str) -> list[str]:
    """The scenarios where any detector or control was measured."""
    return [s.scenario for s in run if any(_value(d, metric) is not None for d in s.detectors)]


def _means(run: Sequence[Scores], metric: str) -> dict[str, dict[str, float]]:
    """By kind and name: the mean of those measured in all of these that do not read the truth."""
    found: dict[str, dict[str, float]] = {"detector": {}, "ceiling": {}, "control": {}}
    everywhere = _measured_in(run, metric)
    for name, of in _by_name(run).items():
        values = [_value(of[s], metric) if s in of else None for s in everywhere]
        whole = [v for v in values if v is not None]
        if everywhere and len(whole) == len(values) and name not in truth_controls():
            found[next(iter(of.values())).kind][name] = fmean(whole)
    return found


@dataclass(frozen=True)
class Robustness:
    """One detector over the difficulties of a suite, by one metric.

    ``steps`` has a level by difficulty, over the families that have it; ``area`` is the mean
    height of the line through them, over all families.
    """

    steps: dict[str, Level]
    area: Level


def robustness(run: Sequence[Scores], metric: str) -> dict[str, Robustness]:
    """By name of the detector; empty if no scenario exists at two difficulties.

    See `shamcrowd.benchmark.comparison.difficulty.area_weights`.
    """
    groups = families([s.scenario for s in run])
    used = list(dict.fromkeys(how for how in DIFFICULTIES for m in groups.values() if how in m))
    found = {}
    for name, of in _by_name(run).items() if groups else ():
        steps = {
            how: level([of[m[how]] for m in groups.values() if how in m and m[how] in of], metric)
            for how in used
        }
        inside: list[DetectorScores] = []
        weights: list[float] = []
        for members in groups.values():
            there = {
                how: of[s] for how, s in members.items()
                if s in of and _value(of[s], metric) is not None
            }  # fmt: skip
            if len(there) == len(members):
                inside += there.values()
                weights += area_weights([DIFFICULTIES[how] for how in there])
        found[name] = Robustness(steps, level(inside, metric, weights))
    return found


def against(run: Sequence[Scores], name: str, other: str, metric: str) -> dict[str, Difference]:
    """One detector against another by one metric, by scenario; those without a pair left out.

    The scenarios are judged together.
    """
    parts, _ = by_metric(_pairs(run, name, other), metric)
    better = metrics()[metric].better
    found = {where: measured(s, better) for group, where, s, _ in parts if group == "scenario"}
    return dict(zip(found, judged(list(found.values())), strict=True))


def _against(run: Sequence[Scores], name: str, other: str, metric: str) -> Measured | None:
    if not other or name == other:
        return None
    parts, _ = by_metric(_pairs(run, name, other), metric)
    better = metrics()[metric].better
    whole = [measured(s, better) for group, _, s, _ in parts if group == "overall"]
    return whole[0] if whole else None


def _pairs(run: Sequence[Scores], name: str, other: str) -> list[Pair]:
    """``other`` as A and ``name`` as B, on the scenarios where both finished."""
    found = []
    for scores in run:
        ok = {d.name: d for d in scores.detectors if d.status == "ok"}
        if name in ok and other in ok:
            positions = tuple(range(len(scores.seeds)))
            found.append(Pair(scores, ok[other], ok[name], scores.seeds, positions, positions))
    return found


def _by_name(run: Sequence[Scores]) -> dict[str, dict[str, DetectorScores]]:
    """Everything that finished somewhere, by scenario; detectors first, then their ceilings."""
    found: dict[str, dict[str, DetectorScores]] = {}
    for kind in KINDS:
        for scores in run:
            for one in scores.detectors:
                if one.kind == kind and one.status == "ok":
                    found.setdefault(one.name, {})[scores.scenario] = one
    return found


def _value(scored: DetectorScores, metric: str) -> float | None:
    found = scored.metrics.get(metric)
    return found.value if found is not None else None


def _first(means: dict[str, float], metric: Metric) -> str:
    best = max if metric.better == "higher" else min
    return best(means, key=lambda name: means[name]) if means else ""
