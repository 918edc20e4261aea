"""Compares figures with a baseline, paired by seed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from statistics import fmean
from typing import Any

from shamcrowd.benchmark.gate.baseline import Baseline, BaselineError, BaselineScenario
from shamcrowd.benchmark.gate.tolerance import Tolerance
from shamcrowd.benchmark.gate.verdict import ALL, FigureChange, Kind, Verdict
from shamcrowd.benchmark.scoring.conditions import common, conditions
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.counting import counted
from shamcrowd.simulator.core.secret import shown

UPDATE = "shamcrowd check --update-baseline"
_ROUNDING = 1e-9
Values = Sequence[float | None]


def compare(
    baseline: Baseline,
    now: Baseline,
    scores: Mapping[str, Scores],
    failed: Sequence[tuple[str, str, str]] = (),
    chosen: Sequence[str] | None = None,
    update: str = UPDATE,
) -> Verdict:
    """Compare the figures of this run with a baseline.

    Args:
        baseline: the committed figures.
        now: the figures of ``scores``, in the same form.
        scores: scores of every scenario that was scored.
        failed: for each scenario that was not, its name, "" and the error.
        chosen: names of the detectors that were run; None: all.
        update: the command that writes this run's figures as the baseline, for advice.

    Raises:
        BaselineError: if the baseline is of another suite, or the suite's settings have changed.
    """
    _same_suite(baseline, now, update)
    entries: list[FigureChange] = []
    refused: list[tuple[str, str]] = []
    broken = [*failed, *_failures(baseline, scores)]
    pairs: dict[tuple[str, str], tuple[list[float], list[float]]] = {}
    gone = {(scenario, detector) for scenario, detector, _ in broken}
    for scenario in sorted({*baseline.scenarios, *now.scenarios}):
        if (scenario, "") in gone:
            continue
        old, new = baseline.scenarios.get(scenario), now.scenarios.get(scenario)
        if old is None or new is None:
            held = old or new
            side: Kind = "missing" if new is None else "new"
            for detector, metric in _named(held, chosen):
                entries.append(
                    FigureChange(scenario, detector, metric, side, note="whole scenario")
                )
            continue
        reason = _why_not(old, new, update)
        if reason:
            refused.append((scenario, reason))
            continue
        for detector, metric in sorted({*_named(old, chosen), *_named(new, chosen)}):
            if (scenario, detector) in gone:
                continue
            before = old.figures.get(detector, {}).get(metric)
            after = new.figures.get(detector, {}).get(metric)
            tolerance = baseline.tolerance(scenario, detector, metric)
            nothing = _nothing_left(metric, new.figures.get(detector, {}))
            entries.append(_entry(scenario, detector, metric, before, after, tolerance, nothing))
            found = pairs.setdefault((detector, metric), ([], []))
            for a, b in zip(before or (), after or (), strict=False):
                if a is not None and b is not None:
                    found[0].append(a)
                    found[1].append(b)
    if len(now.scenarios) > 1:
        # A small loss on every scenario shows most clearly over all of them.
        for (detector, metric), (then, today) in sorted(pairs.items()):
            tolerance = baseline.tolerance(ALL, detector, metric)
            if then:
                entries.append(_entry(ALL, detector, metric, then, today, tolerance))
    notes = conditions(*common(one.versions for one in scores.values()))
    return Verdict(
        now.suite, tuple(entries), tuple(refused), tuple(broken), tuple(notes), update
    )  # fmt: skip


def _same_suite(baseline: Baseline, now: Baseline, update: str) -> None:
    if baseline.suite != now.suite:
        raise BaselineError(
            f"the baseline is of suite {baseline.suite}, this check of {now.suite}; "
            f"use --suite {baseline.suite}, or another file with --baseline"
        )
    same_terms(now.suite, baseline.terms, now.terms, update)


def same_terms(
    suite: str, then: Mapping[str, Any], now: Mapping[str, Any], update: str = UPDATE
) -> None:
    """Refuse to compare figures of a suite under other terms; ``update`` is as for `compare`.

    Raises:
        BaselineError: with what has changed.
    """
    if then.get("secret") != now.get("secret"):
        with_which = [
            f"secret {shown(s)}…" if s else "no secret"
            for s in (then.get("secret"), now.get("secret"))
        ]
        raise BaselineError(
            f"the baseline was made with {with_which[0]}, this check with {with_which[1]}: other "
            "worlds. Give the same file with --secret, or another baseline with --baseline"
        )
    changed = [
        f"{name} was {then.get(name)}, is {now.get(name)}"
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    ]
    if changed:
        raise BaselineError(
            f"the settings of {suite} have changed since the baseline: {'; '.join(changed)}. "
            f"If this is intended, run: {update}"
        )


def _failures(baseline: Baseline, scores: Mapping[str, Scores]) -> Iterator[tuple[str, str, str]]:
    """Detectors that did not run, except unavailable ones that the baseline does not hold."""
    for scenario, one in scores.items():
        held = baseline.scenarios.get(scenario)
        for scored in one.detectors:
            known = held is not None and scored.name in held.figures
            if scored.status == "failed" or (scored.status == "unavailable" and known):
                yield scenario, scored.name, scored.error


def _why_not(old: BaselineScenario, new: BaselineScenario, update: str) -> str:
    """Why old and new figures of a scenario cannot be compared; "" if they can."""
    if old.seeds != new.seeds:
        return f"seeds {_list(old.seeds)} in the baseline, {_list(new.seeds)} now"
    other = [
        f"seed {seed} ({a[:8]}… then, {b[:8]}… now)"
        for seed, a, b in zip(old.seeds, old.fingerprints, new.fingerprints, strict=True)
        if a != b
    ]
    if not other:
        return ""
    return (
        f"not the same recordings: the fingerprint changed on {', '.join(other[:2])}"
        + (f" and {len(other) - 2} more" if len(other) > 2 else "")
        + "; another version of shamcrowd or of the scenario made them. Figures on other traffic "
        f"cannot be compared; check that they are right, then: {update}"
    )


def _list(seeds: Sequence[int]) -> str:
    return ", ".join(map(str, seeds))


def _named(held: BaselineScenario | None, chosen: Sequence[str] | None) -> list[tuple[str, str]]:
    figures = held.figures if held is not None else {}
    return [(d, m) for d, f in figures.items() for m in f if chosen is None or d in chosen]


def _entry(
    scenario: str, detector: str, metric: str, before: Values | None, after: Values | None,
    tolerance: Tolerance, nothing: Collection[int] = (),
) -> FigureChange:  # fmt: skip
    """The change of one figure; on the seeds ``nothing`` there is nothing left to be measured."""
    if before is None or after is None:
        kind: Kind = "new" if before is None else "missing"
        return FigureChange(scenario, detector, metric, kind, _mean(before), _mean(after))
    both = [(a, b) for a, b in zip(before, after, strict=True) if a is not None and b is not None]
    gone = {i for i, b in enumerate(after) if before[i] is not None and b is None}
    lost = len(gone.difference(nothing))
    if lost:
        note = f"no longer measured on {lost} of {counted(len(before), 'seed')}"
        return FigureChange(scenario, detector, metric, "worse", _mean(before), None, note=note)
    if not both and gone:
        note = f"nothing left to measure on {len(gone)} of {counted(len(before), 'seed')}"
        return FigureChange(scenario, detector, metric, "improved", _mean(before), None, note=note)
    if not both:
        same = not any(b is not None for b in after)
        note = "measured in neither" if same else "measured for the first time"
        return FigureChange(scenario, detector, metric, "same" if same else "new", note=note)
    old, new = [a for a, _ in both], [b for _, b in both]
    known = metrics().get(metric)
    sign = -1.0 if known is not None and known.better == "lower" else 1.0
    loss = sign * (fmean(old) - fmean(new)) + 0.0
    allowed = tolerance.allows(old, new)
    if old == new:
        kind = "same"
    elif loss > allowed + _ROUNDING:
        kind = "worse"
    else:
        kind = "improved" if -loss > allowed + _ROUNDING else "within"
    return FigureChange(scenario, detector, metric, kind, fmean(old), fmean(new), loss, allowed)


def _nothing_left(metric: str, figures: Mapping[str, Values]) -> list[int]:
    """Positions of the seeds where a metric has nothing to measure because all is well."""
    known = metrics().get(metric)
    if known is None or not known.nothing_left_at_zero_of:
        return []
    harm = figures.get(known.nothing_left_at_zero_of, ())
    return [i for i, value in enumerate(harm) if value == 0.0]


def _mean(values: Values | None) -> float | None:
    known = [v for v in values or () if v is not None]
    return fmean(known) if known else None
