"""Suppliers: campaigns that share a supplier share what they learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.holdings import Holdings


class Supplier:
    """Evidence and changes that all customers of a supplier share.

    Attributes:
        customers: holdings of the adaptive campaigns that it supplies.
        behaviour_changes: number of changes of behaviour announced so far.
    """

    def __init__(self) -> None:
        self.customers: list[Holdings] = []
        self.behaviour_changes = 0
        self._announced: list[tuple[int, tuple[str, ...]]] = []

    def announce(self, ready: int, what: tuple[str, ...]) -> None:
        """Announce a change that all customers make from moment ``ready`` (ms) on.

        ``what`` holds kinds of supply to rotate, or one ``"behave KIND"``.
        """
        self.behaviour_changes += what[0].startswith("behave")
        self._announced.append((ready, what))

    def pending(self, now: int) -> bool:
        """Whether an announced change is not ready yet at a moment (ms)."""
        return bool(self._announced) and self._announced[-1][0] > now

    def changes(self, now: int) -> list[tuple[str, ...]]:
        """Changes that are ready at a moment (ms), oldest first."""
        return [what for ready, what in self._announced if ready <= now]

    def evidence(
        self, now: int
    ) -> list[tuple[dict[str, npt.NDArray[np.int64]], npt.NDArray[np.bool_]]]:
        """Evidence of each customer, see `Holdings.evidence`."""
        return [customer.evidence(now) for customer in self.customers]
