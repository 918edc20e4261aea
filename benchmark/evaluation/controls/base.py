"""Controls that know the truth: whom they suspect and since when, as a trace or a run asks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.findings_store import Trace
from shamcrowd.benchmark.scoring.sealed import Sealed

Suspicion = tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]


class ToldControl(ABC):
    """Says what it says by looking at the truth; what it says of one account hangs on no other."""

    reason: ClassVar[str]

    @abstractmethod
    def knows(
        self,
        account: npt.NDArray[np.int32],
        sham: npt.NDArray[np.bool_],
        sham_from: npt.NDArray[np.int64],
        begin: int,
        seed: int,
    ) -> Suspicion:
        """Which accounts (ids, shape (n,)) it suspects, and since when (ms) it does.

        ``sham_from`` (ms) counts where ``sham`` is true; ``begin`` is the first review (ms).
        """

    def trace(self, sealed: Sealed) -> Trace:
        """What it would have said: score 1 from the first review after it knew, 0 for all others.

        Clusters are the campaigns.
        """
        suspects, since = self.knows(
            sealed.account, sealed.sham, sealed.sham_from, int(sealed.reviews[0]),
            sealed.manifest.seed,
        )  # fmt: skip
        review = np.searchsorted(sealed.reviews, since)
        named = suspects & (review < len(sealed.reviews))
        return Trace(
            account=sealed.account,
            score=named.astype(np.float64),
            cluster=np.where(named, sealed.campaign, -1),
            reason=[self.reason if n else "" for n in named.tolist()],
            rise_review=review[named].astype(np.int32),
            rise_account=sealed.account[named],
            rise_score=np.ones(int(named.sum())),
            groups=True,
        )
