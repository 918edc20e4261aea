"""New requests sorted by account and time, from which features are computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.detectors.features.index import ROWS_AT_A_TIME, AccountIndex, begins
from shamcrowd.recording.units import AccountIds, Millis, Places
from shamcrowd.recording.view import LogView

T = TypeVar("T", np.int64, np.uint64)
COLUMNS = (
    "time",
    "account",
    "conversation",
    "address",
    "client",
    "model",
    "topic",
    "sketch",
    "input_tokens",
    "output_tokens",
    "status",
)


ROWS_A_BATCH = 4 * ROWS_AT_A_TIME
"""Requests sorted at once: with more rows an account is processed fewer times."""
ROWS_A_PART = 2**18
"""Rows summed at once, so that their columns stay in the processor's cache (assumed)."""


class Columns:
    """Columns of requests as numeric arrays, each converted once."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows
        self._read: dict[str, npt.NDArray[Any]] = {}

    def has(self, name: str) -> bool:
        """Return whether the column was read."""
        return name in self._rows.column_names

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        """A column in the order of the log: moments as ms since 1970, categories as codes."""
        if name not in self._read:
            column = self._rows.column(name)
            if name == "time":
                column = column.cast("int64")
            if pa.types.is_dictionary(column.type):
                column = column.combine_chunks().indices
            self._read[name] = column.to_numpy()
        return self._read[name]

    def categories(self, name: str) -> list[str]:
        """Return the names of the codes of a category column."""
        names: list[str] = self._rows.column(name).combine_chunks().dictionary.to_pylist()
        return names


@dataclass(frozen=True)
class RequestBatch:
    """Rows of requests, sorted by account, then time, then prompt sketch.

    Rows of one account at one moment have no order in the log; their sketches order them if that
    column was read.

    Attributes:
        columns: the rows in the order of the log.
        order: shape (rows,), position of each row in ``columns``.
        time: shape (rows,), ms since 1970.
        first: shape (accounts in the batch,), position of the first row of each account.
        count: shape (accounts in the batch,), number of rows of each account.
        who: shape (accounts in the batch,), position of each account in the index.
    """

    columns: Columns
    order: npt.NDArray[np.int64]
    time: Millis
    first: npt.NDArray[np.int64]
    count: npt.NDArray[np.int64]
    who: Places

    @classmethod
    def of(cls, rows: pa.Table, index: AccountIndex) -> RequestBatch:
        """Sort rows of requests."""
        columns = Columns(rows)
        time = columns["time"]
        tie = columns["sketch"] if columns.has("sketch") else time
        order, account, time = _ordered(columns["account"], time, tie)
        first = np.flatnonzero(begins(account))
        count = np.diff(first, append=len(account))
        # One lookup per account, in order of the ids, is much faster than one per row.
        return cls(columns, order, time, first, count, index.of_ascending(account[first]))

    def parts(self) -> Iterator[RequestBatch]:
        """Yield the batch in parts of about `ROWS_A_PART` rows; an account's rows stay together."""
        begin = np.flatnonzero(np.diff(self.first // ROWS_A_PART, prepend=-1))
        for a, b in pairwise([*begin.tolist(), len(self.first)]):
            low, high = int(self.first[a]), int(self.ends[b - 1]) + 1
            yield RequestBatch(
                self.columns, self.order[low:high], self.time[low:high],
                self.first[a:b] - low, self.count[a:b], self.who[a:b],
            )  # fmt: skip

    @cached_property
    def ends(self) -> npt.NDArray[np.int64]:
        """Shape (accounts in the batch,): position of the last row of each account."""
        return self.first + self.count - 1

    @cached_property
    def place(self) -> Places:
        """Shape (rows,): position of each row's account in the index."""
        return np.repeat(self.who, self.count)

    def __len__(self) -> int:
        return len(self.order)

    @cached_property
    def sketch(self) -> npt.NDArray[np.uint64]:
        """Shape (rows,): prompt sketch of each row."""
        sketch: npt.NDArray[np.uint64] = self.columns["sketch"][self.order]
        return sketch

    def column(self, name: str) -> npt.NDArray[np.int64]:
        """Return a column of numbers or ids in the order of the batch."""
        values: npt.NDArray[np.int64] = self.columns[name][self.order]
        return values

    def codes(self, name: str, seen: dict[str, int]) -> npt.NDArray[np.int64]:
        """Return the code of each row's category in ``seen``, to which new categories are added.

        The codes in the log are not used, as they may differ from review to review.
        """
        own = [seen.setdefault(category, len(seen)) for category in self.columns.categories(name)]
        codes: npt.NDArray[np.int64] = np.array(own, np.int64)[self.column(name)]
        return codes

    def sums(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
        """Return the sum of a value over each account's rows: shape (accounts in the batch,)."""
        total: npt.NDArray[np.float64] = np.add.reduceat(values, self.first, dtype=np.float64)
        return total

    def before(self, last: npt.NDArray[Any], values: npt.NDArray[T]) -> npt.NDArray[T]:
        """Return for each row the value of the same account's previous row.

        Args:
            last: shape (all accounts,), value of each account's last row before this batch; read
                for accounts in the batch only, so that the cost does not grow with all accounts.
            values: shape (rows,).
        """
        shifted = np.roll(values, 1)
        shifted[self.first] = last[self.who]
        return shifted


def _ordered(
    account: AccountIds, time: Millis, tie: npt.NDArray[T]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Sort rows, which are in time order, by account, time and tie.

    Account and row number packed into one integer and sorted by value are several times as fast as
    an argsort. Only the few rows of one account at one moment are then sorted again.

    Returns:
        The order, and accounts and times in that order.
    """
    packed = account.astype(np.int64) << 32
    packed |= np.arange(len(packed))
    packed.sort()
    order = packed & 0xFFFFFFFF
    packed >>= 32
    moment = time[order]
    same = ~(begins(packed) | begins(moment))
    if same.any():
        rows = np.flatnonzero(same | np.append(same[1:], False))
        held = order[rows]
        order[rows] = held[np.lexsort((tie[held], moment[rows], packed[rows]))]
    return order, packed, moment


def batches(
    log: LogView, index: AccountIndex, columns: Sequence[str] = COLUMNS
) -> Iterator[RequestBatch]:
    """Yield the new requests in time order, a few million at a time.

    ``columns`` must contain ``time`` and ``account``.
    """
    for rows in log.new.pieces("requests", columns, ROWS_A_BATCH):
        if rows.num_rows:
            yield RequestBatch.of(rows, index)
