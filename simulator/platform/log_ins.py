"""Log-ins to the web console; some succeed at the second attempt."""

from __future__ import annotations

from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.traffic_rows import LogIns

RETYPED = 15_000
"""Time from a failed log-in to the next attempt, ms (assumed)."""


def note_log_ins(activity: Activity, roster: Roster, drawn: LogIns) -> None:
    """Log the log-ins while the account is served, each with address and device."""
    again = drawn.time + RETYPED * drawn.failed
    there = again < roster.stop[drawn.account]
    for kind, which, time in (
        ("login_failed", there & drawn.failed, drawn.time),
        ("login", there, again),
    ):
        local = drawn.account[which]
        activity.add(
            kind,
            time[which],
            roster.account[local],
            address=drawn.address[which],
            device=roster.device[local],
        )
