"""Small numbers for what rows name: categories by their names, entities by their ids."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.plain_text import printable

Codes = npt.NDArray[np.int64]
NONE = -1
"""The code of a missing value."""


class Categories:
    """Names of a category over several files, in the order in which they come."""

    def __init__(self) -> None:
        self._code: dict[str, int] = {}

    @property
    def names(self) -> list[str]:
        """Names by code, safe to show."""
        return [printable(name) for name in self._code]

    def codes(self, column: pa.ChunkedArray) -> Codes:
        """The code of each value, `NONE` where it is missing.

        >>> held = Categories()
        >>> held.codes(pa.chunked_array([["b", None, "a", "b"]])).tolist(), held.names
        ([0, -1, 1, 0], ['b', 'a'])
        """
        whole = column.combine_chunks()
        if not pa.types.is_dictionary(whole.type):
            whole = whole.dictionary_encode()
        if isinstance(whole, pa.ChunkedArray):
            whole = whole.combine_chunks()
        known = [
            self._code.setdefault(str(n), len(self._code)) for n in whole.dictionary.to_pylist()
        ]
        at = whole.indices.fill_null(len(known)).to_numpy(zero_copy_only=False)
        found: Codes = np.array([*known, NONE], np.int64)[at]
        return found


def entity_codes(ids: npt.NDArray[Any], known: npt.NDArray[np.integer[Any]]) -> Codes:
    """Places of ids in the ascending array ``known``; `NONE` for one that is not there.

    >>> entity_codes(np.array([7.0, np.nan, 3.0]), np.array([3, 5, 7])).tolist()
    [2, -1, 0]
    """
    if not len(known):
        return np.full(len(ids), NONE, np.int64)
    plain = np.nan_to_num(ids, nan=-1.0) if ids.dtype.kind == "f" else ids
    wanted = plain.astype(np.int64)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, at, NONE)


def by_first_use(codes: Codes, many: int) -> tuple[Codes, Codes]:
    """Codes numbered again in the order of their first use, which packs far better.

    Returns:
        The new codes, and the old code of each new one, shape (many,); unused ones come last.

    >>> by_first_use(np.array([2, 2, 0, 2]), 3)[0].tolist()
    [0, 0, 1, 0]
    """
    used, first = np.unique(codes, return_index=True)
    first, used = first[used >= 0], used[used >= 0]
    order = np.concatenate([used[np.argsort(first)], np.setdiff1d(np.arange(many), used)])
    place = np.empty(many + 1, np.int64)
    place[order], place[NONE] = np.arange(many), NONE
    return place[codes], order
