"""People who signed up before others of their household, or whose computer others use later.

Who shares a thing seldom signs up at the same moment: the family that tries it together does, and
the partner who joins a year later does too. So sharers are found by the time between their
sign-ups, over all accounts so far, whichever day they came.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.lifecycle.delays import DAY, HOUR, Delay
from shamcrowd.simulator.platform.account_batch import AccountBatch

APART = Delay(3 * DAY, 2.3, 0.35, 3 * HOUR, 2.0)
"""Time between the sign-ups of two people who share something (assumed: minutes to years)."""
THINGS = ("home", "card", "device")
NOBODY = -1
_TIME = 43
"""Sign-up times, ms, are below 2 to this power; the place stands above them in a key."""


class Relatives:
    """Accounts of one population that signed up so far, in order of place and time."""

    def __init__(self) -> None:
        self._keys = np.empty(0, np.int64)
        self._rows = np.empty(0, np.int64)
        """Row in `_things` of each key."""
        self._things = {name: np.empty(0, np.int64) for name in THINGS}

    def __len__(self) -> int:
        return len(self._keys)

    def keep(self, batch: AccountBatch) -> None:
        """Add the accounts of a batch, with the things that they have now."""
        keys = _keys(batch)
        order = np.argsort(keys, kind="stable")
        at = np.searchsorted(self._keys, keys[order])
        self._keys = np.insert(self._keys, at, keys[order])
        self._rows = np.insert(self._rows, at, len(self._rows) + order)
        for name, values in _things(batch).items():
            self._things[name] = np.append(self._things[name], values)

    def find(
        self, rng: np.random.Generator, batch: AccountBatch, who: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Find for some accounts of a batch one of the same place that signed up before.

        Args:
            rng: random stream.
            batch: n accounts that were not kept yet.
            who: shape (m,), indices into the batch.

        Returns:
            Shape (m,): for `things`; `NOBODY` where nobody came before.
        """
        own = _keys(batch)
        every = np.concatenate([self._keys, own])
        rows = np.concatenate([self._rows, len(self._rows) + np.arange(len(own))])
        order = np.argsort(every, kind="stable")
        every, rows = every[order], rows[order]
        apart: Millis = APART.draw(rng, len(who))
        at = np.searchsorted(every, own[who] - apart)
        # The first who came within that time; if there is none, the last before it.
        at -= every[np.minimum(at, len(every) - 1)] >= own[who]
        there = (at >= 0) & (every[at] >> _TIME == own[who] >> _TIME)
        return np.where(there, rows[at], NOBODY)

    def related(
        self, rng: np.random.Generator, batch: AccountBatch, share: float
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Choose a ``share`` (0 to 1) of a batch, and for each the first of a household to join.

        Returns:
            Indices into the batch, and for each whom it joins (see `things`), both of shape (m,).
        """
        who = np.flatnonzero(rng.random(len(batch)) < share)
        found = self.find(rng, batch, who)
        who, found = who[found >= 0], found[found >= 0]
        return who, self.roots(who, found)

    def share(
        self,
        name: str,
        batch: AccountBatch,
        who: npt.NDArray[np.int64],
        found: npt.NDArray[np.int64],
    ) -> None:
        """Let accounts use the card or device (``name``) of those found, if these have one."""
        theirs = np.full(len(found), -1, np.int64)
        theirs[found >= 0] = self.things(name, batch, found[found >= 0])
        own = getattr(batch, name)
        own[who[theirs >= 0]] = theirs[theirs >= 0]

    def things(
        self, name: str, batch: AccountBatch, found: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """The ``home``, ``card`` or ``device`` (handles) of those that `find` found, shape (m,)."""
        return np.concatenate([self._things[name], _things(batch)[name]])[found]

    def roots(
        self, who: npt.NDArray[np.int64], found: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Replace those found that have found somebody themselves by the first of their household.

        Args:
            who: shape (m,), indices into the batch.
            found: shape (m,), whom each found, none `NOBODY`.

        >>> relatives = Relatives()
        >>> relatives.roots(np.array([3, 4]), np.array([0, 3])).tolist()
        [0, 0]
        """
        if not len(who):
            return found
        before = len(self._rows)
        last = max(int(who.max()) + before, int(found.max())) + 1
        parent = np.arange(last)
        parent[before + who] = found
        while True:
            further = parent[found]
            if (further == found).all():
                return found
            found = further


def _keys(batch: AccountBatch) -> npt.NDArray[np.int64]:
    return (batch.place.astype(np.int64) << _TIME) + batch.created


def _things(batch: AccountBatch) -> dict[str, npt.NDArray[np.int64]]:
    home = batch.first_address if len(batch.address_list) else np.full(len(batch), -1, np.int64)
    return {"home": home, "card": batch.card, "device": batch.device}
