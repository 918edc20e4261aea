"""Enforcement in batches: suspensions wait for the next batch, which takes only part of them.

Relay operators report that accounts are lost within one hour, at several operators at once, and
never all of them. Reports of 2026 name 25 and 28 August and 1, 3 and 9 September (public issues
Wei-Shaw/sub2api#6184, #6180 and #6909; self-reports).
"""

from __future__ import annotations

import numpy as np

from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.core.streams import Uniforms
from shamcrowd.simulator.response.policy import Batches

MONDAY = 4 * MS_PER_DAY
"""Midnight (UTC) of the first Monday after 1 January 1970, ms."""


def batch_times(batches: Batches, ready: Millis, skips: Uniforms, within: Uniforms) -> Millis:
    """When suspensions take effect that could from ``ready`` on.

    An account is in the first batch after that with probability ``batches.share``, otherwise in the
    next one with the same probability, and so on.

    Args:
        batches: when batches are and how much they take.
        ready: shape (n,), ms.
        skips: shape (n,), in [0, 1): decides how many batches pass over an account.
        within: shape (n,), in [0, 1): the moment within the batch.

    Returns:
        Shape (n,), ms; never before ``ready``.

    >>> daily = Batches(every="1d", at="18h", share=1, within="1h")
    >>> ready, none = np.array([0, 19]) * 3_600_000, np.zeros(2)
    >>> (batch_times(daily, ready, none, none) / 3_600_000).tolist()
    [18.0, 42.0]
    """
    first = -(-(ready - MONDAY - batches.at) // batches.every)
    # The number of failures before the first success, by inversion.
    passed = np.zeros(len(ready), np.int64)
    if batches.share < 1:
        passed = np.floor(np.log1p(-skips) / np.log1p(-batches.share)).astype(np.int64)
    begin = MONDAY + batches.at + (first + passed) * batches.every
    times: Millis = begin + (within * batches.within).astype(np.int64)
    return times
