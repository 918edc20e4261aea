"""How many requests a campaign asks of each account, and how many more once it loses some."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


class Pacing:
    """The paces of one campaign's accounts: requests a day of each that is left.

    A campaign that loses accounts makes the others work harder, but with a limit: an account that
    does the work of a hundred stands out. A careless campaign goes up to the busiest accounts of
    its tactic, one that keeps human hours (pacing 1) with no account further than before; in
    between the limit is interpolated geometrically (assumed). Before the first loss it works as
    planned, however much that is.

    Attributes:
        busiest: requests a day of the tactic's busiest accounts.
        usual: highest mean pace before the first loss, requests a day.
        pressed: whether the platform has acted on one of its accounts after an alert.
    """

    def __init__(self, busiest: float) -> None:
        self.busiest = busiest
        self.usual = 0.0
        self.pressed = False

    def sustainable_shares(
        self, asked: npt.NDArray[np.float64], alive: npt.NDArray[np.bool_], knob: float
    ) -> npt.NDArray[np.float64]:
        """Share of its pace that each account keeps, 0 to 1.

        Args:
            asked: shape (accounts,), requests a day that would be asked of each account if none
                were lost. An account's usual pace is to the usual mean as its pace is to the mean.
            alive: shape (accounts,), which are left.
            knob: evasion knob of pacing, 0 to 1.

        >>> pacing, alive = Pacing(busiest=200.0), np.array([True, True])
        >>> pacing.sustainable_shares(np.array([10.0, 30.0]), alive, knob=0.5).tolist()
        [1.0, 1.0]
        >>> pacing.pressed = True
        >>> asked = np.array([500.0, 1500.0])
        >>> [(asked * pacing.sustainable_shares(asked, alive, knob)).round(1).tolist()
        ...  for knob in (0.0, 0.5, 1.0)]
        [[200.0, 200.0], [44.7, 77.5], [10.0, 30.0]]
        """
        works = asked > 0
        left = works & alive
        mean = float(asked[left].mean()) if left.any() else 0.0
        if not self.pressed or not self.usual:
            self.usual = max(self.usual, mean)
            return np.ones(len(asked))
        usual = self.usual * asked / asked.mean(where=works) if left.any() else asked
        most = np.maximum(self.busiest, usual) ** (1 - knob) * usual**knob
        return np.minimum(np.divide(most, asked, out=np.ones(len(asked)), where=works), 1.0)
