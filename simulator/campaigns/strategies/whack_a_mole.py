"""Replaces lost accounts within the hour, in the same way and from the same supply batch.

Bulk sellers of accounts deliver in minutes and ignore what happens to the accounts (threat model
section 3: about 750 million sold, many disabled within hours [45]; bulk stars lost 75 % in a
month [46]). The lag is assumed.
"""

from __future__ import annotations

from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import Loss

LAG = (0.0, 1.0)
"""Hours until a lost account is replaced, least and most (assumed)."""


class WhackAMole(Strategy):
    """Replaces lost accounts within the hour, with supply from the batch in use."""

    def answer(self, losses: list[Loss]) -> None:
        """Replace each lost account now."""
        if losses:
            self.campaign.tradecraft.reuse_batch = True
            self.replace(losses, LAG)
