"""Tells waves from single losses: after a wave it pauses, changes its client and returns.

Operators of relays report waves in which part of a pool goes within one hour, hold that they follow
the client software that all accounts of a relay share, and find that a pause of two days clears the
mark that comes before (public issues Wei-Shaw/sub2api#6184, #6911, #7009, #6431 and #7253, August
and September 2026; self-reports). A single loss says nothing and is made up for as usual.
"""

from __future__ import annotations

import numpy as np

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import Loss

WAVE = 3
"""Accounts lost within one hour that make a wave (assumed; the reports have 1 to 5)."""
PAUSE = 2 * MS_PER_DAY
"""Time without requests after a wave, ms (self-reports, see above)."""
LAG = (1.0, 48.0)
"""Hours until a lost account is replaced, least and most (threat model A1)."""


class WaveAware(Strategy):
    """Pauses two days after a wave of losses, changes its client, then replaces what it lost."""

    def answer(self, losses: list[Loss]) -> None:
        """Pause and change the client if there was a wave; replace."""
        if not losses:
            return
        after = 0.0
        if largest_wave([loss.time for loss in losses]) >= WAVE:
            actions = self.campaign.actions
            actions.rotate("client")
            actions.lie_low(self.campaign.now + PAUSE)
            after = PAUSE / MS_PER_HOUR
        self.replace(losses, (LAG[0] + after, LAG[1] + after))


def largest_wave(times: list[int]) -> int:
    """Most losses within any one hour; ``times`` in ms, in any order.

    >>> largest_wave([0, 3_600_000, 5_000_000]), largest_wave([])
    (2, 0)
    """
    when = np.sort(np.array(times, np.int64))
    first = np.searchsorted(when, when - MS_PER_HOUR, side="right")
    return int((np.arange(len(when)) - first + 1).max(initial=0))
