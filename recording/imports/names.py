"""The names in a staged log, each once, and their ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.imports import sql, things
from shamcrowd.recording.imports.pseudonyms import keyed_ids
from shamcrowd.recording.units import Millis

if TYPE_CHECKING:
    import duckdb

OWN = "\0own "
"""Begins the name of what an account has to itself where the log names nothing."""


@dataclass(frozen=True)
class Names:
    """Names of one kind.

    Attributes:
        kind: such as ``address``.
        name: shape (n,), the names as the log has them.
        plain: shape (n,), the same without what does not tell two of them apart.
        id: shape (n,), ids; the same for the same plain name.
        first: shape (n,), when each was first named, ms since 1970.
    """

    kind: str
    name: list[str]
    plain: list[str]
    id: npt.NDArray[np.int64]
    first: Millis

    def table(self) -> pa.Table:
        """Names and ids, to be joined with rows."""
        return pa.table({"name": pa.array(self.name, pa.string()), "id": self.id.astype(np.int32)})

    def things(self) -> tuple[list[str], npt.NDArray[np.int64], Millis]:
        """Each plain name once: name, id, when it was first named."""
        ids, at = np.unique(self.id, return_index=True)
        first = np.full(len(ids), np.iinfo(np.int64).max)
        np.minimum.at(first, np.searchsorted(ids, self.id), self.first)
        return [self.plain[i] for i in at], ids, first


def _plain_addresses(names: list[str]) -> list[str]:
    """Addresses without what does not tell two of them apart; most are plain as they are."""
    plain = things.is_plain_ipv4(names)
    return [
        name if good or name.startswith("\0") else things.plain_address(name)
        for name, good in zip(names, plain, strict=True)
    ]


def names_of(
    connection: duckdb.DuckDBPyConnection, key: bytes, kind: str, present: bool,
    extra: dict[str, int] | None = None, owners: dict[str, int] | None = None,
) -> Names:  # fmt: skip
    """Names of one kind in the view ``staged`` and elsewhere.

    Args:
        connection: with the view.
        key: of the pseudonyms.
        kind: the column.
        present: whether the view has that column.
        extra: other names, with when each was first named.
        owners: accounts, with when each was first seen: each gets one of its own.
    """
    found: dict[str, int] = dict(extra or {})
    if present:
        column = sql.name(kind)
        rows = connection.sql(
            f"select {column}, min(time) from staged where {column} is not null group by 1"
        ).to_arrow_table()
        for name, first in zip(rows[0].to_pylist(), rows[1].to_pylist(), strict=True):
            found[name] = min(first, found.get(name, first))
    for owner, first in (owners or {}).items():
        found[OWN + owner] = first
    names = sorted(found)
    plain = _plain_addresses(names) if kind == "address" else names
    once = sorted(set(plain))
    id_of = dict(zip(once, keyed_ids(key, kind, once).tolist(), strict=True))
    ids = np.array([id_of[p] for p in plain], np.int64)
    return Names(kind, names, plain, ids, np.array([found[n] for n in names], np.int64))
