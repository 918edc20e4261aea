"""Token counts from logarithms in fixed point, without steps: fractions of a unit are drawn.

A unit of the logarithm is 1/512, so that a look-up alone would give 355 values an octave.
"""

from __future__ import annotations

from dataclasses import dataclass

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
FRACTION_BITS = 12


@dataclass(frozen=True)
class TokenCounts:
    """Counts for each unit of the logarithm: those from ``low`` up to ``low + width``.

    Attributes:
        low: shape (units,), the smallest count, tokens.
        width: shape (units,), the range of counts, tokens.
    """

    low: npt.NDArray[np.float32]
    width: npt.NDArray[np.float32]

    def __call__(
        self, logarithm: npt.NDArray[np.int16], fraction: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.int32]:
        """Tokens; ``fraction`` holds `FRACTION_BITS` random bits, and both are of shape (n,)."""
        # "clip" limits the look-up to both ends of the table.
        index = logarithm.astype(np.intp)
        tokens = self.width.take(index, mode="clip")
        tokens *= fraction.astype(np.float32)
        tokens += self.low.take(index, mode="clip")
        return tokens.astype(np.int32)


def _counts(most: int, shortened: float) -> TokenCounts:
    """Counts up to ``most``; larger ones become ``shortened`` to 1 times ``most``."""
    edges = np.exp(np.arange(_UNITS + 1) / LOG_UNIT)
    low, width = edges[:-1], np.diff(edges)
    over = edges[1:] > most
    low[over], width[over] = most * shortened, most * (1 - shortened)
    return TokenCounts(low.astype(np.float32), (width / (1 << FRACTION_BITS)).astype(np.float32))


INPUTS = _counts(MAX_TOKENS, _SHORTENED)
OUTPUTS = _counts(MAX_ANSWER, 1.0)
