"""Findings of one detector on one recording, joined with the truth: the input of every metric."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED, SavedFindings
from shamcrowd.benchmark.scoring.thing_effects import ThingEffects
from shamcrowd.benchmark.scoring.truth_arrays import TruthArrays
from shamcrowd.detectors.base import LOG_ODDS
from shamcrowd.recording.units import Places


@dataclass(frozen=True)
class ScoreIncreases:
    """The times at which an account's largest score so far increased, in order of reviews.

    Attributes:
        review: number of the review, shape (m,).
        index: index of the account in ``TruthArrays.account``, shape (m,).
        score: the new largest score, shape (m,).
    """

    review: npt.NDArray[np.int64]
    index: Places
    score: npt.NDArray[np.float64]


@dataclass(frozen=True)
class LabelledFindings:
    """Arrays over the n accounts of ``truth.account``, in that order.

    Attributes:
        truth: which accounts are sham, and what they did.
        score: the largest score that each account ever had, shape (n,).
        cluster: the cluster that the detector gave it, -1 for none, shape (n,).
        flagged: number of the first review at which the score exceeded the operating point,
            ``NEVER_FLAGGED`` if it never did, shape (n,).
        groups: does the detector return clusters?
        increases: when each account's largest score increased.
        things: what acting on the things that it named would do; None if it named none.
        probability: of sham, as the detector says it at the last review, 0 to 1, NaN for accounts
            that it did not judge then, shape (n,); None if its scores are no probabilities.
    """

    truth: TruthArrays
    score: npt.NDArray[np.float64]
    cluster: npt.NDArray[np.int64]
    flagged: npt.NDArray[np.int64]
    groups: bool
    increases: ScoreIncreases
    things: ThingEffects | None = None
    probability: npt.NDArray[np.float64] | None = None

    @property
    def alert(self) -> npt.NDArray[np.bool_]:
        """Was the account flagged by the end of the recording? Shape (n,)."""
        alert: npt.NDArray[np.bool_] = self.flagged != NEVER_FLAGGED
        return alert

    @property
    def prevented(self) -> npt.NDArray[np.bool_]:
        """For each row of the truth's abuse table: was the account flagged before it?"""
        return self.truth.abuse_review > self.flagged[self.truth.abuse_index]


def label_findings(
    truth: TruthArrays, saved: SavedFindings, threshold: float, things: ThingEffects | None = None
) -> LabelledFindings:
    """Join saved findings with the truth; an account is flagged if its score > ``threshold``."""
    index = np.searchsorted(saved.account, truth.account)
    return LabelledFindings(
        truth,
        saved.score[index],
        saved.cluster[index],
        saved.first_over(threshold)[index],
        saved.groups,
        _increases(truth, saved),
        things,
        _probability(saved, index),
    )


def _probability(saved: SavedFindings, index: Places) -> npt.NDArray[np.float64] | None:
    scale = saved.metadata.scale if saved.metadata is not None else ""
    if not scale or saved.last_score is None:
        return None
    last = saved.last_score[index]
    return expit(last) if scale == LOG_ODDS else last


def _increases(truth: TruthArrays, saved: SavedFindings) -> ScoreIncreases:
    """The score increases of the accounts that the truth holds."""
    index = np.searchsorted(truth.account, saved.increase_account)
    index = np.minimum(index, max(len(truth.account) - 1, 0))
    here = truth.account[index] == saved.increase_account
    review = saved.increase_review[here].astype(np.int64)
    return ScoreIncreases(review, index[here].astype(np.int64), saved.increase_score[here])
