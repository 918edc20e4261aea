"""Which of its keys an account uses in a session, and how long that key lasts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.streams import mixed
from shamcrowd.simulator.lifecycle.keys import WHOLE
from shamcrowd.simulator.traffic.workloads import Workloads


def keys_in_use(
    workloads: Workloads,
    workload: npt.NDArray[np.int64],
    session: npt.NDArray[np.int32],
    start: Millis,
) -> tuple[npt.NDArray[np.int32], Millis]:
    """Keys of n sessions.

    Args:
        workloads: all workloads.
        workload: shape (n,), row of each session's workload.
        session: shape (n,), session ids.
        start: shape (n,), when each begins, ms.

    Returns:
        Key ids, and when the session ends at the latest: with its workload or its key, ms.
    """
    key = workloads.key.take(workload)
    ends = np.minimum(workloads.ends.take(workload), workloads.key_until.take(workload))
    second = np.flatnonzero(start >= workloads.since.take(workload))
    if not len(second):
        return key, ends
    # Which key a session uses depends on its id alone.
    luck = mixed(session[second].astype(np.uint64)) >> np.uint64(56)
    own = workload[second]
    share, until = workloads.share.take(own), workloads.second_until.take(own)
    taken = luck.astype(np.int64) < share
    taken &= (start[second] < until) | (share == WHOLE)
    second, own, until = second[taken], own[taken], until[taken]
    key[second] = workloads.second.take(own)
    ends[second] = np.minimum(workloads.ends.take(own), until)
    return key, ends
