"""A labelled set of your own, in two tables."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.transfer.labelled import (
    HONEST,
    NO_GROUP,
    SHAM,
    UNKNOWN,
    Labelled,
    Numbering,
    ThingUses,
    first_moments,
)
from shamcrowd.benchmark.transfer.saved_tables import moments, read_saved
from shamcrowd.benchmark.transfer.set_base import LabelledSet
from shamcrowd.recording.errors import UsageError

_ACCOUNTS, _EVENTS = "accounts.csv*", "events.csv*"
_VALUES = {"1": SHAM, "0": HONEST, "sham": SHAM, "honest": HONEST}


class OwnTable(LabelledSet):
    """Accounts and what they used, as two CSV files that you write."""

    title: ClassVar[str] = "A set of your own"
    source: ClassVar[str] = "you"
    licence: ClassVar[str] = "yours"
    save: ClassVar[str] = (
        "accounts.csv (account, label: 1 or sham, 0 or honest, empty where unknown, group: empty "
        "for none) and events.csv (account, time, kind and thing: what it used, empty for an "
        "action without a thing)"
    )
    patterns: ClassVar[tuple[tuple[str, ...], ...]] = ((_ACCOUNTS, _EVENTS),)
    things: ClassVar[str] = "what stands in kind and thing of events.csv"
    labels: ClassVar[str] = "those that you give"
    not_labels: ClassVar[str] = "whatever you know of how they were made"
    independent: ClassVar[bool] = False
    grouped: ClassVar[bool] = True

    def read(self, folder: Path) -> Labelled:
        """Read both tables."""
        files = self.chosen(folder)
        path = files[_ACCOUNTS][0]
        accounts = read_saved(path, ["account", "label", "group"])
        index = Numbering()
        index.of(accounts["account"])
        if len(index) != len(accounts):
            raise UsageError(f"{path}: an account stands there twice; an account has one row")
        given = accounts["label"].str.strip().str.lower()
        strange = given[given.notna() & ~given.isin(list(_VALUES))]
        if len(strange):
            raise UsageError(
                f"{path}: label of row {strange.index[0] + 1} is {strange.iloc[0]!r}; "
                "write 1, 0 or nothing"
            )
        label = np.asarray(given.map(_VALUES).fillna(UNKNOWN), np.int8)
        group = np.full(len(index), NO_GROUP)
        named = accounts["group"].notna().to_numpy()
        group[named] = Numbering().of(accounts["group"][named])
        whole = files[_EVENTS][0]
        events = read_saved(whole, ["account", "time", "kind", "thing"])
        strangers = events[[name not in index for name in events["account"]]]
        if len(strangers):
            raise UsageError(
                f"{whole}: account {strangers['account'].iloc[0]!r} of row "
                f"{strangers.index[0] + 1} is not in {path.name}"
            )
        who, time = index.of(events["account"]), moments(events["time"], whole, "time")
        uses = []
        for kind in sorted(events["kind"].dropna().unique()):
            at = np.flatnonzero((events["kind"] == kind) & events["thing"].notna())
            thing = Numbering().of(events["thing"].iloc[at])
            uses.append(ThingUses(kind, who[at], thing, time[at]))
        created = first_moments(len(index), (who, time))
        created = np.where(created == 0, time.min(initial=0), created)
        return Labelled(created, label, group, who, time, tuple(uses))
