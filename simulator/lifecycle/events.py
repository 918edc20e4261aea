"""What happened to whom and when, before it is written to the log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis


@dataclass(frozen=True)
class Events:
    """m events of one kind.

    Attributes:
        kind: a kind of the activity log.
        who: shape (m,), indices of the accounts.
        time: shape (m,), ms.
        number: shape (m,), number of the key among the account's keys; 0 where none is concerned.
        in_browser: whether they come from the account's own address and device.
    """

    kind: str
    who: npt.NDArray[np.int64]
    time: Millis
    number: npt.NDArray[np.int64]
    in_browser: bool = True

    @classmethod
    def of(
        cls,
        kind: str,
        who: npt.NDArray[np.int64],
        time: Millis,
        number: npt.ArrayLike = 0,
        *,
        in_browser: bool = True,
    ) -> Events:
        """Events with ``number`` broadcast; those that never happen are left out."""
        happens = time < np.int64(2**62)
        numbers = np.broadcast_to(np.asarray(number, np.int64), len(who))
        return cls(kind, who[happens], time[happens], numbers[happens], in_browser)
