"""Things that two or more accounts use, and the network of accounts and such things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from shamcrowd.benchmark.charts.network import LINKING
from shamcrowd.benchmark.reports.explorer.network_layout import components, layout
from shamcrowd.benchmark.reports.explorer.row_codes import Categories
from shamcrowd.benchmark.reports.recording.entity_links import LOW, EntityLinks, find_links
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.optional_tables import USES
from shamcrowd.recording.plain_text import printable
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.units import AccountIds
from shamcrowd.recording.whole import files_of

Ints = npt.NDArray[np.int64]
MOST_NODES = 10_000
MOST_USERS = (60, 40, 25, 15, 10, 6, 4, 3, 2)
"""Things of more users are left out of the network; the first that makes it small enough."""


@dataclass(frozen=True)
class SharedThings:
    """Pairs of an account and a thing of one kind that others use too, ascending by thing.

    ``links`` says whether the kind shows that two accounts belong together, rather than that they
    have the same provider; ``names`` are those of things that have no row of their own, by code.
    """

    title: str
    plural: str
    place: Ints
    thing: Ints
    links: bool
    names: Sequence[str] = ()

    def labels(self, things: Ints) -> list[str]:
        """What things are called that have no row of their own."""
        return [printable(self.names[t]) if self.names else str(t) for t in things.tolist()]


@dataclass(frozen=True)
class AccountNetwork:
    """Accounts and things, as nodes with positions.

    Attributes:
        account: indices of accounts, the first nodes.
        kind: place of each thing's kind among those given, the other nodes.
        thing: the things' ids.
        links: shape (m, 2): nodes of an account and of a thing that it uses.
        at: shape (nodes, 2), positions.
        component: shape (nodes,), numbered by size from 0.
        most_users: things of more users are left out.
        left_out: accounts left out, in the smallest components, so that there is room.
    """

    account: Ints
    kind: Ints
    thing: Ints
    links: Ints
    at: npt.NDArray[np.float64]
    component: Ints
    most_users: int
    left_out: int


def shared_things(
    folder: Path, manifest: Manifest, account: AccountIds, addresses: Ints
) -> list[SharedThings]:
    """Shared things of every kind, over the whole recording.

    Args:
        folder: the recording.
        manifest: its manifest.
        account: ids of all accounts, ascending.
        addresses: packed pairs of accounts and addresses found in the requests.

    Raises:
        UnreadableError: if a table cannot be read.
    """
    names = {"mailbox domain": ("mailboxes", "domain"), "phone block": ("phones", "block")}
    found = []
    for use in find_links(folder, account, addresses):
        known = _names(folder, *names[use.title]) if use.title in names else ()
        found.append(_shared(use, use.title in LINKING, known))
    found.extend(_shared(use, True) for use in _uses(folder, manifest, account))
    return found


def _uses(folder: Path, manifest: Manifest, account: AccountIds) -> list[EntityLinks]:
    """Things of kinds that have no table of their own."""
    kinds, pairs, code = Categories(), [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for name in files_of(manifest, USES.name):
        rows = read_table(folder / name, USES.schema, ["account", "kind", "thing"])
        place = np.searchsorted(account, rows.column("account").to_numpy())
        pairs.append(place << 32 | rows.column("thing").to_numpy().astype(np.int64))
        code.append(kinds.codes(rows.column("kind")))
    pair, kind = np.concatenate(pairs), np.concatenate(code)
    found = []
    for n, name in enumerate(kinds.names):
        own = np.unique(pair[kind == n])
        found.append(EntityLinks(printable(name), f"things of kind {name}", own >> 32, own & LOW))
    return found


def _names(folder: Path, table: str, column: str) -> list[str]:
    """The values of a column by their codes in `find_links`."""
    rows = read_table(folder / f"{table}.parquet", TABLES[table].schema, [column])
    return [str(name) for name in pd.factorize(rows.column(column).to_pandas())[1]]


def _shared(use: EntityLinks, links: bool, names: Sequence[str] = ()) -> SharedThings:
    _, thing, users = np.unique(use.thing, return_inverse=True, return_counts=True)
    keep = users[thing] >= 2
    place, thing = use.place[keep], use.thing[keep]
    order = np.lexsort((place, thing))
    return SharedThings(use.title, use.plural, place[order], thing[order], links, names)


def network(kinds: Sequence[SharedThings], most: int = MOST_NODES) -> AccountNetwork:
    """The network of accounts and the things that link them, with at most ``most`` nodes.

    If things of two users alone are too many, the smallest components are left out.
    """
    linking = [(n, kind) for n, kind in enumerate(kinds) if kind.links]
    empty = np.empty(0, np.int64)
    place = np.concatenate([empty, *(kind.place for _, kind in linking)])
    code = np.concatenate([empty, *(np.full(len(k.place), n) for n, k in linking)])
    thing = np.concatenate([empty, *(kind.thing for _, kind in linking)])
    _, key, users = np.unique(code << 40 | thing, return_inverse=True, return_counts=True)
    for most_users in MOST_USERS:
        keep = users[key] <= most_users
        nodes = len(np.unique(place[keep])) + len(np.unique(key[keep]))
        if nodes <= most:
            break
    place, key, code, thing = place[keep], key[keep], code[keep], thing[keep]
    all_accounts = len(np.unique(place))
    place, key, code, thing = _largest(place, key, code, thing, most)
    account, one = np.unique(place, return_inverse=True)
    _, first, other = np.unique(key, return_index=True, return_inverse=True)
    links = np.column_stack([one, other + len(account)])
    nodes = len(account) + len(first)
    label = components(nodes, links) if nodes else empty
    sizes = np.bincount(label, minlength=1)
    rank = np.empty(len(sizes), np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    at = layout(nodes, links) if nodes else np.empty((0, 2))
    return AccountNetwork(
        account, code[first], thing[first], links, at, rank[label], most_users,
        all_accounts - len(account),
    )  # fmt: skip


def _largest(
    place: Ints, key: Ints, code: Ints, thing: Ints, most: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """The pairs of the largest components that have room."""
    account, one = np.unique(place, return_inverse=True)
    keys, other = np.unique(key, return_inverse=True)
    nodes = len(account) + len(keys)
    if nodes <= most:
        return place, key, code, thing
    label = components(nodes, np.column_stack([one, other + len(account)]))
    sizes = np.bincount(label)
    order = np.argsort(-sizes, kind="stable")
    fits = np.zeros(len(sizes), np.bool_)
    fits[order[np.cumsum(sizes[order]) <= most]] = True
    keep = fits[label[one]]
    return place[keep], key[keep], code[keep], thing[keep]
