"""The policy filter: a classifier that flags a few prompts, mostly on the topic of safety."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.traffic.usage_profile import TOPICS

_SHARE = np.array([0.06 if topic == "safety" else 0.0005 for topic in TOPICS])
_OF_4096 = np.round(_SHARE * 4096).astype(np.uint64)
"""Share of prompts on a topic that are flagged (assumed)."""


def flagged(topic: npt.NDArray[np.int8], luck: npt.NDArray[np.uint64]) -> npt.NDArray[np.intp]:
    """Indices of the requests whose prompts are flagged.

    Args:
        topic: shape (n,), topic codes.
        luck: shape (n,), 64 random bits each, of which only bits 36 to 47 are used.

    >>> luck = np.array([0, 4095 << 36], np.uint64)
    >>> flagged(np.array([TOPICS.index("safety")] * 2), luck).tolist()
    [0]
    """
    return np.flatnonzero(((luck >> np.uint64(36)) & np.uint64(0xFFF)) < _OF_4096.take(topic))
