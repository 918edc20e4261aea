"""What a function or a program answers, made into findings: a series, or a frame of any library."""

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
    """Findings for the accounts ``known``; those that the answer leaves out get ``default``.

    Args:
        answer: a pandas series of scores with accounts as its index; or a frame of pandas,
            polars, Arrow or another library that narwhals knows, with columns ``account`` and
            ``score`` and, if it likes, ``cluster`` (whole numbers, null for none) and ``reason``.
        known: shape (n,), accounts opened so far.
        default: score of accounts left out.

    Raises:
        DetectorError: if it is neither, or a column is missing or of another type. What breaks the
            contract of findings (NaN, unknown or double accounts) is left for its own check.

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
            f"the answer is a {type(answer).__name__}; give a series of scores by account, or a "
            "frame of pandas, polars or Arrow with columns account and score"
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
        words = frame["reason"].to_list()
        # Missing words are None in one library and NaN in another.
        reason = [word if isinstance(word, str) else "" for word in words] + [""] * n
    whole = np.concatenate([account, out])
    if len(whole) and not (np.abs(whole) < 2**31).all():
        raise DetectorError("the answer names accounts that no log can hold (over 32 bits)")
    return Findings(
        whole.astype(np.int32), np.concatenate([score, np.full(n, default)]), cluster, reason
    )


def _numbers(
    frame: nw.DataFrame[Any], name: str, kind: type[np.generic] = np.int64
) -> npt.NDArray[Any]:
    """A column as numbers, refused if it holds words or, for whole numbers, fractions."""
    column = frame[name]
    if not column.dtype.is_numeric():
        raise DetectorError(f"the answer's column {name} holds {column.dtype}, not numbers")
    values = np.asarray(column.to_numpy(), np.float64)
    if np.issubdtype(kind, np.integer) and not (values == np.floor(values)).all():
        raise DetectorError(f"the answer's column {name} must hold whole numbers, none missing")
    return values.astype(kind)
