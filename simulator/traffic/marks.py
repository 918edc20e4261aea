"""What each request of a slice carries: looked up after the sort, column by column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.traffic.draw import Conversations, Rows
from simulator.traffic.tables import EXP, MAX_ANSWER, MAX_TOKENS, SLOT_BITS, SLOTS, Tables

_SLOT = np.uint64(SLOTS - 1)
_TOP = len(EXP) - 1


@dataclass
class Served:
    """Requests of a slice in time order, arrays of equal length."""

    time: npt.NDArray[np.int64]
    talk: npt.NDArray[np.int32]
    luck: npt.NDArray[np.uint64]
    account: npt.NDArray[np.int32]
    input_tokens: npt.NDArray[np.int32]
    output_tokens: npt.NDArray[np.int32]
    status: npt.NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.time)

    def kept(self, which: npt.NDArray[np.bool_]) -> Served:
        """Only the rows chosen."""
        return Served(*(column[which] for column in vars(self).values()))


def in_time_order(rows: Rows, begin: int) -> Rows:
    """Rows by time: one sort of packed (time, position) keys, then two gathers."""
    width = np.int64(max(len(rows).bit_length(), 1))
    packed = ((rows.time - begin) << width) | np.arange(len(rows))
    packed.sort()
    order = packed & ((np.int64(1) << width) - 1)
    time = (packed >> width) + begin
    return Rows(time, rows.conversation[order], rows.turn[order], rows.luck[order])


def serve(
    rows: Rows,
    talks: Conversations,
    tables: Tables,
    throttled: npt.NDArray[np.bool_] | None,
    faults: float,
) -> Served:
    """Lengths and status of rows in time order; ``faults`` is the share of server faults."""
    talk, luck = rows.conversation, rows.luck
    habit = talks.habit[talk]
    row = habit << SLOT_BITS
    size = talks.prompt[talk] + tables.prompt[row + (luck & _SLOT).astype(np.int32)]
    size += tables.growth[(habit << 6) + rows.turn]
    reply = (
        talks.answer[talk] + tables.answer[row + ((luck >> np.uint64(12)) & _SLOT).astype(np.int32)]
    )
    inputs = np.minimum(EXP[np.clip(size, 0, _TOP)], MAX_TOKENS)
    outputs = np.minimum(EXP[np.clip(reply, 0, _TOP)], MAX_ANSWER)
    status = np.full(len(rows), 200, np.int16)
    status[(luck >> np.uint64(48)) < np.uint64(faults * 65536)] = 500
    if throttled is not None:
        status[throttled] = 429
    outputs[status != 200] = 0
    return Served(rows.time, talk, luck, talks.account[talk], inputs, outputs, status)


def columns(served: Served, talks: Conversations, tables: Tables) -> dict[str, npt.NDArray]:  # type: ignore[type-arg]
    """Every column of the requests table but the account's id, plus the truth's flag."""
    talk = served.talk
    flip = (talks.habit[talk].astype(np.int64) if talks.habit.size else talk).astype(np.int64)
    mask = tables.flips[
        (tables.looseness[flip] << SLOT_BITS)
        + ((served.luck >> np.uint64(24)) & _SLOT).astype(np.int64)
    ]
    return {
        "time": served.time,
        "key": talks.key[talk],
        "session": talks.session[talk],
        "conversation": talks.conversation[talk],
        "address": talks.address[talk],
        "client": talks.client[talk],
        "model": talks.model[talk],
        "endpoint": talks.endpoint[talk],
        "topic": talks.topic[talk],
        "sketch": talks.sketch[talk] ^ mask,
        "input_tokens": served.input_tokens,
        "output_tokens": served.output_tokens,
        "status": served.status,
        "abusive": tables.abusive[talks.habit[talk]],
    }
