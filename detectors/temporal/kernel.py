"""How much accounts act together: entities used by both, weighed by the time between."""

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
    """Symmetric weights, shape (accounts, accounts): sum of exp(-decay * gap) / (k - 1) by entity.

    ``places``, ``entities`` and ``time`` have shape (n,), each pair of account and entity once;
    ``gap`` is in units of ``time``, ``k`` the number of accounts that use the entity. Entities of
    more than ``cap`` accounts are left out. Without decay these are the weights of Newman,
    Scientific Collaboration Networks II, Physical Review E 64, 2001.

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
    # Sorted by entity: the partners of an account on it are the next few rows.
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
