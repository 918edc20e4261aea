"""Text made of numbers, for many rows at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt


def each_text(
    numbers: npt.NDArray[np.int64], text: Callable[[int], str]
) -> npt.NDArray[np.object_]:
    """``text(n)`` of every number, made once for all equal ones; same shape (n,).

    >>> each_text(np.array([7, 3, 7]), "block {}".format).tolist()
    ['block 7', 'block 3', 'block 7']
    """
    distinct, at = np.unique(numbers, return_inverse=True)
    return np.array([text(n) for n in distinct.tolist()], object)[at]
