"""A key may have leaked: its owner makes a new one, revokes the old one and perhaps reports it.

The same for owners who were right and for those who only feared it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.lifecycle.delays import HOUR, MINUTE, SECOND, Delay
from shamcrowd.simulator.lifecycle.events import Events

NEW_KEY = Delay(5 * MINUTE, 1.1, 0.1, 3 * HOUR, 1.2)
"""From the alarm to the new key (assumed)."""
DEPLOYED = Delay(9 * MINUTE, 1.2, 0.1, 5 * HOUR, 1.0)
"""From the new key to its first use (assumed)."""
REVOKED = Delay(4 * MINUTE, 1.2, 0.15, 7 * HOUR, 1.4)
"""From the alarm to the end of the old key (assumed)."""
REPORTED = Delay(25 * MINUTE, 1.4, 0.25, 20 * HOUR, 1.2)
"""From the alarm to the report (assumed)."""
CHANGED = Delay(7 * MINUTE, 1.1, 0.15, 6 * HOUR, 1.2)
"""From the alarm to a new password (assumed)."""
CHANGES = 0.5
"""Share of owners who also change their password (assumed)."""
CONSOLE = Delay(70 * SECOND, 1.0, 0.08, 40 * MINUTE, 1.0)
"""From a log-in to the key or card that it is for (assumed)."""
LOGS_IN = 0.8
"""Share of keys after the first that are made after a log-in; the others in a session that lasts
(assumed)."""
REPORTS = 0.55
"""Share of owners who also report it (assumed)."""


@dataclass
class Alarm:
    """What n owners do, arrays of shape (n,) in ms; NEVER where they do not.

    Attributes:
        entered: the owner logs in to make a new key.
        new_key: the new key is made.
        used: it replaces the old one.
        revoked: the old key ends.
        reported: the owner writes to support.
        changed: the owner changes the password, where the account has one.
    """

    entered: Millis
    new_key: Millis
    used: Millis
    revoked: Millis
    reported: Millis
    changed: Millis


def console_log_ins(rng: np.random.Generator, made: Millis, since: Millis) -> Millis:
    """When owners log in to make a key besides the first.

    Args:
        rng: random stream.
        made: shape (n,), when the keys are made, ms.
        since: shape (n,), moments (ms) before which they do not log in for it.

    Returns:
        Shape (n,), ms; NEVER for keys that are made in a session that lasts.
    """
    count = len(made)
    room = ((made - since) * rng.random(count)).astype(np.int64)
    ahead = np.minimum(CONSOLE.draw(rng, count), room)
    return np.where(rng.random(count) < LOGS_IN, made - ahead, NEVER)


def replacement(
    who: npt.NDArray[np.int64],
    new: npt.ArrayLike,
    old: npt.ArrayLike,
    made: Millis,
    ends: Millis,
    entered: Millis,
    reported: Millis,
    changed: Millis,
) -> list[Events]:
    """What is logged where keys replace others, in routine, after an alarm or a theft.

    Args:
        who: shape (n,), indices of the accounts.
        new: numbers of the new keys, scalar or shape (n,).
        old: numbers of those that end, likewise.
        made: shape (n,), when the new ones are made, ms.
        ends: shape (n,), when the old ones are revoked, ms; NEVER: they are not.
        entered: shape (n,), when the owners log in for it; NEVER: they do not.
        reported: shape (n,), when they write to support; likewise.
        changed: shape (n,), when they change their password; likewise.
    """
    return [
        Events.of("key_created", who, made, new),
        Events.of("key_revoked", who, ends, old),
        Events.of("login", who, entered),
        Events.of("user_report", who, reported, in_browser=False),
        Events.of("password_changed", who, changed),
    ]


def alarms(rng: np.random.Generator, noticed: Millis) -> Alarm:
    """Draw what owners do who notice something at these moments (ms, shape (n,))."""
    count = len(noticed)
    new_key = noticed + NEW_KEY.draw(rng, count)
    reported = noticed + REPORTED.draw(rng, count)
    changed = noticed + CHANGED.draw(rng, count)
    return Alarm(
        console_log_ins(rng, new_key, noticed),
        new_key,
        new_key + DEPLOYED.draw(rng, count),
        noticed + REVOKED.draw(rng, count),
        np.where(rng.random(count) < REPORTS, reported, NEVER),
        np.where(rng.random(count) < CHANGES, changed, NEVER),
    )
