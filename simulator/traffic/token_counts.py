"""Token counts from logarithms in fixed point, without steps: fractions of a unit are drawn.

A unit of the logarithm is 1/512, so that a look-up alone would give 355 values an octave.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.traffic.profile_tables import LOG_UNIT

MAX_TOKENS = 200_000
"""Context window, tokens: no prompt is longer (assumed)."""
MAX_ANSWER = 16_384
"""Longest answer, tokens (assumed); longer ones stop there."""
_SHORTENED = 0.6
"""Clients shorten a prompt beyond the window to this share of it or more (assumed)."""
_UNITS = 13 * LOG_UNIT
_PARTS = 1 << 16


class TokenCounts:
    """Counts up to ``most``; larger ones become ``shortened`` to 1 times ``most``."""

    def __init__(self, most: int, shortened: float) -> None:
        edges = np.exp(np.arange(_UNITS + 1) / LOG_UNIT)
        low, width = edges[:-1], np.diff(edges)
        over = edges[1:] > most
        low[over], width[over] = most * shortened, most * (1 - shortened)
        # One look-up gives both: the smallest count of a unit, and the range of its counts.
        self._counts = (low + 1j * width / _PARTS).astype(np.complex64)

    def __call__(
        self, logarithm: npt.NDArray[np.int16], fraction: npt.NDArray[np.uint16]
    ) -> npt.NDArray[np.float32]:
        """Tokens before they are cut to whole ones; both arguments of shape (n,).

        ``fraction``: 16 random bits.
        """
        # "clip" limits the look-up to both ends of the table.
        found = self._counts.take(logarithm, mode="clip")
        tokens: npt.NDArray[np.float32] = found.imag * fraction
        tokens += found.real
        return tokens


INPUTS = TokenCounts(MAX_TOKENS, _SHORTENED)
OUTPUTS = TokenCounts(MAX_ANSWER, 1.0)
