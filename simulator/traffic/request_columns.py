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
from shamcrowd.simulator.traffic.failures import FINE, OVERLOADED
from shamcrowd.simulator.traffic.profile_tables import SLOT_BITS, SLOTS, ProfileTables
from shamcrowd.simulator.traffic.traffic_rows import Conversations, RequestRows

_SLOT = SLOTS - 1
TOO_MANY = 429


@dataclass
class ServedRequests:
    """Requests of a slice in order of time; arrays of shape (n,)."""

    time: Millis
    conversation: npt.NDArray[np.intp]
    request: npt.NDArray[np.int32]
    luck: npt.NDArray[np.uint64]
    account: npt.NDArray[np.int32]
    input_tokens: npt.NDArray[np.int32]
    output_tokens: npt.NDArray[np.int32]
    duration: npt.NDArray[np.int32]
    status: npt.NDArray[np.int16]
    refusal: npt.NDArray[np.int16]
    """HTTP status with which a throttle or a lever refuses each; 0: neither does. Those of
    legitimate accounts are refused last."""

    def __len__(self) -> int:
        return len(self.time)

    def kept(self, which: npt.NDArray[np.bool_]) -> ServedRequests:
        """Return the rows where ``which`` is True."""
        at = np.flatnonzero(which)
        return ServedRequests(*(column.take(at) for column in vars(self).values()))

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
        luck = (self.luck.take(at) >> np.uint64(12)).astype(np.int64)
        busy = own == OVERLOADED
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
    over: npt.NDArray[np.bool_] | None,
    refusal: npt.NDArray[np.int16],
    times: AnswerTimes,
) -> ServedRequests:
    """Answer rows in order of time, or refuse them.

    Args:
        rows: n requests.
        conversations: their conversations.
        over: shape (n,), requests over the limit (`AccessGate.over_limits`), or None.
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
        rows.output_tokens,
        rows.duration,
        rows.status,
        refusal,
    )
    served.output_tokens[served.status != FINE] = 0
    if over is not None:
        served.refuse(over, times)
    return served


def columns(
    served: ServedRequests, conversations: Conversations, tables: ProfileTables
) -> dict[str, npt.NDArray]:  # type: ignore[type-arg]
    """Return every column of the requests table except the account id, and the truth's flag."""
    conversation = served.conversation
    level = (conversations.variation.astype(np.int64) << SLOT_BITS).take(conversation)
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
        "output_tokens": served.output_tokens,
        "duration": served.duration,
        "status": served.status,
        "abusive": tables.abusive.take(conversations.profile).take(conversation),
    }
