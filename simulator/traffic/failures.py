"""Server errors, and what clients do about them: retry, give up, or carry on.

Errors come together: some accounts and some sessions have many (their requests are unusual, or
their connection is bad), most have none, and outages strike everybody at once. Client libraries
retry twice, after half a second and a second less a quarter of jitter (openai-python and
anthropic-sdk-python, defaults). How many clients retry, and how many people give up, is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.streams import mixed, sixteen, uniform_by_id, unit
from shamcrowd.simulator.traffic.answer_times import AnswerTimes
from shamcrowd.simulator.traffic.outages import OF, FailingShares
from shamcrowd.simulator.traffic.profile_tables import SLOTS, quantiles
from shamcrowd.simulator.traffic.usage_profile import Lognormal

FINE, FAILED = 200, 500
OVERLOADED = 503, 529
"""What platforms answer when they are overloaded: mostly 503, Anthropic's API 529."""
HONOURED = 60
"""Longest wait, seconds, that a platform asks for and clients keep to (openai-python and
anthropic-sdk-python: longer ones are ignored)."""
RETRIES = 2
_RETRYING = 0.75
"""Share of workloads whose client retries."""
_FIRST_DELAY = 500.0
"""Delay before the first retry, ms; it doubles with each."""
_JITTER = 0.25
_GIVE_UP = 0.35
"""Share of requests that failed for good after which the session ends."""
_AGAIN = 0.3
"""Chance that a retry fails for the same reason as the request before it."""
_BY_ACCOUNT, _BY_SESSION = 1.0, 1.5
"""Sigmas of the logarithm of an account's and of a session's rate of errors (assumed)."""
_MOST = 0.5
GONE = 2**42
"""Added to the times of requests that were never sent, ms: later than any recording ends."""


def account_factors(account: npt.NDArray[np.int32], key: int) -> npt.NDArray[np.float32]:
    """Factor on the rate of errors of accounts (ids), mean 1; it depends on the id alone."""
    table = _factors(_BY_ACCOUNT)
    slot = (uniform_by_id(account, key) * SLOTS).astype(np.int64)
    factors: npt.NDArray[np.float32] = table.take(slot)
    return factors


def retries(account: npt.NDArray[np.int32], key: int) -> npt.NDArray[np.int8]:
    """Retries that the clients of accounts (ids) make at most."""
    return np.where(uniform_by_id(account, key) < _RETRYING, RETRIES, 0).astype(np.int8)


def retry_after(luck: npt.NDArray[np.uint64], times: AnswerTimes) -> npt.NDArray[np.int16]:
    """Seconds that an overloaded platform asks requests to wait, 0: none; by their random bits."""
    return times.retry_after((luck >> np.uint64(36)).astype(np.int64))


def _factors(sigma: float) -> npt.NDArray[np.float32]:
    values = quantiles(Lognormal(1.0, sigma))
    factors: npt.NDArray[np.float64] = values / values.mean()
    return factors.astype(np.float32)


@dataclass(frozen=True)
class Requests:
    """What failures need to know of n requests of m sessions, session by session.

    Attributes:
        time: shape (n,), ms; ascending in each session.
        luck: shape (n,), 64 random bits; the highest 16 decide about a failure.
        session: shape (n,), session of each request.
        first: shape (m,), index of each session's first request.
        count: shape (m,), number of its requests.
        model: shape (m,), code.
        chance: shape (m,), rate of errors outside outages, in `OF` parts.
        most: shape (m,), retries that its client makes at most.
    """

    time: Millis
    luck: npt.NDArray[np.uint64]
    session: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    count: npt.NDArray[np.int32]
    model: npt.NDArray[np.int8]
    chance: npt.NDArray[np.uint16]
    most: npt.NDArray[np.int8]


@dataclass
class Retries:
    """m requests sent again: index of the request, time (ms), duration (ms) and status."""

    of: npt.NDArray[np.intp]
    time: Millis
    duration: Millis
    status: npt.NDArray[np.int16]


