"""Spreads each account over more addresses and works more slowly when requests are refused.

An operator asks to spread the 50 requests at once of one account over ten addresses, and others
take refusals from three to five at once on for the mark before a ban and send fewer at once
(public issues Wei-Shaw/sub2api#7284, #5806, #6431 and #7253, August and September 2026;
self-reports). Nobody has to tell it of a throttle: it sees refused requests.
"""

from __future__ import annotations

import numpy as np

from shamcrowd.simulator.campaigns.campaign import Campaign
from shamcrowd.simulator.campaigns.re_equipment import refused_lately
from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import BLOCKED, LIMITED, Loss

ADDRESSES = 10
"""Addresses of an account once it is spread (self-report, see above)."""
SLOWER, SLOWEST = 0.6, 0.2
"""Factor on the pace after refusals at a limit, and the lowest pace (assumed)."""
MANY = 0.05
"""Share of the working accounts from which on refusals at a limit count (assumed): a few happen to
everybody."""
LAG = (1.0, 48.0)
"""Hours until a lost account is replaced, least and most (threat model A1)."""


class Spreading(Strategy):
    """Spreads refused accounts over ten addresses each, and slows down at limits."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(campaign)
        self._seen = 0
        self._spread: set[int] = set()

    def answer(self, losses: list[Loss]) -> None:
        """Slow down and spread if there were refusals; replace."""
        campaign = self.campaign
        limited, _ = refused_lately(campaign, self._seen, LIMITED)
        blocked, self._seen = refused_lately(campaign, self._seen, BLOCKED)
        if len(limited) > MANY * len(campaign.working()):
            tradecraft = campaign.tradecraft
            tradecraft.pace = max(tradecraft.pace * SLOWER, SLOWEST)
            campaign.phase("slow down", campaign.alive)
        else:
            limited = limited[:0]
        refused = np.union1d(limited, blocked)
        new = refused[~np.isin(refused, list(self._spread))]
        if len(new):
            campaign.actions.move(new, ADDRESSES)
            self._spread |= set(new.tolist())
        self.replace(losses, LAG)
