"""Works less after every wave of losses and returns days later with aged accounts.

Threat model: a new wave 0.5 to 7 days after each block (A6); 44 % of fraudulent accounts slept a
week or more before they attacked (section 3 [43]), which an exponential rest with a mean of 8.5
days gives. How far it slows down is assumed.
"""

from __future__ import annotations

from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import Loss

LAG = (12.0, 168.0)
"""Hours until a lost account is replaced, least and most (threat model A6)."""
REST = 8.5
"""Mean days that replacements rest before work."""
SLOWER, SLOWEST = 0.8, 0.3
"""Factor on the pace after a slice with losses, and the lowest pace (assumed)."""
AGED = 0.2
"""By how much the ageing knob is raised after each such slice (assumed)."""


class Patient(Strategy):
    """Works less after every wave of losses and replaces accounts after 0.5 to 7 days.

    The new accounts rest before they work.
    """

    def answer(self, losses: list[Loss]) -> None:
        """Slow down, age further accounts, replace late."""
        if losses:
            tradecraft = self.campaign.tradecraft
            tradecraft.pace = max(tradecraft.pace * SLOWER, SLOWEST)
            tradecraft.raise_knob("ageing", AGED)
            tradecraft.rest_days = REST
            self.replace(losses, LAG)
