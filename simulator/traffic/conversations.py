"""What conversations are about: topic, endpoint, prompt template and length of the first prompt."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.streams import mixed
from shamcrowd.simulator.traffic.conversation_memory import Content
from shamcrowd.simulator.traffic.profile_tables import (
    LOG_UNIT,
    SLOT_BITS,
    SLOTS,
    ProfileTables,
    normal,
)
from shamcrowd.simulator.traffic.sessions import Sessions
from shamcrowd.simulator.traffic.workloads import Workloads

_SLOT = np.uint64(SLOTS - 1)
_ODD = np.uint64(0x9E3779B97F4A7C15)
"""A factor that makes the high bits of a product depend on all bits of a word."""
_PROMPT_SPREAD = 0.5
"""Sigma of the logarithm of first prompts between an account's conversations (assumed)."""

LIBRARY = 300
"""Prompts of public libraries and tools that are widely pasted (assumed)."""
PASTED = 0.08
"""Share of conversations that begin with one of them, for all accounts alike (assumed)."""
_PASTED = round(256 * PASTED)
AS_IT_IS = 1
"""Most variation of a pasted prompt, as a level of `PROMPT_VARIATION_LEVELS`."""


class Contents:
    """Draws what conversations are about; ``key`` makes the sketches of topics."""

    def __init__(self, tables: ProfileTables, key: int) -> None:
        self._tables = tables
        self._library = np.uint64(key ^ 0x6C6962726172)
        self._topic_sketch = mixed(np.arange(64, dtype=np.uint64), key)

    def __call__(
        self,
        workloads: Workloads,
        sessions: Sessions,
        session: npt.NDArray[np.int64],
        pace: npt.NDArray[np.uint64],
        luck: npt.NDArray[np.uint64],
    ) -> Content:
        """Draw m conversations; their ids are set by the caller.

        Args:
            workloads: the group's workloads.
            sessions: n sessions.
            session: shape (m,), session of each conversation.
            pace: shape (m,), random bits of the first request.
            luck: shape (m,), other random bits of it.
        """
        tables = self._tables
        whose = sessions.workload.take(session)
        kind = sessions.profile.take(session)
        # All bits of the first request are used by then; a hash of both words gives more.
        more = mixed(pace ^ (luck << np.uint64(1)))
        with np.errstate(over="ignore"):
            other = more * _ODD
        slot = (kind << SLOT_BITS) + ((other >> np.uint64(28)) & _SLOT).astype(np.int32)
        loyal = ((other >> np.uint64(40)) & np.uint64(0xFF)).astype(
            np.int32
        ) < tables.favourite_share.take(kind)
        topic = np.where(loyal, workloads.topic.take(whose), tables.topic.take(slot))
        endpoint = tables.endpoint.take(
            (kind << 8) + ((other >> np.uint64(48)) & np.uint64(0xFF)).astype(np.int32)
        )
        templates = workloads.templates.take(whose).astype(np.uint64)
        # Squared, so that some templates are common and most are rare.
        where = (more >> np.uint64(32)).astype(np.float64) / 2**32
        chosen = (where * where * templates).astype(np.uint64)
        template = mixed(workloads.family.take(whose).astype(np.uint64) + chosen)
        # Templates and free-form prompts differ from their topic's sketch in a quarter of the bits.
        words = np.where(templates > 0, template, more)
        # Of the public library, some are very common, too, and pasted nearly as they are.
        pasted = (other >> np.uint64(56)).astype(np.int32) < _PASTED
        popular = (where * where * LIBRARY).astype(np.uint64)
        words = np.where(pasted, mixed(popular ^ self._library), words)
        variation = tables.prompt_variation.take(kind)
        variation = np.where(pasted, np.minimum(variation, AS_IT_IS), variation)
        spread = normal(((more >> np.uint64(4)) & _SLOT).astype(np.int64))
        prompt = workloads.prompt.take(whose) + spread * (_PROMPT_SPREAD * LOG_UNIT)
        prompt += tables.prompt.take((kind << SLOT_BITS) + (luck & _SLOT).astype(np.int32))
        return Content(
            np.empty(0, np.int32),
            topic,
            endpoint,
            self._topic_sketch.take(topic) ^ (words & mixed(words)),
            variation.astype(np.int8),
            prompt.astype(np.int16),
        )
