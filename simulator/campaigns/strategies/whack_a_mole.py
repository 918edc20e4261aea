"""Comes back at once, the same way: lost accounts are replaced within the hour, from the same lot.

Bulk sellers of accounts deliver in minutes and take no notice of what happens to the goods (threat
model section 3: about 750 million sold, many disabled within hours [45]; bulk stars lost 75 % in a
month [46]). The lag is assumed.
"""

from __future__ import annotations

from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import Loss

LAG = (0.0, 1.0)
"""Hours until a lost account is replaced (assumed)."""


class WhackAMole(Strategy):
    """Replaces lost accounts within the hour, with supply from the batch in use."""

    def answer(self, losses: list[Loss]) -> None:
        """One for one, now."""
        if losses:
            self.campaign.tradecraft.reuse_batch = True
            self.replace(losses, LAG)
