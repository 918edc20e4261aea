"""LightGBM on account features and those of linked accounts (extra ``ml``)."""

from __future__ import annotations

from shamcrowd.detectors.base import Findings, Labels
from shamcrowd.detectors.learned.fitted import FittedTrees
from shamcrowd.detectors.learned.neighbours import NeighbourFeatures
from shamcrowd.detectors.learned.trees import require_lightgbm
from shamcrowd.recording.view import LogView


class BoostedNeighbours:
    """Boosted trees on an account's features and those of the accounts it shares entities with.

    As `boosted-trees`, with more columns: how many accounts one is linked to by a rare device,
    card, address or mailbox grammar, how strongly, and the mean of every feature over them,
    weighed by the link. Without a link in the log both detectors say the same. Score: log-odds of
    sham, natural logarithm; where nobody taught it, 0.

    Paper: Tang et al., GADBench: Revisiting and Benchmarking Supervised Graph Anomaly Detection,
    NeurIPS 2023 (https://arxiv.org/abs/2306.12251): trees on features averaged over neighbours
    beat graph networks. Theirs averages over several steps of the graph; this over one.
    Parameters are those of `boosted-trees`.

    Complexity: as `boosted-trees` with twice the columns; and a sort of the meetings on entities,
    at most entities * cap^2 / 2.

    When it fails: as `boosted-trees`; and a crowd that shares nothing has no neighbours to look
    at. Honest families and flatmates have neighbours too, and in small samples their looks count.

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
        """Learn from labelled accounts of another seed."""
        self._fitted.fit(log, labels)

    def review(self, log: LogView) -> Findings:
        """Judge by the trees."""
        return self._fitted.judge(log)
