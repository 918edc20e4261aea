"""Half-space trees on the stream of active accounts (extra ``ml``: River)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.units import MS_PER_DAY, Places
from shamcrowd.recording.view import LogView

TREES, HEIGHT, WINDOW = 10, 8, 250
LEARNED_A_DAY = 2_000
"""Accounts learned from per day, at most: River processes about 12,000 per second (assumed)."""
EDGE = 0.01
"""Quantile that is scaled to 0, and 1 - EDGE the one that is scaled to 1."""


class HalfSpaceTrees:
    """Accounts in regions of the feature space with few of the last 250 accounts (River).

    10 trees of height 8 and windows of 250, River's defaults. Score: in [0, 1], higher is rarer.
    Once a day the accounts active since the day before are scored, and then the trees learn from at
    most 2,000 of them; other accounts keep their score. Features are scaled to [0, 1] by the 1st
    and 99th percentile of the day's accounts.

    Paper: Tan, Ting, Liu, Fast Anomaly Detection for Streaming Data, IJCAI 2011
    (https://www.ijcai.org/Proceedings/11/Papers/254.pdf).

    Complexity: one call in Python per active account and day, never per request.

    When it fails: anomalies that arrive together, as River's manual says
    (https://riverml.xyz/dev/api/anomaly/HalfSpaceTrees): 250 sham accounts in a row become normal,
    and a campaign's accounts do arrive together.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> score = HalfSpaceTrees().review(LogView(log, log.start + 2 * MS_PER_DAY)).score
    >>> bool(0 <= score.min() <= score.max() <= 1)
    True
    """

    def __init__(self, *, learn_first: int = 0) -> None:
        """The setting: 1 to learn from a day's accounts before they are scored, not after.

        The trees are empty on the first day, so that all accounts of a log of one moment have
        one score without it.
        """
        try:
            from river.anomaly import HalfSpaceTrees as Trees
        except ImportError:
            raise MissingExtraError(
                "half-space-trees needs River: pip install 'shamcrowd[ml]'"
            ) from None
        self._trees: Any = Trees(n_trees=TREES, height=HEIGHT, window_size=WINDOW, seed=0)
        self._features = AccountFeatures()
        self._score = np.empty(0)
        self._active = np.empty(0, np.bool_)
        self._day, self._learn_first = -1, bool(learn_first)

    def review(self, log: LogView) -> Findings:
        """Score the day's active accounts by how rare their region of the feature space is."""
        self._features.update(log)
        ids = self._features.index.ids
        more = len(ids) - len(self._score)
        self._score = np.concatenate([self._score, np.zeros(more)])
        self._active = np.concatenate([self._active, np.zeros(more, np.bool_)])
        sent = log.new.arrow("requests", ["account"]).column(0).unique().to_numpy()
        self._active[self._features.index.of(sent)] = True
        day = (log.now - log.start) // MS_PER_DAY
        if day > self._day and self._active.any():
            self._day = day
            self._take(np.flatnonzero(self._active), self._features.table(log.now))
            self._active[:] = False
        return Findings(ids, self._score.copy())

    def _take(self, active: Places, table: npt.NDArray[np.float64]) -> None:
        rows = table[active]
        low, high = np.quantile(rows, [EDGE, 1 - EDGE], axis=0)
        rows = np.clip((rows - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
        # Sorted by value: the order must depend on neither ids nor rows.
        order = np.lexsort(rows.T[::-1])
        shown = [dict(enumerate(row)) for row in rows[order].tolist()]
        learned = shown[:: -(-len(shown) // LEARNED_A_DAY)]
        if self._learn_first:
            self._learn(learned)
        self._score[active[order]] = [self._trees.score_one(row) for row in shown]
        if not self._learn_first:
            self._learn(learned)

    def _learn(self, rows: list[dict[int, float]]) -> None:
        for row in rows:
            self._trees.learn_one(row)
