"""How fast lost accounts are replaced."""

from __future__ import annotations

from collections.abc import Iterable


def lags(losses: Iterable[int], sign_ups: Iterable[int]) -> list[int]:
    """From each loss to the first sign-up after it that no earlier loss has taken.

    Both are moments in ms, in any order; losses that find no sign-up are left out.

    >>> lags([10, 20, 90], [5, 25, 30, 31])
    [15, 10]
    """
    waiting: list[int] = []
    found = []
    # A sign-up at the very moment of a loss was under way before.
    events = [*((t, 1) for t in losses), *((t, 0) for t in sign_ups)]
    for moment, lost in sorted(events):
        if lost:
            waiting.append(moment)
        elif waiting:
            found.append(moment - waiting.pop(0))
    return found
