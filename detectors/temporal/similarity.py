"""How alike accounts are by the tokens they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.shared_pairs import shared_pairs
from shamcrowd.recording.units import Places


@dataclass(frozen=True)
class SimilarPairs:
    """Pairs of accounts with a token in common, ``one`` before ``other``; each of shape (n,).

    Sorted by both. ``common`` counts the tokens that both have, ``alike`` is the Jaccard of their
    tokens, in (0, 1].
    """

    one: Places
    other: Places
    common: npt.NDArray[np.int64]
    alike: npt.NDArray[np.float64]


def jaccard(
    parts: Iterable[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]], accounts: int, cap: int
) -> Iterator[SimilarPairs]:
    """Compare all accounts that meet on a token of ``cap`` accounts at most.

    A part is some of the tokens: ``places``, shape (n,), the accounts of each token one after the
    other, ascending within a token; ``users``, shape (tokens,), how many each has. Popular tokens
    bring nobody together, and still count for the union. Pairs come some accounts' at a time, in
    order.

    Time and memory: a sort of the meetings, at most n * cap / 2, some accounts' at a time.

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
