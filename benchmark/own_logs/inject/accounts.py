"""Accounts and events of campaigns, as the background would have logged them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from shamcrowd.benchmark.own_logs.inject.background import LogTables, plain
from shamcrowd.benchmark.own_logs.inject.fresh_ids import FreshIds
from shamcrowd.benchmark.own_logs.inject.played import KEYS, PlayedCampaigns
from shamcrowd.benchmark.own_logs.inject.replacing import Replaced, replace_things, replaced_ids
from shamcrowd.recording.columns import NEVER_NULL
from shamcrowd.recording.imports.tables import filled
from shamcrowd.recording.schema import ACTIVITY, TABLES
from shamcrowd.recording.table_file import read_table

if TYPE_CHECKING:
    import pandas as pd

CATEGORIES = ("country", "locale", "sign_in", "plan", "utc_offset")
SKETCH = np.uint64(0x9E3779B97F4A7C15)
"""By this an import makes a sketch of a row's number where prompts were not recorded."""
_PER_ROW = ("request", "session", "conversation", "key")


def fit_accounts(
    played: PlayedCampaigns, background: LogTables, streams: dict[str, np.random.Generator]
) -> dict[str, Replaced]:
    """Give the rows of ``played`` the ids, things and values of the background, in place.

    Args:
        played: the campaigns.
        background: what they are injected into.
        streams: a generator of each kind of id, by name, and ``values``.

    Returns:
        The things of each kind, by the column of their ids.
    """
    _as_logged(played, background)
    things = {c: replace_things(c, played, background, streams[c]) for c in KEYS}
    ids = _fresh(played, background, streams)
    for table, frame in (("accounts", played.accounts), ("requests", played.requests),
                         ("activity", played.activity)):  # fmt: skip
        for column in TABLES[table].names:
            if column in things:
                frame[column] = replaced_ids(frame[column], things[column].ids)
            elif column in ids:
                frame[column] = replaced_ids(frame[column], ids[column])
    _invite(played, background, ids["account"], streams["values"])
    for frame in (played.truth, played.responses):
        frame["account"] = replaced_ids(frame["account"], ids["account"])
    _supply(played, things)
    _categories(played.accounts, background, streams["values"])
    _not_recorded(played, background, things, streams)
    return things


def _as_logged(played: PlayedCampaigns, background: LogTables) -> None:
    """Leave out what the background's log does not have: kinds of events, values of a kind."""
    counts: dict[tuple[str, str], int] = {}
    columns = [c.name for c in ACTIVITY.columns if c.null != NEVER_NULL]
    for path in background.files("activity"):
        rows = read_table(path, ACTIVITY.schema)
        if not rows.num_rows:
            continue
        rows = rows.set_column(
            rows.column_names.index("kind"), "kind", rows["kind"].cast(pa.string())
        )
        found = rows.group_by("kind").aggregate([(c, "count") for c in columns])
        for row in found.to_pylist():
            for c in columns:
                at = (row["kind"], c)
                counts[at] = counts.get(at, 0) + row[f"{c}_count"]
    kinds = {kind for kind, _ in counts}
    played.activity = played.activity[played.activity["kind"].isin(kinds)].reset_index(drop=True)
    for c in columns:
        empty = [kind for kind in kinds if not counts[(kind, c)]]
        played.activity.loc[played.activity["kind"].isin(empty), c] = None
    start, end = background.manifest.start, background.manifest.end
    early = any(path.stem.startswith("before") for path in background.files("activity"))
    first = start if not early or not kinds else -(2**62)
    for name in ("requests", "activity"):
        frame = getattr(played, name)
        least = start if name == "requests" else first
        fit = (frame["time"] >= least) & (frame["time"] < end)
        setattr(played, name, frame[fit].reset_index(drop=True))
    played.accounts = played.accounts[played.accounts["created"] < end].reset_index(drop=True)
    if not background.is_recorded("accounts", "created"):
        # An account is known from its first row on.
        import pandas as pd

        rows = pd.concat(
            [played.requests[["account", "time"]], played.activity[["account", "time"]]]
        )
        first_row = rows.groupby("account")["time"].min()
        known = played.accounts["account"].isin(first_row.index)
        played.accounts = played.accounts[known].reset_index(drop=True)
        played.accounts["created"] = first_row.loc[played.accounts["account"]].to_numpy()
    who = played.accounts["account"].to_numpy()
    for name in ("requests", "activity", "truth", "responses"):
        frame = getattr(played, name)
        setattr(played, name, frame[frame["account"].isin(who)].reset_index(drop=True))


