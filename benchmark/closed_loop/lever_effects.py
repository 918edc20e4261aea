"""What each lever on a thing stopped, whom it hurt, and when campaigns had moved away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.recording.schema import ACCOUNTS, ACTIVITY, REQUESTS, TABLES
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

BEFORE = 7 * MS_PER_DAY
"""Time before a lever in which accounts count as being behind the thing, ms (assumed)."""
REGISTERS = {
    "block": ("addresses", "address", "prefix"), "network": ("addresses", "address", "asn"),
    "bin": ("cards", "card", "bin"), "mail-domain": ("mailboxes", "mailbox", "domain"),
}  # fmt: skip
"""Table, id and name of the things of each kind; a client is named by its id."""
BLOCKED, SLOWED = 403, 429
SHAM = ""
"""Segment of accounts of a campaign."""


class PlayedRecording(Protocol):
    """What is asked of a recording: its folder, its responses, and who was behind accounts."""

    folder: Path
    responses: pd.DataFrame

    @property
    def end(self) -> int:
        """First moment after it, ms."""

    def is_sham(
        self, account: npt.NDArray[Any], time: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Whether accounts were used by a campaign at some times."""

    def segments_of(self, account: npt.NDArray[Any], time: npt.NDArray[np.int64]) -> dict[str, int]:
        """Number of distinct accounts by segment; `SHAM` for those of campaigns."""


@dataclass(frozen=True)
class LeverEffect:
    """One lever and the accounts behind it.

    Attributes:
        kind: kind of thing.
        place: kind of the network that a block or network is of, such as ``mobile``; "" for others.
        name: what the log calls the thing.
        hours: how long it was in force within the recording.
        before: legitimate accounts seen behind the thing in the week before, by segment.
        hurt: legitimate accounts of which it refused a request, a sign-up or a charge, by segment.
        shams_before: accounts of campaigns seen behind it in the week before.
        shams: accounts of campaigns of which it refused something.
        moved_away: hours until it refused the last account of a campaign: from then on nobody came
            that way any more, or it had ended; None if it refused none.
    """

    kind: str
    place: str
    name: str
    hours: float
    before: dict[str, int]
    hurt: dict[str, int]
    shams_before: int
    shams: int
    moved_away: float | None


@dataclass(frozen=True)
class UsesOfThings:
    """n uses of things that levers were on; arrays of shape (n,), by thing, then by time."""

    thing: npt.NDArray[np.int64]
    time: npt.NDArray[np.int64]
    account: npt.NDArray[np.int64]
    refused: npt.NDArray[np.bool_]
    """Whether a block, or what slows, may have refused it."""

    @classmethod
    def of(cls, parts: Sequence[tuple[npt.NDArray[Any], ...]]) -> UsesOfThings:
        """Stack (thing, time, account, refused) and sort."""
        none = (np.empty(0, np.int64),) * 3 + (np.empty(0, np.bool_),)
        thing, time, account, refused = (
            np.concatenate(column) for column in zip(none, *parts, strict=True)
        )
        order = np.lexsort((time, thing))
        return cls(thing[order], time[order], account[order], refused[order])

    def between(self, thing: int, since: int, until: int) -> slice:
        """Uses of a thing in [since, until), ms."""
        low, high = np.searchsorted(self.thing, [thing, thing + 1])
        inside = np.searchsorted(self.time[low:high], [since, until])
        return slice(int(low + inside[0]), int(low + inside[1]))


@dataclass(frozen=True)
class LeverReading:
    """Effects of all levers of a recording, in order of time, and what they refused.

    Attributes:
        effects: one for each lever.
        account: shape (n,), ids of accounts of which something was refused, with repeats.
        time: shape (n,), when, ms.
    """

    effects: tuple[LeverEffect, ...]
    account: npt.NDArray[np.int64]
    time: npt.NDArray[np.int64]


