"""Writes a labelled set as a recording with truth; what the set lacks is named as not recorded."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.benchmark.transfer.labelled import NO_GROUP, SHAM, Labelled
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports.day_files import DayFiles
from shamcrowd.recording.imports.tables import filled, not_recorded, typed
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.optional_tables import USES
from shamcrowd.recording.schema import ENTITIES
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth_schema import TRUTH_ACCOUNTS, TRUTH_REQUESTS, TRUTH_TABLES
from shamcrowd.recording.units import MS_PER_DAY, AccountIds, Millis
from shamcrowd.recording.writing import RecordingWriter, write_file

TOGETHER = "sham"
"""Campaign of sham accounts of which it is not known who belongs together."""
MOST_GROUPS = 30_000
REVIEWS = 8
_SPREAD = 1_103_515_245
"""An odd factor: multiplied by it, numbers below 2**31 are other numbers below 2**31."""


def write_set(name: str, held: Labelled, folder: Path, reviews: int = REVIEWS) -> None:
    """Write a labelled set as the recording ``folder``.

    Accounts have ids drawn at random, an action is a request of which nothing but account and time
    is recorded, and what accounts used stands in the table ``uses``. The truth holds the accounts
    with a label only.

    Args:
        name: of the set.
        held: the set.
        folder: the recording.
        reviews: at most so many moments at which detectors are asked, evenly spread over the days
            of the set, the last at its end.

    Raises:
        UsageError: if no sham or no honest account has a label, or there is nothing to look at.
    """
    _check(name, held)
    time = np.concatenate([held.time, *(one.time for one in held.uses), held.created])
    late = int(held.time.max(initial=int(time[time > 0].min(initial=0))))
    created = np.where(held.created > 0, held.created, late)
    first = min(int(created.min()), int(time[time > 0].min()))
    start, end = first // MS_PER_DAY * MS_PER_DAY, (int(time.max()) // MS_PER_DAY + 1) * MS_PER_DAY
    n = len(created)
    ids = (np.random.default_rng(0).permutation(n) + 1) * _SPREAD % 2**31
    account = ids.astype(np.int32)
    with RecordingWriter(folder, truth=True) as writer:
        lacking = _write_log(writer, held, account, created)
        _write_truth(writer, name, held, account, created)
        writer.finish(
            Manifest(
                scenario=f"labelled-{name}",
                seed=0,
                start=start,
                end=end,
                reviews=review_days(start, end, reviews),
                rows=writer.rows,
                fingerprints=writer.fingerprints,
                files=writer.files,
                versions={"shamcrowd": version("shamcrowd")},
                resolved={},
                synthetic=False,
                not_recorded=lacking,
                imported={"set": name, "accounts": n, "labelled": int(held.known.sum())},
            )
        )


def review_days(start: int, end: int, most: int) -> tuple[int, ...]:
    """At most so many midnights from the first after ``start`` to ``end``, evenly spread.

    >>> [moment // MS_PER_DAY for moment in review_days(0, 10 * MS_PER_DAY, 3)]
    [3, 7, 10]
    """
    days = (end - start) // MS_PER_DAY
    many = min(days, most)
    return tuple(start + round(i * days / many) * MS_PER_DAY for i in range(1, many + 1))


def _check(name: str, held: Labelled) -> None:
    sham = int((held.label == SHAM).sum())
    honest = int(held.known.sum()) - sham
    if not sham or not honest:
        raise UsageError(f"{name}: {sham} sham and {honest} honest accounts; both are needed")
    if not len(held.time) and not any(len(one.who) for one in held.uses):
        raise UsageError(f"{name}: holds no action and no thing that an account used")
    groups = len(np.unique(held.group[held.label == SHAM]))
    if groups > MOST_GROUPS:
        raise UsageError(f"{name}: {groups:,} groups; a recording can hold {MOST_GROUPS:,}")


def _write_log(
    writer: RecordingWriter, held: Labelled, account: AccountIds, created: Millis
) -> dict[str, list[str]]:
    """Write what detectors see; return the columns that are not recorded, by table."""
    order = np.argsort(created, kind="stable")
    mine = account[order].astype(np.int64)
    # Each account has an address, a device and all else of its own: nobody shares what is unknown.
    own = dict.fromkeys(("mailbox", "device", "address"), mine)
    given = {"account": mine, "created": created[order], **own}
    writer.table("accounts", filled("accounts", given, len(mine), mine))
    lacking = {"accounts": not_recorded("accounts", ["account", "created"])}
    for entity in ENTITIES:
        key = entity.columns[0].name
        rows = mine if key in ("address", "client", "device", "mailbox") else mine[:0]
        about: dict[str, Any] = {key: rows, "first_seen": created[order][: len(rows)]}
        if key == "address":
            # Of no kind that one household uses: what was not recorded says nothing about anyone.
            about["kind"] = ["not recorded"] * len(rows)
        writer.table(entity.name, filled(entity.name, about, len(rows), rows))
        lacking[entity.name] = not_recorded(entity.name, [])
    asked = np.argsort(held.time, kind="stable")
    who = account[held.who[asked]].astype(np.int64)
    columns = ("account", "key", "session", "conversation", "address", "client")
    files = DayFiles(writer, "requests")
    if len(who):
        files.add(pa.table({"time": held.time[asked], **dict.fromkeys(columns, who)}))
    files.finish()
    lacking["requests"] = not_recorded("requests", ["request", "time", "account"])
    DayFiles(writer, "activity").finish()
    lacking["activity"] = not_recorded("activity", [])
    writer.table("uses", _uses(held, account))
    return lacking


def _uses(held: Labelled, account: AccountIds) -> pa.Table:
    parts = []
    rng = np.random.default_rng(1)
    for one in held.uses:
        name = rng.permutation(int(one.thing.max(initial=-1)) + 1) + 1
        parts.append(
            pa.table(
                [
                    typed(one.time, USES.schema.field("time").type),
                    typed(account[one.who], pa.int32()),
                    typed([one.kind] * len(one.who), USES.schema.field("kind").type),
                    typed(name[one.thing] * _SPREAD % 2**31, pa.int32()),
                ],
                schema=USES.schema,
            )
        )
    whole = pa.concat_tables([USES.schema.empty_table(), *parts]).unify_dictionaries()
    order = np.argsort(whole["time"].cast(pa.int64()).to_numpy(), kind="stable")
    return whole.take(pa.array(order)).combine_chunks()


def _write_truth(
    writer: RecordingWriter, name: str, held: Labelled, account: AccountIds, created: Millis
) -> None:
    known = np.flatnonzero(held.known)
    sham = held.label[known] == SHAM
    group = held.group[known]
    campaign = [
        None if not bad else TOGETHER if number == NO_GROUP else f"group-{number}"
        for bad, number in zip(sham.tolist(), group.tolist(), strict=True)
    ]
    honest = pa.array(~sham)
    nothing = pa.scalar(None, pa.int64())
    since = pa.compute.if_else(honest, nothing, pa.array(created[known]))
    columns = {
        "account": account[known].astype(np.int64),
        "persona": [c or "honest" for c in campaign],
        "segment": [None if c else "honest" for c in campaign],
        "campaign": campaign,
        "tactic": [c and name for c in campaign],
        "role": [c and "member" for c in campaign],
        "sham_from": since,
        "sham_until": pa.nulls(len(known), pa.int64()),
    }
    arrays = [typed(columns[c.name], c.type) for c in TRUTH_ACCOUNTS.columns]
    writer.table("truth/accounts", pa.table(arrays, schema=TRUTH_ACCOUNTS.schema))
    for table in TRUTH_TABLES.values():
        if table.name not in ("truth/accounts", "truth/requests"):
            writer.table(table.name, table.schema.empty_table())
    bad = np.sort(account[known][sham])
    for path in sorted((writer.aside / "requests").glob("*.parquet")):
        rows = read_table(path, None, ["request", "account"])
        flags: npt.NDArray[np.bool_] = np.isin(rows["account"].to_numpy(), bad)
        table = pa.table([rows["request"], pa.array(flags)], schema=TRUTH_REQUESTS.schema)
        out = writer.aside / "truth" / "requests" / path.name
        writer.note("truth/requests", [write_file(table, TRUTH_REQUESTS, out)])
