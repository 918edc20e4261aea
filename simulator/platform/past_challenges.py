"""Challenges that accounts older than the recording met before it, and what followed.

At the rate and with the outcomes of the recording: some failed, were suspended, and appealed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.core.streams import bits
from shamcrowd.simulator.lifecycle.challenge import AppealHabit, follow
from shamcrowd.simulator.lifecycle.past import moments
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.traffic.slice_messages import AccountSpans


def log_past_challenges(
    rng: np.random.Generator,
    activity: Activity,
    account: npt.NDArray[np.int32],
    success: npt.NDArray[np.float32],
    appeals: AppealHabit,
    spells: tuple[Millis, Millis],
    active: npt.NDArray[np.float64],
    challenge_rate: float,
    start: int,
) -> AccountSpans:
    """Log the past challenges of a batch of n accounts; some end within the recording.

    Args:
        rng: random stream of the batch.
        activity: the log; it also learns who is suspended, and until when.
        account: shape (n,), account ids.
        success: shape (n,), probability of passing, 0 to 1.
        appeals: who appeals.
        spells: begin and end of each spell of use, both of shape (n, spells), ms.
        active: shape (n,), share of days with requests, 0 to 1.
        challenge_rate: challenges per active day.
        start: first moment of the recording, ms.

    Returns:
        Accounts, by their places in the batch, that are shut out at the start of the recording:
        since the challenge and until they are reinstated.
    """
    begin, end = spells
    many = begin.shape[1]
    spell, asked = moments(
        rng, begin.ravel(), np.minimum(end, start).ravel(), challenge_rate * np.repeat(active, many)
    )
    order = np.lexsort((asked, spell // many))
    who, asked = (spell // many)[order], asked[order]
    outcome = follow(asked, bits(rng, len(who)), 0, success[who], appeals)
    # Who is shut out is not active, and not challenged again meanwhile.
    failed = np.flatnonzero(outcome.suspended < NEVER)
    shut, first = np.unique(who[failed], return_index=True)
    first = failed[first]
    until = np.zeros(len(account), np.int64)
    until[shut] = outcome.back[first]
    since = np.full(len(account), NEVER)
    since[shut] = asked[first]
    kept = (asked <= since[who]) | (asked > until[who])
    for kind, when in (
        ("challenge", asked),
        ("challenge_passed", outcome.passed),
        ("suspension", outcome.suspended),
        ("appeal", outcome.appealed),
        ("reinstatement", outcome.back),
    ):
        happens = kept & (when < NEVER)
        activity.add(kind, when[happens], account[who[happens]])
    suspended, back = outcome.suspended[first], outcome.back[first]
    activity.bans.add(AccountSpans(shut, account[shut], suspended, back))
    out = AccountSpans(shut, account[shut], asked[first], back)
    return out.chosen(back > start)
