"""Lengths of prompts and answers, request by request."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.streams import low_half, sixteen
from shamcrowd.simulator.traffic.conversation_memory import Content
from shamcrowd.simulator.traffic.profile_tables import SLOT_BITS, SLOTS, TURN_CAP, ProfileTables
from shamcrowd.simulator.traffic.token_counts import INPUTS, OUTPUTS
from shamcrowd.simulator.traffic.usage_profile import EMBEDDINGS

_SLOT = SLOTS - 1
Floats = npt.NDArray[np.float32]


def request_lengths(
    tables: ProfileTables,
    row: npt.NDArray[np.int32],
    content: Content,
    answer: npt.NDArray[np.int16],
    of: npt.NDArray[np.int64],
    begins: npt.NDArray[np.int64],
    luck: npt.NDArray[np.uint64],
    pace: npt.NDArray[np.uint64],
) -> tuple[Floats, Floats]:
    """Draw input and output tokens, before they are cut to whole ones, as if nothing failed.

    Args:
        tables: the usage profiles.
        row: shape (n,), beginning of each request's row in the tables.
        content: m conversations.
        answer: shape (m,), logarithm of the length of answers, fixed point.
        of: shape (n,), conversation of each request.
        begins: shape (m,), index of each one's first request, less the turns that it had before.
        luck: shape (n,), 64 random bits, of which the lowest 24 and the highest 16 are used.
        pace: shape (n,), 64 random bits, of which the highest 16 are used.
    """
    turn = np.arange(len(row))
    turn -= begins.take(of)
    size = content.prompt.take(of)
    size += tables.turn.take(sixteen(luck, 0) & np.uint16(_SLOT))
    size += tables.growth.take((row >> (SLOT_BITS - 6)) + np.minimum(turn, TURN_CAP))
    reply = answer.take(of)
    reply += tables.answer.take(row + ((low_half(luck) >> np.uint32(12)) & np.uint32(_SLOT)))
    inputs, outputs = INPUTS(size, sixteen(pace, 3)), OUTPUTS(reply, sixteen(luck, 3))
    without = content.endpoint == EMBEDDINGS
    if without.any():
        outputs[without.take(of)] = 0
    return inputs, outputs
