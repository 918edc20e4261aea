"""How many requests a campaign asks of each account, and how many more once it loses some."""

from __future__ import annotations

from shamcrowd.simulator.campaigns.knobs import between


class Pacing:
    """The pace of one campaign's accounts: mean requests a day of those that are left.

    A campaign that loses accounts makes the others work harder, but with a limit: an account that
    does the work of a hundred stands out. A careless campaign goes up to the busiest accounts of
    its tactic, one that keeps human hours (pacing 1) no further than before; in between the limit
    is interpolated geometrically (assumed). Before the first loss it works as planned, however much
    that is.

    Attributes:
        busiest: requests a day of the tactic's busiest accounts.
        usual: highest pace before the first loss, requests a day.
        pressed: whether the platform has acted on one of its accounts after an alert.
    """

    def __init__(self, busiest: float) -> None:
        self.busiest = busiest
        self.usual = 0.0
        self.pressed = False

    def sustainable_share(self, asked: float, knob: float) -> float:
        """Share of a pace that the accounts keep, 0 to 1.

        ``asked`` is in requests a day; ``knob`` is the evasion knob of pacing.

        >>> pacing = Pacing(busiest=200.0)
        >>> pacing.sustainable_share(20.0, knob=0.5)
        1.0
        >>> pacing.pressed = True
        >>> [pacing.sustainable_share(1000.0, knob=knob) for knob in (0.0, 1.0)]
        [0.2, 0.02]
        """
        if not self.pressed or not self.usual:
            self.usual = max(self.usual, asked)
            return 1.0
        most = between(max(self.busiest, self.usual), self.usual, knob)
        return min(most / asked, 1.0) if asked > 0 else 1.0
