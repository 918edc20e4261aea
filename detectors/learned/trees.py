"""Gradient-boosted trees on an input table (LightGBM, extra ``ml``), with reasons."""

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
"""Many small trees, as there are few sham accounts and many correlated columns (assumed)."""
REASON_COLUMNS = 3
"""Columns named in a reason, at most."""
EXPLAINED, FEWEST_EXPLAINED = 0.03, 200
"""Share of the accounts that get a reason, and their least number (assumed). An operating point
flags one in a hundred honest accounts and some sham ones, and reasons are most of a review's
cost."""


def require_lightgbm(detector: str) -> None:
    """Check that the optional package is installed.

    Raises:
        MissingExtraError: with the install line.
    """
    try:
        import lightgbm  # noqa: F401
    except ImportError:
        raise MissingExtraError(f"{detector} needs LightGBM: pip install 'shamcrowd[ml]'") from None


def to_explain(score: npt.NDArray[np.float64]) -> Places:
    """Return positions of the accounts that get a reason: the highest scores, with ties.

    >>> to_explain(np.arange(10_000.0))[0]
    np.int64(9700)
    """
    many = max(round(EXPLAINED * len(score)), FEWEST_EXPLAINED)
    if many >= len(score):
        return np.arange(len(score))
    return np.flatnonzero(score >= np.partition(score, -many)[-many])


class Trees:
    """Gradient-boosted trees for the log-odds of sham.

    Paper: Ke et al., LightGBM, NeurIPS 2017
    (https://papers.nips.cc/paper/6907-lightgbm-a-highly-efficient-gradient-boosting-decision-tree).
    Columns that are constant in the examples are left out.
    """

    def __init__(
        self,
        table: npt.NDArray[np.float64],
        sham: npt.NDArray[np.bool_],
        rising: Sequence[int] = (),
    ) -> None:
        """Fit on examples.

        Args:
            table: shape (examples, columns), NaN where a value is missing.
            sham: shape (examples,), with both classes.
            rising: positions of columns in which the log-odds must not decrease (monotone).
        """
        import lightgbm

        filled = np.nan_to_num(table, nan=np.inf)
        self._kept = np.flatnonzero((filled != filled[:1]).any(axis=0))
        # A column may be all NaN: pandas returns NaN then, without a warning.
        self._usual = pd.DataFrame(table[~sham]).median().to_numpy()
        monotone = np.isin(self._kept, rising).astype(int).tolist()
        self._booster: Any = lightgbm.train(
            {**SETTINGS, "monotone_constraints": monotone},
            lightgbm.Dataset(table[:, self._kept], sham.astype(float)),
            TREES,
        )

    def log_odds(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the natural logarithm of the odds of sham, shape (accounts,)."""
        odds: npt.NDArray[np.float64] = self._booster.predict(
            self._rows(table), raw_score=True, num_threads=1
        )
        return odds

    def _rows(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        # Row-major, as prediction goes row by row; plain indexing would give column-major.
        return np.take(table, self._kept, axis=1)

    def reasons(self, table: npt.NDArray[np.float64], columns: Sequence[Feature]) -> list[str]:
        """Return a reason for each row: the columns that raise its log-odds most.

        Only the first columns of the table, those in ``columns``, are named.

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
