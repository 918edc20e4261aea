"""Gives up when a further million tokens costs it more than the platform's list price.

Stealing does not pay when buying is cheaper (design: attacker cost per million tokens against the
list price). After losses it computes, over the last three days at work, what it paid the platform
and for traffic, what the lost accounts cost to open, and what it earned by resale, per token taken.
While that is below list price it pauses for a while and returns with as many accounts; how long is
assumed.
"""

from __future__ import annotations

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.campaigns.loss_attribution import MIN_LOSSES
from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import ALIVE, Loss

WINDOW = 72 * MS_PER_HOUR
"""Time at work over which costs are computed, ms (assumed)."""
WAITS = (12.0, 36.0)
"""Hours that it pauses after losses, least and most (assumed)."""

RETURN = 12.0
"""Hours within which it returns after that (assumed)."""


class Budgeted(Strategy):
    """Gives up when a million further tokens cost more than their list price; else it pauses.

    After a pause it comes back and replaces what it lost.
    """

    def answer(self, losses: list[Loss]) -> None:
        """Give up, or wait and replace."""
        if not losses:
            return
        campaign, wait = (
            self.campaign,
            self.campaign.tradecraft.quiet_until - self.campaign.now,
        )
        if wait > 0:
            # Accounts lost during the pause are replaced with the others.
            self.replace(losses, (wait / MS_PER_HOUR, wait / MS_PER_HOUR + RETURN))
            return
        since = campaign.costs.working_since(WINDOW // campaign.context.slice_ms)
        dead = sum(
            loss.time >= since and loss.cause not in ALIVE for loss in campaign.losses_for_strategy
        )
        cost, asked = campaign.costs.marginal_cost(since, dead)
        if dead >= MIN_LOSSES and cost > asked:
            campaign.give_up()
            return
        hours = float(campaign.rng("wait").uniform(*WAITS))
        campaign.actions.lie_low(campaign.now + int(hours * MS_PER_HOUR))
        self.replace(losses, (hours, hours + RETURN))
