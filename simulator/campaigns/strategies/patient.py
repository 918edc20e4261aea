"""Takes its time: works less after every wave of losses, comes back days later with aged accounts.

Threat model: a new wave 0.5 to 7 days after each block (A6); 44 % of fraudulent accounts slept a
week or more before they attacked (section 3 [43]), which a mean rest of 8.5 days gives if rests are
exponential. How far it slows down is assumed.
"""

from __future__ import annotations

from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import Loss

LAG = (12.0, 168.0)
"""Hours until a lost account is replaced (threat model A6)."""
REST = 8.5
"""Mean days that replacements rest before work."""
SLOWER, SLOWEST = 0.8, 0.3
"""What a slice with losses leaves of the pace, and the least of it (assumed)."""
AGED = 0.2
"""By how much the knob of ageing goes up with each such slice (assumed)."""


class Patient(Strategy):
    """Works less after every wave of losses and replaces accounts after 0.5 to 7 days.

    The new accounts rest before they work.
    """

    def answer(self, losses: list[Loss]) -> None:
        """Slower, older, later."""
        if losses:
            tradecraft = self.campaign.tradecraft
            tradecraft.pace = max(tradecraft.pace * SLOWER, SLOWEST)
            tradecraft.raise_knob("ageing", AGED)
            tradecraft.rest_days = REST
            self.replace(losses, LAG)
