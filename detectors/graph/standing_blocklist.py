"""Accounts that share something with an account that was caught already."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.linking.caught import CaughtAccounts
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.recording.units import Places
from shamcrowd.recording.view import LogView


class StandingBlocklist:
    """A blocklist of the devices, cards, addresses and mailbox grammars of accounts already caught.

    Known are accounts with a chargeback, and those that were suspended and not reinstated, as the
    log says it by then. Each of their things is on the list with the share of its other accounts
    that are known, so that an address of a whole carrier weighs next to nothing. This is what a
    platform has without any method: a detector that links accounts must show what it adds to it.

    Score: the sum over kinds of things of the largest share among those that the account uses,
    itself left out; one more if it is known.

    Source: denylists of what earlier abuse came from, as in the OWASP Automated Threats Handbook
    (https://owasp.org/www-project-automated-threats-to-web-applications/).

    Complexity: each review sorts the pairs of account and thing.

    When it fails: it knows nothing before the first account is caught, nothing of farms that use
    each thing once, and it accuses who shares a thing with somebody who was suspended by mistake.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = StandingBlocklist().review(LogView(log, log.start + 3 * 86_400_000))
    >>> len(found.score) == len(found.account)
    True
    """

    def __init__(self) -> None:
        self._entities = SharedEntities()
        self._caught = CaughtAccounts(self._entities.index)

    def review(self, log: LogView) -> Findings:
        """Score accounts by what they share with known ones."""
        self._entities.update(log)
        known = self._caught.update(log)
        many = len(known)
        score = known.astype(float)
        words = np.zeros(many, np.int64)
        for kind in self._entities.kinds:
            pairs = self._entities.pairs(kind)
            share = _shares(pairs.places, pairs.entities, known)
            most = np.zeros(many)
            np.maximum.at(most, pairs.places, share)
            score += most
            words += most > 0
        reasons = [
            f"shares things of {kinds} kinds with accounts that were caught" if kinds > 1
            else "shares a thing with an account that was caught" if kinds else ""
            for kinds in words.tolist()
        ]  # fmt: skip
        return Findings(self._entities.index.ids, score, reason=reasons)


def _shares(
    place: Places, entity: npt.NDArray[np.int64], known: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """For each pair of account and thing: the share of the thing's other accounts that are known.

    >>> of = np.array([0, 1, 2, 3])
    >>> _shares(of, np.array([7, 7, 7, 8]), np.array([True, False, False, True])).tolist()
    [0.0, 0.5, 0.5, 0.0]
    """
    _, thing = np.unique(entity, return_inverse=True)
    own = known[place].astype(float)
    users, caught = np.bincount(thing), np.bincount(thing, own)
    share: npt.NDArray[np.float64] = (caught[thing] - own) / np.maximum(users[thing] - 1, 1)
    return share
