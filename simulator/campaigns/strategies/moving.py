"""Moves accounts whose requests are refused to other addresses, then to another client.

Operators of relays change the exit address of an account that is refused, and the client software
when that does not help (public issues Wei-Shaw/sub2api#7284 and #6911, September 2026;
self-reports). The blocked attribute is changed within 0.2 to 12 h (threat model A12). Lost accounts
are replaced with supply of another kind: what was blocked is not bought again.
"""

from __future__ import annotations

import numpy as np

from shamcrowd.recording.units import MS_PER_HOUR, Handles
from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.re_equipment import refused_lately
from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import BLOCKED, NOT_OPENED, Loss

RETOOL = (0.2, 12.0)
"""Hours from the first refusal to the change, least and most (threat model A12)."""
LAG = (1.0, 48.0)
"""Hours until a lost account is replaced, least and most (threat model A1)."""
ADDRESSES = 4
"""Addresses of an account after a move, as many as it signed up with."""
SUSPECTS = ("address", "mailbox", "card", "client")
"""What is changed after sign-ups that were refused, one after the other (assumed)."""


class Moving(Strategy):
    """Moves refused accounts to new addresses within 12 hours, then changes the client."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(campaign)
        self._seen = 0
        self._turns = 0
        self._moved: set[int] = set()
        self._due: dict[int, int] = {}
        """When each refused account is moved, ms."""

    def answer(self, losses: list[Loss]) -> None:
        """Plan moves of accounts that were refused, make those that are due, replace."""
        campaign, now = self.campaign, self.campaign.now
        refused, self._seen = refused_lately(campaign, self._seen, BLOCKED)
        new = [handle for handle in refused.tolist() if handle not in self._due]
        if new:
            lag = campaign.rng("retool").uniform(*RETOOL) * MS_PER_HOUR
            self._due |= dict.fromkeys(new, now + int(lag))
        self._move(np.array(sorted(h for h, when in self._due.items() if when <= now), np.int64))
        if any(loss.cause == NOT_OPENED for loss in losses):
            campaign.actions.rotate(SUSPECTS[self._turns % len(SUSPECTS)])
            self._turns += 1
        self.replace(losses, LAG)

    def _move(self, handles: Handles) -> None:
        """Give accounts new addresses the first time, and another client when they come again."""
        if not len(handles):
            return
        before = np.isin(handles, list(self._moved))
        self.campaign.actions.move(handles, ADDRESSES)
        if before.any():
            self.campaign.actions.change_client(handles[before])
        self._moved |= set(handles.tolist())
        for handle in handles.tolist():
            del self._due[handle]
