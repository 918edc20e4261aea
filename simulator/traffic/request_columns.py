"""Columns of a slice's requests, looked up after sorting by time.

Look-ups use ``take`` with ``np.intp`` indices: half the time of indexing with the stored 32-bit
numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.radix import stable_order
from shamcrowd.simulator.traffic.answer_times import AnswerTimes
from shamcrowd.simulator.traffic.failures import FINE, OVERLOADED, retry_after
from shamcrowd.simulator.traffic.profile_tables import SLOT_BITS, SLOTS, ProfileTables
from shamcrowd.simulator.traffic.reasoning import reasoning_tokens
from shamcrowd.simulator.traffic.traffic_rows import Conversations, RequestRows

_SLOT = SLOTS - 1
TOO_MANY = 429
NOTHING = -1
"""Stands for no value in columns where 0 is one, or where all values are above."""


@dataclass
class ServedRequests:
    """Requests of a slice in order of time; arrays of shape (n,)."""

    time: Millis
    conversation: npt.NDArray[np.intp]
    request: npt.NDArray[np.int32]
    luck: npt.NDArray[np.uint64]
    account: npt.NDArray[np.int32]
    input_tokens: npt.NDArray[np.int32]
    cached_tokens: npt.NDArray[np.int32]
    output_tokens: npt.NDArray[np.int32]
    first_token: npt.NDArray[np.int32]
    duration: npt.NDArray[np.int32]
    status: npt.NDArray[np.int16]
    retry_after: npt.NDArray[np.int16]
    """Seconds after which a client over a limit may try again; 0: nothing is said."""
    refusal: npt.NDArray[np.int16]
    """HTTP status with which a throttle or a lever refuses each; 0: neither does. Those of
    legitimate accounts are refused last."""

    def __len__(self) -> int:
        return len(self.time)

    def kept(self, which: npt.NDArray[np.bool_]) -> ServedRequests:
        """Return the rows where ``which`` is True."""
        at = np.flatnonzero(which)
        return ServedRequests(*(column.take(at) for column in vars(self).values()))

    def cost(
        self,
        some: npt.NDArray[np.intp],
        conversations: Conversations,
        prices: npt.NDArray[np.float64],
    ) -> npt.NDArray[np.float64]:
        """Price of the requests ``some``, US dollars, as if all of them were served.

        Args:
            some: indices, shape (m,).
            conversations: their conversations.
            prices: US dollars per input, output and cached token by model, shape (3, models).
        """
        model = conversations.model.take(self.conversation.take(some))
        asked, answered, cached = prices.take(model, axis=1)
        found: npt.NDArray[np.float64] = self.input_tokens.take(some) * asked
        found += self.output_tokens.take(some) * answered
        found -= self.cached_tokens.take(some) * (asked - cached)
        return found

    def refuse(
        self,
        which: npt.NDArray[np.bool_],
        times: AnswerTimes,
        status: int | npt.NDArray[np.int16] = TOO_MANY,
    ) -> None:
        """Refuse requests with an HTTP status, one for all or of shape (n,).

        It is 429, 403, or 503 as if the server were overloaded, which takes longer.
        """
        at = np.flatnonzero(which)
        own = np.broadcast_to(np.asarray(status, np.int16), len(self)).take(at)
        self.status[at] = own
        self.output_tokens[at] = 0
        self.cached_tokens[at] = 0
        self.retry_after[at] = 0
        luck = (self.luck.take(at) >> np.uint64(12)).astype(np.int64)
        busy = np.isin(own, OVERLOADED)
        self.duration[at] = np.where(busy, times.failure(luck), times.refusal(luck))


def in_time_order(rows: RequestRows, begin: int, end: int) -> tuple[RequestRows, RequestRows]:
    """Sort rows by time (stable): first those before ``end``, then the later ones.

    ``begin`` (ms) is before every row; rows more than 49 days later are returned unsorted among the
    later ones.
    """
    ahead = np.minimum(rows.time - begin, 2**32 - 1)
    order = stable_order(ahead)
    due = int(np.count_nonzero(ahead < end - begin))
    return rows.chosen(order[:due]), rows.chosen(order[due:])


def serve(
    rows: RequestRows,
    conversations: Conversations,
    over: npt.NDArray[np.int32] | None,
    refusal: npt.NDArray[np.int16],
    times: AnswerTimes,
) -> ServedRequests:
    """Answer rows in order of time, or refuse them.

    Args:
        rows: n requests.
        conversations: their conversations.
        over: shape (n,), ms until a request over the limit may be sent again, 0 for others
            (`AccessGate.over_limits`), or None.
        refusal: shape (n,), status with which those over a throttled limit are refused, or 0.
        times: durations of answers.
    """
    conversation = rows.conversation.astype(np.intp)
    served = ServedRequests(
        rows.time,
        conversation,
        rows.request,
        rows.luck,
        conversations.account.take(conversation),
        rows.input_tokens,
        rows.cached_tokens,
        rows.output_tokens,
        rows.first_token,
        rows.duration,
        rows.status,
        np.zeros(len(rows), np.int16),
        refusal,
    )
    failed = served.status != FINE
    served.output_tokens[failed] = 0
    served.cached_tokens[failed] = 0
    if over is not None:
        served.refuse(over > 0, times)
        served.retry_after[:] = -(-over // 1000)
    return served


def columns(
    served: ServedRequests,
    conversations: Conversations,
    tables: ProfileTables,
    times: AnswerTimes,
) -> dict[str, npt.NDArray]:  # type: ignore[type-arg]
    """Return every column of the requests table except the account id, and the truth's flag.

    `NOTHING` is written as null.
    """
    conversation = served.conversation
    level = (conversations.variation.astype(np.int64) << SLOT_BITS).take(conversation)
    stream = conversations.stream.take(conversation) & (served.status == FINE)
    after = served.retry_after.astype(np.int16)
    overloaded = np.flatnonzero(np.isin(served.status, OVERLOADED))
    after[overloaded] = retry_after(served.luck.take(overloaded), times)
    after[after == 0] = NOTHING
    mask = tables.flips.take(level | ((served.luck.view(np.int64) >> 24) & _SLOT))
    return {
        "request": served.request,
        "time": served.time,
        "key": conversations.key.take(conversation),
        "session": conversations.session.take(conversation),
        "conversation": conversations.conversation.take(conversation),
        "address": conversations.address.take(conversation),
        "client": conversations.client.take(conversation),
        "model": conversations.model.take(conversation),
        "endpoint": conversations.endpoint.take(conversation),
        "topic": conversations.topic.take(conversation),
        "sketch": conversations.sketch.take(conversation) ^ mask,
        "input_tokens": served.input_tokens,
        "cached_tokens": served.cached_tokens,
        "output_tokens": served.output_tokens,
        "reasoning_tokens": reasoning_tokens(
            conversations.reasons.take(conversation), served.output_tokens, served.luck
        ),
        "stream": conversations.stream.take(conversation),
        "first_token": np.where(stream, served.first_token, NOTHING),
        "duration": served.duration,
        "status": served.status,
        "retry_after": after,
        "abusive": tables.abusive.take(conversations.profile).take(conversation),
    }
