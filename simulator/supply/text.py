"""Text built from numbers, for many rows at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt


def each_text(
    numbers: npt.NDArray[np.int64], text: Callable[[int], str]
) -> npt.NDArray[np.object_]:
    """Return ``text(n)`` for every number, computed once per distinct value; same shape (n,).

    >>> each_text(np.array([7, 3, 7]), "block {}".format).tolist()
    ['block 7', 'block 3', 'block 7']
    """
    distinct, at = np.unique(numbers, return_inverse=True)
    return np.array([text(n) for n in distinct.tolist()], object)[at]
