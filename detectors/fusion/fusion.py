"""Fusion: what several detectors say, weighed by trees that have learned whom to believe when."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from detectors.base import NO_CLUSTER, Findings, Labels
from detectors.fusion.witnesses import WITNESSES, Witnesses
from detectors.learned.learner import LIKELY, Learner
from detectors.learned.neighbour_table import told
from recording.view import LogView

SMALLEST = 3


class Fusion:
    """Accounts that the evidence of several kinds, taken together, speaks against.

    Eight detectors are asked as witnesses at every review (`detectors.fusion.witnesses`): shared
    supply, dense blocks, communities by address, action in step, templates, sign-up bursts and
    sudden groups. What each says of an account, the size of the group it puts it in, and the
    features of the account and of its neighbours are weighed by boosted trees that have learned,
    on another seed with labels, whom to believe when: stacked generalisation. Score: log odds of
    being sham. Cluster: likely accounts (log odds over 0) that any witness puts in one group,
    three or more. Reason: what the witnesses and features say that spoke most against the account.

    Papers: Wolpert, Stacked Generalization, Neural Networks 1992
    (https://doi.org/10.1016/S0893-6080(05)80023-1); witnesses and trees name their own. The
    combination is this project's. No setting of its own; those of the trees are in
    `detectors.learned.trees`.

    Complexity: the sum of the witnesses', once to learn and once to judge.

    When it fails: as far as it has learned from labels, like `boosted-trees`: a tactic that no
    label names is found only where the witnesses' evidence is like that of others. What no
    witness sees, a crowd that shares nothing, writes nothing alike and keeps its own hours, leaves
    it with the features of accounts alone. Classes and laboratories are in step, share addresses
    and exercises: they are most of its false alarms.

    >>> import numpy as np
    >>> from recording.samples import sample_log
    >>> made = sample_log(1)
    >>> past = LogView(made, made.start + 3 * 86_400_000)
    >>> accounts = past.accounts()["account"].to_numpy()
    >>> detector = Fusion()
    >>> detector.fit(past, Labels(accounts, np.isin(accounts, made.crowd)))
    >>> made = sample_log(2)
    >>> found = detector.review(LogView(made, made.start + 3 * 86_400_000))
    >>> crowd = np.isin(found.account, made.crowd)
    >>> bool(np.median(found.score[crowd]) > found.score[~crowd].max())
    True
    """

    def __init__(self) -> None:
        self._learner = Learner("fusion", Witnesses)

    def fit(self, log: LogView, labels: Labels) -> None:
        """Learn from another seed whom to believe."""
        self._learner.fit(log, labels)

    def review(self, log: LogView) -> Findings:
        """Judge by log odds."""
        found = self._learner.judge(log, self._told)
        cluster = grouped(self._witnesses.clusters(), found.score > LIKELY)
        return Findings(found.account, found.score, cluster, found.reason)

    @property
    def _witnesses(self) -> Witnesses:
        evidence = self._learner.evidence
        assert isinstance(evidence, Witnesses)
        return evidence

    def _told(self, account: int, column: int, value: float) -> str:
        if column < len(WITNESSES):
            return self._witnesses.reason(column, account)
        if column < 2 * len(WITNESSES):
            name = WITNESSES[column - len(WITNESSES)]
            return f"in a group of {2**value:.0f} accounts ({name})" if value else ""
        return told(column - 2 * len(WITNESSES), value)


def grouped(
    clusters: list[npt.NDArray[np.int64]], likely: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """Likely accounts that any witness puts in one group, and whom those are grouped with.

    >>> one, other = np.array([0, 0, 0, -1, -1]), np.array([-1, -1, 4, 4, 4])
    >>> grouped([one, other], np.array([True, True, True, True, False])).tolist()
    [0, 0, 0, 0, -1]
    """
    n, offset = len(likely), 0
    who, group = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for cluster in clusters:
        inside = np.flatnonzero(likely & (cluster != NO_CLUSTER))
        who.append(inside)
        group.append(cluster[inside] + offset)
        offset += int(cluster.max(initial=0)) + 1
    places, groups = np.concatenate(who), np.concatenate(group)
    graph = sparse.coo_array(
        (np.ones(len(places)), (places, groups + n)), shape=(n + offset, n + offset)
    )
    _, label = csgraph.connected_components(graph, directed=False)
    size = np.bincount(label[:n][likely], minlength=n + offset)[label[:n]]
    return np.where(likely & (size >= SMALLEST), label[:n], NO_CLUSTER).astype(np.int64)
