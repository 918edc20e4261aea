"""How hard a campaign drives each of its accounts, and how much harder once it loses some."""

from __future__ import annotations

from shamcrowd.simulator.campaigns.knobs import between


class Pacing:
    """The pace of one campaign's accounts, requests a day in the mean over those it has left.

    Whoever loses accounts has the others work harder, but not without end: accounts that do as much
    as a hundred stand out, and those are what an operator has to lose. A careless campaign goes up
    to the busiest accounts of its tactic, one that keeps human hours (pacing 1) no further than it
    went before; in between in equal ratios (assumed). Before the first loss it does as it planned,
    however much that is.

    ``pressed``: has the platform acted on an account of its after an alert?
    """

    def __init__(self, busiest: float) -> None:
        self.busiest = busiest
        self.usual = 0.0
        self.pressed = False

    def sustainable_share(self, asked: float, knob: float) -> float:
        """Share of the pace ``asked`` that the accounts are driven at, 0 to 1.

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
