"""Isolation forest over communities, at every level of their hierarchy."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.groups.evidence import LinkEvidence, PairEvidence
from shamcrowd.detectors.groups.figures import SetFigures, set_figures
from shamcrowd.detectors.linking.communities import require_communities
from shamcrowd.detectors.linking.hierarchy import MOST, hierarchy
from shamcrowd.recording.counting import counted
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

TREES = 100
FEWEST = 8
"""Communities of a log in which one can stand out, at least (assumed)."""
WARM_UP_DAYS = 2.0
"""Days of a log in which all scores are 0 (assumed; as in `isolation-forest`)."""


def table_of(figures: SetFigures) -> npt.NDArray[np.float64]:
    """The features of each community, shape (communities, 5 + kinds)."""
    return np.column_stack([
        np.log2(np.maximum(figures.size, 1)), figures.density, figures.twice, figures.hour,
        np.log1p(figures.days), figures.share,
    ])  # fmt: skip


def _fresh(levels: npt.NDArray[np.int64], figures: list[SetFigures]) -> list[npt.NDArray[np.bool_]]:
    """For each level, whether a community is new there, and not one that was not split."""
    fresh = [np.ones(len(figures[0].size), np.bool_)]
    for upper, lower, above, here in zip(
        levels[:-1], levels[1:], figures[:-1], figures[1:], strict=True
    ):
        parent = np.zeros(len(here.size), np.int64)
        inside = lower != NO_CLUSTER
        parent[lower[inside]] = upper[inside]
        fresh.append(above.size[parent] != here.size)
    return fresh


class CommunityForest:
    """Accounts in communities that few random splits isolate from other communities.

    Accounts are linked by shared things, shared rare templates and sign-ups that are close (see
    `groups.evidence`). The graph is split into communities of communities until none has more than
    40 accounts (`linking.hierarchy`). Every community of every level is a row with its size, the
    density of its links, the share of accounts linked by each kind of evidence and by two, and how
    its accounts signed up; an isolation forest says which rows are unlike the others.

    Score: 2^(-mean path length / expected length) of the most isolated community that an account is
    in; 0 in none. Cluster: that community. All scores are 0 in the first two days and where there
    are fewer than eight communities.

    Papers: Liu, Ting, Zhou, Isolation Forest, ICDM 2008 (https://doi.org/10.1109/ICDM.2008.17);
    Traag, Waltman, van Eck, From Louvain to Leiden, 2019
    (https://doi.org/10.1038/s41598-019-41695-z) for connected communities.

    Complexity: as `campaign-sets`, and O(trees * communities) for the forest.

    When it fails: what is unusual about a community need not be abuse: classes and large firms are
    rare too, and come first where campaigns are small. `campaign-sets` knows the direction in which
    a set is suspicious; this does not.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = CommunityForest().review(LogView(log, log.start + 3 * 86_400_000))
    >>> float(found.score.max())  # one community alone cannot stand out
    0.0
    """

    def __init__(
        self, *, most: int = MOST, fewest: int = FEWEST, warm_up_days: float = WARM_UP_DAYS
    ) -> None:
        """Args are settings: accounts of an unsplit community, fewest communities, warm-up."""
        require_communities("community-forest")
        self._evidence, self._most, self._fewest = LinkEvidence(), most, fewest
        self._warm_up = warm_up_days * MS_PER_DAY
        self._known: dict[bytes, npt.NDArray[np.int64]] = {}

    def review(self, log: LogView) -> Findings:
        """Score accounts by the most isolated community they are in."""
        self._evidence.update(log)
        n = len(self._evidence.ids)
        score, cluster, reason = np.zeros(n), np.full(n, NO_CLUSTER), [""] * n
        pairs = self._evidence.pairs()
        levels = hierarchy(pairs.matrix(), pairs.created, self._most, self._known)
        figures = [set_figures(label, pairs) for label in levels]
        begin = np.cumsum([0, *(len(one.size) for one in figures)])
        rows = np.concatenate([table_of(one) for one in figures])
        if len(figures[-1].size) < self._fewest or log.now - log.start < self._warm_up:
            return Findings(self._evidence.ids, score, cluster, reason)
        isolated = self._isolation(rows, np.concatenate(_fresh(levels, figures)))
        for label, first in zip(levels, begin[:-1].tolist(), strict=True):
            inside = np.flatnonzero(label != NO_CLUSTER)
            here = isolated[first + label[inside]]
            up = here > score[inside]
            score[inside[up]], cluster[inside[up]] = here[up], first + label[inside[up]]
        sentences = self._sentences(figures, rows, pairs)
        for i in np.flatnonzero(cluster != NO_CLUSTER).tolist():
            reason[i] = sentences[cluster[i]]
        return Findings(self._evidence.ids, score, cluster, reason)

    @staticmethod
    def _isolation(
        rows: npt.NDArray[np.float64], fresh: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.float64]:
        from sklearn.ensemble import IsolationForest as Forest

        # Sorted by value: the forest's random draws must not depend on ids.
        kept = rows[fresh]
        kept = kept[np.lexsort(kept.T[::-1])]
        forest: Any = Forest(n_estimators=TREES, random_state=0, n_jobs=1).fit(kept)
        found: npt.NDArray[np.float64] = -forest.score_samples(rows)
        return found

    @staticmethod
    def _sentences(
        figures: list[SetFigures], rows: npt.NDArray[np.float64], pairs: PairEvidence
    ) -> list[str]:
        names = [
            "log2 of accounts", "weight of an account's links", "share linked by two kinds",
            "share that signed up within an hour", "log days of sign-ups",
            *(f"share linked by {kind}" for kind in pairs.kinds),
        ]  # fmt: skip
        middle = np.median(rows, axis=0)
        spread = np.percentile(rows, 90, axis=0) - np.percentile(rows, 10, axis=0) + 1e-9
        most = (np.abs(rows - middle) / spread).argmax(axis=1).tolist()
        size = np.concatenate([one.size for one in figures]).tolist()
        return [
            f"in a community of {counted(size[i], 'account')}; {names[f]}: {rows[i, f]:.3g}, "
            "usually "
            f"{middle[f]:.3g}"
            for i, f in enumerate(most)
        ]
