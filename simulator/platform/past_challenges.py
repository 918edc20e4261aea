"""Challenges that accounts older than the recording met before it, and what followed.

At the rate and with the outcomes of the recording: some failed, were suspended, and appealed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.core.streams import bits
from shamcrowd.simulator.lifecycle.challenge import AppealHabit, ChallengeOutcome, follow
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
    kept, failed = _in_turn(who, asked, outcome)
    for kind, when in (
        ("challenge", asked),
        ("challenge_passed", outcome.passed),
        ("suspension", outcome.suspended),
        ("appeal", outcome.appealed),
        ("reinstatement", outcome.back),
    ):
        happens = kept & (when < NEVER)
        activity.add(kind, when[happens], account[who[happens]])
    # The log knows the latest ban of an account alone.
    _, latest = np.unique(who[failed][::-1], return_index=True)
    failed = failed[::-1][latest]
    shut, back = who[failed], outcome.back[failed]
    activity.bans.add(AccountSpans(shut, account[shut], outcome.suspended[failed], back))
    return AccountSpans(shut, account[shut], asked[failed], back).chosen(back > start)


def _in_turn(
    who: npt.NDArray[np.int64], asked: Millis, outcome: ChallengeOutcome
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Which challenges happen: while an account is shut out, it is not active and not challenged.

    Args:
        who: shape (n,), places of accounts, in order.
        asked: shape (n,), in order for each account, ms.
        outcome: what becomes of each.

    Returns:
        Shape (n,), whether each happens; and the positions of those that shut an account out.
    """
    kept = np.ones(len(who), np.bool_)
    failed = np.flatnonzero(outcome.suspended < NEVER)
    found: list[npt.NDArray[np.int64]] = []
    # The first failure of each account, then the first after it is back, and so on.
    while len(failed):
        shut, at = np.unique(who[failed], return_index=True)
        now = failed[at]
        found.append(now)
        until = np.zeros(int(who.max()) + 1, np.int64)
        since = np.full(len(until), NEVER)
        since[shut], until[shut] = asked[now], outcome.back[now]
        kept &= (asked <= since[who]) | (asked > until[who])
        failed = failed[(asked[failed] > until[who[failed]]) & (since[who[failed]] < NEVER)]
    return kept, np.concatenate([np.empty(0, np.int64), *found])
