"""Log-ins to the console: some at the second try."""

from __future__ import annotations

from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.traffic.draw import LogIns
from shamcrowd.simulator.traffic.roster import Roster

RETYPED = 15_000
"""From a log-in that failed to the next try, ms (assumed)."""


def note_log_ins(activity: Activity, roster: Roster, drawn: LogIns) -> None:
    """Log them, each from its address and its account's device, while the account is served."""
    again = drawn.time + RETYPED * drawn.failed
    there = again < roster.stop[drawn.account]
    for kind, which, time in (
        ("login_failed", there & drawn.failed, drawn.time),
        ("login", there, again),
    ):
        whose = drawn.account[which]
        activity.add(
            kind,
            time[which],
            roster.account[whose],
            address=drawn.address[which],
            device=roster.device[whose],
        )
