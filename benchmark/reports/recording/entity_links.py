"""Which accounts use the same address, device, card, mailbox domain or phone block."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from shamcrowd.recording.schema import ACCOUNTS, ACTIVITY, TABLES
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.units import AccountIds

Ints = npt.NDArray[np.int64]
LOW = 0xFFFFFFFF
"""Mask for the half of a packed pair that holds the entity."""


@dataclass(frozen=True)
class EntityLinks:
    """Pairs of an account (its index) and an entity of one kind, each once."""

    title: str
    plural: str
    place: Ints
    thing: Ints

    def most_shared(self, many: int) -> Ints:
        """For each of ``many`` accounts, the number of accounts on its most shared entity.

        0 for an account that uses none.
        """
        _, code, users = np.unique(self.thing, return_inverse=True, return_counts=True)
        most = np.zeros(many, np.int64)
        np.maximum.at(most, self.place, users[code])
        return most


def find_links(folder: Path, account: AccountIds, addresses: Ints) -> tuple[EntityLinks, ...]:
    """All entities that accounts could share, over the whole recording.

    ``account`` holds the ids of all accounts, ascending; ``addresses`` are the packed pairs of
    accounts and addresses found in the requests.

    Raises:
        UnreadableError: if a table cannot be read.
    """
    columns = ["account", "mailbox", "phone", "device", "address"]
    signed = read_table(folder / "accounts.parquet", ACCOUNTS.schema, columns).to_pandas()
    place = np.searchsorted(account, signed["account"].to_numpy())
    files = sorted((folder / "activity").glob("*.parquet"))
    found = {"address": [addresses], "device": [], "card": [], "phone": []}
    for name in ("address", "device", "phone"):
        found[name].append(_packed(place, signed[name]))
    for path in files:
        rows = read_table(path, ACTIVITY.schema, ["account", *found]).to_pandas()
        there = np.searchsorted(account, rows["account"].to_numpy())
        for name, pairs in found.items():
            pairs.append(_packed(there, rows[name]))
    pairs_of = {name: np.unique(np.concatenate(p)) for name, p in found.items()}
    blocks = _codes(folder, "phones", "phone", "block", pairs_of["phone"] & LOW)
    domains = _codes(folder, "mailboxes", "mailbox", "domain", signed["mailbox"].to_numpy(np.int64))
    return (
        _unpacked("address", "addresses", pairs_of["address"]),
        _unpacked("device", "devices", pairs_of["device"]),
        _unpacked("card", "cards", pairs_of["card"]),
        _unpacked("mailbox domain", "mailbox domains", np.unique(place << 32 | domains)),
        _unpacked(
            "phone block", "phone blocks", np.unique(pairs_of["phone"] & ~np.int64(LOW) | blocks)
        ),
    )


def _packed(place: Ints, things: pd.Series[float]) -> Ints:
    """Account in the high half, entity in the low half; rows without an entity are left out."""
    there = things.notna().to_numpy()
    thing: Ints = things.to_numpy()[there].astype(np.int64)
    return np.unique(place[there] << 32 | thing)


def _unpacked(title: str, plural: str, pairs: Ints) -> EntityLinks:
    return EntityLinks(title, plural, pairs >> 32, pairs & LOW)


def _codes(folder: Path, table: str, key: str, column: str, ids: Ints) -> Ints:
    """The values of the entities ``ids`` in ``column``, as numbers."""
    known = read_table(folder / f"{table}.parquet", TABLES[table].schema, [key, column]).to_pandas()
    codes, _ = pd.factorize(known[column])
    at = pd.Index(known[key]).get_indexer(pd.Index(ids))
    wanted: Ints = codes[at].astype(np.int64)
    return wanted
