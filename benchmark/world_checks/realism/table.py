"""Turns a table of requests into traffic, or reports what is wrong with its columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.benchmark.world_checks.realism.grouping import Floats, Ints
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic
from shamcrowd.recording.errors import NothingToJudgeError, UsageError

REQUIRED = ("timestamp", "client")
OPTIONAL = ("input_tokens", "output_tokens", "conversation")
WEEK = 7 * 86_400
MONDAY = 4 * 86_400
"""The first Monday after 1970-01-01, which was a Thursday."""
UNDATED = 315_360_000.0
"""Seconds below ten years count from an unknown time instead of 1970."""
MILLISECONDS = 1e11
"""Seconds over this are milliseconds or finer: the year 5138."""


def as_traffic(table: pa.Table, source: str) -> RequestTraffic:
    """Requests in time order. ``source`` is named in errors.

    Raises:
        UsageError: if a column is missing or holds what it must not.
        NothingToJudgeError: if the table is empty.
    """
    missing = [name for name in REQUIRED if name not in table.column_names]
    if missing:
        raise UsageError(
            f"{source}: no column {' or '.join(missing)}; rename yours: "
            f"{', '.join(REQUIRED)}, and if there are any {', '.join(OPTIONAL)}"
        )
    twice = [name for name in (*REQUIRED, *OPTIONAL) if table.column_names.count(name) > 1]
    if twice:
        raise UsageError(f"{source}: two columns are called {twice[0]}; drop or rename one")
    if not table.num_rows:
        raise NothingToJudgeError(f"{source}: no legitimate request; give a table with rows")
    ids = {n: _ids(table.column(n)) for n in ("client", "conversation") if n in table.column_names}
    for name, column in (("timestamp", table.column("timestamp")), ("client", ids["client"])):
        empty = column.null_count
        if empty:
            raise UsageError(f"{source}: column {name} has {empty:,} empty values; drop those rows")
    time, origin = _time(table.column("timestamp"), source)
    order = np.argsort(time, kind="stable")
    return RequestTraffic(
        source=source,
        origin=origin,
        time=time[order],
        client=_codes(ids["client"])[order],
        input=_tokens(table, "input_tokens", source, order),
        output=_tokens(table, "output_tokens", source, order),
        conversation=_codes(ids["conversation"])[order] if "conversation" in ids else None,
    )


def _time(column: pa.ChunkedArray, source: str) -> tuple[Floats, int | None]:
    """Seconds since a Monday, and that Monday in seconds since 1970 (None: unknown)."""
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        seconds = column.cast(pa.float64()).to_numpy()
        if not np.isfinite(seconds).all():
            raise UsageError(
                f"{source}: column timestamp has values that are not numbers; drop those rows"
            )
        if seconds.max() > MILLISECONDS:
            raise UsageError(
                f"{source}: column timestamp reaches {seconds.max():.0f}, which is not in seconds; "
                "divide to seconds, or give dates"
            )
        if seconds.max() < UNDATED:
            return seconds - seconds.min() // WEEK * WEEK, None
        origin = _monday(float(seconds.min()))
        return seconds - origin, origin
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        column = _parsed(column, source)
    elif not pa.types.is_timestamp(kind):
        raise UsageError(
            f"{source}: column timestamp holds {kind}; give dates with time, or seconds"
        )
    # Whole microseconds less a whole number of seconds: exact, which floats since 1970 are not.
    micros = column.cast(pa.timestamp("us", column.type.tz), safe=False).cast(pa.int64()).to_numpy()
    origin = _monday(float(micros.min() // 1_000_000))
    return (micros - origin * 1_000_000) / 1e6, origin


def _monday(seconds: float) -> int:
    """The last Monday, 00:00 UTC, at or before ``seconds`` since 1970.

    >>> _monday(5 * 86_400.0) // 86_400, _monday(11 * 86_400.0) // 86_400
    (4, 11)
    """
    return int((seconds - MONDAY) // WEEK) * WEEK + MONDAY


def _parsed(column: pa.ChunkedArray, source: str) -> pa.ChunkedArray:
    import pandas as pd

    try:
        dates = pd.to_datetime(column.to_pandas(), utc=True, format="ISO8601")
    except (ValueError, TypeError) as fault:
        raise UsageError(
            f"{source}: column timestamp cannot be read ({str(fault).splitlines()[0]}); "
            "write dates as 2026-03-02T09:30:00Z, or give seconds"
        ) from fault
    return pa.chunked_array([pa.array(dates)])


def _ids(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of plain values, empty where there is none: a float's NaN is no id."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
    return column


def _codes(column: pa.ChunkedArray) -> Ints:
    """Codes 0 to k - 1 of what is in the column, -1 where it is empty."""
    indices = column.combine_chunks().dictionary_encode().indices
    codes: Ints = pc.fill_null(indices, -1).to_numpy().astype(np.int64)
    return codes


def _tokens(table: pa.Table, name: str, source: str, order: npt.NDArray[np.intp]) -> Floats | None:
    if name not in table.column_names:
        return None
    column = table.column(name)
    kind = column.type
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_null(kind)):
        raise UsageError(f"{source}: column {name} holds {kind}; give numbers")
    tokens: Floats = column.cast(pa.float64()).to_numpy()[order]
    return tokens
