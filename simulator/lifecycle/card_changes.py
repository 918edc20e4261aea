"""Cards that expire, are lost or are reissued, and the cards that follow them.

About 40 % of cards are replaced in a year (Digital Applied, 2026). Virtual cards are valid for a
month (threat model L9).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, NEVER, Millis

MOST = 3
"""Most replacements of an account's card that are followed."""
YEARLY = 0.4
"""Replacements a year of an ordinary card (source above; not all owners tell the platform)."""
VIRTUAL_DAYS = 30.0
VIRTUAL_SIGMA = 0.25
"""Validity of a virtual card: median days, and sigma of the logarithm (assumed around a month)."""


def card_changes(
    rng: np.random.Generator,
    since: Millis,
    until: Millis,
    virtual: npt.NDArray[np.bool_],
    start: int,
) -> Millis:
    """Draw when the cards of n accounts are replaced.

    Of replacements before ``start``, only the last one counts: nothing depends on the others.

    Args:
        rng: random stream.
        since: shape (n,), when the first card was added, ms; NEVER: there is none.
        until: shape (n,), when the owner has left for good, ms.
        virtual: shape (n,), pays by virtual card.
        start: first moment of the recording, ms.

    Returns:
        Shape (n, `MOST`), ascending, ms; NEVER where there are fewer.
    """
    count = len(since)
    owned = since < NEVER
    age = np.maximum(start - np.where(owned, since, start), 0) / MS_PER_DAY
    mean = np.where(virtual, VIRTUAL_DAYS, 365.25 / YEARLY)
    # Replacements form a renewal process; seen back from ``start``, the last one is as far away.
    back = np.where(virtual, mean * rng.random(count), rng.exponential(1.0, count) * mean)
    past = np.where(back < age, start - (back * MS_PER_DAY).astype(np.int64), NEVER)
    times = np.full((count, MOST), NEVER, np.int64)
    times[:, 0] = past
    last = np.where(past < NEVER, past, np.where(owned, since, NEVER))
    for number in range(1, MOST):
        month = VIRTUAL_DAYS * np.exp(VIRTUAL_SIGMA * rng.standard_normal(count))
        days = np.where(virtual, month, rng.exponential(1.0, count) * mean)
        wait = np.minimum(days, 1e5) * MS_PER_DAY
        # A card that is older than a month has run out at a moment that nobody has noted.
        base = np.where(virtual & (last + wait > start), last, np.maximum(last, start))
        last = np.where(last < NEVER, base + wait.astype(np.int64), NEVER)
        times[:, number] = last
    times[(times >= until[:, None]) | ~owned[:, None]] = NEVER
    return np.sort(times, axis=1)
