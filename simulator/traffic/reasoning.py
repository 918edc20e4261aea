"""How much of an answer is reasoning: tokens that are written and paid, and not the answer itself.

Source: models that reason had more than half of all tokens of a router by the end of 2025
(OpenRouter and a16z, "State of AI"); how much of an answer is reasoning is assumed.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.traffic.profile_tables import SLOTS, normal

_MIDDLE, _SPREAD = 0.6, 1.3
"""Log-odds of the share of an answer that is reasoning: mean and sigma; median 65 % (assumed)."""
_SHIFT = np.uint64(36)


@cache
def _shares() -> npt.NDArray[np.float32]:
    odds = _MIDDLE + _SPREAD * normal(np.arange(SLOTS))
    shares: npt.NDArray[np.float32] = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return shares


def reasoning_tokens(
    reasons: npt.NDArray[np.bool_],
    outputs: npt.NDArray[np.int32],
    luck: npt.NDArray[np.uint64],
) -> npt.NDArray[np.int32]:
    """Reasoning tokens of n answers.

    Args:
        reasons: shape (n,), whether the model reasons before it answers.
        outputs: shape (n,), tokens of answers, reasoning included.
        luck: shape (n,), random bits, of which 36 to 47 are used.

    >>> reasoning_tokens(np.array([True, False]), np.array([900, 900], np.int32),
    ...                  np.array([1 << 47, 1 << 47], np.uint64)).tolist()
    [581, 0]
    """
    share = _shares().take(((luck >> _SHIFT) & np.uint64(SLOTS - 1)).astype(np.intp))
    share *= reasons
    share *= outputs
    return share.astype(np.int32)
