"""Co-action weights: entities used by two accounts, weighted by the time between the uses."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from shamcrowd.recording.units import EntityIds, Millis, Places


def co_actions(
    places: Places,
    entities: EntityIds,
    time: Millis,
    accounts: int,
    decay: float,
    cap: int,
) -> sparse.csr_array:
    """Compute the weight of every pair of accounts: sum of exp(-decay * gap) / (k - 1).

    The sum is over shared entities; ``gap`` is the time between the two accounts' uses and ``k``
    the number of accounts of the entity. Without decay these are the weights of Newman, Scientific
    Collaboration Networks II, Physical Review E 64, 2001.

    Args:
        places: shape (n,), positions of accounts; each pair of account and entity is given once.
        entities: shape (n,), the entities.
        time: shape (n,), moment of use.
        accounts: number of accounts.
        decay: per unit of ``time``.
        cap: entities of more accounts are left out.

    Returns:
        Symmetric matrix, shape (accounts, accounts).

    Complexity: O(n log n + n * cap).

    >>> two = np.array([0, 1]), np.array([5, 5]), np.array([0, 10])
    >>> float(co_actions(*two, 2, decay=0.0, cap=9)[0, 1])
    1.0
    >>> float(co_actions(*two, 2, decay=0.1, cap=9)[0, 1]) == float(np.exp(-1))
    True
    """
    order = np.lexsort((places, time, entities))
    places, entities, time = places[order], entities[order], time[order]
    _, code, count = np.unique(entities, return_inverse=True, return_counts=True)
    fit = (count[code] >= 2) & (count[code] <= cap)
    places, code, time = places[fit], code[fit], time[fit]
    ends, weights = [np.empty((2, 0), np.int64)], [np.empty(0)]
    # Sorted by entity, so that the other accounts of an entity are in the next few rows.
    for lag in range(1, cap):
        here = np.flatnonzero(code[lag:] == code[:-lag])
        if not len(here):
            break
        there = here + lag
        ends.append(np.stack([places[here], places[there]]))
        weights.append(np.exp(-decay * (time[there] - time[here])) / (count[code[here]] - 1))
    one, other = np.concatenate(ends, axis=1)
    half = sparse.csr_array((np.concatenate(weights), (one, other)), shape=(accounts, accounts))
    return sparse.csr_array(half + half.T)
