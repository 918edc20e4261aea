"""The policy filter: a classifier that flags some prompts, most of them on a few topics."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.traffic.usage_profile import TOPICS

ORDINARY = 0.002
"""Share of ordinary prompts that are flagged (assumed, far below the 7.2 % toxic and 1.8 %
jailbreaking prompts of 10,165 to an open demo: huggingface.co/datasets/lmsys/toxic-chat)."""
DELICATE = {"safety": 0.06, "roleplay": 0.01}
"""The same for topics on which more are (assumed)."""
_OF_4096 = np.array([round(DELICATE.get(topic, ORDINARY) * 4096) for topic in TOPICS], np.uint64)


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
