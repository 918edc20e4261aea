"""What follows a challenge: an answer in time, or a suspension, and perhaps an appeal.

The same for everybody; who passes, appeals and is heard are parameters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR, NEVER, Millis
from shamcrowd.simulator.core.streams import mixed, unit
from shamcrowd.simulator.lifecycle.delays import DAY, HOUR, MINUTE, Delay
from shamcrowd.simulator.lifecycle.log_ins import hashed_delay

LOCK_AFTER = 24 * MS_PER_HOUR
"""An account that does not pass a challenge within a day is suspended (assumed)."""
LOCK_JOB = Delay(15 * MINUTE, 0.9)
"""From then to the suspension, by a job that runs again and again (assumed)."""
ANSWER = Delay(16 * MINUTE, 1.1, 0.25, 5 * HOUR, 0.8)
"""From a challenge to its answer; later than `LOCK_AFTER` counts as failed (assumed)."""
FILED = Delay(5 * HOUR, 1.1, 0.15, 2 * DAY, 0.9)
"""From a suspension to the appeal (assumed)."""
DECISION_DELAY = Delay(36 * HOUR, 0.6)
"""From the appeal to the decision (assumed)."""

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class AppealHabit:
    """Parameters of appeals, both between 0 and 1; scalars or of shape (n,).

    Attributes:
        share: share of suspended accounts that appeal.
        granted: share of their appeals that succeed.
    """

    share: npt.ArrayLike
    granted: npt.ArrayLike


OWNERS = AppealHabit(0.6, 0.85)
"""Legitimate owners (assumed, as in the response `standard`)."""


@dataclass(frozen=True)
class ChallengeOutcome:
    """What becomes of n challenged accounts; of shape (n,), ms, NEVER where it does not happen.

    Attributes:
        passed: the challenge is answered rightly and in time.
        suspended: the account is suspended, since it was not.
        appealed: the suspension is appealed against.
        back: the appeal succeeds, and the account is reinstated.
    """

    passed: Millis
    suspended: Millis
    appealed: Millis
    back: Millis


def answered(asked: Millis, words: Words, key: int, success: npt.ArrayLike) -> Millis:
    """When challenges are passed: shape (n,), ms; NEVER where the answer is wrong or late.

    Args:
        asked: shape (n,), when the accounts are challenged, ms.
        words: shape (n,), a word for each account.
        key: random key of the occasion; the six keys after it belong to it, too.
        success: share that answers rightly, 0 to 1, scalar or shape (n,).
    """
    wait = hashed_delay(ANSWER, words, key + 1)
    right = unit(mixed(words, key)) < np.asarray(success)
    return np.where(right & (wait <= LOCK_AFTER), asked + wait, NEVER)


def locked(asked: Millis, words: Words, key: int) -> Millis:
    """When accounts are suspended that did not pass; arguments as for `answered`."""
    return asked + LOCK_AFTER + hashed_delay(LOCK_JOB, words, key + 2)


def follow(
    asked: Millis, words: Words, key: int, success: npt.ArrayLike, appeals: AppealHabit
) -> ChallengeOutcome:
    """What follows n challenges; arguments as for `answered`, and who appeals.

    >>> one, asked = np.array([7], np.uint64), np.array([0])
    >>> passed = follow(asked, one, 1, 1.0, OWNERS)
    >>> bool(passed.passed[0] < LOCK_AFTER), bool(passed.suspended[0] == NEVER)
    (True, True)
    >>> failed = follow(asked, one, 1, 0.0, AppealHabit(1.0, 1.0))
    >>> bool(LOCK_AFTER < failed.suspended[0] < failed.appealed[0] < failed.back[0] < NEVER)
    True
    """
    passed = answered(asked, words, key, success)
    out = passed == NEVER
    lock = locked(asked, words, key)
    files = out & (unit(mixed(words, key + 5)) < np.asarray(appeals.share))
    granted = files & (unit(mixed(words, key + 6)) < np.asarray(appeals.granted))
    filed = lock + hashed_delay(FILED, words, key + 3)
    decided = filed + hashed_delay(DECISION_DELAY, words, key + 4)
    return ChallengeOutcome(
        passed,
        np.where(out, lock, NEVER),
        np.where(files, filed, NEVER),
        np.where(granted, decided, NEVER),
    )
