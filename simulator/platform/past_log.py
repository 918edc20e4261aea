"""What accounts that are older than the recording did before it: log-ins."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.core.streams import bits
from shamcrowd.simulator.lifecycle.log_ins import MISTYPED, RETYPED
from shamcrowd.simulator.lifecycle.other_device import device_of
from shamcrowd.simulator.lifecycle.past import LOG_IN_LOG_DAYS, moments
from shamcrowd.simulator.platform.activity import Activity


def log_past_log_ins(
    rng: np.random.Generator,
    activity: Activity,
    account: npt.NDArray[np.int32],
    things: dict[str, npt.NDArray[np.int32]],
    other_since: Millis,
    spells: tuple[Millis, Millis],
    log_ins: npt.NDArray[np.float64],
    start: int,
) -> None:
    """Log the past log-ins of a batch of n accounts, as far as they have any.

    Args:
        rng: random stream of the batch.
        activity: the log.
        account: shape (n,), account ids.
        things: ids by kind (``address``, ``device``, ``other``), each of shape (n,).
        other_since: shape (n,), when the ``other`` device was used first, ms.
        spells: begin and end of each spell of use, both of shape (n, spells), ms.
        log_ins: shape (n,), log-ins a day.
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
