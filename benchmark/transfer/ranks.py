"""Is the order of detectors on a labelled set the order on the board?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.transfer.board_figures import BoardFigures
from shamcrowd.benchmark.transfer.judging import HalfScores, JudgedDetector
from shamcrowd.recording.counting import counted

ROUNDS = 400
FEWEST = 5
"""With fewer detectors in common there is no order to speak of (assumed)."""
MOST_VALUES = 200_000_000
"""Scores that all rounds together look at; for large sets there are fewer rounds."""
LEAST_ROUNDS = 100
OVER = (
    "95 % percentile interval; in each round the detectors, the board's scenarios, and the set's "
    "groups, ungrouped sham accounts and honest accounts are drawn with replacement"
)


@dataclass(frozen=True)
class Agreement:
    """How far two orders of detectors agree.

    Attributes:
        there: metric on the set.
        here: metric on the board.
        detectors: names, and their values there and here.
        spearman: rank correlation, from -1 to 1; None below `FEWEST` detectors.
        spearman_bounds: its interval, see `OVER`.
        kendall: Kendall's tau-b.
        kendall_bounds: likewise.
        resampled: shape (rounds,), Spearman's coefficient of each round.
    """

    there: str
    here: str
    detectors: Mapping[str, tuple[float, float]]
    spearman: float | None = None
    spearman_bounds: tuple[float, float] | None = None
    kendall: float | None = None
    kendall_bounds: tuple[float, float] | None = None
    resampled: tuple[float, ...] = ()

    @property
    def verdict(self) -> str:
        """What it is worth, in a sentence."""
        if self.spearman is None or self.spearman_bounds is None:
            if len(self.detectors) >= FEWEST:
                return (
                    f"All of {counted(len(self.detectors), 'detector')} have one value: no "
                    "order to compare."
                )
            return (
                f"Only {counted(len(self.detectors), 'detector')} in common: no order to compare."
            )
        low, high = self.spearman_bounds
        if low > 0:
            worth = "a detector that does better on the board tends to do better on this set"
        elif high < 0:
            worth = "a detector that does better on the board tends to do worse on this set"
        else:
            worth = (
                "the interval holds 0, so that the board's order says nothing that can be relied "
                "on about the order on this set"
            )
        return (
            f"Over {len(self.detectors)} detectors the rank correlation is {self.spearman:.2f} "
            f"({low:.2f} to {high:.2f}): {worth}."
        )


def pairs_of_metrics(board: BoardFigures) -> list[tuple[str, str]]:
    """Which metric there is compared with which metric here."""
    found = [(m, m) for m in ("recall-at-0-1-percent", "average-precision") if m in board.figures]
    if "average-precision" not in board.figures and found:
        found.append(("average-precision", found[0][1]))
    return found


def agreement(
    judged: Sequence[JudgedDetector], board: BoardFigures, there: str, here: str
) -> Agreement:
    """Compare the order on a set with that on a board; controls are left out."""
    figures = board.figures.get(here, {})
    common = [
        one for one in judged
        if one.kind == "detector" and one.status == "ok" and one.metrics.get(there) is not None
        and figures.get(one.detector)
    ]  # fmt: skip
    scenarios = sorted({s for one in common for s in figures[one.detector]})
    table = np.array(
        [[figures[one.detector].get(s, np.nan) for s in scenarios] for one in common]
    ).reshape(len(common), len(scenarios))
    values = {
        one.detector: (float(one.metrics[there] or 0.0), float(np.nanmean(row)))
        for one, row in zip(common, table, strict=True)
    }
    if len(common) < FEWEST:
        return Agreement(there, here, values)
    x, y = np.array(list(values.values())).T
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return Agreement(there, here, values)
    drawn = _resampled(common, table, there)
    spearman, kendall = (np.array(c) for c in zip(*(_both(a, b) for a, b in drawn), strict=True))
    whole = _both(x, y)
    return Agreement(
        there, here, values, whole[0], _bounds(spearman), whole[1], _bounds(kendall),
        tuple(spearman.tolist()),
    )  # fmt: skip


def over_sets(found: Sequence[Agreement]) -> tuple[float, tuple[float, float]] | None:
    """Mean rank correlation over sets, and its interval, in which sets are drawn as well.

    None with fewer than two sets that have one.
    """
    there = [one for one in found if one.spearman is not None and one.resampled]
    if len(there) < 2:
        return None
    rng = np.random.default_rng(0)
    means = []
    for _ in range(ROUNDS):
        chosen = rng.integers(len(there), size=len(there))
        means.append(np.mean([rng.choice(there[i].resampled) for i in chosen.tolist()]))
    value = float(np.mean([one.spearman for one in there if one.spearman is not None]))
    return value, _bounds(np.array(means))


def _both(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Spearman's and Kendall's coefficient; 0 where one order is all ties."""
    from scipy.stats import kendalltau, spearmanr

    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return 0.0, 0.0
    return float(spearmanr(x, y).statistic), float(kendalltau(x, y).statistic)


