"""Timing entropy: accounts whose requests come at regular intervals."""

from __future__ import annotations

import numpy as np

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.batch import batches
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.sums import CategoryCounts
from shamcrowd.recording.view import LogView

PER_OCTAVE = 4
OCTAVES = 24
BINS = PER_OCTAVE * OCTAVES
"""Gaps from 0.1 s to 19 days, in quarter octaves (assumed)."""
SHORTEST_MS = 100
ENOUGH = 50
"""Gaps that an account needs to be scored (assumed)."""


class TimingEntropy:
    """Accounts with few different gaps between requests.

    Score: log2(96) - H, in bits, where H is the entropy of an account's gaps in 96 bins of a
    quarter octave: 6.58 for equal gaps, 0 for gaps spread evenly over all bins. An account with
    fewer than 50 gaps has 0. H is not corrected for few gaps; at 50 it is about half a bit too low.

    The idea is that of bot detection by the entropy of inter-event times: Gianvecchio et al.,
    Measurement and Classification of Humans and Bots in Internet Chat, USENIX Security 2008
    (https://www.usenix.org/legacy/events/sec08/tech/gianvecchio.html); they use the corrected
    conditional entropy, this detector the plain first-order entropy.

    Complexity: a sort of the new requests; 96 counts per account.

    When it fails: honest scheduled jobs and build bots are as regular as any sham account, and a
    sham account with random pauses is missed. It is included to show both.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> float(TimingEntropy().review(LogView(log, log.start)).score.sum())
    0.0
    """

    needs_every_request = True

    def __init__(self) -> None:
        self._index = AccountIndex()
        self._gaps = CategoryCounts()
        self._ended = np.empty(0, np.int64)

    def review(self, log: LogView) -> Findings:
        """Score accounts by their gaps so far."""
        new = self._index.update(log)
        accounts = len(self._index)
        self._gaps.grow(accounts)
        self._ended = np.concatenate([self._ended, np.full(len(new), -1)])
        for batch in batches(log, self._index, ["time", "account"]):
            before = batch.before(self._ended, batch.time)
            known = before >= 0
            gap = np.maximum(batch.time[known] - before[known], SHORTEST_MS) / SHORTEST_MS
            code = np.minimum((np.log2(gap) * PER_OCTAVE).astype(np.int64), BINS - 1)
            self._gaps.add(batch.place[known], code, BINS)
            self._ended[batch.who] = batch.time[batch.ends]
        many = self._gaps.counts.sum(axis=1) if accounts else np.empty(0, np.int64)
        entropy = self._gaps.entropy
        score = np.where(many >= ENOUGH, np.log2(BINS) - entropy, 0.0)
        reason = [""] * accounts
        for i in np.flatnonzero(many >= ENOUGH).tolist():
            most = int(self._gaps.counts[i].argmax())
            reason[i] = (
                f"{self._gaps.counts[i, most] / many[i]:.0%} of its {many[i]} gaps between "
                f"requests are of {_seconds(most)} to {_seconds(most + 1)}; entropy "
                f"{entropy[i]:.1f} bits"
            )
        return Findings(self._index.ids, score, reason=reason)


def _seconds(step: int) -> str:
    return f"{SHORTEST_MS / 1000 * 2 ** (step / PER_OCTAVE):.3g} s"
