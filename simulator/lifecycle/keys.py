"""The keys of accounts: the first, further ones, changes of the key in use, and revocations.

An account's keys have numbers: 0 to 3 one after the other, 4 and 5 in parallel for other projects
or machines, 6 a thief's, 7 the one that replaces a stolen key.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Handles, Millis
from shamcrowd.simulator.lifecycle.alarm import alarms, console_log_ins, replacement
from shamcrowd.simulator.lifecycle.delays import DAY, HOUR, MINUTE, Delay
from shamcrowd.simulator.lifecycle.events import Events
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.past import moments

CHANGES, PARALLEL, THIEF, REPLACEMENT = 3, (4, 5), 6, 7
"""Most changes of an account's key, and numbers of its other keys."""
_SHIFT = 27
"""The number of a key lies above the 27 bits of an account's handle; the 30th is the campaigns'."""
DEPLOYED = Delay(35 * MINUTE, 1.4, 0.25, 2 * DAY, 1.1)
"""From a new key to its first use, in routine (assumed)."""
RETIRED = Delay(20 * HOUR, 1.8, 0.3, 12 * DAY, 1.0)
"""From then to the end of the old key, in routine (assumed)."""
RETIRES = 0.75
"""Share of old keys that are revoked at all in routine (assumed; Datadog's 2024 study finds keys
older than a year with most users)."""
ANOTHER = Delay(6 * DAY, 1.8, 0.3, 2 * HOUR, 1.5)
"""From the first key to a further one, for the next project or machine (assumed)."""
TRIED = Delay(12 * MINUTE, 1.5, 0.2, 1.5 * DAY, 1.2)
"""From a further key to its first use (assumed)."""
CLOSED = Delay(45 * DAY, 1.0)
"""From a further key to its end, as a project ends (assumed)."""
CLOSES = 0.45
"""Share of further keys that are revoked (assumed)."""
WHOLE = 256
"""Share of the traffic, in 256ths, of a key that has replaced the other."""
_DAYS_A_YEAR = 365.25


def key_handles(handles: Handles, number: npt.ArrayLike) -> Handles:
    """Handles of the keys with these numbers.

    >>> key_handles(np.array([5]), 0).tolist(), key_handles(np.array([5]), 1).tolist()
    ([5], [134217733])
    """
    return handles | (np.asarray(number, np.int64) << _SHIFT)


@dataclass
class KeyUse:
    """Which keys n accounts use in the recording; arrays of shape (n,).

    Attributes:
        key: the key in use at first: a number, later its id.
        second: the one that replaces it or is used with it; likewise.
        since: when the second is used first, ms; NEVER: there is none.
        share: share of the conversations with the second, in 256ths; `WHOLE`: it replaces the
            first.
        key_until: when the first is revoked, ms.
        second_until: when the second is revoked, ms.
    """

    key: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    since: Millis
    share: npt.NDArray[np.int16]
    key_until: Millis
    second_until: Millis

    def __len__(self) -> int:
        return len(self.key)

    @classmethod
    def only(cls, key: npt.NDArray[np.int32]) -> KeyUse:
        """One key each, for good."""
        count = len(key)
        never = np.full(count, NEVER, np.int64)
        return cls(key, key.copy(), never, np.zeros(count, np.int16), never.copy(), never.copy())

    def chosen(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.integer]) -> KeyUse:
        """The rows selected by a mask or by indices."""
        return KeyUse(*(column[which] for column in vars(self).values()))


def draw_keys(
    rng: np.random.Generator,
    life: Life,
    first_key: Millis,
    password: npt.NDArray[np.bool_],
    start: int,
    end: int,
) -> tuple[KeyUse, list[Events]]:
    """Draw all keys of n accounts, and what is done with them.

    An account changes its key once in the recording at most: the first change counts.

    Args:
        rng: random stream of the batch.
        life: their parameters.
        first_key: shape (n,), when the first key is made, ms; NEVER: none is.
        password: shape (n,), which of them have a password, and may change it after an alarm.
        start: first moment of the recording, ms.
        end: first moment after it, ms.

    Returns:
        Which keys are used, by number, and the events.
    """
    count = len(life)
    use = KeyUse.only(np.zeros(count, np.int32))
    everyone = np.arange(count)
    events = [Events.of("key_created", everyone, first_key)]
    events += _changes(rng, life, use, first_key, password, start, end)
    for number in PARALLEL:
        events += _further(rng, life, use, first_key, number, start, end)
    return use, events