def _bounds(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(values[np.isfinite(values)], [0.025, 0.975])
    return float(low), float(high)


def _resampled(
    common: Sequence[JudgedDetector], table: npt.NDArray[np.float64], there: str
) -> list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
    """Values there and here of the detectors of each round."""
    rng = np.random.default_rng(0)
    ordered = [[_Ordered(half) for half in one.halves] for one in common]
    units = [Units(half) for half in common[0].halves]
    size = sum(len(half.score) for half in common[0].halves)
    rounds = int(np.clip(MOST_VALUES // (size * len(common)), LEAST_ROUNDS, ROUNDS))
    found = []
    for _ in range(rounds):
        # The same accounts for all detectors of a round.
        many = [one.drawn(rng) for one in units]
        values = [
            float(np.mean([_MEASURES[there](o, m) for o, m in zip(halves, many, strict=True)]))
            for halves in ordered
        ]
        scenarios = rng.integers(table.shape[1], size=table.shape[1])
        figures = table[:, scenarios]
        # A detector without a figure in any drawn scenario keeps its own mean.
        none = np.isnan(figures).all(axis=1)
        figures[none] = np.nanmean(table[none], axis=1)[:, None]
        chosen = rng.integers(len(common), size=len(common))
        found.append((np.array(values)[chosen], np.nanmean(figures, axis=1)[chosen]))
    return found


class Units:
    """What is drawn with replacement: groups, and single accounts, sham and honest ones apart."""

    def __init__(self, half: HalfScores) -> None:
        self._accounts = len(half.score)
        self._sides = [
            (side, *np.unique(half.unit[side], return_inverse=True))
            for side in (~half.sham, half.sham)
        ]

    def drawn(self, rng: np.random.Generator) -> npt.NDArray[np.float64]:
        """Shape (accounts,): how often each account is drawn."""
        many = np.zeros(self._accounts)
        for side, unit, of in self._sides:
            times = np.bincount(rng.integers(len(unit), size=len(unit)), minlength=len(unit))
            many[side] = times[of]
        return many


class _Ordered:
    """Accounts in order of their scores, which does not change from round to round."""

    def __init__(self, half: HalfScores) -> None:
        self._order = np.argsort(-half.score, kind="stable")
        score, self._sham = half.score[self._order], half.sham[self._order]
        self._last = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)

    def found(
        self, many: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Sham and honest accounts at or above each score, accounts counted ``many`` times."""
        mass = many[self._order]
        sham = np.cumsum(np.where(self._sham, mass, 0.0))[self._last]
        honest = np.cumsum(np.where(self._sham, 0.0, mass))[self._last]
        return sham, honest


def _average_precision(ordered: _Ordered, many: npt.NDArray[np.float64]) -> float:
    """See `shamcrowd.benchmark.scoring.precision_curve.average_precision`."""
    sham, honest = ordered.found(many)
    step = np.diff(sham / sham[-1], prepend=0.0)
    return float((step * sham / np.maximum(sham + honest, 1.0)).sum())


def _recall(ordered: _Ordered, many: npt.NDArray[np.float64], rate: float) -> float:
    """See `shamcrowd.benchmark.scoring.roc.recall_at_fpr`."""
    sham, honest = ordered.found(many)
    allowed = honest <= rate * honest[-1] + 1e-9
    return float(sham[allowed].max(initial=0.0) / sham[-1])


_MEASURES: dict[str, Callable[[_Ordered, npt.NDArray[np.float64]], float]] = {
    "average-precision": _average_precision,
    "recall-at-0-1-percent": partial(_recall, rate=0.001),
    "recall-at-1-percent": partial(_recall, rate=0.01),
}
