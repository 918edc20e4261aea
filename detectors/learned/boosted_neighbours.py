"""Gradient-boosted trees on account features and those of an account's neighbours."""

from __future__ import annotations

from detectors.base import Findings, Labels
from detectors.learned.learner import Learner
from detectors.learned.neighbour_table import NeighbourTable, told
from recording.view import LogView


class BoostedNeighbours:
    """Accounts that, with those they share things with, look like sham ones of another seed.

    As `boosted-trees`, with every feature also averaged over the account's neighbours: those with
    the same device, card, address or mailbox grammar, weighted by 1 / ln(d + 5) for a thing of d
    accounts, hubs left out. Where nobody shares anything it is the same as `boosted-trees`.

    Paper: Tang et al., GADBench, NeurIPS 2023 (https://arxiv.org/abs/2306.12251): trees on
    neighbours' averages outperform graph networks there.

    Complexity: as `boosted-trees`, and a sparse product over pairs of account and thing.

    When it fails: like `boosted-trees` on tactics that no label names; on crowds that share
    nothing it knows no more than that. Classes and families have neighbours who look alike too.

    >>> import numpy as np
    >>> from recording.samples import sample_log
    >>> made = sample_log(1)
    >>> past = LogView(made, made.start + 3 * 86_400_000)
    >>> accounts = past.accounts()["account"].to_numpy()
    >>> detector = BoostedNeighbours()
    >>> detector.fit(past, Labels(accounts, np.isin(accounts, made.crowd)))
    >>> made = sample_log(2)
    >>> found = detector.review(LogView(made, made.start + 3 * 86_400_000))
    >>> crowd = np.isin(found.account, made.crowd)
    >>> bool(np.median(found.score[crowd]) > found.score[~crowd].max())
    True
    """

    def __init__(self) -> None:
        self._learner = Learner("boosted-neighbours", NeighbourTable)

    def fit(self, log: LogView, labels: Labels) -> None:
        """Learn from another seed."""
        self._learner.fit(log, labels)

    def review(self, log: LogView) -> Findings:
        """Judge by log odds."""
        return self._learner.judge(log, lambda account, column, value: told(column, value))
