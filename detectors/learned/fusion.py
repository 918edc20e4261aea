"""Fusion: many signals in one score (extras ``ml`` and ``graph``)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.detectors.base import NO_CLUSTER, Findings, Labels
from shamcrowd.detectors.learned.bagged import BaggedTrees
from shamcrowd.detectors.learned.fused import NAMED, FusedEvidence
from shamcrowd.detectors.learned.moments import examples
from shamcrowd.detectors.learned.trees import require_lightgbm, to_explain
from shamcrowd.recording.view import LogView

SENTENCES = 2
"""Signals named in a reason, at most."""
SUSPECTS = 0.02
"""Share of the accounts, with the highest scores, among which clusters are formed."""
SMALLEST_CLUSTER = 3
EVIDENCE = 0.03
"""Log-odds per unit of surprise, added to the fitted log-odds. Larger values flag honest teams and
evaluators, who share much. Chosen on seeds 11 and 12 of five scenarios, which are not scored:

    weight   recall at 0.1 %   damage   worst segment
    0             .653          .707        .111
    0.03          .665          .715        .117
    0.05          .670          .716        .123
    0.08          .672          .719        .136
    0.15          .666          .719        .183
"""


class Fusion:
    """Many signals, of an account and of the accounts it is linked to, in one score.

    Signals: `evil-cohort`, `shared-resources`, `sign-up-burst`, `synchrotrap`, `velocity`, each
    run as a detector, and shared rare prompt templates. To make their scales comparable, a score is
    replaced by its surprise: -log10 of the share of accounts that score as high or higher. Accounts
    are linked by rare supply and by rare templates.

    Score: without labels, the sum of an account's surprises, plus the mean of that sum over the
    accounts linked by supply, plus the mean over the accounts linked by templates. A family on one
    computer is surprising by one signal; a campaign is by several, and so are its neighbours. With
    labels (``fit``), log-odds of sham from boosted trees on these surprises, the account
    features, and the means of the features over both kinds of neighbours, plus 0.03 of the score
    without labels. As labels are few, the log-odds are the mean of five models, each fitted on 60 %
    of the examples. The trees are monotone in the surprises: labels that miss a tactic cannot teach
    that a strong signal is legitimate.

    Reason: up to two sentences of the most surprising signals, then the columns that raise the
    log-odds most. Cluster: connected components among the most suspicious accounts (2 %), of at
    least three accounts.

    Source: this project. Stacking: Wolpert, Neural Networks 1992
    (https://doi.org/10.1016/S0893-6080(05)80023-1); sums of logarithms of p-values: Fisher,
    Statistical Methods for Research Workers, 1925 (here a score, not a test, as the signals are
    dependent); trees on neighbours' features as `boosted-neighbours`. Parameters (assumed): as
    there, and those of the signals.

    Complexity: that of its signals, a sample of prompts as in `template-clusters`, and trees on
    three times the columns of `boosted-trees`.

    When it fails: campaigns that share neither supply nor templates are scored by their features
    alone, which needs labels of their kind. Without labels, honest teams that share everything
    score as high as campaigns. A fit on one scenario holds for that scenario.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = Fusion().review(LogView(log, log.start + 3 * 86_400_000))
    >>> crowd = np.isin(found.account, log.crowd)
    >>> bool(found.score[crowd].min() > found.score[~crowd].max())
    True
    """

    def __init__(self) -> None:
        require_lightgbm("fusion")
        self._evidence = FusedEvidence()
        self._trees: BaggedTrees | None = None

    def fit(self, log: LogView, labels: Labels) -> None:
        """Fit the trees; with labels of one class only, no trees are fitted."""
        table, sham = examples(log, labels, FusedEvidence)
        if sham.any() and not sham.all():
            rising = range(len(NAMED), table.shape[1])
            self._trees = BaggedTrees(table, sham, rising)

    def review(self, log: LogView) -> Findings:
        """Score accounts by all signals."""
        self._evidence.update(log)
        ids = self._evidence.index.ids
        if not len(ids):
            return Findings(ids, np.empty(0), np.empty(0, np.int64), [])
        table = self._evidence.table(log.now)
        score = table[:, -1]
        if self._trees is not None:
            score = self._trees.log_odds(table) + EVIDENCE * score
        suspect = score >= np.quantile(score, 1 - SUSPECTS)
        return Findings(
            ids, score, groups(self._evidence.links, suspect), self._reasons(table, score)
        )

    def _reasons(self, table: npt.NDArray[np.float64], score: npt.NDArray[np.float64]) -> list[str]:
        reason = [""] * len(score)
        top = to_explain(score)
        trees = self._trees.reasons(table[top], NAMED) if self._trees else [""] * len(top)
        for i, learned in zip(top.tolist(), trees, strict=True):
            sentences = self._evidence.sentences(table[i], i)[:SENTENCES]
            reason[i] = "; ".join(filter(None, [*sentences, learned]))
        return reason


def groups(links: sparse.csr_array, suspect: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return connected components of the suspects, shape (accounts,), ``NO_CLUSTER`` for others.

    >>> chain = sparse.csr_array(np.eye(4, k=1) + np.eye(4, k=-1))
    >>> groups(chain, np.array([True, True, True, False])).tolist()
    [0, 0, 0, -1]
    """
    who = np.flatnonzero(suspect)
    _, label = csgraph.connected_components(links[who][:, who], directed=False)
    cluster = np.full(len(suspect), NO_CLUSTER, np.int64)
    many = np.bincount(label, minlength=1)[label] >= SMALLEST_CLUSTER
    cluster[who[many]] = label[many]
    return cluster
