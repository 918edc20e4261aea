"""Which things a platform sees behind which accounts, and which ids in the log a thing concerns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

if TYPE_CHECKING:
    from shamcrowd.recording.view import LogView
    from shamcrowd.simulator.supply.store import Supply

Ids = npt.NDArray[np.int32]
SITE = 48
"""Length of the IPv6 prefixes that a site has, the longer of the two by which blocks are taken."""
COLUMNS = {"block": "prefix", "network": "asn", "bin": "bin", "mail-domain": "domain"}
"""Kinds of things that ids are in: the column of the register that names them."""
REGISTERS = {"block": "address", "network": "address", "bin": "card", "mail-domain": "mailbox"}


def block_name(prefix: str, ipv6: int) -> str:
    """Name of the block of a given length that a prefix is in; IPv4 has /24 alone.

    >>> block_name("3fff:7:1a:f00::/64", 48), block_name("240.1.2.0/24", 48)
    ('3fff:7:1a::/48', '240.1.2.0/24')
    """
    if ipv6 != SITE or ":" not in prefix:
        return prefix
    return ":".join(prefix.split(":")[:3]) + "::/48"


def names_of(supply: Supply, kind: str, ids: Ids, ipv6: int = 64) -> list[str]:
    """Name of the thing of a kind that each id (shape (n,)) of an address, card or mailbox is in.

    For a client it is the id itself.
    """
    if kind == "client":
        return [str(i) for i in ids.tolist()]
    names = supply.register(REGISTERS[kind]).rows_of(ids)[COLUMNS[kind]].tolist()
    return [block_name(str(name), ipv6) if kind == "block" else str(name) for name in names]


class MembersOfThings:
    """The ids of addresses, cards and mailboxes by the thing that they are in, kept up to date."""

    def __init__(self, supply: Supply) -> None:
        self._supply = supply
        self._known: dict[str, int] = {}
        self._ids: dict[str, dict[str, list[Ids]]] = {}

    def ids(self, kind: str, name: str) -> Ids:
        """Ids in a thing so far; shape (n,). For a client it is the one in its name."""
        if kind == "client":
            return np.array([int(name)] if name.isdecimal() else [], np.int64).astype(np.int32)
        held = self._update(kind).get(name, [])
        return np.concatenate([np.empty(0, np.int32), *held])

    def _update(self, kind: str) -> dict[str, list[Ids]]:
        register = self._supply.register(REGISTERS[kind])
        by_name = self._ids.setdefault(kind, {})
        first = self._known.get(kind, 0)
        if first == len(register):
            return by_name
        self._known[kind] = len(register)
        ids = register.ids(register.handles()[first:])
        names = register.column(COLUMNS[kind])[first:].astype(object)
        order = np.argsort(names.astype(str), kind="stable")
        names, ids = names[order].astype(str), ids[order]
        starts = np.flatnonzero(np.append(True, names[1:] != names[:-1]))
        for name, part in zip(names[starts].tolist(), np.split(ids, starts[1:]), strict=True):
            wide = block_name(name, SITE) if kind == "block" else name
            for each in {name, wide}:
                by_name.setdefault(each, []).append(part)
        return by_name


class ThingsOfAccounts:
    """Pairs of account and id, as the log has them so far; for levers on what alerts share."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self._columns = sorted({"client" if k == "client" else REGISTERS[k] for k in kinds})
        none = np.empty(0, np.int64)
        self._pairs = dict.fromkeys(self._columns, none)

    def update(self, log: LogView) -> None:
        """Add what the rows since the last review have."""
        for column in self._columns:
            pairs = [self._pairs[column], *_pairs(log, column)]
            self._pairs[column] = np.unique(np.concatenate(pairs))

    def of(self, column: str) -> tuple[Ids, Ids]:
        """Accounts and ids of a column (``address``, ``card``, ``mailbox``, ``client``), paired."""
        pairs = self._pairs[column]
        return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)


def _pairs(log: LogView, column: str) -> list[npt.NDArray[np.int64]]:
    tables = {
        "address": ("accounts", "requests"), "client": ("requests",), "mailbox": ("accounts",),
        "card": ("activity",),
    }[column]  # fmt: skip
    # Imported on use: an open loop does without it.
    import pyarrow.compute as pc

    found = []
    for table in tables:
        rows = log.new.arrow(table, ["account", column])
        rows = rows.filter(pc.is_valid(rows[column]))
        one, other = (rows[c].cast(pa.int64()).to_numpy() for c in ("account", column))
        found.append(np.unique(one << 32 | other))
    return found
