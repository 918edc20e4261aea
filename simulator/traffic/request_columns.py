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
from shamcrowd.simulator.traffic.profile_tables import (
    EXP,
    MAX_ANSWER,
    MAX_TOKENS,
    SLOT_BITS,
    SLOTS,
    ProfileTables,
)
from shamcrowd.simulator.traffic.traffic_rows import Conversations, RequestRows

_SLOT = SLOTS - 1
_INPUTS = np.minimum(EXP, MAX_TOKENS)
_OUTPUTS = np.minimum(EXP, MAX_ANSWER)


@dataclass
class ServedRequests:
    """Requests of a slice in order of time; arrays of shape (n,)."""

    time: Millis
    conversation: npt.NDArray[np.intp]
    luck: npt.NDArray[np.uint64]
    account: npt.NDArray[np.int32]
    input_tokens: npt.NDArray[np.int32]
    output_tokens: npt.NDArray[np.int32]
    status: npt.NDArray[np.int16]
    slowed: npt.NDArray[np.bool_]
    """Requests of legitimate accounts that a throttle removes at the end."""

    def __len__(self) -> int:
        return len(self.time)

    def kept(self, which: npt.NDArray[np.bool_]) -> ServedRequests:
        """Return the rows where ``which`` is True."""
        at = np.flatnonzero(which)
        return ServedRequests(*(column.take(at) for column in vars(self).values()))


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
    tables: ProfileTables,
    over: npt.NDArray[np.bool_] | None,
    slowed: npt.NDArray[np.bool_],
    faults: float,
) -> ServedRequests:
    """Compute token counts and status of rows in order of time.

    Args:
        rows: n requests.
        conversations: their conversations.
        tables: the usage profiles.
        over: shape (n,), requests over the limit (`AccessGate.over_limits`), or None.
        slowed: shape (n,), requests over a throttled limit.
        faults: share of requests that fail with a server error, 0 to 1.
    """
    conversation, luck = rows.conversation.astype(np.intp), rows.luck
    profile = conversations.profile.astype(np.intp).take(conversation)
    row = profile << SLOT_BITS
    slot = luck.view(np.int64)
    size = conversations.prompt.take(conversation) + tables.prompt.take(row | (slot & _SLOT))
    size += tables.growth.take((profile << 6) | rows.turn)
    reply = conversations.answer.take(conversation) + tables.answer.take(
        row | ((slot >> 12) & _SLOT)
    )
    # "clip" limits the look-up to both ends of the table.
    inputs = _INPUTS.take(size, mode="clip")
    outputs = _OUTPUTS.take(reply, mode="clip")
    status = np.full(len(rows), 200, np.int16)
    status[(luck >> np.uint64(48)) < np.uint64(faults * 65536)] = 500
    if over is not None:
        status[over] = 429
    outputs[status != 200] = 0
    account = conversations.account.take(conversation)
    return ServedRequests(rows.time, conversation, luck, account, inputs, outputs, status, slowed)


def columns(
    served: ServedRequests, conversations: Conversations, tables: ProfileTables
) -> dict[str, npt.NDArray]:  # type: ignore[type-arg]
    """Return every column of the requests table except the account id, and the truth's flag."""
    conversation = served.conversation
    level = (tables.prompt_variation << SLOT_BITS).take(conversations.profile).take(conversation)
    mask = tables.flips.take(level | ((served.luck.view(np.int64) >> 24) & _SLOT))
    return {
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
        "status": served.status,
        "abusive": tables.abusive.take(conversations.profile).take(conversation),
    }
