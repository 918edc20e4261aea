"""How long answers take: the wait for the first token, and the model's speed.

Sources: medians of the wait for the first token, hourly probes of 15 models, 0.3 to 4.2 s
(jonathanwrede.de, "TTFT varies 13x across LLM providers", 2026); output of about 130 tokens a
second for small models, 65 to 80 for middle ones, 40 to 55 for large ones (getapipulse.com, "LLM
API latency compared", 2026). Both hold for a usual hour; `load` says how busy hours differ. What is
read from the cache takes no time (assumed). Batches: most are done within an hour, all within a day
(Anthropic, "Batch processing"). Spreads, and how the wait grows with the prompt, are assumed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_MINUTE
from shamcrowd.simulator.traffic.profile_tables import SLOTS, quantiles
from shamcrowd.simulator.traffic.usage_profile import EMBEDDINGS, Lognormal

WAITS = 450.0, 1400.0
"""Median wait for the first token, ms: of the cheapest and of the most expensive model."""
SPEEDS = 130.0, 45.0
"""Tokens a second, likewise."""
PROMPT_SPEEDS = 30_000.0, 8_000.0
"""Tokens of the prompt read in a second, likewise (assumed)."""
_EMBEDDING = 0.25
"""Wait for an embedding, as a share of the wait for a first token (assumed)."""
_REFUSAL = Lognormal(45.0, 0.7)
"""Time to refuse a request, ms (assumed)."""
_FAILURE = Lognormal(900.0, 1.5, 600_000.0)
"""Time until a server error is sent, ms (assumed): at once, or at the end of a timeout."""
_WITH_HEADER = 0.6
"""Share of the answers of an overloaded server that say when to try again (assumed)."""
_RETRY_AFTER = Lognormal(6.0, 0.9, 120.0)
"""After how many seconds (assumed)."""
_BATCH = Lognormal(22.0 * MS_PER_MINUTE, 0.9)
"""Time until a batch is done, ms: seven eighths within an hour, all within a day."""
_SLOT = SLOTS - 1
Floats = npt.NDArray[np.float32]


def _table(quantity: Lognormal) -> Floats:
    return quantiles(quantity).astype(np.float32)


def _between(ends: tuple[float, float], models: int) -> Floats:
    """A value for each model, from the cheapest to the most expensive one."""
    return np.geomspace(ends[0], ends[1], models).astype(np.float32)


class AnswerTimes:
    """Times until the answers of ``models`` models, cheap to expensive, are complete."""

    def __init__(self, models: int) -> None:
        self._wait = _between(WAITS, models)
        self._token = np.float32(1000) / _between(SPEEDS, models)
        self._prompt = np.float32(1000) / _between(PROMPT_SPEEDS, models)
        self._spread = _table(Lognormal(1.0, 0.35))
        self._route = _table(Lognormal(1.0, 0.2))
        self._batch = _table(_BATCH)
        self._failure = _table(_FAILURE)
        self._refusal = _table(_REFUSAL)
        seconds = np.ceil(quantiles(_RETRY_AFTER)).astype(np.int16)
        # The slots of a table ascend: an odd step makes chance of whether anything is said.
        silent = np.arange(SLOTS) * 1_103 % SLOTS >= _WITH_HEADER * SLOTS
        self._retry_after = np.where(silent, 0, seconds).astype(np.int16)

    def __call__(
        self,
        model: npt.NDArray[np.int8],
        endpoint: npt.NDArray[np.int8],
        route: npt.NDArray[np.integer],
        of: npt.NDArray[np.int64],
        inputs: Floats,
        outputs: Floats,
        busy: tuple[Floats, Floats],
        luck: npt.NDArray[np.integer],
    ) -> tuple[Floats, Floats]:
        """Times of m conversations with n requests, as if none of them were a batch.

        Args:
            model: shape (m,).
            endpoint: shape (m,).
            route: shape (m,), 12 random bits that are the same for a whole session.
            of: shape (n,), conversation of each request.
            inputs: tokens of prompts that are not in the cache, shape (n,).
            outputs: tokens of answers, shape (n,).
            busy: factors on the wait and on the time for a token (`Load`), shape (n,).
            luck: shape (n,), 12 random bits.

        Returns:
            Times until the first token and until the answer is complete, each of shape (n,), ms.
        """
        factor = self._route.take(route)
        wait = self._wait.take(model) * factor
        wait[endpoint == EMBEDDINGS] *= _EMBEDDING
        spread = self._spread.take(luck)
        first = self._prompt.take(model).take(of) * inputs
        first += wait.take(of)
        first *= busy[0]
        first *= spread
        took = (self._token.take(model) * factor).take(of)
        took *= outputs
        took *= busy[1]
        took *= spread
        took += first
        return first, took

    def batch(self, route: npt.NDArray[np.integer], luck: npt.NDArray[np.integer]) -> Floats:
        """Times until results of batches are ready, ms; 12 random bits by batch and by request."""
        return self._batch.take(route & _SLOT) * self._route.take(luck & _SLOT)

    def failure(self, luck: npt.NDArray[np.integer]) -> Floats:
        """Times until a server error is sent, ms; ``luck`` holds 12 random bits."""
        return self._failure.take(luck & _SLOT)

    def retry_after(self, luck: npt.NDArray[np.integer]) -> npt.NDArray[np.int16]:
        """Seconds after which an overloaded platform asks to try again, 0: it does not say.

        ``luck`` holds 12 random bits.
        """
        return self._retry_after.take(luck & _SLOT)

    def refusal(self, luck: npt.NDArray[np.integer]) -> Floats:
        """Times until a request over a limit is refused, ms; ``luck`` holds 12 random bits."""
        return self._refusal.take(luck & _SLOT)
