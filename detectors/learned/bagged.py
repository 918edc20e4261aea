"""Bagging of boosted trees: several models, each fitted on a random part of the examples.

With a dozen labelled sham accounts a single model depends on individual ones of them; the mean of
several depends on them less.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.table import Feature
from shamcrowd.detectors.learned.trees import Trees
from shamcrowd.recording.units import Places

BAGS = 5
"""Number of models (assumed)."""
SHARE = 0.6
"""Share of the examples that each model is fitted on (assumed)."""


class BaggedTrees:
    """The mean log-odds of sham of several `Trees`, fitted on random parts of the examples.

    Paper: Breiman, Bagging Predictors, Machine Learning 1996
    (https://doi.org/10.1007/BF00058655); here without replacement.
    """

    def __init__(
        self,
        table: npt.NDArray[np.float64],
        sham: npt.NDArray[np.bool_],
        rising: Sequence[int] = (),
    ) -> None:
        """Fit on examples, with arguments as for `Trees`; each part has both classes."""
        rng = np.random.default_rng(0)
        self._trees = [
            Trees(table[part], sham[part], rising)
            for part in (_part(sham, rng) for _ in range(BAGS))
        ]

    def log_odds(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the mean of the natural logarithm of the odds of sham, shape (accounts,)."""
        odds: npt.NDArray[np.float64] = np.mean([t.log_odds(table) for t in self._trees], axis=0)
        return odds

    def reasons(self, table: npt.NDArray[np.float64], columns: Sequence[Feature]) -> list[str]:
        """Return reasons by the first model; see `Trees.reasons`."""
        return self._trees[0].reasons(table, columns)


def _part(sham: npt.NDArray[np.bool_], rng: np.random.Generator) -> Places:
    """Return positions of a random ``SHARE`` of each class, at least one of each, ascending.

    >>> _part(np.arange(10) < 5, np.random.default_rng(0)).size
    6
    """
    kinds = [np.flatnonzero(sham), np.flatnonzero(~sham)]
    drawn = [rng.permutation(kind)[: max(round(SHARE * len(kind)), 1)] for kind in kinds]
    return np.sort(np.concatenate(drawn))
