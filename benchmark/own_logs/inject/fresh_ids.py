"""New ids that a recording does not have yet."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

LAST = 2**31 - 1


class FreshIds:
    """Ids of one kind, drawn evenly from those not in use.

    >>> ids = FreshIds(np.array([1, 2, 3]), np.random.default_rng(0))
    >>> new = ids.of(np.array([10, 20, 10]))
    >>> bool(new[0] == new[2] != new[1]), bool((ids.of(np.array([20])) == new[1:2]).all())
    (True, True)
    """

    def __init__(self, used: npt.NDArray[np.int64], rng: np.random.Generator) -> None:
        self._used = np.unique(used)
        self._rng = rng
        self._known: dict[int, int] = {}

    def draw(self, many: int) -> npt.NDArray[np.int64]:
        """``many`` ids that are in use nowhere."""
        found = np.empty(0, np.int64)
        while len(found) < many:
            drawn = self._rng.integers(1, LAST, many - len(found) + 16)
            drawn = drawn[~np.isin(drawn, self._used)]
            _, first = np.unique(np.concatenate([found, drawn]), return_index=True)
            found = np.concatenate([found, drawn])[np.sort(first)]
        found = found[:many]
        self._used = np.union1d(self._used, found)
        return found

    def of(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """A new id for each old one, the same for the same."""
        once = [i for i in np.unique(ids).tolist() if i not in self._known]
        self._known |= dict(zip(once, self.draw(len(once)).tolist(), strict=True))
        return np.array([self._known[i] for i in ids.tolist()], np.int64)
