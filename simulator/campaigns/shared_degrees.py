"""Groups of accounts that share things in numbers in which honest people share them.

Who is linked by shared addresses, devices and cards can share as honest people do: as many accounts
to a thing, and the same things together. How honest people share is read from the accounts of the
world so far; what a campaign knows of it, it decides itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from shamcrowd.simulator.platform.account_tables import AccountTables

KINDS = ("address", "device", "card")
LARGEST = 8
"""Accounts that a group has at most. What more share is a carrier's gateway or a common browser,
which strangers share, and which nobody can have for a group alone (assumed)."""
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class SharedGroups:
    """How n accounts share things: arrays of shape (n,) by kind of `KINDS`.

    Attributes:
        group: number of the group of each account, from 0, ascending.
        thing: number of each account's thing within its group.
        among_strangers: whether the thing is one that many strangers share.
    """

    group: Numbers
    thing: dict[str, Numbers]
    among_strangers: dict[str, npt.NDArray[np.bool_]]


def degrees(ids: Numbers) -> Numbers:
    """How many accounts share each account's thing; 1 for accounts without one (id below 0).

    >>> degrees(np.array([7, 9, 7, -1, -1])).tolist()
    [2, 1, 2, 1, 1]
    """
    _, place, many = np.unique(ids, return_inverse=True, return_counts=True)
    return np.where(ids < 0, 1, many[place]).astype(np.int64)


def honest_degrees(account_tables: AccountTables) -> Numbers:
    """Degrees of the honest accounts so far, by kind: shape (accounts, kinds)."""
    parts = [part["account"] for part in account_tables.admitted if part["campaign"] is None]
    if not parts:
        return np.ones((1, len(KINDS)), np.int64)
    things = account_tables.sign_up_things(np.concatenate(parts))
    return np.stack([degrees(things[kind].astype(np.int64)) for kind in KINDS], axis=1)


def draw_groups(rng: np.random.Generator, honest: Numbers, count: int) -> SharedGroups:
    """Draw groups for ``count`` accounts; the degrees of ``honest`` accounts are their pattern.

    A group follows one honest account: as many accounts as share the most shared of its things,
    of which as many as share each other thing.

    Args:
        rng: random stream.
        honest: shape (m, kinds), degrees of accounts, m at least 1.
        count: number of accounts; the last group may be cut off.

    >>> from shamcrowd.simulator.core.streams import Streams
    >>> drawn = draw_groups(Streams(1)("example"), np.array([[2, 1, 2]]), 4)
    >>> drawn.group.tolist(), drawn.thing["address"].tolist(), drawn.thing["device"].tolist()
    ([0, 0, 1, 1], [0, 0, 0, 0], [0, 1, 0, 1])
    """
    small = np.where(honest > LARGEST, 1, honest)
    size = small.max(axis=1)
    # A group of four stands in the table four times.
    edges = np.cumsum(1 / size)
    picked = np.searchsorted(edges / edges[-1], rng.random(max(count, 1)), side="right")
    picked = np.minimum(picked, len(honest) - 1)
    group = np.repeat(np.arange(len(picked)), size[picked])[:count]
    pattern = picked[group]
    member = np.arange(count) - np.searchsorted(group, group)
    thing = {kind: np.where(member < small[pattern, n], 0, member) for n, kind in enumerate(KINDS)}
    strange = {kind: honest[pattern, n] > LARGEST for n, kind in enumerate(KINDS)}
    return SharedGroups(group, thing, strange)
