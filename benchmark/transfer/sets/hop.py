"""The Hop airdrop: wallets that a bridge removed from its airdrop as sybils."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.transfer.labelled import (
    HONEST,
    NO_GROUP,
    SHAM,
    Labelled,
    Numbering,
    ThingUses,
)
from shamcrowd.benchmark.transfer.saved_tables import numbers, read_saved
from shamcrowd.benchmark.transfer.set_base import LabelledSet
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.json_file import MOST, read_json_list
from shamcrowd.recording.regular_file import read_bounded
from shamcrowd.recording.units import Millis, Places

_FIRST_USE = re.compile(r"'(0x[0-9a-fA-F]{40})':\s*(\d{9,11})")
_GROUP = re.compile(r"groupId:\s*(\d+)|'(0x[0-9a-fA-F]{40})'")
_DATA = "src/data"
PAID, PAID_BY = "wallet paid", "wallet paid by"
"""The two kinds of things. An account uses its own wallet in both ways, so that a payment from one
account to another is a thing that both share."""


class Hop(LabelledSet):
    """Wallets of the Hop bridge, with those that were removed from its airdrop in 2022."""

    title: ClassVar[str] = "Hop airdrop sybils (2022)"
    source: ClassVar[str] = "https://github.com/hop-protocol/hop-airdrop"
    licence: ClassVar[str] = "ISC"
    save: ClassVar[str] = (
        "a clone of the repository (git clone https://github.com/hop-protocol/hop-airdrop), or the "
        "reduced tables hop_accounts.parquet and hop_edges.parquet"
    )
    patterns: ClassVar[tuple[tuple[str, ...], ...]] = (
        (
            f"{_DATA}/hopUserTimestamps.ts", f"{_DATA}/eliminatedSybilAttackers.csv",
            f"{_DATA}/groups.json", f"{_DATA}/customGroups.ts", f"{_DATA}/transfers/*/*.csv",
        ),
        ("hop_accounts.parquet", "hop_edges.parquet"),
    )  # fmt: skip
    things: ClassVar[str] = "wallets that were paid, and wallets that paid, on five chains"
    labels: ClassVar[str] = (
        "accounts that the project removed as sybils, most of them by the components of the graph "
        "of payments, others after reports by people"
    )
    not_labels: ClassVar[str] = (
        "no proof of one owner; most labels were made from the very payments that detectors see, "
        "so that methods that link accounts are flattered; who was not removed is not known to be "
        "honest"
    )
    independent: ClassVar[bool] = False
    grouped: ClassVar[bool] = True

    def read(self, folder: Path) -> Labelled:
        """Read the repository, or the reduced tables."""
        files = self.chosen(folder)
        return self._reduced(files) if "hop_accounts.parquet" in files else self._whole(files)

    def _whole(self, files: dict[str, list[Path]]) -> Labelled:
        timed, eliminated, groups, custom = (files[p][0] for p in self.patterns[0][:4])
        first = dict(_FIRST_USE.findall(_text(timed)))
        if not first:
            raise UsageError(f"{timed}: holds no wallet with its first use")
        index = Numbering()
        index.of([name.lower() for name in first])
        created = np.array([int(t) for t in first.values()], np.int64) * 1000
        removed = index.of(
            [a.lower() for a in read_saved(eliminated, ["address"])["address"].dropna()]
        )
        label = np.full(len(first), HONEST, np.int8)
        label[removed[removed < len(first)]] = SHAM
        group = np.full(len(first), NO_GROUP)
        for number, members in enumerate([*_found_groups(groups), *_reported_groups(custom)]):
            known = [m for m in members if m in index]
            at = index.of(known)
            at = at[at < len(first)]
            at = at[(group[at] == NO_GROUP) & (label[at] == SHAM)]
            group[at] = number
        edges: dict[str, list[npt.NDArray[np.int64]]] = {PAID: [], PAID_BY: []}
        wallets = Numbering()
        for path in files[self.patterns[0][4]]:
            table = read_saved(path, ["from", "to"]).dropna()
            ends = [table[c].str.lower().str.replace("\\x", "0x").tolist() for c in ("from", "to")]
            source, target = (wallets.of(names) for names in ends)
            edges[PAID].append(_pairs(ends[0], target, index, len(first)))
            edges[PAID_BY].append(_pairs(ends[1], source, index, len(first)))
        own = wallets.of([name.lower() for name in first])
        everybody = np.arange(len(first))
        uses = []
        for kind, parts in edges.items():
            pairs = np.unique(np.concatenate([np.stack([everybody, own]), *parts], axis=1), axis=1)
            uses.append(ThingUses(kind, pairs[0], pairs[1], created[pairs[0]]))
        return _labelled(created, label == SHAM, group, tuple(uses))

    def _reduced(self, files: dict[str, list[Path]]) -> Labelled:
        path = files["hop_accounts.parquet"][0]
        table = read_saved(path, ["account", "first_use_ms", "group"])
        account = table["account"].to_numpy(np.int64)
        index = Numbering()
        index.of(account.tolist())
        created = numbers(table["first_use_ms"], path, "first_use_ms").astype(np.int64)
        removed = table["group"].notna().to_numpy()
        group = np.where(removed, table["group"].fillna(NO_GROUP), NO_GROUP).astype(np.int64)
        edges = read_saved(files["hop_edges.parquet"][0], ["account", "counterparty", "direction"])
        who = index.of(edges["account"].tolist())
        thing, way = edges["counterparty"].to_numpy(np.int64), edges["direction"].astype(str)
        uses = []
        for kind, direction in ((PAID, "out"), (PAID_BY, "in")):
            fit = way.isin([direction, "own"]).to_numpy()
            pairs = np.unique(np.stack([who[fit], thing[fit]]), axis=1)
            uses.append(ThingUses(kind, pairs[0], pairs[1], created[pairs[0]]))
        return _labelled(created, removed, group, tuple(uses))


def _labelled(
    created: Millis, removed: npt.NDArray[np.bool_], group: npt.NDArray[np.int64],
    uses: tuple[ThingUses, ...],
) -> Labelled:  # fmt: skip
    notes = [
        "payments have no time: each is taken to be of the account's first use of the bridge, "
        "which is also its one action"
    ]
    label = np.where(removed, SHAM, HONEST).astype(np.int8)
    return Labelled(created, label, group, np.arange(len(created)), created, uses, notes)


def _pairs(
    names: list[str], thing: npt.NDArray[np.int64], index: Numbering, accounts: int
) -> npt.NDArray[np.int64]:
    """Account and thing where the name is an account's, shape (2, n), each once."""
    fit = np.fromiter((name in index for name in names), np.bool_, len(names))
    who: Places = index.of([name for name, there in zip(names, fit, strict=True) if there])
    pairs = np.stack([who, thing[fit]])
    return np.unique(pairs[:, who < accounts], axis=1)


def _text(path: Path) -> str:
    return read_bounded(path, MOST).decode("utf-8", "replace")


def _found_groups(path: Path) -> list[list[str]]:
    held = read_json_list(path, "save it again")
    try:
        return [[str(a).lower() for a in one["eliminatedAddresses"]] for one in held]
    except (ValueError, TypeError, LookupError) as fault:
        raise UsageError(f"{path}: is no list of groups ({fault})") from None


def _reported_groups(path: Path) -> list[list[str]]:
    found: list[list[str]] = []
    for number, address in _GROUP.findall(_text(path)):
        if number:
            found.append([])
        elif found:
            found[-1].append(address.lower())
    return found
