"""CatchSync: accounts whose things are alike, and unlike the things of most accounts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.linking.kinds import EntityKind
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.recording.counting import counted
from shamcrowd.recording.units import EntityIds, Places
from shamcrowd.recording.view import LogView

ROUNDS = 10
"""Rounds of HITS, as in the authors' code."""
FEWEST = 2
"""Things that an account with a score has, at least: a single one is always like itself."""


def cells(places: Places, things: EntityIds, accounts: int) -> npt.NDArray[np.int64]:
    """Cell of each thing in the plane of its number of accounts and its authority.

    Both are rounded on a scale of log2. The authority is that of HITS after ten rounds on the graph
    of accounts and things (Kleinberg, Authoritative Sources in a Hyperlinked Environment, 1999).

    Args:
        places: shape (n,), positions of accounts; each pair of account and thing is given once.
        things: shape (n,), things, numbered from 0 without gaps.
        accounts: number of accounts.

    Returns:
        Shape (things,), number of the cell of each.

    >>> cells(np.array([0, 1, 2, 3]), np.array([0, 0, 1, 2]), 4).tolist()
    [1, 0, 0]
    """
    degree = np.bincount(things)
    hub, authority = np.ones(accounts), np.ones(len(degree))
    for _ in range(ROUNDS):
        authority = _sums(things, hub[places], len(degree))
        authority /= authority.max()
        hub = _sums(places, authority[things], accounts)
        hub /= hub.max()
    # Of a thing far from the densest part authority vanishes; log2 needs a number above 0.
    level = np.round(np.log2(np.maximum(authority, 2.0**-60)))
    plane = np.stack([np.round(np.log2(degree)), level])
    _, cell = np.unique(plane, axis=1, return_inverse=True)
    return cell.ravel().astype(np.int64)


def _sums(
    where: npt.NDArray[np.int64], values: npt.NDArray[np.float64], size: int
) -> npt.NDArray[np.float64]:
    """Return the sum of the values at each position."""
    total: npt.NDArray[np.float64] = np.bincount(where, values, minlength=size).astype(np.float64)
    return total


def synchrony(
    places: Places, things: EntityIds, cell: npt.NDArray[np.int64], accounts: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Synchrony and normality of each account's things, and the least synchrony there can be.

    Two things are close if they are in the same cell. Synchrony is the share of close ones among
    all pairs of an account's things, normality that among all pairs of one of its things and one of
    all things. Of M cells in which shares s_g of all things lie, an account of normality n has at
    least synchrony (-M n^2 + 2 n - s) / (1 - M s), where s is the sum of the s_g^2.

    Returns:
        Three arrays of shape (accounts,): synchrony, normality, least synchrony; 0 without things.
    """
    many = int(cell.max(initial=-1)) + 1
    share = np.bincount(cell, minlength=many) / max(len(cell), 1)
    own = np.bincount(places, minlength=accounts)
    key, count = np.unique(places * many + cell[things], return_counts=True)
    who, where = np.divmod(key, max(many, 1))
    part = count / own[who]
    sync = _sums(who, part**2, accounts)
    normal = _sums(who, part * share[where], accounts)
    background = float((share**2).sum())
    # With all things spread evenly over the cells, every account is as normal as every other.
    under = 1 - many * background
    if under > -1e-9:
        least = background * (own > 0)
    else:
        least = (-many * normal**2 + 2 * normal - background) / under
    return sync, normal, np.where(own > 0, np.clip(least, 0, 1), 0.0)


class CatchSync:
    """Accounts whose things are more alike, and rarer, than those of other accounts (CatchSync).

    Things are devices, cards, addresses and mailbox grammars (see `SharedEntities`), those of one
    account included. Each kind is a graph of its own, in which a thing is a point in the plane of
    its number of accounts and its authority by HITS. An account is suspicious if its things lie
    close together (synchrony) where few things lie (low normality). Things with as many accounts as
    their kind's cap are left out.

    Score: synchrony less the least that an account of this normality can have, the mean over its
    things, in standard deviations above the mean of all accounts with two things or more; 0 for
    others, and for those below the mean.

    Paper: Jiang et al., CatchSync: Catching Synchronized Behavior in Large Directed Graphs, KDD
    2014 (https://doi.org/10.1145/2623330.2623632), which flags from three standard deviations on.

    Complexity: ten passes over the pairs of account and thing, and a sort of them; memory grows
    with these pairs.

    When it fails: campaigns whose accounts have things of their own are as normal as anybody.
    Flatmates and teams share their things too; the paper's graph of followers has no such groups,
    and hundreds of targets for an account where there are a handful here. It finds next to nothing
    in this project's worlds (docs/detectors.md).

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = CatchSync().review(LogView(log, log.start + 3 * 86_400_000))
    >>> crowd = np.isin(found.account, log.crowd)
    >>> bool(found.score[crowd].min() > found.score[~crowd].max())
    True
    """

    def __init__(self, *, cap: int = 0, fewest: int = FEWEST) -> None:
        """Args are settings: the cap of a thing (0: that of its kind), things of a scored one."""
        self._entities, self._fewest = SharedEntities(cap), fewest

    def review(self, log: LogView) -> Findings:
        """Score accounts by synchrony."""
        self._entities.update(log)
        ids, n = self._entities.index.ids, len(self._entities.index)
        own, most = np.zeros(n, np.int64), np.zeros(n, np.int64)
        # Sums over an account's things: synchrony, normality, least synchrony.
        total = np.zeros((3, n))
        for kind in self._entities.kinds:
            places, things = self._pairs(kind)
            if not len(places):
                continue
            of_kind = np.bincount(places, minlength=n)
            total += of_kind * np.stack(synchrony(places, things, cells(places, things, n), n))
            own += of_kind
            np.maximum.at(most, places, np.bincount(things)[things])
        score, reason = np.zeros(n), [""] * n
        scored = own >= self._fewest
        if not scored.any():
            return Findings(ids, score, reason=reason)
        sync, normal, least = total / np.maximum(own, 1)
        excess = (sync - least)[scored]
        spread = float(excess.std())
        if spread > 1e-9:
            score[scored] = np.maximum((excess - excess.mean()) / spread, 0.0)
        for i in np.flatnonzero(score > 0).tolist():
            reason[i] = (
                f"{sync[i]:.0%} of all pairs of its {own[i]} things are alike, where "
                f"{normal[i]:.1%} would be by chance; up to "
                f"{counted(most[i], 'account uses', 'accounts use')} one of them"
            )
        return Findings(ids, score, reason=reason)

    def _pairs(self, kind: EntityKind) -> tuple[Places, EntityIds]:
        """Account and thing of each pair of a kind, things numbered without gaps, without hubs."""
        pairs = self._entities.pairs(kind)
        _, thing, count = np.unique(pairs.entities, return_inverse=True, return_counts=True)
        fit = count[thing] < kind.cap
        return pairs.places[fit], np.unique(thing[fit], return_inverse=True)[1]
