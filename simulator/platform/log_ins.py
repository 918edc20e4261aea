"""Log-ins to the web console; some succeed at the second attempt."""

from __future__ import annotations

import numpy as np

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.streams import mixed, unit
from shamcrowd.simulator.lifecycle.log_ins import AHEAD, RETYPED, hashed_delay
from shamcrowd.simulator.lifecycle.other_device import device_of
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.traffic_rows import LogIns


def note_log_ins(activity: Activity, roster: Roster, drawn: LogIns, begin: int, key: int) -> Millis:
    """Log the log-ins while the account is served, each with address and device.

    Args:
        activity: the log.
        roster: the shard's accounts.
        drawn: sessions that begin with a log-in.
        begin: beginning of the slice, ms; no row comes before it.
        key: key of the random numbers.

    Returns:
        Shape (len(drawn.time),): when each address was used first, ms.
    """
    words = (roster.account[drawn.account].astype(np.uint64) << np.uint64(32)) ^ drawn.time.astype(
        np.uint64
    )
    earliest = np.maximum(roster.opened[drawn.account], begin)

    def before(time: Millis, delay: Millis, purpose: int) -> Millis:
        room = np.maximum(time - earliest, 0)
        part = (room * unit(mixed(words, key + purpose))).astype(np.int64)
        return time - np.where(delay < room, delay, part)

    there = drawn.time >= roster.opened[drawn.account]
    there &= drawn.time < roster.served_until[drawn.account]
    there &= ~roster.banned(drawn.account, drawn.time)
    enters = before(drawn.time, hashed_delay(AHEAD, words, key + 1), 2)
    fails = before(enters, hashed_delay(RETYPED, words, key + 3), 4)
    local = drawn.account
    device = device_of(
        fails, roster.other_since[local], roster.device[local], roster.other[local], words
    )
    for kind, which, time in (
        ("login_failed", there & drawn.failed, fails),
        ("login", there, enters),
    ):
        local = drawn.account[which]
        activity.add(
            kind,
            time[which],
            roster.account[local],
            address=drawn.address[which],
            device=device[which],
        )
    return np.where(drawn.failed, fails, enters)
