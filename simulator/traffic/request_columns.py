"""What each request of a slice carries: looked up after the sort, column by column.

Look-ups are ``take`` by ``np.intp``: half the time of indexing with the 32-bit numbers that are
kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.radix import stable_order
from shamcrowd.simulator.traffic.draw import Conversations, RequestRows
from shamcrowd.simulator.traffic.profile_tables import (
    EXP,
    MAX_ANSWER,
    MAX_TOKENS,
    SLOT_BITS,
    SLOTS,
    ProfileTables,
)

_SLOT = SLOTS - 1
_INPUTS = np.minimum(EXP, MAX_TOKENS)
_OUTPUTS = np.minimum(EXP, MAX_ANSWER)


@dataclass
class ServedRequests:
    """Requests of a slice in time order, arrays of equal length."""

    time: npt.NDArray[np.int64]
    talk: npt.NDArray[np.intp]
    luck: npt.NDArray[np.uint64]
    account: npt.NDArray[np.int32]
    input_tokens: npt.NDArray[np.int32]
    output_tokens: npt.NDArray[np.int32]
    status: npt.NDArray[np.int16]
    slowed: npt.NDArray[np.bool_]
    """Honest requests that a throttle takes away when all else is settled."""

    def __len__(self) -> int:
        return len(self.time)

    def kept(self, which: npt.NDArray[np.bool_]) -> ServedRequests:
        """Only the rows chosen."""
        at = np.flatnonzero(which)
        return ServedRequests(*(column.take(at) for column in vars(self).values()))


def in_time_order(rows: RequestRows, begin: int, end: int) -> tuple[RequestRows, RequestRows]:
    """Rows by time, those of equal time as they came: first those before ``end``, then the rest.

    ``begin`` comes before every row; what lies more than 49 days ahead is left unsorted among the
    rest.
    """
    ahead = np.minimum(rows.time - begin, 2**32 - 1)
    order = stable_order(ahead)
    due = int(np.count_nonzero(ahead < end - begin))
    return rows.chosen(order[:due]), rows.chosen(order[due:])


def serve(
    rows: RequestRows,
    talks: Conversations,
    tables: ProfileTables,
    over: npt.NDArray[np.bool_] | None,
    slowed: npt.NDArray[np.bool_],
    faults: float,
) -> ServedRequests:
    """Lengths and status of rows in time order.

    ``over`` and ``slowed`` are those of `AccessGate.too_fast`, ``faults`` the share of server
    faults.
    """
    talk, luck = rows.conversation.astype(np.intp), rows.luck
    profile = talks.profile.astype(np.intp).take(talk)
    row = profile << SLOT_BITS
    slot = luck.view(np.int64)
    size = talks.prompt.take(talk) + tables.prompt.take(row | (slot & _SLOT))
    size += tables.growth.take((profile << 6) | rows.turn)
    reply = talks.answer.take(talk) + tables.answer.take(row | ((slot >> 12) & _SLOT))
    # "clip" bounds the look-up at both ends of the table.
    inputs = _INPUTS.take(size, mode="clip")
    outputs = _OUTPUTS.take(reply, mode="clip")
    status = np.full(len(rows), 200, np.int16)
    status[(luck >> np.uint64(48)) < np.uint64(faults * 65536)] = 500
    if over is not None:
        status[over] = 429
    outputs[status != 200] = 0
    account = talks.account.take(talk)
    return ServedRequests(rows.time, talk, luck, account, inputs, outputs, status, slowed)


def columns(
    served: ServedRequests, talks: Conversations, tables: ProfileTables
) -> dict[str, npt.NDArray]:  # type: ignore[type-arg]
    """Every column of the requests table but the account's id, plus the truth's flag."""
    talk = served.talk
    level = (tables.looseness << SLOT_BITS).take(talks.profile).take(talk)
    mask = tables.flips.take(level | ((served.luck.view(np.int64) >> 24) & _SLOT))
    return {
        "time": served.time,
        "key": talks.key.take(talk),
        "session": talks.session.take(talk),
        "conversation": talks.conversation.take(talk),
        "address": talks.address.take(talk),
        "client": talks.client.take(talk),
        "model": talks.model.take(talk),
        "endpoint": talks.endpoint.take(talk),
        "topic": talks.topic.take(talk),
        "sketch": talks.sketch.take(talk) ^ mask,
        "input_tokens": served.input_tokens,
        "output_tokens": served.output_tokens,
        "status": served.status,
        "abusive": tables.abusive.take(talks.profile).take(talk),
    }
