"""Tests what it changed on a few accounts before it opens the others.

Operators of relays do so after a wave: they put one account in a new set-up, and move the pool when
that one has lived (public issues Wei-Shaw/sub2api#6911 and #7284, September 2026; self-reports).
What is changed first is what they believe to be the cause: the client, then the addresses.
"""

from __future__ import annotations

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import ALIVE, Loss

TESTED = 2
"""Accounts that are opened for a test (assumed)."""
TRIAL = 2 * MS_PER_DAY
"""How long they must live before the others are opened, ms (assumed, as long as a pause)."""
SUSPECTS = ("client", "address", "device", "card", "mailbox", "prompt", "phone")
"""What is changed from one test to the next (order assumed; the first two are of the reports)."""
LAG = (1.0, 24.0)
"""Hours until accounts are opened, least and most (assumed)."""


class Sacrificial(Strategy):
    """Changes a kind of supply, tests it with two accounts, and replaces the rest if they live."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(campaign)
        self._owed = 0
        self._tests = 0
        self._since: int | None = None
        """When the accounts of the present test were ordered, ms; None: there is no test."""

    def answer(self, losses: list[Loss]) -> None:
        """Begin a test after losses; end it when its accounts were acted on or have lived."""
        self._owed += sum(loss.cause not in ALIVE for loss in losses)
        if self._since is None:
            if self._owed:
                self._test()
            return
        _, acted_on = self.campaign.holdings.evidence(self.campaign.now)
        if acted_on.any():
            self._test()
        elif len(acted_on) and self.campaign.now >= self._since + TRIAL + LAG[1] * MS_PER_HOUR:
            self._open(self._owed)
            self._owed, self._since = 0, None

    def _test(self) -> None:
        """Change the next suspect and open a few accounts with it."""
        self.campaign.actions.rotate(SUSPECTS[self._tests % len(SUSPECTS)])
        self.campaign.holdings.reset_evidence()
        self._tests += 1
        self._since = self.campaign.now
        count = min(TESTED, self._owed)
        self._open(count)
        self._owed -= count

    def _open(self, count: int) -> None:
        lag = self.campaign.rng("lag").uniform(*LAG, size=count) * MS_PER_HOUR
        self.campaign.actions.replace(self.campaign.now + lag.astype("int64"))
