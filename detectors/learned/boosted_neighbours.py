"""LightGBM on account features and on mean features of linked accounts (extra ``ml``)."""

from __future__ import annotations

from shamcrowd.detectors.base import Findings, Labels
from shamcrowd.detectors.learned.fitted import FittedTrees
from shamcrowd.detectors.learned.neighbours import NeighbourFeatures
from shamcrowd.detectors.learned.trees import require_lightgbm
from shamcrowd.recording.view import LogView


class BoostedNeighbours:
    """Boosted trees on an account's features and those of the accounts it shares entities with.

    As `boosted-trees`, with more columns: the number of accounts that an account is linked to by a
    rare device, card, address or mailbox grammar, the strength of the links, and the mean of every
    feature over the linked accounts, weighted by the strength. Without links in the log the scores
    are those of `boosted-trees`. Score: log-odds of sham, natural logarithm; 0 if it was not
    fitted.

    Paper: Tang et al., GADBench: Revisiting and Benchmarking Supervised Graph Anomaly Detection,
    NeurIPS 2023 (https://arxiv.org/abs/2306.12251): trees on features averaged over neighbours
    beat graph networks. The paper averages over several hops of the graph; this detector over one.
    Parameters are those of `boosted-trees`.

    Complexity: as `boosted-trees` with twice the columns, plus a sort of the pairs of accounts that
    share an entity, at most entities * cap^2 / 2.

    When it fails: as `boosted-trees`. Campaigns that share nothing have no neighbours. Honest
    families and flatmates have neighbours too, and with few labels the features of these matter.

    >>> import numpy as np
    >>> from shamcrowd.recording.samples import sample_log
    >>> other, log = sample_log(seed=1), sample_log()
    >>> whole = LogView(other, other.start + 3 * 86_400_000)
    >>> detector, ids = BoostedNeighbours(), whole.accounts(["account"])["account"].to_numpy()
    >>> detector.fit(whole, Labels(ids, np.isin(ids, other.crowd)))
    >>> found = detector.review(LogView(log, log.start + 3 * 86_400_000))
    >>> crowd = np.isin(found.account, log.crowd)
    >>> bool(np.median(found.score[crowd]) > 0 > np.median(found.score[~crowd]))
    True
    """

    def __init__(self) -> None:
        require_lightgbm("boosted-neighbours")
        self._fitted = FittedTrees(NeighbourFeatures)

    def fit(self, log: LogView, labels: Labels) -> None:
        """Fit on labelled accounts of another seed."""
        self._fitted.fit(log, labels)

    def review(self, log: LogView) -> Findings:
        """Score accounts with the trees."""
        return self._fitted.judge(log)
