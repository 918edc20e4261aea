"""What accounts that are older than the recording did before it: log-ins and challenges."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.core.streams import bits
from shamcrowd.simulator.lifecycle.log_ins import MISTYPED, RETYPED
from shamcrowd.simulator.lifecycle.other_device import device_of
from shamcrowd.simulator.lifecycle.past import LOG_IN_LOG_DAYS, moments
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.challenges import ANSWER


def log_past(
    rng: np.random.Generator,
    activity: Activity,
    account: npt.NDArray[np.int32],
    things: dict[str, npt.NDArray[np.int32]],
    other_since: Millis,
    spells: tuple[Millis, Millis],
    log_ins: npt.NDArray[np.float64],
    active: npt.NDArray[np.float64],
    challenge_rate: float,
    start: int,
) -> None:
    """Log the past of a batch of n accounts, as far as they have one.

    Args:
        rng: random stream of the batch.
        activity: the log.
        account: shape (n,), account ids.
        things: ids by kind (``address``, ``device``, ``other``), each of shape (n,).
        other_since: shape (n,), when the ``other`` device was used first, ms.
        spells: begin and end of each spell of use, both of shape (n, spells), ms.
        log_ins: shape (n,), log-ins a day.
        active: shape (n,), share of days with requests, 0 to 1.
        challenge_rate: challenges per active day.
        start: first moment of the recording, ms.
    """
    begin, end = spells
    if not (begin < start).any():
        return
    many = begin.shape[1]
    begin, end = begin.ravel(), np.minimum(end, start).ravel()
    since = np.maximum(begin, start - LOG_IN_LOG_DAYS * MS_PER_DAY)
    spell, time = moments(rng, since, end, np.repeat(log_ins, many))
    who = spell // many
    device, other = things["device"][who], things["other"][who]
    words = bits(rng, len(who))
    where = {
        "address": things["address"][who],
        "device": device_of(time, other_since[who], device, other, words),
    }
    failed = np.flatnonzero(rng.random(len(who)) < MISTYPED)
    before = time[failed] - RETYPED.draw(rng, len(failed))
    inside = before >= since[spell[failed]]
    known = failed[inside]
    activity.add("login", time, account[who], **where)
    activity.add(
        "login_failed",
        before[inside],
        account[who[known]],
        address=where["address"][known],
        device=device[known],
    )
    # Accounts that failed a challenge for good are not there any more.
    spell, time = moments(rng, begin, end, challenge_rate * np.repeat(active, many))
    who = spell // many
    answer = time + ANSWER.draw(rng, len(who))
    over = answer < start
    activity.add("challenge", time[over], account[who[over]])
    activity.add("challenge_passed", answer[over], account[who[over]])
