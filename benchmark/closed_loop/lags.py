"""Time from the loss of an account to its replacement."""

from __future__ import annotations

from collections.abc import Iterable


def lags(losses: Iterable[int], sign_ups: Iterable[int]) -> list[int]:
    """Milliseconds from each loss to the first later sign-up not matched with an earlier loss.

    Both arguments are times in ms, in any order. Losses without such a sign-up are left out.

    >>> lags([10, 20, 90], [5, 25, 30, 31])
    [15, 10]
    """
    waiting: list[int] = []
    found = []
    # A sign-up in the same millisecond as a loss had begun before it, so it is no replacement.
    events = [*((t, 1) for t in losses), *((t, 0) for t in sign_ups)]
    for moment, lost in sorted(events):
        if lost:
            waiting.append(moment)
        elif waiting:
            found.append(moment - waiting.pop(0))
    return found
