"""Fixed attributes of entities, looked up by their ids."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


class StaticAttributes:
    """Numeric attributes of entities; position 0 holds the values of an unknown entity.

    Args:
        unknown: value of each attribute for an unknown entity.

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
        """Add entities that are not known yet, with all attributes."""
        self._ids = pd.Index(np.concatenate([self._ids.to_numpy(), ids]))
        for name, values in columns.items():
            self._columns[name] = np.concatenate([self._columns[name], values])

    def of(self, ids: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
        """Return the positions of entities, 0 for unknown ones.

        ``ids`` should have the dtype they were added in; for another the hash table is rebuilt.
        """
        places: npt.NDArray[np.intp] = self._ids.get_indexer(pd.Index(ids)) + 1
        return places
