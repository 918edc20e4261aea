"""The log of a recording as columns of a page: accounts, requests, activity, things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.benchmark.reports.explorer.activity_rows import IDS, LoggedActivity
from shamcrowd.benchmark.reports.explorer.entity_tables import EntityTable
from shamcrowd.benchmark.reports.explorer.known_truth import seconds
from shamcrowd.benchmark.reports.explorer.packed_column import PackedColumns
from shamcrowd.benchmark.reports.explorer.request_rows import KeptRequests
from shamcrowd.benchmark.reports.explorer.row_codes import Categories, by_first_use, entity_codes
from shamcrowd.benchmark.reports.explorer.shared_things import AccountNetwork, SharedThings, network
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.plain_text import printable

CATEGORIES = ("country", "locale", "sign_in", "plan")
ENTITIES = {
    "mailbox": "mailboxes", "phone": "phones", "device": "devices", "address": "addresses",
}  # fmt: skip
TABLES = {"address": "addresses", "device": "devices", "card": "cards"}
"""Kinds of shared things that have a table of their own."""
LONGEST = 2**32 - 1
"""Milliseconds that a column of times can hold; a longer recording has coarser times."""
REACH = 32_000
"""Largest coordinate of a node."""
Ints = npt.NDArray[np.int64]
Entities = Mapping[str, EntityTable]


def _ids(entities: Entities, table: str, ids: npt.NDArray[Any]) -> Ints:
    """Codes of ids in a table whose rows may be in any order."""
    order = np.argsort(entities[table].ids, kind="stable")
    at = entity_codes(ids, entities[table].ids[order])
    return np.where(at < 0, -1, order[at]) if len(order) else at


def account_columns(
    columns: PackedColumns, rows: pa.Table, start: int, entities: Entities
) -> dict[str, Any]:
    """Add the accounts, ascending by id."""
    columns.add("account.id", rows.column("account").to_numpy(), "int32", delta=True)
    created = rows.column("created").cast(pa.int64()).to_numpy()
    columns.add("account.created", seconds(created, start), "int32")
    names = {}
    for name in CATEGORIES:
        held = Categories()
        columns.add(f"account.{name}", held.codes(rows.column(name)))
        names[name] = held.names
    for name, table in ENTITIES.items():
        columns.add(f"account.{name}", _ids(entities, table, rows.column(name).to_numpy()), "int32")
    firms = rows.column("organisation").to_numpy()
    held_firms = np.unique(firms[~np.isnan(firms)]) if firms.dtype.kind == "f" else np.unique(firms)
    columns.add("account.organisation", entity_codes(firms, held_firms.astype(np.int64)), "int32")
    shown_names = [printable(name) for name in rows.column("display_name").to_pylist()]
    return {"names": names, "display": shown_names}


def request_columns(
    columns: PackedColumns, requests: KeptRequests, codes: Mapping[str, Ints], manifest: Manifest
) -> dict[str, Any]:
    """Add the requests; ``codes`` are those of addresses and clients."""
    many = len(requests.totals["requests"])
    unit = max(1, -(-(manifest.end - manifest.start) // LONGEST))
    columns.begins("request.begin", requests.place, many)
    times = np.maximum(requests.time - manifest.start, 0) // unit
    columns.add("request.time", times, "uint32", delta=True)
    for name in (*codes, "model", "endpoint", "topic", "status"):
        columns.add(f"request.{name}", codes.get(name, requests.columns[name]))
    for name in ("key", "session"):
        of, values = np.unique(requests.columns[name], return_inverse=True)
        columns.add(f"request.{name}", by_first_use(values, len(of))[0])
    for name in ("input_tokens", "output_tokens"):
        columns.add(f"request.{name}", requests.columns[name])
    for name in ("requests", "tokens"):
        columns.add(f"account.{name}", requests.totals[name])
    return {"unit": unit, "names": requests.names}


def activity_columns(
    columns: PackedColumns, rows: LoggedActivity, start: int, entities: Entities, many: int
) -> dict[str, Any]:
    """Add what else was logged of ``many`` accounts."""
    columns.begins("activity.begin", rows.place, many)
    columns.add("activity.time", seconds(rows.time, start), "int32", delta=True)
    columns.add("activity.kind", rows.kind)
    columns.add("activity.amount", rows.amount, "float32")
    columns.add("activity.peer", rows.peer)
    for name, table in IDS.items():
        order = np.argsort(entities[table].ids, kind="stable")
        code = rows.entity[name]
        placed = np.where(code < 0, -1, order[code]) if len(order) else code
        columns.add(f"activity.{name}", placed)
    return {"kinds": rows.kinds, "share": rows.share}


def entity_columns(columns: PackedColumns, entities: Entities) -> dict[str, Any]:
    """Add what is known of things."""
    for table, held in entities.items():
        columns.add(f"{table}.id", held.ids, "int32")
        for name, code in held.codes.items():
            columns.add(f"{table}.{name}", code)
    return {table: held.names for table, held in entities.items()}


def shared_columns(
    columns: PackedColumns, kinds: list[SharedThings], entities: Entities
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Add shared things and their network: what is to be said of either."""
    about: list[dict[str, Any]] = []
    coded = []
    for n, kind in enumerate(kinds):
        table = TABLES.get(kind.title)
        things, thing = np.unique(kind.thing, return_inverse=True)
        codes = _ids(entities, table, things) if table else np.arange(len(things))
        coded.append((things, codes))
        columns.add(f"shared.{n}.place", kind.place)
        columns.add(f"shared.{n}.thing", codes[thing], delta=table is None)
        labels = [] if table else kind.labels(things)
        about.append({"title": kind.title, "plural": kind.plural, "table": table,
                      "links": kind.links, "labels": labels})  # fmt: skip
    net = network(kinds)
    _network(columns, net, coded)
    return about, {"most_users": net.most_users, "left_out": net.left_out}


def _network(
    columns: PackedColumns,
    net: AccountNetwork,
    coded: list[tuple[Ints, Ints]],
) -> None:
    thing = net.thing.copy()
    for n, (things, codes) in enumerate(coded):
        own = net.kind == n
        if own.any():
            thing[own] = codes[np.searchsorted(things, net.thing[own])]
    reach = float(np.abs(net.at).max(initial=1e-9))
    columns.add("network.account", net.account, delta=True)
    columns.add("network.kind", net.kind)
    columns.add("network.thing", thing)
    columns.add("network.from", net.links[:, 0] if len(net.links) else net.kind)
    columns.add("network.to", net.links[:, 1] if len(net.links) else net.kind)
    for axis, name in enumerate("xy"):
        columns.add(f"network.{name}", np.round(net.at[:, axis] / reach * REACH), "int16")
    columns.add("network.component", net.component)
