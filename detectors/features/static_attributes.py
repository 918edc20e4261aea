"""What the platform knows of entities, looked up by their ids."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


class StaticAttributes:
    """Columns of numbers, a place for each entity; place 0 is that of an entity nobody knows.

    >>> attributes = StaticAttributes(block=-1)
    >>> attributes.add(np.array([70, 5], np.int32), block=np.array([2, 3]))
    >>> attributes["block"][attributes.of(np.array([5, 6, 70], np.int32))].tolist()
    [3, -1, 2]
    """

    def __init__(self, **unknown: float) -> None:
        self._ids = pd.Index(np.empty(0, np.int32))
        self._columns = {name: np.array([value]) for name, value in unknown.items()}

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self._columns[name]

    def add(self, ids: npt.NDArray[np.integer], **columns: npt.NDArray[Any]) -> None:
        """Take in entities not known yet, with every column."""
        self._ids = pd.Index(np.concatenate([self._ids.to_numpy(), ids]))
        for name, values in columns.items():
            self._columns[name] = np.concatenate([self._columns[name], values])

    def of(self, ids: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
        """Places of entities, of the type that they were added in: for another the table of ids is
        made anew.
        """
        places: npt.NDArray[np.intp] = self._ids.get_indexer(pd.Index(ids)) + 1
        return places
