"""Passwords that are forgotten and reset by mail.

Published: 78 % of 500 people had reset a forgotten password of their private life within 90 days,
and 37 % had more than 20 of them (HYPR, Password Usage Study, 2019), which makes about 0.15 resets
of a password a year for those who reset one, and more for those who reset several.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, NEVER, Millis
from shamcrowd.simulator.lifecycle.delays import HOUR, MINUTE, SECOND, Delay
from shamcrowd.simulator.lifecycle.events import Events
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.log_ins import RETYPED
from shamcrowd.simulator.lifecycle.past import LOG_IN_LOG_DAYS, moments

WRONG = 0.45
"""Share of owners who try a further password, after each wrong one (assumed)."""
MOST_WRONG = 4
"""Most wrong passwords before the mail (assumed; many services block the log-in after five)."""
ASKED = Delay(25 * SECOND, 0.9, 0.1, 20 * MINUTE, 1.4)
"""From the last wrong password to the mail that is asked for (assumed)."""
CHANGED = Delay(110 * SECOND, 0.8, 0.12, 2 * HOUR, 1.4)
"""From the mail to the new password (assumed)."""
COMPLETED = 0.78
"""Share of resets that end with a new password (assumed; the others remember the old one, or the
mail does not arrive)."""
ENTERED = Delay(9 * SECOND, 0.7, 0.1, 10 * MINUTE, 1.2)
"""From the new password to the log-in with it (assumed)."""
_DAYS_A_YEAR = 365.25


def draw_resets(
    rng: np.random.Generator,
    life: Life,
    password: npt.NDArray[np.bool_],
    spells: tuple[Millis, Millis],
    start: int,
    end: int,
) -> list[Events]:
    """Draw the resets of forgotten passwords, while n accounts are in use.

    Args:
        rng: random stream of the batch.
        life: their parameters.
        password: shape (n,), which of them sign in with a password.
        spells: begin and end of each spell of use, both of shape (n, spells), ms.
        start: first moment of the recording, ms. Log-ins from long before are not kept.
        end: first moment after it, ms.
    """
    begin, until = spells
    many = begin.shape[1]
    rate = np.where(password, life.life_parameters.forgets / _DAYS_A_YEAR, 0.0)
    spell, time = moments(rng, begin.ravel(), np.minimum(until, end).ravel(), np.repeat(rate, many))
    who = spell // many
    kept = start - LOG_IN_LOG_DAYS * MS_PER_DAY
    return reset_events(rng, who, time, kept, life.haste[who], life.evenness[who])[0]


def reset_events(
    rng: np.random.Generator,
    who: npt.NDArray[np.int64],
    time: Millis,
    kept: int,
    haste: npt.ArrayLike = 1.0,
    evenness: npt.ArrayLike = 0.0,
) -> tuple[list[Events], Millis]:
    """What is logged of people who do not get in, and ask for a mail.

    Args:
        rng: a random stream.
        who: shape (n,), indices of their accounts.
        time: shape (n,), when they first try, ms.
        kept: log-ins before this moment (ms) are not kept.
        haste: see `Delay.draw`.
        evenness: likewise.

    Returns:
        The events, and when each sets a new password, ms; NEVER: it does not.
    """
    events = []
    tries = np.ones(len(who), np.bool_)
    for _ in range(MOST_WRONG):
        failed = np.where(tries & (time >= kept), time, NEVER)
        events.append(Events.of("login_failed", who, failed))
        tries &= rng.random(len(who)) < WRONG
        time = np.where(tries, time + RETYPED.draw(rng, len(who), haste, evenness), time)
    asked = time + ASKED.draw(rng, len(who), haste, evenness)
    changed = asked + CHANGED.draw(rng, len(who), haste, evenness)
    changed = np.where(rng.random(len(who)) < COMPLETED, changed, NEVER)
    entered = changed + ENTERED.draw(rng, len(who), haste, evenness)
    entered = np.where((changed < NEVER) & (entered >= kept), entered, NEVER)
    events += [
        Events.of("password_reset_requested", who, asked),
        Events.of("password_changed", who, changed),
        Events.of("login", who, entered),
    ]
    return events, changed
