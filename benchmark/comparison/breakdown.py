"""Differences by scenario, tactic, difficulty, segment and robustness."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import fmean

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.comparison.difficulty import DIFFICULTIES, area_weights, families
from shamcrowd.benchmark.comparison.paired import Stratum
from shamcrowd.benchmark.comparison.runs import Pair
from shamcrowd.benchmark.scoring.scores import (
    CampaignOutcome,
    DetectorScores,
    Measurement,
    SegmentHarm,
)
from shamcrowd.benchmark.scoring.segments import SMALLEST

Values = npt.NDArray[np.float64]
Part = tuple[str, str, list[Stratum], list[float] | None]
"""Group, name in it, what to compare, and its weights (None: equal)."""


def by_metric(pairs: Sequence[Pair], metric: str) -> tuple[list[Part], list[str]]:
    """Of one metric: overall, by scenario, by difficulty, and its robustness area.

    Scenarios on which either side was not measured are left out, with the reason.
    """
    strata, notes = {}, []
    for number, pair in enumerate(pairs):
        found = _stratum(pair, metric, number)
        if isinstance(found, Stratum):
            strata[pair.scenario.scenario] = found
        else:
            notes.append(f"{pair.scenario.scenario}: {found}")
    if not strata:
        return [], notes
    parts: list[Part] = [("overall", "all scenarios", list(strata.values()), None)]
    parts += [("scenario", name, [stratum], None) for name, stratum in strata.items()]
    families_ = families(list(strata))
    for how in DIFFICULTIES:
        inside = [strata[m[how]] for m in families_.values() if how in m]
        if inside:
            parts.append(("difficulty", how, inside, None))
    everything: list[Stratum] = []
    weights: list[float] = []
    for family, members in families_.items():
        inside = [strata[name] for name in members.values()]
        own = area_weights([DIFFICULTIES[how] for how in members])
        parts.append(("robustness", family, inside, own))
        everything += inside
        weights += own
    if len(families_) > 1:
        parts.append(("robustness", "all families", everything, weights))
    return parts, notes


def _stratum(pair: Pair, metric: str, number: int) -> Stratum | str:
    """Both sides of a scenario seed by seed, or why there are none."""
    left, right = pair.a.metrics.get(metric), pair.b.metrics.get(metric)
    for side, one in (("A", left), ("B", right)):
        if one is None or one.value is None:
            note = one.note if one is not None else "no such metric"
            return f"not measured for {side}: {note}"
    assert left is not None
    assert right is not None
    seeds = []
    for i, j in zip(pair.a_seeds, pair.b_seeds, strict=True):
        mine, its = left.parts[i], right.parts[j]
        if mine is None or its is None or len(mine) != len(its):
            return "the parts of the two figures do not match"
        seeds.append((np.asarray(mine, float), np.asarray(its, float)))
    sides = _by_training(left, pair.a_seeds), _by_training(right, pair.b_seeds)
    return Stratum(seeds, number, by_training=sides[1] - sides[0] if _fitted(pair) else None)


def _by_training(one: Measurement, positions: Sequence[int]) -> Values:
    """Values by training seed and scored seed; one row if it was not fitted."""
    rows = one.by_training or (one.parts,)
    return np.array([[fmean(row[i] or (math.nan,)) for i in positions] for row in rows])


def _fitted(pair: Pair) -> bool:
    return bool(pair.a.fitted or pair.b.fitted)


TACTIC_FIGURES = ("accounts flagged", "damage prevented")


def by_tactic(pairs: Sequence[Pair], what: str) -> Iterator[Part]:
    """Share of a campaign's accounts flagged, or of its tokens saved, by tactic."""
    tactics = sorted({c.tactic for pair in pairs for c in pair.a.campaigns})
    for tactic in tactics:
        strata: list[Stratum] = []
        for number, pair in enumerate(pairs):
            both = []
            for seed in pair.seeds:
                left, right = (_of_tactic(d, seed, tactic, what) for d in (pair.a, pair.b))
                shared = sorted(set(left) & set(right))
                if shared:
                    sides = (np.array([side[c] for c in shared]).T for side in (left, right))
                    both.append((seed, next(sides), next(sides)))
            if both:
                strata.append(_of_seeds(both, number, _fitted(pair)))
        if strata:
            yield ("tactic", tactic, strata, None)


def _of_seeds(both: Sequence[tuple[int, Values, Values]], number: int, fitted: bool) -> Stratum:
    """The stratum of seeds, each with both sides by training seed and campaign (or segment)."""
    seeds = [(left.mean(axis=0), right.mean(axis=0)) for _, left, right in both]
    apart = np.array([right.mean(axis=1) - left.mean(axis=1) for _, left, right in both]).T
    numbers = [seed for seed, _, _ in both]
    return Stratum(seeds, number, numbers, apart if fitted else None)


def _of_tactic(scored: DetectorScores, seed: int, tactic: str, what: str) -> dict[str, list[float]]:
    """By campaign: its share by training seed; one value if the detector was not fitted."""
    found = (c for c in scored.campaigns if c.seed == seed and c.tactic == tactic)
    shares = ((c.campaign, _shares(c, what)) for c in found)
    return {name: share for name, share in shares if share is not None}


def _shares(outcome: CampaignOutcome, what: str) -> list[float] | None:
    place = 0 if what == "accounts flagged" else 1
    whole = (outcome.accounts, outcome.tokens)[place]
    each = outcome.by_training or ((outcome.flagged, outcome.tokens_prevented),)
    return [one[place] / whole for one in each] if whole else None


SEGMENT_FIGURE = "false-positive rate"


def by_segment(pairs: Sequence[Pair]) -> Iterator[Part]:
    """Share of legitimate accounts flagged, by segment; small segments are left out."""
    names = sorted({s.segment for pair in pairs for s in pair.a.segments})
    for name in names:
        strata: list[Stratum] = []
        for number, pair in enumerate(pairs):
            left, right = (_segment(d, name) for d in (pair.a, pair.b))
            if left is None or right is None:
                continue
            both = []
            for seed, i, j in zip(pair.seeds, pair.a_seeds, pair.b_seeds, strict=True):
                if left.by_seed[i][0] >= SMALLEST:
                    both.append((seed, _flagged(left, i), _flagged(right, j)))
            if both:
                strata.append(_of_seeds(both, number, _fitted(pair)))
        if strata:
            yield ("segment", name, strata, None)


def _flagged(harm: SegmentHarm, place: int) -> Values:
    """Its false-positive rate on a seed, shape (training seeds, 1)."""
    size, flagged = harm.by_seed[place]
    each = [of[place] for of in harm.by_training] or [flagged]
    return np.array(each, float)[:, None] / size


def _segment(scored: DetectorScores, name: str) -> SegmentHarm | None:
    return next((s for s in scored.segments if s.segment == name and s.by_seed), None)
