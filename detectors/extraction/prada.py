"""PRADA: accounts whose distances between queries are not normally distributed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.recording.units import Places
from shamcrowd.recording.view import LogView

BITS = 64
BEFORE = 16
"""Previous queries that each is compared with (assumed; the paper keeps a growing set)."""
LEAST = 100
"""Distances that an account needs to be scored, as in the paper."""
MOST = 2000
"""Values from which W is computed, at most; more are reduced to quantiles."""


class Prada:
    """Normality of the distances between an account's queries: an instructive failure.

    Paper: Juuti et al., PRADA, EuroS&P 2019 (https://arxiv.org/abs/1805.02628). Each query is
    compared with earlier ones; the distances to the nearest are normally distributed for a person,
    and not for a program whose queries serve to copy a model. ``W`` is the Shapiro-Wilk statistic
    of more than 100 such distances; the paper raises an alarm for W < 0.9.

    Score: 1 - W, so that the paper's alarm is a score over 0.1; 0 for accounts with up to 100
    distances. A distance here is the number of bits between a prompt's sketch and the nearest of
    the 16 sketches before it. The paper compares with all earlier queries of the predicted class;
    language models predict none.

    Complexity: 16 bit counts per request, and one W per review and account with new requests.
    Memory: 660 bytes per account.

    When it fails: on prompts in general; it is included to show this. The paper reports no false
    positives on images; on prompts of language models its rule caught 49 % of attackers at 52 %
    false positives
    (published result files of https://github.com/LabRAI/mmd-llm-mea-detection). Measured here on
    seed 1, of accounts with over 100 distances: 82 % of the sham and 27 % of the honest ones in
    elicitation-among-evaluators-v2, 49 % and 22 % in content-farm-among-agencies-v2. Honest
    programs use templates too, and a campaign that splits its work leaves most accounts with fewer
    queries than are needed for a score.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log(accounts=4, days=12)
    >>> score = Prada().review(LogView(log, log.start + 12 * 86_400_000)).score
    >>> bool(0 < score.max() < 1)
    True
    """

    needs_every_request = True

    def __init__(self) -> None:
        self._index = AccountIndex()
        self._last = np.empty((0, BEFORE), np.uint64)
        self._held = np.empty(0, np.int64)
        self._count = np.empty((0, BITS + 1), np.int64)
        self._score = np.empty(0)

    def review(self, log: LogView) -> Findings:
        """Score accounts by the distribution of their distances."""
        new = len(self._index.update(log))
        self._last = np.concatenate([self._last, np.zeros((new, BEFORE), np.uint64)])
        self._held = np.concatenate([self._held, np.zeros(new, np.int64)])
        self._count = np.concatenate([self._count, np.zeros((new, BITS + 1), np.int64)])
        self._score = np.concatenate([self._score, np.zeros(new)])
        for place in self._measure(log).tolist():
            if self._count[place].sum() > LEAST:
                self._score[place] = 1 - normality(self._count[place])
        reason = [
            f"W = {1 - s:.3f} over {n} distances between its prompts; a normal curve has 1"
            if s else ""
            for s, n in zip(self._score.tolist(), self._count.sum(axis=1).tolist(), strict=True)
        ]  # fmt: skip
        return Findings(self._index.ids, self._score.copy(), reason=reason)

    def _measure(self, log: LogView) -> Places:
        """Count the distances of new requests; return positions of accounts with any."""
        rows = log.new.arrow("requests", ["account", "time", "sketch"])
        place = self._index.of(rows.column("account").to_numpy())
        sketch = rows.column("sketch").to_numpy()
        order = np.lexsort((sketch, rows.column("time").cast("int64").to_numpy(), place))
        place, sketch = place[order], sketch[order]
        active = np.unique(place)
        # Before each account's new prompts, the last ones of earlier reviews, oldest first.
        kept = np.arange(BEFORE) >= BEFORE - self._held[active][:, None]
        earlier = np.repeat(active, kept.sum(axis=1))
        fresh = np.concatenate([np.zeros(len(earlier), bool), np.ones(len(place), bool)])
        place = np.concatenate([earlier, place])
        sketch = np.concatenate([self._last[active][kept], sketch])
        order = np.argsort(place, kind="stable")
        place, sketch, fresh = place[order], sketch[order], fresh[order]
        nearest = np.full(len(place), BITS + 1, np.int64)
        for step in range(1, min(BEFORE + 1, len(place))):
            same = place[step:] == place[:-step]
            bits = np.where(same, np.bitwise_count(sketch[step:] ^ sketch[:-step]), BITS + 1)
            nearest[step:] = np.minimum(nearest[step:], bits)
        measured = fresh & (nearest <= BITS)
        np.add.at(self._count, (place[measured], nearest[measured]), 1)
        self._keep_last(place, sketch, active)
        return active

    def _keep_last(
        self,
        place: Places,
        sketch: npt.NDArray[np.uint64],
        active: Places,
    ) -> None:
        after = np.searchsorted(place, active, side="right")
        begin = np.searchsorted(place, active)
        at = after[:, None] - np.arange(BEFORE, 0, -1)
        self._held[active] = np.minimum(after - begin, BEFORE)
        there = at >= begin[:, None]
        self._last[active] = np.where(there, sketch[np.maximum(at, 0)], np.uint64(0))


def normality(count: npt.NDArray[np.int64]) -> float:
    """Return the Shapiro-Wilk statistic W of distances.

    ``count`` has shape (65,): how often each distance from 0 to 64 occurred. W is 1 for a normal
    distribution and lower for others; 0 if all distances are equal.

    >>> two_heaps = np.zeros(65, np.int64)
    >>> two_heaps[[4, 5, 30, 31]] = 100
    >>> bool(normality(two_heaps) < 0.9)
    True
    """
    if (count > 0).sum() < 2:
        return 0.0
    values = np.repeat(np.arange(len(count), dtype=float), count)
    if len(values) > MOST:
        # Quantiles have the same distribution with fewer values.
        values = values[((np.arange(MOST) + 0.5) * len(values) / MOST).astype(np.int64)]
    if values[0] == values[-1]:
        return 0.0
    from scipy.stats import shapiro  # slow to import

    return float(shapiro(values).statistic)
