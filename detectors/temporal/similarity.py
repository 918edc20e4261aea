"""How alike accounts are by the tokens they have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse


@dataclass(frozen=True)
class Similar:
    """Pairs of accounts with a token in common, ``one`` before ``other``; each of shape (n,).

    ``common`` counts the tokens that both have, ``alike`` is the Jaccard of their tokens, in
    (0, 1].
    """

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    common: npt.NDArray[np.int64]
    alike: npt.NDArray[np.float64]


def jaccard(
    places: npt.NDArray[np.int64], tokens: npt.NDArray[np.int64], accounts: int, cap: int
) -> Similar:
    """Compare all accounts that meet on a token of ``cap`` accounts at most.

    ``places`` and ``tokens`` have shape (n,), each pair once; tokens are numbered from 0. Popular
    tokens bring nobody together, and still count for the union.

    Three of five tokens:

    >>> places, tokens = np.array([0, 0, 0, 0, 1, 1, 1, 1]), np.array([0, 1, 2, 3, 0, 1, 2, 4])
    >>> float(jaccard(places, tokens, 2, cap=10).alike[0])
    0.6
    """
    many = np.bincount(places, minlength=accounts)
    users = np.bincount(tokens)
    fit = (users[tokens] >= 2) & (users[tokens] <= cap)
    # Only accounts and tokens that can meet: the product is over them alone.
    who, row = _renumbered(places[fit])
    which, column = _renumbered(tokens[fit])
    use = sparse.csr_array(
        (np.ones(len(row), np.int32), (row, column)), shape=(len(who), len(which))
    )
    meet = sparse.coo_array(use @ use.T)
    upper = meet.row < meet.col
    one, other = who[meet.row[upper]], who[meet.col[upper]]
    common = meet.data[upper].astype(np.int64)
    return Similar(one, other, common, common / (many[one] + many[other] - common))


def _renumbered(
    numbers: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The distinct numbers, and the place of each among them; without a sort, for small ones."""
    there = np.zeros(int(numbers.max(initial=-1)) + 1, np.bool_)
    there[numbers] = True
    place = np.cumsum(there, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(there), place[numbers]
