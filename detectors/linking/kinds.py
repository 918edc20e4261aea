"""The kinds of things that accounts share: the one place where they are declared.

A thing with a column of its own (a device, a card, an address, a mailbox) has its kind here. Things
of any other kind stand in the table ``uses`` of a log: a wallet that accounts paid, a repository
that they starred, a product that they reviewed. Detectors that link accounts take all kinds alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pyarrow as pa

from shamcrowd.detectors.features.index import AccountIndex, begins
from shamcrowd.recording.units import EntityIds, Millis, Places
from shamcrowd.recording.view import LogView


@dataclass(frozen=True)
class EntityKind:
    """A kind of shared entity. An entity with ``cap`` accounts or more (a hub) links nobody."""

    name: str
    cap: int


DEVICE = EntityKind("device", 60)
CARD = EntityKind("card", 100)
ADDRESS = EntityKind("address", 60)
MAILBOX = EntityKind("mailbox grammar", 80)
KINDS = (DEVICE, CARD, ADDRESS, MAILBOX)
"""The kinds with a column of their own."""
OTHER_CAP = 60
"""Cap of every other kind (assumed; that of addresses)."""
MOST_CAP = 1024
"""No cap may be higher."""
MOST_KINDS = 8
"""Kinds that a log may have, those with a column included."""


@dataclass(frozen=True)
class Uses:
    """Uses of things of one kind, in the order of the log; every array has shape (n,).

    Attributes:
        kind: name of the kind.
        place: position of the account.
        thing: id of the thing.
        time: ms since 1970.
    """

    kind: str
    place: Places
    thing: EntityIds
    time: Millis


def other_uses(log: LogView, index: AccountIndex) -> Iterator[Uses]:
    """Yield the new uses of things without a column of their own, a kind at a time, by name.

    Args:
        log: the view.
        index: already holds its accounts.
    """
    rows = log.new.arrow("uses")
    if not rows.num_rows:
        return
    column = rows["kind"].combine_chunks()
    names, code = column.dictionary.to_pylist(), column.indices.to_numpy()
    order = np.argsort(code, kind="stable")
    first = np.flatnonzero(begins(code[order]))
    place = index.of(rows["account"].to_numpy())
    thing = rows["thing"].to_numpy().astype(np.int64)
    time = rows["time"].cast(pa.int64()).to_numpy()
    parts = {
        names[code[order[low]]]: order[low:high]
        for low, high in pairwise([*first.tolist(), len(order)])
    }
    for name in sorted(parts):
        at = parts[name]
        yield Uses(name, place[at], thing[at], time[at])


def capped(kind: EntityKind, cap: int) -> EntityKind:
    """The kind with another cap; 0: its own."""
    return replace(kind, cap=cap) if cap else kind
