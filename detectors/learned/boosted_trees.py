"""LightGBM on account features (extra ``ml``)."""

from __future__ import annotations

from shamcrowd.detectors.base import Findings, Labels
from shamcrowd.detectors.learned.evidence import OwnFeatures
from shamcrowd.detectors.learned.fitted import FittedTrees
from shamcrowd.detectors.learned.trees import require_lightgbm
from shamcrowd.recording.view import LogView


class BoostedTrees:
    """Boosted trees on each account's own features (LightGBM), without features of sign-up dates.

    Score: log-odds of sham, natural logarithm; 0 means even odds. ``fit`` learns from the labelled
    accounts of another seed at ten moments of its log, with the features as of each moment, so that
    training covers accounts of every age (`shamcrowd.detectors.learned.moments`). If it was not
    fitted, or only on labels of one class, every score is 0.

    Paper: Ke et al., LightGBM: A Highly Efficient Gradient Boosting Decision Tree, NeurIPS 2017
    (https://papers.nips.cc/paper/6907-lightgbm-a-highly-efficient-gradient-boosting-decision-tree).
    Parameters (assumed): 200 trees of 15 leaves at a rate of 0.05, at least 20 examples a leaf,
    half of the columns a tree, L2 of 1. Reasons: the columns that raise the log-odds most, by SHAP
    values.

    Complexity: fitting O(moments * accounts * columns * trees) with histograms; a review the
    features plus accounts * trees * depth.

    When it fails: tactics that are not among its labels, labels that are late or cover only what
    other detection found, and scenarios that differ from the one it was fitted on. It looks at one
    account at a time.

    >>> import numpy as np
    >>> from shamcrowd.recording.samples import sample_log
    >>> other, log = sample_log(seed=1), sample_log()
    >>> whole = LogView(other, other.start + 3 * 86_400_000)
    >>> detector, ids = BoostedTrees(), whole.accounts(["account"])["account"].to_numpy()
    >>> detector.fit(whole, Labels(ids, np.isin(ids, other.crowd)))
    >>> found = detector.review(LogView(log, log.start + 3 * 86_400_000))
    >>> crowd = np.isin(found.account, log.crowd)
    >>> bool(np.median(found.score[crowd]) > 0 > np.median(found.score[~crowd]))
    True
    """

    def __init__(self) -> None:
        require_lightgbm("boosted-trees")
        self._fitted = FittedTrees(OwnFeatures)

    def fit(self, log: LogView, labels: Labels) -> None:
        """Fit on labelled accounts of another seed."""
        self._fitted.fit(log, labels)

    def review(self, log: LogView) -> Findings:
        """Score accounts with the trees."""
        return self._fitted.judge(log)
