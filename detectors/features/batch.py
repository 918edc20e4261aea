"""New requests, sorted by account and time: what every part of the feature table adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detectors.features.index import ROWS_AT_A_TIME, AccountIndex
from recording.view import LogView

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


class Batch:
    """Rows of requests by account, then time, then prompt.

    Rows of one account at one moment have no order of their own, so that their prompts order them,
    where the sketch is among the columns.

    Attributes:
        place: shape (rows,), place of the account of each row.
        time: shape (rows,), ms since 1970.
        first: shape (accounts in it,), the row at which each account begins.
        ends: shape (accounts in it,), its last row.
        who: shape (accounts in it,), its place.
    """

    def __init__(self, rows: pa.Table, index: AccountIndex) -> None:
        self._rows = rows
        account = rows.column("account").to_numpy()
        time = rows.column("time").cast("int64").to_numpy()
        tie = rows.column("sketch").to_numpy() if "sketch" in rows.column_names else time
        self._order = _order(account, time, tie)
        self.time, account = time[self._order], account[self._order]
        self.first = np.flatnonzero(np.diff(account, prepend=-1))
        self.count = np.diff(self.first, append=len(account))
        self.ends = self.first + self.count - 1
        # Looked up once an account and in order, which is much quicker than once a row.
        self.who = index.of(account[self.first])
        self.place = np.repeat(self.who, self.count)

    def __len__(self) -> int:
        return len(self.place)

    @cached_property
    def sketch(self) -> npt.NDArray[np.uint64]:
        """Sketch of the prompt of each row: shape (rows,)."""
        values: npt.NDArray[np.uint64] = self._rows.column("sketch").to_numpy()
        return values[self._order]

    def column(self, name: str) -> npt.NDArray[np.int64]:
        """A column of numbers or ids, in the order of the batch."""
        values: npt.NDArray[np.int64] = self._rows.column(name).to_numpy()
        return values[self._order]

    def words(self, name: str, seen: dict[str, int]) -> npt.NDArray[np.int64]:
        """Our own number for each word: those of a log's dictionaries may differ by review."""
        encoded = self._rows.column(name).combine_chunks()
        own = [seen.setdefault(word, len(seen)) for word in encoded.dictionary.to_pylist()]
        codes: npt.NDArray[np.int64] = np.array(own, np.int64)[encoded.indices.to_numpy()]
        return codes[self._order]

    def sums(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
        """Sum of a value over the rows of each account in it: shape (accounts in it,)."""
        total: npt.NDArray[np.float64] = np.add.reduceat(values, self.first, dtype=np.float64)
        return total

    def before(self, last: npt.NDArray[T], values: npt.NDArray[T]) -> npt.NDArray[T]:
        """The value of each account's row before; for its first row here, what ``last`` holds."""
        shifted = np.roll(values, 1)
        shifted[self.first] = last[self.who]
        return shifted


def _order(
    account: npt.NDArray[np.int32], time: npt.NDArray[np.int64], tie: npt.NDArray[T]
) -> npt.NDArray[np.int64]:
    """By account, time and tie. One packed key sorts all but the few rows of one moment."""
    after = time - time.min()
    if after.max() >= 2**32:
        return np.lexsort((tie, time, account))
    packed = (account.astype(np.int64) << 32) | after
    order: npt.NDArray[np.int64] = np.argsort(packed)
    packed = packed[order]
    same = packed[1:] == packed[:-1]
    if same.any():
        rows = np.flatnonzero(np.append(same, False) | np.append(False, same))
        held = order[rows]
        order[rows] = held[np.lexsort((tie[held], packed[rows]))]
    return order


def batches(log: LogView, index: AccountIndex, columns: Sequence[str] = COLUMNS) -> Iterator[Batch]:
    """The new requests in time order, a few million at a time; ``time`` and ``account`` needed."""
    for rows in log.new.pieces("requests", columns, ROWS_AT_A_TIME):
        if rows.num_rows:
            yield Batch(rows, index)
