"""Boosted trees on a table of evidence (extra ``ml``: LightGBM), and what speaks in them."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from shamcrowd.detectors.features.table import Feature
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.units import Places

TREES = 200
SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 20,
    "lambda_l2": 1.0,
    "feature_fraction": 0.5,
    "seed": 0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}
"""Small trees and many: few sham accounts, many columns that say the same (assumed)."""
REASON_COLUMNS = 3
"""Columns named in a reason."""
EXPLAINED, FEWEST_EXPLAINED = 0.03, 200
"""Share of the accounts that are given a reason, and how many at least (assumed): an operating
point flags one in a hundred of the innocent and some of the crowd, and reasons are most of the work
of a review."""


def require_lightgbm(detector: str) -> None:
    """Refuse to make a detector whose extra is missing.

    Raises:
        MissingExtraError: with the install line.
    """
    try:
        import lightgbm  # noqa: F401
    except ImportError:
        raise MissingExtraError(f"{detector} needs LightGBM: pip install 'shamcrowd[ml]'") from None


def to_explain(score: npt.NDArray[np.float64]) -> Places:
    """Places of the accounts that are given a reason: those of the highest scores, and ties.

    >>> to_explain(np.arange(10_000.0))[0]
    np.int64(9700)
    """
    many = max(round(EXPLAINED * len(score)), FEWEST_EXPLAINED)
    if many >= len(score):
        return np.arange(len(score))
    return np.flatnonzero(score >= np.partition(score, -many)[-many])


class Trees:
    """Gradient-boosted trees that give the log-odds of sham.

    Paper: Ke et al., LightGBM, NeurIPS 2017
    (https://papers.nips.cc/paper/6907-lightgbm-a-highly-efficient-gradient-boosting-decision-tree).
    Columns that do not vary among the examples are left out, so that they change nothing.
    """

    def __init__(
        self,
        table: npt.NDArray[np.float64],
        sham: npt.NDArray[np.bool_],
        rising: Sequence[int] = (),
    ) -> None:
        """Learn from examples.

        Args:
            table: shape (examples, columns), NaN where a value is missing.
            sham: shape (examples,), both kinds present.
            rising: columns in which more is never less suspicious, whatever the examples say.
        """
        import lightgbm

        filled = np.nan_to_num(table, nan=np.inf)
        self._kept = np.flatnonzero((filled != filled[:1]).any(axis=0))
        # A column may be NaN throughout: pandas gives NaN then, without a word.
        self._usual = pd.DataFrame(table[~sham]).median().to_numpy()
        monotone = np.isin(self._kept, rising).astype(int).tolist()
        self._booster: Any = lightgbm.train(
            {**SETTINGS, "monotone_constraints": monotone},
            lightgbm.Dataset(table[:, self._kept], sham.astype(float)),
            TREES,
        )

    def log_odds(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Shape (accounts,): natural logarithm of the odds of sham."""
        odds: npt.NDArray[np.float64] = self._booster.predict(
            self._rows(table), raw_score=True, num_threads=1
        )
        return odds

    def _rows(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        # Row after row in memory, as the trees are asked; indexing would leave columns.
        return np.take(table, self._kept, axis=1)

    def reasons(self, table: npt.NDArray[np.float64], columns: Sequence[Feature]) -> list[str]:
        """For each row the columns that raise its log-odds most, in plain terms.

        ``columns`` are the first of the table's; only they are told.

        By SHAP values of the trees: Lundberg et al., Nature Machine Intelligence 2020
        (https://doi.org/10.1038/s42256-019-0138-9).
        """
        if not len(table):
            return []
        shares = self._booster.predict(self._rows(table), pred_contrib=True, num_threads=1)
        raised = np.where(self._kept < len(columns), shares[:, :-1], 0.0)
        most = np.argsort(-raised, axis=1, kind="stable")[:, :REASON_COLUMNS]
        raised, most = np.take_along_axis(raised, most, axis=1), self._kept[most]
        values = np.take_along_axis(table, most, axis=1)
        usual = [
            _usually(column, value)
            for column, value in zip(columns, self._usual[: len(columns)], strict=True)
        ]
        return [
            "; ".join(
                f"{columns[c].label}: none"
                if isnan(v)
                else f"{columns[c].label}: {columns[c].formatted(v)}{usual[c]}"
                for c, v, share in zip(*row, strict=True)
                if share > 0
            )
            for row in zip(most.tolist(), values.tolist(), raised.tolist(), strict=True)
        ]


def _usually(feature: Feature, value: float) -> str:
    return "" if np.isnan(value) else f" (usually {feature.formatted(value)})"
