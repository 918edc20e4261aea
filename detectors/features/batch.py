"""New requests, sorted by account and time: what every part of the feature table adds up."""

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
"""Requests sorted at once: the more, the fewer times an account is come back to."""
ROWS_A_PART = 2**18
"""Rows added up at once: their columns stay in a processor's cache (assumed)."""


class Columns:
    """Columns of requests as numbers, each read once."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows
        self._read: dict[str, npt.NDArray[Any]] = {}

    def has(self, name: str) -> bool:
        """Was it asked for?"""
        return name in self._rows.column_names

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        """A column in the order of the log; moments in ms since 1970, words by their codes."""
        if name not in self._read:
            column = self._rows.column(name)
            if name == "time":
                column = column.cast("int64")
            if pa.types.is_dictionary(column.type):
                column = column.combine_chunks().indices
            self._read[name] = column.to_numpy()
        return self._read[name]

    def words(self, name: str) -> list[str]:
        """The words that the codes of a column stand for."""
        words: list[str] = self._rows.column(name).combine_chunks().dictionary.to_pylist()
        return words


@dataclass(frozen=True)
class RequestBatch:
    """Rows of requests by account, then time, then prompt.

    Rows of one account at one moment have no order of their own, so that their prompts order them,
    where the sketch is among the columns.

    Attributes:
        columns: the rows in the order of the log.
        order: shape (rows,), where each row of the batch lies there.
        time: shape (rows,), ms since 1970.
        first: shape (accounts in it,), the row at which each account begins.
        count: shape (accounts in it,), its rows.
        who: shape (accounts in it,), its place.
    """

    columns: Columns
    order: npt.NDArray[np.int64]
    time: Millis
    first: npt.NDArray[np.int64]
    count: npt.NDArray[np.int64]
    who: Places

    @classmethod
    def of(cls, rows: pa.Table, index: AccountIndex) -> RequestBatch:
        """Rows of requests, sorted."""
        columns = Columns(rows)
        time = columns["time"]
        tie = columns["sketch"] if columns.has("sketch") else time
        order, account, time = _ordered(columns["account"], time, tie)
        first = np.flatnonzero(begins(account))
        count = np.diff(first, append=len(account))
        # Looked up once an account and in order, which is much quicker than once a row.
        return cls(columns, order, time, first, count, index.of_ascending(account[first]))

    def parts(self) -> Iterator[RequestBatch]:
        """The batch in parts of about `ROWS_A_PART` rows; an account's rows stay together."""
        begin = np.flatnonzero(np.diff(self.first // ROWS_A_PART, prepend=-1))
        for a, b in pairwise([*begin.tolist(), len(self.first)]):
            low, high = int(self.first[a]), int(self.ends[b - 1]) + 1
            yield RequestBatch(
                self.columns, self.order[low:high], self.time[low:high],
                self.first[a:b] - low, self.count[a:b], self.who[a:b],
            )  # fmt: skip

    @cached_property
    def ends(self) -> npt.NDArray[np.int64]:
        """Shape (accounts in it,): the last row of each."""
        return self.first + self.count - 1

    @cached_property
    def place(self) -> Places:
        """Shape (rows,): place of the account of each row."""
        return np.repeat(self.who, self.count)

    def __len__(self) -> int:
        return len(self.order)

    @cached_property
    def sketch(self) -> npt.NDArray[np.uint64]:
        """Sketch of the prompt of each row: shape (rows,)."""
        sketch: npt.NDArray[np.uint64] = self.columns["sketch"][self.order]
        return sketch

    def column(self, name: str) -> npt.NDArray[np.int64]:
        """A column of numbers or ids, in the order of the batch."""
        values: npt.NDArray[np.int64] = self.columns[name][self.order]
        return values

    def words(self, name: str, seen: dict[str, int]) -> npt.NDArray[np.int64]:
        """Our own number for each word: those of a log's dictionaries may differ by review."""
        own = [seen.setdefault(word, len(seen)) for word in self.columns.words(name)]
        codes: npt.NDArray[np.int64] = np.array(own, np.int64)[self.column(name)]
        return codes

    def sums(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
        """Sum of a value over the rows of each account in it: shape (accounts in it,)."""
        total: npt.NDArray[np.float64] = np.add.reduceat(values, self.first, dtype=np.float64)
        return total

    def before(self, last: npt.NDArray[Any], values: npt.NDArray[T]) -> npt.NDArray[T]:
        """The value of each account's row before; for its first row here, what ``last`` holds.

        ``last``, shape (accounts,), is looked at only where there are rows: a part of a batch must
        not cost what all accounts cost.
        """
        shifted = np.roll(values, 1)
        shifted[self.first] = last[self.who]
        return shifted


def _ordered(
    account: AccountIds, time: Millis, tie: npt.NDArray[T]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The order by account, time and tie of rows in time order; account and time in that order.

    Account and row in one number are sorted by value, which is several times as fast as to sort
    rows by a key; only the few rows of one account at one moment are then looked at again.
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
    """The new requests in time order, a few million at a time; ``time`` and ``account`` needed."""
    for rows in log.new.pieces("requests", columns, ROWS_A_BATCH):
        if rows.num_rows:
            yield RequestBatch.of(rows, index)
