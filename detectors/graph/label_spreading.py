"""Suspicion that spreads from accounts already caught over what accounts share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.linking.caught import CaughtAccounts
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.recording.view import LogView

SPREAD = 0.85
"""Share of an account's suspicion that comes from those it is linked to (alpha of the paper)."""
ROUNDS = 20
"""The rest after 20 rounds is below 0.85 ** 20 = 4 % of the whole."""


class LabelSpreading:
    """Label spreading from the accounts that were caught already, over shared supply.

    Caught are accounts with a chargeback, and those suspended and not reinstated, as the log tells
    by then. Accounts are linked by rare devices, cards, addresses and mailbox grammars. Each round
    an account takes 0.85 of what those it is linked to have, weighted by the strength of the links
    over the square root of both accounts' strengths, and 0.15 of its own label. Unlike
    `standing-blocklist` it reaches accounts that share nothing with a caught one, but share things
    with accounts that do.

    Score: the suspicion after 20 rounds, from 0 up; 0 if nothing leads to a caught account. It is
    above 1 only for accounts that many caught ones are linked to.

    Paper: Zhou et al., Learning with Local and Global Consistency, NeurIPS 2003
    (https://proceedings.neurips.cc/paper/2003/hash/87682805257e619d49b8e0dfdc14affa-Abstract.html).

    Complexity: each review sorts the pairs of accounts that share an entity, then 20 products of a
    sparse matrix and a vector.

    When it fails: it knows nothing before the first account is caught, nothing of campaigns that
    share nothing, and it spreads a wrong suspension to everybody linked to its account.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = LabelSpreading().review(LogView(log, log.start + 3 * 86_400_000))
    >>> len(found.score) == len(found.account)
    True
    """

    def __init__(self, *, cap: int = 0) -> None:
        """``cap``: accounts from which on an entity links nobody; 0: the usual one of its kind."""
        self._entities = SharedEntities(cap)
        self._caught = CaughtAccounts(self._entities.index)

    def review(self, log: LogView) -> Findings:
        """Score accounts by what reaches them."""
        self._entities.update(log)
        caught = self._caught.update(log)
        links = self._entities.links()
        score = spread(links, caught.astype(np.float64))
        direct = links @ caught.astype(np.float64) > 0
        reasons = [
            "it was caught already" if own
            else "shares things with accounts that were caught" if near
            else "linked to accounts that were caught through others" if far
            else ""
            for own, near, far in zip(caught, direct, score > 0, strict=True)
        ]  # fmt: skip
        return Findings(self._entities.index.ids, score, reason=reasons)


def spread(links: sparse.csr_array, label: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Labels after `ROUNDS` rounds.

    Args:
        links: shape (accounts, accounts), symmetric, weights of at least 0, zero diagonal.
        label: shape (accounts,), 0 to 1.

    Returns:
        Shape (accounts,), from 0 up.

    >>> chain = sparse.csr_array(np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]))
    >>> spread(chain, np.array([1.0, 0, 0, 0])).round(2).tolist()
    [0.35, 0.31, 0.2, 0.0]
    """
    strength = np.asarray(links.sum(axis=1), np.float64).ravel()
    scale = np.divide(1.0, np.sqrt(strength), out=np.zeros_like(strength), where=strength > 0)
    level = label
    for _ in range(ROUNDS):
        level = SPREAD * scale * (links @ (scale * level)) + (1 - SPREAD) * label
    return level
