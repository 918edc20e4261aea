"""The operating point: the threshold above which a score flags an account.

It is set on calibration seeds, which are never scored. A threshold chosen on the data that it is
measured on would give figures that cannot be reached on new data.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

ALERT_RATE = 0.01
"""Share of legitimate accounts that may be flagged by the end of a recording."""


def operating_point(
    legitimate_scores: Sequence[npt.NDArray[np.float64]], rate: float = ALERT_RATE
) -> float:
    """The lowest threshold that flags at most ``rate`` of legitimate accounts, over all seeds.

    An account is flagged if its score is *above* the threshold.

    >>> operating_point([np.arange(100.0), np.arange(100.0)], 0.01)
    98.0
    """
    scores = np.concatenate([*legitimate_scores, np.empty(0)])
    if not len(scores):
        return np.inf
    # 0.29 * 100 is 28.999999999999996.
    allowed = int(np.floor(rate * len(scores) + 1e-9))
    return float(np.sort(scores)[::-1][min(allowed, len(scores) - 1)])
