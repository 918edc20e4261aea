"""LightGBM on account features (extra ``ml``)."""

from __future__ import annotations

from shamcrowd.detectors.base import Findings, Labels
from shamcrowd.detectors.learned.evidence import OwnFeatures
from shamcrowd.detectors.learned.fitted import FittedTrees
from shamcrowd.detectors.learned.trees import require_lightgbm
from shamcrowd.recording.view import LogView


class BoostedTrees:
    """Boosted trees on the features of each account by itself (LightGBM), its dates left out.

    Score: log-odds of sham, natural logarithm; 0 is even. ``fit`` learns from the labelled
    accounts of another seed, at ten moments of its log on what was known by then, so that accounts
    are judged at an age at which others were learned from (`shamcrowd.detectors.learned.moments`).
    Nobody
    taught it, or only with labels of one kind: every account has 0.

    Paper: Ke et al., LightGBM: A Highly Efficient Gradient Boosting Decision Tree, NeurIPS 2017
    (https://papers.nips.cc/paper/6907-lightgbm-a-highly-efficient-gradient-boosting-decision-tree).
    Parameters (assumed): 200 trees of 15 leaves at a rate of 0.05, at least 20 examples a leaf,
    half of the columns a tree, L2 of 1. Reasons: the columns that raise the log-odds most, by SHAP.

    Complexity: learning O(moments * accounts * columns * trees) in histograms; a review the
    features, and accounts * trees * depth.

    When it fails: tactics it was never shown, labels that come late or name only what others
    caught before, and worlds that differ from the one it was taught in: what it learns is one
    scenario's accounts. It looks at one account at a time.

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
        """Learn from labelled accounts of another seed."""
        self._fitted.fit(log, labels)

    def review(self, log: LogView) -> Findings:
        """Judge by the trees."""
        return self._fitted.judge(log)
