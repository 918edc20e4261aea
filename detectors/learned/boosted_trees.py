"""Gradient-boosted trees on account features."""

from __future__ import annotations

from detectors.base import Findings, Labels
from detectors.learned.account_table import AccountTable, told
from detectors.learned.learner import Learner
from recording.view import LogView


class BoostedTrees:
    """Accounts whose features look like those of accounts that were sham on another seed.

    LightGBM on the features of `detectors.features.table`, but for those that tell the date of
    sign-up. Score: log odds of being sham. Learned once, from the training log as of up to eight
    of its days, so that it knows young accounts too (`detectors.learned.examples`); accounts
    without a label are left out. Labels of one kind alone, on a platform without abuse, teach
    nothing: every score is 0 then.

    Paper: Ke et al., LightGBM, NeurIPS 2017
    (https://papers.nips.cc/paper/6907-lightgbm-a-highly-efficient-gradient-boosting-decision-tree).
    200 trees of 15 leaves, learning rate 0.05 (assumed; `detectors.learned.trees`).

    Complexity: O(rows * features * trees) to learn, O(accounts * trees) a review.

    When it fails: whoever behaves unlike the campaigns it has learned from, above all a tactic
    that no label names; and it knows each account alone, so that a crowd of ordinary accounts is
    ordinary. It cannot be asked before `fit`.

    >>> import numpy as np
    >>> from recording.samples import sample_log
    >>> def log(seed):
    ...     made = sample_log(seed)
    ...     return made, LogView(made, made.start + 3 * 86_400_000)
    >>> made, past = log(1)
    >>> accounts = past.accounts()["account"].to_numpy()
    >>> detector = BoostedTrees()
    >>> detector.fit(past, Labels(accounts, np.isin(accounts, made.crowd)))
    >>> made, now = log(2)
    >>> found = detector.review(now)
    >>> crowd = np.isin(found.account, made.crowd)
    >>> bool(np.median(found.score[crowd]) > found.score[~crowd].max())
    True
    """

    def __init__(self) -> None:
        self._learner = Learner("boosted-trees", AccountTable)

    def fit(self, log: LogView, labels: Labels) -> None:
        """Learn from another seed."""
        self._learner.fit(log, labels)

    def review(self, log: LogView) -> Findings:
        """Judge by log odds."""
        return self._learner.judge(log, lambda account, column, value: told(column, value))