def _fresh(
    played: PlayedCampaigns, background: LogTables, streams: dict[str, np.random.Generator]
) -> dict[str, dict[int, int]]:
    """New ids of what has no table of its own."""
    used = {
        "account": ("accounts.account",), "organisation": ("accounts.organisation",),
        "key": ("requests.key", "activity.key"), "session": ("requests.session",),
        "conversation": ("requests.conversation",), "request": ("requests.request",),
    }  # fmt: skip
    found = {}
    for kind, columns in used.items():
        old = [np.empty(0, np.int64)]
        for column in columns:
            table, _, name = column.partition(".")
            old.append(getattr(played, table)[name].dropna().to_numpy(np.int64))
        once = np.unique(np.concatenate(old))
        new = FreshIds(background.ids(*columns), streams[kind]).of(once)
        found[kind] = dict(zip(once.tolist(), new.tolist(), strict=True))
    return found


def _invite(
    played: PlayedCampaigns, background: LogTables, ids: dict[int, int], rng: np.random.Generator
) -> None:
    """Who invited an account: one of its campaign, or an older account of the background."""
    peers = played.activity["peer"]
    strangers = np.unique(peers.dropna().to_numpy(np.int64))
    strangers = strangers[~np.isin(strangers, list(ids))]
    older = background.arrow("accounts", ["account"])["account"].to_numpy()
    drawn = rng.choice(older, len(strangers)).tolist()
    known = ids | dict(zip(strangers.tolist(), drawn, strict=True))
    played.activity["peer"] = replaced_ids(peers, known)


def _supply(played: PlayedCampaigns, things: dict[str, Replaced]) -> None:
    """The campaign's things in the truth, those that are in the new log and its alone."""
    rows = played.supply
    kept, new = [], []
    for kind, thing in zip(rows["kind"].astype(str), rows["thing"].tolist(), strict=True):
        held = things.get(kind)
        number = held.ids.get(int(thing)) if held is not None else None
        kept.append(number is not None)
        new.append(number)
    rows = rows[kept].copy()
    rows["thing"] = [n for n in new if n is not None]
    played.supply = rows.reset_index(drop=True)


def _categories(accounts: pd.DataFrame, background: LogTables, rng: np.random.Generator) -> None:
    """Values that the background's accounts have, in place of those that they have not."""
    theirs = background.frame("accounts", CATEGORIES)
    for column in CATEGORIES:
        known = theirs[column].to_numpy()
        strange = ~accounts[column].isin(set(known.tolist())).to_numpy()
        if strange.any():
            values = accounts[column].astype(object).to_numpy(copy=True)
            values[strange] = known[rng.integers(len(known), size=int(strange.sum()))]
            accounts[column] = list(values)


def _not_recorded(
    played: PlayedCampaigns, background: LogTables, things: dict[str, Replaced],
    streams: dict[str, np.random.Generator],
) -> None:  # fmt: skip
    """Fill in what the background's log does not have as its import filled it in.

    An id that was not recorded is one of the account's own.
    """
    import pandas as pd

    accounts = played.accounts
    owner = accounts["account"].to_numpy(np.int64)
    for column in ("mailbox", "device", "address", "client", "key", "session", "conversation"):
        tables = [t for t in ("accounts", "requests") if column in TABLES[t].names
                  and not background.is_recorded(t, column)]  # fmt: skip
        if not tables:
            continue
        used = background.ids(*(f"{t}.{column}" for t in ("accounts", "requests", "activity")
                                if column in TABLES[t].names))  # fmt: skip
        if column in things:
            held = background.frame(KEYS[column], [column])[column].to_numpy(np.int64)
            used = np.union1d(np.union1d(used, held), things[column].rows.index.to_numpy(np.int64))
        own = dict(zip(owner.tolist(), FreshIds(used, streams[column]).draw(len(owner)).tolist(),
                       strict=True))  # fmt: skip
        for table in tables:
            frame = getattr(played, table)
            frame[column] = [own[int(a)] for a in frame["account"]]
        if column in things:
            rows = _unknown(KEYS[column], list(own.values()))
            rows["first_seen"] = accounts["created"].to_numpy()
            things[column].rows = pd.concat([things[column].rows, rows])
    for column in ("phone", "organisation"):
        if not background.is_recorded("accounts", column):
            accounts[column] = None
    if not background.is_recorded("requests", "sketch"):
        number = played.requests["request"].to_numpy(np.int64).astype(np.uint64)
        played.requests["sketch"] = number * SKETCH


def _unknown(table: str, ids: list[int]) -> pd.DataFrame:
    """Rows of things of which an import knows nothing but that they are an account's own."""
    made = filled(table, {}, len(ids), np.array(ids, np.int64))
    rows = plain(made).set_index(TABLES[table].names[0])
    if table == "addresses":
        rows["family"] = "ipv6"
    return rows
