"""The platform's prompt cache: how much of a prompt is read from it.

A prompt that begins as the one before it is read from the cache if that was a short time ago: a
later turn of a conversation repeats the turns before, and conversations of one program share its
instructions, tools and examples. Caches are an account's own.

Sources: entries live five minutes from their last use, and prompts need 1,024 tokens (Anthropic,
"Prompt caching"); prefixes are found in steps of 128 tokens (OpenAI, "Prompt caching"). In a large
cloud's traces 54 % of the tokens of programs and 62 % of those of people could be read from a
cache, nearly all by the user who had sent them before; with programs it was single requests with
the same instructions (arXiv 2506.02634).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_MINUTE
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.sessions import Sessions

LIFE = 5 * MS_PER_MINUTE
"""An entry that is not used for so long is gone, ms."""
LEAST, STEP_BITS = 1024, 7
"""Fewest tokens that are read from the cache; they are a multiple of 2**STEP_BITS."""
Floats = npt.NDArray[np.float32]


def cached_tokens(
    tables: ProfileTables,
    sessions: Sessions,
    uses: npt.NDArray[np.bool_],
    whole: npt.NDArray[np.int64],
    first: npt.NDArray[np.int64],
    fresh: npt.NDArray[np.bool_],
    rough: npt.NDArray[np.float64],
    inputs: Floats,
) -> npt.NDArray[np.int32]:
    """Tokens of prompts that are read from the cache, if the request is served.

    Args:
        tables: the usage profiles.
        sessions: k sessions, those of a workload one after the other.
        uses: shape (k,), whether a session's client uses the cache.
        whole: shape (n,), session of each request.
        first: shape (k,), index of each session's first request.
        fresh: shape (n,), whether a request is the first of a conversation.
        rough: shape (n,), about when each is sent, ms.
        inputs: shape (n,), tokens of prompts.
    """
    before = np.zeros_like(inputs)
    before[1:] = inputs[:-1]
    since = np.diff(rough, prepend=-np.inf)
    other = np.ones(len(sessions), np.bool_)
    other[1:] = sessions.workload[1:] != sessions.workload[:-1]
    since[first[other]] = np.inf
    # A prompt that is shorter than the one before has lost what its beginning was.
    repeats = ~fresh & (before <= inputs)
    found = np.minimum(before, inputs)
    found *= np.where(repeats, np.float32(1), tables.prefix.take(sessions.profile).take(whole))
    found[since >= np.where(uses, float(LIFE), -np.inf).take(whole)] = 0
    cached = found.astype(np.int32) >> STEP_BITS << STEP_BITS
    cached[cached < LEAST] = 0
    return cached
