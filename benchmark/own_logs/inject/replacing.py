"""Things of campaigns as things of the background: the same, one of its own, or a new one like it.

A thing that legitimate accounts of the played world use as well, and every client, becomes a thing
of the background with the same attributes and about as many accounts. A thing that only the
campaign uses becomes a new one with the attributes of one of the background.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shamcrowd.benchmark.own_logs.inject.background import LogTables
from shamcrowd.benchmark.own_logs.inject.fresh_ids import FreshIds
from shamcrowd.benchmark.own_logs.inject.played import KEYS, PlayedCampaigns
from shamcrowd.benchmark.own_logs.inject.styles import new_block, new_digits, new_domain, unused

if TYPE_CHECKING:
    import pandas as pd

MATCHING = {
    "address": ("kind", "family", "country"), "client": ("sdk", "os", "version"),
    "device": ("os", "language", "browser"), "card": ("kind", "country"),
    "phone": ("line", "country"), "mailbox": (),
}  # fmt: skip
"""Attributes in which things are to agree, the most important first."""
GROUPS = {"address": "prefix", "card": "bin", "phone": "block", "mailbox": "domain"}
"""What things of a kind have in common with their neighbours."""


@dataclass
class Replaced:
    """Things of one kind.

    Attributes:
        ids: id in the new recording by id in the played world.
        rows: rows of new things, by their new ids.
    """

    ids: dict[int, int]
    rows: pd.DataFrame


def replace_things(
    column: str, played: PlayedCampaigns, background: LogTables, rng: np.random.Generator
) -> Replaced:
    """Replace the things of one kind, given by the column of their ids."""
    theirs = played.things[column]
    ours = background.frame(KEYS[column]).set_index(column)
    if not len(ours):
        # The background's log knows no such thing.
        return Replaced({}, theirs.iloc[:0].drop(columns=["users", "common"]))
    attributes = [c for c in ours.columns if c != "first_seen"]
    kept = theirs.index.intersection(ours.index)
    same = (theirs.loc[kept, attributes].astype(str) == ours.loc[kept, attributes].astype(str)).all(
        axis=1
    )
    ids = {int(i): int(i) for i in kept[same.to_numpy()]}
    rest = theirs[~theirs.index.isin(list(ids))]
    taken = rest if column == "client" else rest[rest["common"]]
    users = background.users(column).reindex(ours.index).fillna(0).to_numpy()
    chosen = nearest(taken, ours, MATCHING[column], taken["users"].to_numpy(), users, once=True)
    ids |= {int(i): int(ours.index[c]) for i, c in zip(taken.index, chosen, strict=True)}
    own = rest.drop(taken.index)
    fresh = FreshIds(ours.index.to_numpy(np.int64), rng)
    new = fresh.of(own.index.to_numpy(np.int64))
    ids |= dict(zip((int(i) for i in own.index), new.tolist(), strict=True))
    rows = _like(column, own, ours, users, played, rng)
    rows.index = new
    return Replaced(ids, rows)


def nearest(
    wanted: pd.DataFrame, held: pd.DataFrame, matching: Sequence[str], want: Any, have: Any,
    *, once: bool = False,
) -> list[int]:  # fmt: skip
    """The place among ``held`` of what agrees most with each row of ``wanted``.

    Of those that agree in as many of the attributes, the one whose number ``have`` is nearest to
    ``want``; with ``once``, one that was not taken before, if there is one.
    """
    places: dict[tuple[Any, ...], np.ndarray[Any, Any]] = {}
    taken = np.zeros(len(held), bool)
    columns = {name: held[name].astype(str).to_numpy() for name in matching}
    found = []
    for row, number in zip(wanted[list(matching)].astype(str).itertuples(index=False), want,
                           strict=True):  # fmt: skip
        key = tuple(row)
        if key not in places:
            fit = np.arange(len(held))
            for name, value in zip(matching, key, strict=True):
                closer = fit[columns[name][fit] == value]
                fit = closer if len(closer) else fit
            places[key] = fit
        fit = places[key]
        free = fit[~taken[fit]] if once and not taken[fit].all() else fit
        place = int(free[np.argmin(np.abs(np.asarray(have, np.float64)[free] - float(number)))])
        taken[place] = True
        found.append(place)
    return found


def _like(
    column: str, own: pd.DataFrame, ours: pd.DataFrame, users: Any, played: PlayedCampaigns,
    rng: np.random.Generator,
) -> pd.DataFrame:  # fmt: skip
    """Rows of new things, with attributes that the background has."""
    rows = own.drop(columns=["users", "common"]).copy()
    # Any of those that agree as much: the nearest in time would be the same for a whole lot.
    places = nearest(own, ours, MATCHING[column], rng.random(len(own)), rng.random(len(ours)))
    group = GROUPS.get(column)
    common: set[str] = set()
    donor = np.array(places, np.int64)
    if group is not None and len(own):
        # Neighbours stay neighbours: they get what the first of them gets.
        # What legitimate accounts have, too, becomes what as many accounts have.
        popular = nearest(own, ours, MATCHING[column], _users_of(own, group, played, column),
                          _users_here(ours, group, users))  # fmt: skip
        common = _common(column, group, played)
        donor = np.where(own[group].astype(str).isin(common), popular, donor).astype(np.int64)
        _, first, code = np.unique(own[group].to_numpy(str), return_index=True, return_inverse=True)
        donor = donor[first[code]]
    for name in ours.columns:
        if name not in ("first_seen", "local", group):
            rows[name] = ours[name].to_numpy()[donor]
    if group is not None:
        values = ours[group].to_numpy(str)
        used = set(values.tolist())
        made: dict[str, str] = {}
        for value, place in zip(own[group].astype(str), donor.tolist(), strict=True):
            if value not in made:
                made[value] = _grouped(column, value, values[place], value in common, used, rng)
        rows[group] = [made[v] for v in own[group].astype(str)]
    if column == "mailbox" and ours["local"].astype(str).str.fullmatch("[a0]*").all():
        local = rows["local"].astype(str).str.replace(r"\d", "0", regex=True)
        rows["local"] = local.str.replace(r"[^\W\d_]", "a", regex=True)
    return rows


def _users_here(things: pd.DataFrame, group: str, users: Any) -> Any:
    """For each thing, how many accounts use it or its neighbours."""
    import pandas as pd

    return pd.Series(users).groupby(things[group].to_numpy(str)).transform("sum").to_numpy()


def _users_of(own: pd.DataFrame, group: str, played: PlayedCampaigns, column: str) -> Any:
    """The same in the played world, for the campaign's things."""
    whole = played.log.frame(KEYS[column]).set_index(column)
    users = played.log.users(column).reindex(whole.index).fillna(0).to_numpy()
    whole = whole.assign(many=_users_here(whole, group, users))
    return whole.loc[own.index, "many"].to_numpy()


def _common(column: str, group: str, played: PlayedCampaigns) -> set[str]:
    """What things of the played world's legitimate accounts have of a group's values."""
    whole = played.log.frame(KEYS[column]).set_index(column)
    own = played.things[column].index[~played.things[column]["common"]]
    return set(whole.loc[~whole.index.isin(own), group].astype(str))


def _grouped(
    column: str, value: str, like: str, common: bool, used: set[str], rng: np.random.Generator
) -> str:
    """The background's value for one of the played world."""
    if column == "mailbox":
        if common:
            return value if value in used else like
        return unused(lambda: new_domain(like, value), used)
    if common:
        return like
    if column == "address":
        return unused(lambda: new_block(like, rng), used)
    return unused(lambda: new_digits(like, rng), used)


def replaced_ids(values: pd.Series, ids: Mapping[int, int]) -> pd.Series:
    """A column of ids with other ids; missing ones stay missing."""
    import pandas as pd

    mapped = [ids.get(int(v)) if v == v and v is not None else None for v in values.tolist()]
    return pd.Series(mapped, index=values.index, dtype="Int64")
