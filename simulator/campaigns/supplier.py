"""Who sells supply to campaigns: those who share one share what they learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.holdings import Holdings


class Supplier:
    """What customers know together: accounts and losses of all, and changes told to all.

    ``customers`` are the holdings of campaigns; ``moods`` counts changes of behaviour.
    """

    def __init__(self) -> None:
        self.customers: list[Holdings] = []
        self.behaviour_changes = 0
        self._announced: list[tuple[int, tuple[str, ...]]] = []

    def announce(self, ready: int, what: tuple[str, ...]) -> None:
        """Let everybody make a change from a moment (ms) on."""
        self.behaviour_changes += what[0].startswith("behave")
        self._announced.append((ready, what))

    def pending(self, now: int) -> bool:
        """Is a change on its way at a moment (ms)?"""
        return bool(self._announced) and self._announced[-1][0] > now

    def changes(self, now: int) -> list[tuple[str, ...]]:
        """Changes that are ready at a moment (ms), the oldest first."""
        return [what for ready, what in self._announced if ready <= now]

    def evidence(
        self, now: int
    ) -> list[tuple[dict[str, npt.NDArray[np.int64]], npt.NDArray[np.bool_]]]:
        """What accounts of each customer use and which of them were lost."""
        return [customer.evidence(now) for customer in self.customers]
