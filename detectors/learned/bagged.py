"""Several boosted trees, each taught on a part of the examples: what few labels say by luck, fades.

Where a platform names a dozen sham accounts, one set of trees hangs on single ones of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.table import Feature
from shamcrowd.detectors.learned.trees import Trees
from shamcrowd.recording.units import Places

BAGS = 5
SHARE = 0.6
"""Of the examples that each set of trees is taught on (both assumed)."""


class BaggedTrees:
    """The mean log-odds of sham of `Trees` on random parts of the examples.

    Paper: Breiman, Bagging Predictors, Machine Learning 1996
    (https://doi.org/10.1007/BF00058655); here without replacement.
    """

    def __init__(
        self,
        table: npt.NDArray[np.float64],
        sham: npt.NDArray[np.bool_],
        rising: Sequence[int] = (),
    ) -> None:
        """Learn from examples, given as to `Trees`; each part holds some of both kinds."""
        rng = np.random.default_rng(0)
        self._trees = [
            Trees(table[part], sham[part], rising)
            for part in (_part(sham, rng) for _ in range(BAGS))
        ]

    def log_odds(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Shape (accounts,): mean of the natural logarithm of the odds of sham."""
        odds: npt.NDArray[np.float64] = np.mean([t.log_odds(table) for t in self._trees], axis=0)
        return odds

    def reasons(self, table: npt.NDArray[np.float64], columns: Sequence[Feature]) -> list[str]:
        """What speaks in the first set of trees, as `Trees.reasons`."""
        return self._trees[0].reasons(table, columns)


def _part(sham: npt.NDArray[np.bool_], rng: np.random.Generator) -> Places:
    """Places of ``SHARE`` of each kind, one of it at least, in their order.

    >>> _part(np.arange(10) < 5, np.random.default_rng(0)).size
    6
    """
    kinds = [np.flatnonzero(sham), np.flatnonzero(~sham)]
    drawn = [rng.permutation(kind)[: max(round(SHARE * len(kind)), 1)] for kind in kinds]
    return np.sort(np.concatenate(drawn))
