"""A labelled set in memory: accounts, what they used and when, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import EntityIds, Millis, Places

UNKNOWN, HONEST, SHAM = -1, 0, 1
NO_GROUP = -1


@dataclass(frozen=True)
class ThingUses:
    """Uses of things of one kind; every array has shape (n,).

    Attributes:
        kind: what the things are, such as ``repository``.
        who: position of the account.
        thing: number of the thing, from 0.
        time: ms since 1970.
    """

    kind: str
    who: Places
    thing: EntityIds
    time: Millis


@dataclass(frozen=True)
class Labelled:
    """Accounts with what is known of them, and what they did.

    Attributes:
        created: shape (n,), when each account is first known, ms since 1970.
        label: shape (n,), `SHAM`, `HONEST` or `UNKNOWN`.
        group: shape (n,), number of the group that a sham account belongs to, or `NO_GROUP`.
        who: shape (m,), position of the account of each action.
        time: shape (m,), moment of each action, ms since 1970.
        uses: what accounts used, by kind.
        notes: sentences about what was left out or assumed.
    """

    created: Millis
    label: npt.NDArray[np.int8]
    group: npt.NDArray[np.int64]
    who: Places
    time: Millis
    uses: tuple[ThingUses, ...]
    notes: list[str] = field(default_factory=list)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Shape (n,): has the account a label?"""
        known: npt.NDArray[np.bool_] = self.label != UNKNOWN
        return known


class Numbering:
    """Numbers names in the order in which they come, from 0.

    >>> numbers = Numbering()
    >>> numbers.of(["b", "a", "b"]).tolist(), numbers.of(["a", "c"]).tolist(), len(numbers)
    ([0, 1, 0], [1, 2], 3)
    """

    def __init__(self) -> None:
        self._number: dict[object, int] = {}

    def __len__(self) -> int:
        return len(self._number)

    def __contains__(self, name: object) -> bool:
        return name in self._number

    def of(self, names: Iterable[object]) -> npt.NDArray[np.int64]:
        """The number of each name; new ones are added."""
        import pandas as pd

        code, unique = pd.factorize(np.asarray(list(names), object))
        numbers = [self._number.setdefault(name, len(self._number)) for name in unique]
        found: npt.NDArray[np.int64] = np.array(numbers, np.int64)[code]
        return found


def first_moments(accounts: int, *parts: tuple[Places, Millis]) -> Millis:
    """When each account first did anything; 0 for one that did nothing.

    >>> first_moments(2, (np.array([1, 1]), np.array([9, 7]))).tolist()
    [0, 7]
    """
    late = np.iinfo(np.int64).max
    first = np.full(accounts, late)
    for who, time in parts:
        np.minimum.at(first, who, time)
    return np.where(first == late, 0, first)
