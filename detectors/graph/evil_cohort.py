"""EvilCohort: communities of accounts that use the same addresses."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.linking.communities import communities, require_communities
from shamcrowd.detectors.linking.edges import Edges
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.recording.view import LogView

SHARED = 2
"""Addresses that two linked accounts share, at least (assumed; the paper tunes it)."""


class EvilCohort:
    """Communities of accounts that share two addresses or more.

    The bipartite graph of accounts and addresses is projected onto accounts: the weight of an edge
    is the number of addresses that two accounts both used. Edges with a weight of 1 are dropped, so
    that one gateway or one home links nobody. Louvain splits the components. Addresses of 60
    accounts or more, gateways of carriers, offices and campuses, and accounts of an organisation
    are left out. Things of kinds without a column of their own (the log's table ``uses``) count as
    addresses do.

    Score: log2(size of the community) + s / (1 + s), where s is the mean number of addresses that
    the account shares with its neighbours in the community. For an account in no community
    s / (1 + s), where s is its strongest link (one shared address or more).

    Paper: Stringhini et al., EVILCOHORT: Detecting Communities of Malicious Accounts on Online
    Services, USENIX Security 2015
    (https://www.usenix.org/conference/usenixsecurity15/technical-sessions/presentation/stringhini),
    which uses Louvain too.

    Complexity: a sort of the pairs of accounts that share an address, at most
    addresses * cap^2 / 2, and Louvain, near linear. Memory grows with pairs of account and address.

    When it fails: campaigns with one address per account, or that change addresses so often that no
    two accounts share two, are missed. Flatmates with two lines form honest communities.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = EvilCohort().review(LogView(log, log.start + 3 * 86_400_000))
    >>> len(found.account)
    80
    """

    def __init__(self, *, cap: int = 0, shared: int = SHARED) -> None:
        """Args are settings: the cap of a thing (0: the usual one), things that a link takes."""
        require_communities("evil-cohort")
        self._entities, self._least = SharedEntities(cap), shared
        self._created = np.empty(0, np.int64)
        self._split: dict[bytes, npt.NDArray[np.int64]] = {}

    def review(self, log: LogView) -> Findings:
        """Score accounts by the community they are in."""
        self._entities.update(log)
        ids, n = self._entities.index.ids, len(self._entities.index)
        self._sign_ups(log, n)
        strongest, edges = np.zeros(n, np.int64), Edges(n)
        for pairs in self._entities.shared_pairs(*self._entities.informative):
            for side in (pairs.one, pairs.other):
                np.maximum.at(strongest, side, pairs.common)
            firm = pairs.common >= self._least
            edges.add(pairs.one[firm], pairs.other[firm], pairs.common[firm])
        matrix = edges.matrix()
        cluster = communities(matrix, self._created, self._split)
        row, column = np.repeat(np.arange(n), np.diff(matrix.indptr)), matrix.indices
        weight = matrix.data
        within = (cluster[row] == cluster[column]) & (cluster[row] != NO_CLUSTER)
        linked = np.bincount(row[within], minlength=n)
        total = np.bincount(row[within], weights=weight[within], minlength=n)
        mean = total / np.maximum(linked, 1)
        size = np.bincount(cluster + 1, minlength=1)[cluster + 1]
        inside = cluster != NO_CLUSTER
        score = strongest / (1 + strongest)
        score[inside] = np.log2(size[inside]) + mean[inside] / (1 + mean[inside])
        reason = [""] * n
        what = "addresses" if len(self._entities.informative) == 1 else "things"
        for i in np.flatnonzero(~inside & (strongest > 0)).tolist():
            reason[i] = f"in no community; shares {strongest[i]} {what} with another account"
        for i in np.flatnonzero(inside).tolist():
            reason[i] = (
                f"in a community of {size[i]} accounts; shares {mean[i]:.1f} {what} on average "
                f"with each of {linked[i]} of them"
            )
        return Findings(ids, score, cluster, reason)

    def _sign_ups(self, log: LogView, accounts: int) -> None:
        rows = log.new.accounts(["account", "created"])
        created = np.zeros(accounts, np.int64)
        created[: len(self._created)] = self._created
        place = self._entities.index.of(rows["account"].to_numpy())
        created[place] = rows["created"].to_numpy("datetime64[ms]").astype(np.int64)
        self._created = created
