"""Converts the answer of a function or program (a series or a data frame) to findings."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import AccountIds

NEEDED = ("account", "score")
OPTIONAL = ("cluster", "reason")


def findings_of(answer: Any, known: AccountIds, default: float) -> Findings:
    """Convert an answer to findings for all accounts ``known``.

    Args:
        answer: a pandas series of scores with account ids as its index; or a data frame of
            pandas, polars, Arrow or another library that narwhals supports, with columns
            ``account`` and ``score`` and optionally ``cluster`` (integers, null for none) and
            ``reason``.
        known: shape (n,), ids of the accounts opened so far.
        default: score of accounts that the answer leaves out.

    Raises:
        DetectorError: if the answer is of another type, or a column is missing or of the wrong
            type. Scores that are not finite and accounts that are unknown or given twice are left
            to `Findings.checked`.

    >>> import pyarrow as pa
    >>> answer = pa.table({"account": [8], "score": [0.5], "reason": ["why"]})
    >>> found = findings_of(answer, np.array([9, 8], np.int32), 0.0)
    >>> found.account.tolist(), found.score.tolist(), found.reason
    ([8, 9], [0.5, 0.0], ['why', ''])
    """
    if isinstance(answer, pd.Series):
        answer = pd.DataFrame({"account": answer.index.to_numpy(), "score": answer.to_numpy()})
    try:
        frame = nw.from_native(answer, eager_only=True)
    except TypeError:
        raise DetectorError(
            f"the answer is a {type(answer).__name__}; return a series of scores by account, or a "
            "data frame of pandas, polars or Arrow with columns account and score"
        ) from None
    missing = [name for name in NEEDED if name not in frame.columns]
    strange = [name for name in frame.columns if name not in NEEDED + OPTIONAL]
    if missing or strange:
        raise DetectorError(
            f"the answer has columns {', '.join(frame.columns)}; it needs account and score, and "
            "may have cluster and reason"
        )
    account = _numbers(frame, "account", np.int64)
    score = _numbers(frame, "score", np.float64)
    out = np.setdiff1d(known, account)
    n = len(out)
    cluster: npt.NDArray[np.int64] | None = None
    reason: list[str] | None = None
    if "cluster" in frame.columns:
        given = _numbers(frame.with_columns(nw.col("cluster").fill_null(NO_CLUSTER)), "cluster")
        cluster = np.concatenate([given, np.full(n, NO_CLUSTER)]).astype(np.int64)
    if "reason" in frame.columns:
        reasons = frame["reason"].to_list()
        # A missing reason is None in one library and NaN in another.
        reason = [text if isinstance(text, str) else "" for text in reasons] + [""] * n
    whole = np.concatenate([account, out])
    if len(whole) and not (np.abs(whole) < 2**31).all():
        raise DetectorError(
            "the answer names accounts that no log can hold (ids of more than 32 bits)"
        )
    return Findings(
        whole.astype(np.int32), np.concatenate([score, np.full(n, default)]), cluster, reason
    )


def _numbers(
    frame: nw.DataFrame[Any], name: str, kind: type[np.generic] = np.int64
) -> npt.NDArray[Any]:
    """Return a column as numbers; raise if it holds text or, for integers, fractions."""
    column = frame[name]
    if not column.dtype.is_numeric():
        raise DetectorError(f"the answer's column {name} holds {column.dtype}, not numbers")
    values = np.asarray(column.to_numpy(), np.float64)
    if np.issubdtype(kind, np.integer) and not (values == np.floor(values)).all():
        raise DetectorError(f"the answer's column {name} must hold integers, none missing")
    return values.astype(kind)