class Failures:
    """The failures of a shard's requests.

    Args:
        rate: mean share of requests that fail outside outages, 0 to 1.
        outages: the outages.
        times: durations of answers.
        overloaded: status of an overloaded platform, one of `OVERLOADED`.
    """

    def __init__(
        self,
        rate: float,
        outages: FailingShares,
        times: AnswerTimes,
        overloaded: int = OVERLOADED[0],
    ) -> None:
        self._session = _factors(_BY_SESSION) * np.float32(rate * OF)
        self._outages = outages
        self._times = times
        self._overloaded = overloaded

    def chance(
        self, factor: npt.NDArray[np.float32], luck: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.uint16]:
        """Rate of errors of sessions in `OF` parts; ``luck`` holds 12 random bits."""
        chance: npt.NDArray[np.float32] = self._session.take(luck) * factor
        return np.minimum(chance, np.float32(_MOST * OF)).astype(np.uint16)

    def send(
        self, requests: Requests, duration: npt.NDArray[np.float32]
    ) -> tuple[npt.NDArray[np.int16], Retries]:
        """Find out which requests fail, and send them again.

        Args:
            requests: n requests.
            duration: shape (n,), ms until answers are complete; in place set to the time until the
                error where a request fails.

        Returns:
            Status of each request, shape (n,), and the retries. In place what follows in a session
            is held up by as long as the failures before it took, or by `GONE` if the session ends.
        """
        failed = np.flatnonzero(self._fails(requests))
        session = requests.session.take(failed)
        answer, time = duration.take(failed).astype(np.int64), requests.time.take(failed)
        luck, model = requests.luck.take(failed), requests.model.take(session)
        status = np.full(len(requests.time), FINE, np.int16)
        status[failed] = kind = self._kind(luck, model, time)
        asked = retry_after(luck, self._times).astype(np.int64)
        duration[failed] = self._times.failure((luck >> np.uint64(12)).astype(np.int64))
        clock = time + duration.take(failed).astype(np.int64)
        served = np.zeros(len(failed), np.bool_)
        left = np.arange(len(failed))
        parts: list[Retries] = []
        for number in range(RETRIES):
            left = left[requests.most.take(session.take(left)) > number]
            again = mixed(luck.take(left), number + 1)
            wait = _FIRST_DELAY * 2**number * (1 - _JITTER * unit(mixed(again)))
            seconds = np.where(kind.take(left) == self._overloaded, asked.take(left), 0)
            wait = np.maximum(wait, np.where(seconds > HONOURED, 0, seconds) * 1000)
            sent = clock.take(left) + wait.astype(np.int64)
            share = self._outages.share(self._outages.index(sent, model.take(left)))
            chance = share + requests.chance.take(session.take(left)) + round(_AGAIN * OF)
            fails = (again >> np.uint64(48)).astype(np.int32) < chance
            took = np.where(
                fails,
                self._times.failure((again >> np.uint64(12)).astype(np.int64)),
                answer.take(left),
            ).astype(np.int64)
            answered = np.where(fails, self._kind(again, model.take(left), sent), FINE)
            kind[left] = answered
            parts.append(Retries(failed.take(left), sent, took, answered.astype(np.int16)))
            clock[left] = sent + took
            served[left[~fails]] = True
            left = left[fails]
        held_up = np.maximum(clock - time - answer, 0)
        ends = ~served & (unit(mixed(luck, RETRIES + 1)) < _GIVE_UP)
        retries = _joined(parts)
        shift = _hold_up(requests, failed, np.where(ends, GONE, held_up))
        retries.time += shift.take(np.searchsorted(failed, retries.of))
        return status, retries

    def _fails(self, requests: Requests) -> npt.NDArray[np.bool_]:
        """Whether each request fails when it is first sent."""
        chance, coin = requests.chance.take(requests.session), sixteen(requests.luck, 3)
        if not self._outages.between(int(requests.time.min()), int(requests.time.max())):
            return np.less(coin, chance)
        model = requests.model.take(requests.session)
        more = self._outages.share(self._outages.index(requests.time, model))
        fails: npt.NDArray[np.bool_] = coin < chance + more
        return fails

    def _kind(
        self, luck: npt.NDArray[np.uint64], model: npt.NDArray[np.int8], time: Millis
    ) -> npt.NDArray[np.int16]:
        """500, or the status of overload, by what is the matter at that time."""
        index = self._outages.index(time, model)
        usual = luck & np.uint64(3) == 0
        overload = np.where(self._outages.share(index) > 0, self._outages.overloaded(index), usual)
        return np.where(overload, self._overloaded, FAILED).astype(np.int16)


def _hold_up(requests: Requests, failed: npt.NDArray[np.intp], delay: Millis) -> Millis:
    """Move what follows failed requests in their sessions; by how much they moved themselves."""
    session = requests.session.take(failed)
    new = np.ones(len(session), np.bool_)
    new[1:] = session[1:] != session[:-1]
    hit, number = session[new], np.cumsum(new) - 1
    # The requests of these sessions alone, one session after the other.
    count = requests.count.take(hit).astype(np.int64)
    begin = np.cumsum(count) - count
    rows = np.repeat(requests.first.take(hit) - begin, count) + np.arange(count.sum())
    place = failed - requests.first.take(session) + begin.take(number)
    later = np.zeros(len(rows) + 1, np.int64)
    later[place + 1] = delay
    later[begin] = 0
    shift = np.cumsum(later[:-1])
    shift -= np.repeat(shift.take(begin), count)
    requests.time[rows] += shift
    return shift.take(place)


def _joined(parts: list[Retries]) -> Retries:
    return Retries(
        np.concatenate([part.of for part in parts]),
        np.concatenate([part.time for part in parts]),
        np.concatenate([part.duration for part in parts]),
        np.concatenate([part.status for part in parts]),
    )