def _changes(
    rng: np.random.Generator,
    life: Life,
    use: KeyUse,
    first_key: Millis,
    password: npt.NDArray[np.bool_],
    start: int,
    end: int,
) -> list[Events]:
    """Changes of the key in use, in routine or after an alarm."""
    people = life.life_parameters
    routine, scares = people.rotations / _DAYS_A_YEAR, people.scares / _DAYS_A_YEAR
    who, time = moments(rng, np.minimum(first_key, end), end, routine + scares)
    order = np.lexsort((time, who))
    who, time = who[order], time[order]
    alarmed = rng.random(len(who)) < scares / max(routine + scares, 1e-12)
    answer = alarms(rng, time)
    made = np.where(alarmed, answer.new_key, time)
    used = np.where(alarmed, answer.used, made + DEPLOYED.draw(rng, len(who)))
    entered = np.where(alarmed, answer.entered, console_log_ins(rng, made, first_key[who]))
    ends = np.where(rng.random(len(who)) < RETIRES, used + RETIRED.draw(rng, len(who)), NEVER)
    ends = np.where(alarmed, answer.revoked, ends)
    # A change must be over before the next one, and before the recording if it began before it.
    over = np.maximum(used, np.where(alarmed, ends, 0))
    same = np.diff(who, prepend=-1) == 0
    clash = same & (made <= np.concatenate([[0], over[:-1]]))
    clash |= (time < start) & (over >= start)
    in_recording = time >= start
    clash |= in_recording & same & np.concatenate([[False], in_recording[:-1]])
    changed = np.where(alarmed & password[who], answer.changed, NEVER)
    kept = np.flatnonzero(~clash)
    who, made, used, ends = who[kept], made[kept], used[kept], ends[kept]
    entered, reported = entered[kept], np.where(alarmed, answer.reported, NEVER)[kept]
    nth = np.arange(len(who)) - np.searchsorted(who, who)
    few = nth < CHANGES
    who, made, used, ends, nth = who[few], made[few], used[few], ends[few], nth[few]
    asked = entered[few], reported[few], changed[kept][few]
    events = replacement(who, nth + 1, nth, made, ends, *asked)
    now = used >= start
    np.add.at(use.key, who[~now], 1)
    use.second[who] = nth + 1
    use.since[who[now]] = used[now]
    use.share[who[now]] = WHOLE
    use.key_until[who[now]] = np.maximum(ends[now], 0)
    return events


def _further(
    rng: np.random.Generator,
    life: Life,
    use: KeyUse,
    first_key: Millis,
    number: int,
    start: int,
    end: int,
) -> list[Events]:
    """Further keys, used in parallel with the first as long as that one is not replaced."""
    count = len(life)
    # The first further key with probability p, the second with p squared: their sum is the mean.
    chance = np.minimum((np.sqrt(1 + 4 * life.further_keys.astype(np.float64)) - 1) / 2, 1)
    has = rng.random(count) < chance ** (1 + PARALLEL.index(number))
    wait = ANOTHER.draw(rng, count, life.haste, life.evenness)
    made = np.where(has & (first_key < end), first_key + wait, NEVER)
    since = made + TRIED.draw(rng, count, life.haste, life.evenness)
    ends = np.where(rng.random(count) < CLOSES, made + CLOSED.draw(rng, count), NEVER)
    ends = np.where(ends > since, ends, NEVER)
    share = (WHOLE * rng.beta(1.2, 2.0, count)).astype(np.int16)
    free = np.flatnonzero((use.since == NEVER) & (made < end) & (ends > start))
    use.second[free], use.since[free], use.share[free] = number, since[free], share[free]
    use.second_until[free] = ends[free]
    there = np.flatnonzero(made < end)
    made, ends = made[there], ends[there]
    return [
        Events.of("key_created", there, made, number),
        Events.of("key_revoked", there, ends, number),
        Events.of("login", there, console_log_ins(rng, made, first_key[there])),
    ]
