"""Jaccard similarity of accounts by the tokens they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.shared_pairs import shared_pairs
from shamcrowd.recording.units import Places


@dataclass(frozen=True)
class SimilarPairs:
    """Pairs of accounts that share a token, unique and sorted by both accounts.

    Attributes:
        one: shape (n,), position of an account.
        other: shape (n,), position of another, greater than ``one``.
        common: shape (n,), number of shared tokens.
        alike: shape (n,), Jaccard similarity of their sets of tokens, in (0, 1].
    """

    one: Places
    other: Places
    common: npt.NDArray[np.int64]
    alike: npt.NDArray[np.float64]


def jaccard(
    parts: Iterable[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]], accounts: int, cap: int
) -> Iterator[SimilarPairs]:
    """Yield the Jaccard similarity of all pairs of accounts that share a token.

    Time and memory: a sort of the pairs, at most n * cap / 2, a block of accounts at a time.

    Args:
        parts: the tokens, some at a time. Each part is a pair of arrays: positions of the accounts
            of each token, one token after the other and ascending within a token, shape (n,); and
            the number of accounts of each token, shape (tokens,).
        accounts: number of accounts.
        cap: tokens of more accounts do not link accounts, but count for the union of the sets.

    Yields:
        Pairs, a block of accounts at a time, in order.

    Three of five tokens:

    >>> places, users = np.array([0, 1, 0, 1, 0, 1, 0, 1]), np.array([2, 2, 2, 1, 1])
    >>> float(next(jaccard([(places, users)], 2, cap=10)).alike[0])
    0.6
    """
    many = np.zeros(accounts, np.int32)
    kept, kept_users = [np.empty(0, np.int32)], [np.empty(0, np.int64)]
    for places, users in parts:
        np.add.at(many, places, np.int32(1))
        fit = (users >= 2) & (users <= cap)
        kept.append(places[np.repeat(fit, users)].astype(np.int32))
        kept_users.append(users[fit])
    places, users = np.concatenate(kept), np.concatenate(kept_users)
    for pairs in shared_pairs(places, users, np.zeros(len(users), np.int16), accounts):
        either = many[pairs.one] + many[pairs.other] - pairs.common
        yield SimilarPairs(pairs.one, pairs.other, pairs.common, pairs.common / either)
