"""Controls that know the truth: which accounts they suspect, and from which time on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.benchmark.scoring.truth_arrays import TruthArrays

Suspicion = tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]


class TruthControl(ABC):
    """A control that reads the truth; findings on one account do not depend on others."""

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

    def findings(self, truth: TruthArrays) -> SavedFindings:
        """What it would have said: score 1 from the first review after it knew, 0 for all others.

        Clusters are the campaigns.
        """
        suspects, since = self.knows(
            truth.account, truth.sham, truth.sham_from, int(truth.reviews[0]),
            truth.manifest.seed,
        )  # fmt: skip
        review = np.searchsorted(truth.reviews, since)
        named = suspects & (review < len(truth.reviews))
        return SavedFindings(
            account=truth.account,
            score=named.astype(np.float64),
            cluster=np.where(named, truth.campaign, -1),
            reason=[self.reason if n else "" for n in named.tolist()],
            increase_review=review[named].astype(np.int32),
            increase_account=truth.account[named],
            increase_score=np.ones(int(named.sum())),
            groups=True,
        )
