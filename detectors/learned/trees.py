"""Gradient-boosted trees (extra ``ml``: LightGBM), set up so that the same rows give the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from recording.errors import MissingExtraError

ROUNDS = 200
SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 30,
    "lambda_l2": 5.0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 0,
    "verbose": -1,
}
"""Small trees, slowly learned: a few hundred sham accounts teach no more (assumed, not tuned on
any scored seed). One thread and row-wise sums, so that the result is the same everywhere."""


def require_lightgbm(detector: str) -> None:
    """Refuse to make a detector whose extra is missing.

    Raises:
        MissingExtraError: with the install line.
    """
    try:
        import lightgbm  # noqa: F401
    except ImportError:
        raise MissingExtraError(f"{detector} needs LightGBM: pip install 'shamcrowd[ml]'") from None


class Trees:
    """An ensemble grown on rows of numbers and answers."""

    def __init__(self, table: npt.NDArray[np.float64], answer: npt.NDArray[np.bool_]) -> None:
        """Grow it on ``table`` (n, columns) and ``answer`` (n,), which holds both answers."""
        import lightgbm

        data = lightgbm.Dataset(table, answer.astype(np.float64))
        self._text = lightgbm.train(SETTINGS, data, ROUNDS).model_to_string()

    def __call__(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Log odds of each row, shape (n,)."""
        odds: npt.NDArray[np.float64] = self._booster.predict(table, raw_score=True, num_threads=1)
        return np.asarray(odds, np.float64)

    def shares(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """What each column adds to the log odds of each row: shape (n, columns).

        SHAP values of trees, Lundberg et al. 2020 (https://doi.org/10.1038/s42256-019-0138-9).
        """
        parts: npt.NDArray[np.float64] = self._booster.predict(
            table, pred_contrib=True, num_threads=1
        )
        return np.asarray(parts, np.float64)[:, :-1]

    @property
    def _booster(self) -> Any:
        # A booster does not survive pickling in every release; its text does.
        import lightgbm

        if not hasattr(self, "_grown"):
            self._grown = lightgbm.Booster(model_str=self._text)
        return self._grown

    def __getstate__(self) -> dict[str, str]:
        return {"_text": self._text}
