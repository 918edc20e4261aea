"""Compares the closed loop with the open loop for one detector, over all seeds."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.closed_loop.figures.registry import figures as all_figures
from shamcrowd.benchmark.closed_loop.results import (
    LoopedDetector,
    OpenAgainstClosed,
    RunMeasurement,
    RunResult,
)
from shamcrowd.benchmark.scoring.metrics.registry import metrics as all_metrics
from shamcrowd.benchmark.scoring.scores import DetectorScores, Measurement
from shamcrowd.benchmark.scoring.summary import summarised
from shamcrowd.benchmark.scoring.support import POSITIVE, Support

DAMAGE = "damage-held"


def looped(scored: DetectorScores, results: Sequence[RunResult]) -> LoopedDetector:
    """Combine the results of one detector on all scored seeds, given in the order of the seeds."""
    broken = next((r for r in results if r.error), None)
    if broken is not None:
        status = "unavailable" if broken.error.startswith("unavailable: ") else "failed"
        error = f"in the loop, on seed {broken.seed}: {broken.error.removeprefix('unavailable: ')}"
        return LoopedDetector(scored.name, scored.kind, status, error)
    figures = {
        name: over_seeds(name, [r.figures[name] for r in results]) for name in results[0].figures
    }
    metrics = {DAMAGE: _against(_damage_prevented(scored, len(results)), figures[DAMAGE])}
    for name, before in scored.metrics.items():
        metrics[name] = _against(before, over_seeds(name, [r.metrics[name] for r in results]))
    names = sorted({name for r in results for name in r.campaigns})
    none: dict[str, RunMeasurement] = dict.fromkeys(
        figures, RunMeasurement(note="no such campaign")
    )
    campaigns = {
        name: {
            f: over_seeds(f, [r.campaigns.get(name, none)[f] for r in results])
            for f in next(r.campaigns[name] for r in results if name in r.campaigns)
        }
        for name in names
    }
    return LoopedDetector(
        name=scored.name,
        kind=scored.kind,
        status="ok",
        seconds=sum(r.seconds for r in results),
        peak_mib=max(r.peak_mib for r in results),
        metrics=metrics,
        figures=figures,
        campaigns=campaigns,
        banned=_banned(results),
        timeline=results[0].timeline,
    )


def over_seeds(name: str, measured: Sequence[RunMeasurement]) -> Measurement:
    """Mean and interval of one metric or figure over the seeds."""
    notes = [m.note for m in measured if not m.values]
    return summarised([m.values or None for m in measured], notes, _support(name))


def _support(name: str) -> Support:
    if name in all_metrics():
        return all_metrics()[name].support
    return Support() if all_figures()[name].unit == "share" else POSITIVE


def _against(before: Measurement, after: Measurement) -> OpenAgainstClosed:
    pairs = list(zip(before.by_seed, after.by_seed, strict=True))
    gaps = [None if a is None or b is None else [b - a] for a, b in pairs]
    notes = [before.note or after.note or "not measured" for gap in gaps if gap is None]
    return OpenAgainstClosed(before, after, summarised(gaps, notes))


def _damage_prevented(scored: DetectorScores, seeds: int) -> Measurement:
    """Damage prevented in the open loop: share of abusive tokens after the account's flag."""
    order = list(dict.fromkeys(c.seed for c in scored.campaigns))
    drawn = {s: sum(c.tokens for c in scored.campaigns if c.seed == s) for s in order}
    saved = {s: sum(c.tokens_prevented for c in scored.campaigns if c.seed == s) for s in order}
    values = [[saved[s] / drawn[s]] if drawn[s] else None for s in order] or [None] * seeds
    return summarised(values, ["no abusive request" for v in values if v is None], Support())


def _banned(results: Sequence[RunResult]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for result in results:
        for segment, (banned, accounts) in result.banned.items():
            one, other = sums.get(segment, (0, 0))
            sums[segment] = one + banned, other + accounts
    return dict(sorted(sums.items()))
