"""What decides how an account's owner pays, drawn when the account is opened."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis

SPARES = 4
"""Most cards that an owner has at hand besides the first (assumed)."""


@dataclass(frozen=True)
class Payers:
    """n owners of accounts; arrays of shape (n,) unless noted.

    Attributes:
        use: expected use at list price, US dollars a day.
        tax: tax on their charges, a share of the price.
        converts: goes on as a paying customer when the trial ends, if he still uses the account.
        spare: ids of the cards that he adds one after the other when one is declined, shape
            (n, `SPARES`); -1: none.
        granted: when trial credit was granted, ms; NEVER: none was.
        card_since: when the first card was added, ms; NEVER: not at sign-up.
        cards: ids of the cards that follow it, shape (n, k); -1: none.
        cards_from: when each is added, shape (n, k), ascending, ms; NEVER: not at all.
        begin: when each spell of use begins, shape (n, s), ms; NEVER: never.
        end: when it ends, likewise.
    """

    use: npt.NDArray[np.float64]
    tax: npt.NDArray[np.float64]
    converts: npt.NDArray[np.bool_]
    spare: npt.NDArray[np.int32]
    granted: Millis
    card_since: Millis
    cards: npt.NDArray[np.int32]
    cards_from: Millis
    begin: Millis
    end: Millis

    def __len__(self) -> int:
        return len(self.use)

    def chosen(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.integer]) -> Payers:
        """The owners selected by a mask or by indices."""
        return Payers(*(getattr(self, field.name)[which] for field in fields(self)))

    def in_use(self, at: npt.NDArray[np.integer], time: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Whether the accounts ``at`` (shape (m,)) are in use at a time (ms, scalar or (m,))."""
        moment = np.broadcast_to(np.asarray(time, np.int64), len(at))[:, None]
        inside: npt.NDArray[np.bool_] = (self.begin[at] <= moment) & (moment < self.end[at])
        used: npt.NDArray[np.bool_] = np.any(inside, axis=1)
        return used

    def next_spell(self, at: npt.NDArray[np.integer], time: Millis) -> npt.NDArray[np.int64]:
        """When the accounts ``at`` (shape (m,)) are taken up again after a time, ms or NEVER."""
        begin = self.begin[at]
        later: npt.NDArray[np.int64] = np.where(begin > time[:, None], begin, NEVER).min(axis=1)
        return later