def lever_effects(recorded: PlayedRecording, levers: pd.DataFrame) -> LeverReading:
    """Read the effects of levers.

    Args:
        recorded: the recording.
        levers: its table `TRUTH_LEVERS`.
    """
    none = np.empty(0, np.int64)
    account, time = [none], [none]
    found: dict[int, LeverEffect] = {}
    levers = levers.reset_index(drop=True)
    for kind, rows in levers.groupby(levers["kind"].astype(str)):
        names = {name: n for n, name in enumerate(dict.fromkeys(rows["name"]))}
        known = _known(recorded.folder, str(kind), names)
        uses = _uses(recorded, str(kind), known)
        places = known.places
        for number, row in rows.iterrows():
            code = names[row["name"]]
            since, until = (int(t.value // 10**6) for t in (row["time"], row["until"]))
            during = uses.between(code, since, until)
            hit = uses.refused[during]
            refused = uses.account[during][hit], uses.time[during][hit]
            account.append(refused[0])
            time.append(refused[1])
            earlier = uses.between(code, since - BEFORE, since)
            before = recorded.segments_of(uses.account[earlier], uses.time[earlier])
            found[int(str(number))] = _effect(
                recorded, row, places.get(code, ""), before, refused, (since, until)
            )
    effects = tuple(found[n] for n in range(len(levers)))
    return LeverReading(effects, np.concatenate(account), np.concatenate(time))


@dataclass(frozen=True)
class _Known:
    """Ids in things (ascending), the number of the thing of each, and places by number."""

    ids: npt.NDArray[np.int64]
    code: npt.NDArray[np.int64]
    places: dict[int, str]

    def of(self, ids: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """Number of the thing that each id is in; -1: none."""
        at = np.searchsorted(self.ids, ids)
        hit = np.append(self.ids, -1)[at] == ids
        found: npt.NDArray[np.int64] = np.where(hit, np.append(self.code, -1)[at], -1)
        return found


def _known(folder: Path, kind: str, names: Mapping[str, int]) -> _Known:
    if kind == "client":
        ids = np.array([int(name) for name in names], np.int64)
        order = np.argsort(ids)
        return _Known(ids[order], order.astype(np.int64), {})
    table, column, named = REGISTERS[kind]
    wanted = [column, named] + ["kind"] * (table == "addresses")
    rows = read_table(folder / f"{table}.parquet", TABLES[table].schema, wanted).to_pandas()
    text = rows[named].astype(str)
    code = text.map(names)
    if kind == "block":
        wide = text.str.split(":").str[:3].str.join(":") + "::/48"
        code = code.fillna(wide.map(names))
    rows = rows.assign(code=code.fillna(-1).astype(np.int64)).query("code >= 0")
    rows = rows.sort_values(column)
    places = {}
    if table == "addresses":
        places = {
            int(c): str(p.mode()[0]) for c, p in rows["kind"].astype(str).groupby(rows["code"])
        }
    return _Known(rows[column].to_numpy(np.int64), rows["code"].to_numpy(), places)


def _uses(recorded: PlayedRecording, kind: str, known: _Known) -> UsesOfThings:
    parts = []
    if kind in ("block", "network", "client"):
        column = "client" if kind == "client" else "address"
        parts += _of_files(recorded, REQUESTS, column, known, (BLOCKED, SLOWED))
    if kind == "bin":
        parts += _of_files(recorded, ACTIVITY, "card", known, ("decline",))
    if kind in ("block", "network", "mail-domain"):
        column = REGISTERS[kind][1]
        rows = read_table(
            recorded.folder / "accounts.parquet", ACCOUNTS.schema, ["account", "created", column]
        )
        steps = recorded.responses
        refused = steps[(steps["action"] == "sign_up_refused") & (steps["cause"] == "lever")]
        accounts = rows["account"].to_numpy().astype(np.int64)
        parts.append(
            (
                known.of(rows[column].to_numpy()), rows["created"].cast(pa.int64()).to_numpy(),
                accounts, np.isin(accounts, refused["account"].to_numpy()),
            )
        )  # fmt: skip
    return UsesOfThings.of([tuple(c[part[0] >= 0] for c in part) for part in parts])


def _of_files(
    recorded: PlayedRecording, table: Any, column: str, known: _Known, refusing: tuple[Any, ...]
) -> list[tuple[npt.NDArray[Any], ...]]:
    """Uses in the files of a table, whose status or kind is one of ``refusing`` if refused."""
    how = "status" if table is REQUESTS else "kind"
    parts: list[tuple[npt.NDArray[Any], ...]] = []
    for path in sorted((recorded.folder / table.name).glob("*.parquet")):
        rows = read_table(path, table.schema, ["time", "account", column, how])
        rows = rows.filter(pc.is_valid(rows[column]))
        code = known.of(rows[column].to_numpy())
        rows, code = rows.filter(pa.array(code >= 0)), code[code >= 0]
        state = rows[how].cast(pa.string()) if how == "kind" else rows[how]
        refused = pc.is_in(state, pa.array(refusing, state.type)).to_numpy()
        time = rows["time"].cast(pa.int64()).to_numpy()
        parts.append((code, time, rows["account"].to_numpy().astype(np.int64), refused))
    return parts


def _effect(
    recorded: PlayedRecording,
    lever: pd.Series[Any],
    place: str,
    before: dict[str, int],
    refused: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    span: tuple[int, int],
) -> LeverEffect:
    (account, time), (since, until) = refused, span
    hurt = recorded.segments_of(account, time)
    shams = recorded.is_sham(account, time)
    return LeverEffect(
        kind=str(lever["kind"]),
        place=place,
        name=str(lever["name"]),
        hours=(min(until, recorded.end) - since) / MS_PER_HOUR,
        before={s: n for s, n in before.items() if s != SHAM},
        hurt={s: n for s, n in hurt.items() if s != SHAM},
        shams_before=before.get(SHAM, 0),
        shams=hurt.get(SHAM, 0),
        moved_away=float(time[shams].max() - since) / MS_PER_HOUR if shams.any() else None,
    )
