"""Writes a recording of a background's rows and injected ones, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.benchmark.own_logs.inject.background import LogTables
from shamcrowd.benchmark.own_logs.inject.played import KEYS, PlayedCampaigns
from shamcrowd.benchmark.own_logs.inject.replacing import Replaced
from shamcrowd.benchmark.own_logs.inject.traffic import LENGTHS, PARTS
from shamcrowd.recording.days import day_stem, stem_range
from shamcrowd.recording.imports.tables import filled, typed
from shamcrowd.recording.parquet import times_of
from shamcrowd.recording.schema import STREAMS, TABLES
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth_schema import TRUTH_REQUESTS, TRUTH_TABLES
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.writing import RecordingWriter, stream_path, write_file

if TYPE_CHECKING:
    import pandas as pd

MADE = ("created", "first_seen", "sketch")
"""Columns that an import makes itself where the log does not have them."""
UNLABELLED = "unlabelled"
"""Persona and segment of the background's accounts in the truth: nobody knows what they are."""


def write_merged(
    writer: RecordingWriter, background: LogTables, played: PlayedCampaigns,
    things: dict[str, Replaced], rng: np.random.Generator,
) -> None:  # fmt: skip
    """Write all tables of the log and of the truth."""
    for stream in STREAMS:
        _stream(writer, background, stream.name, getattr(played, stream.name), rng)
    first = _first_uses(played)
    supply = played.supply
    for column, table in KEYS.items():
        held = _things(writer, background, column, table, things[column], first[column])
        # What no row names, such as the card of a log without cards, is in no table.
        supply = supply[(supply["kind"] != column) | supply["thing"].isin(held)]
    played.supply = supply
    accounts = _filled(background, "accounts", played.accounts, played.accounts["account"])
    _table(writer, background, "accounts", accounts)
    _truth(writer, background, played)


def _first_uses(played: PlayedCampaigns) -> dict[str, pd.Series]:
    """When each thing was first used by an injected account, by the column of its id."""
    import pandas as pd

    found = {}
    for column in KEYS:
        uses = [
            pd.DataFrame({"id": frame[column], "time": frame[time]}).dropna()
            for frame, time in ((played.accounts, "created"), (played.requests, "time"),
                                (played.activity, "time"))
            if column in frame
        ]  # fmt: skip
        found[column] = pd.concat(uses).astype(np.int64).groupby("id")["time"].min()
    return found


def _things(
    writer: RecordingWriter, background: LogTables, column: str, table: str, held: Replaced,
    first: pd.Series,
) -> npt.NDArray[np.int64]:  # fmt: skip
    """Write a table of things: the background's, and the new ones that are in use; their ids."""
    rows = held.rows[held.rows.index.isin(first.index)]
    new = rows.drop(columns="first_seen").assign(first_seen=first.reindex(rows.index).to_numpy())
    new = new.rename_axis(column).reset_index()
    whole = background.arrow(table)
    ids, seen = whole[column].to_numpy(), times_of(whole["first_seen"])
    earlier = np.minimum(seen, first.reindex(ids).fillna(2**62).to_numpy(np.int64))
    at = whole.column_names.index("first_seen")
    kind = whole.schema.field("first_seen").type
    whole = whole.set_column(at, whole.schema.field("first_seen"), pa.array(earlier).cast(kind))
    added = _filled(background, table, new, new[column])
    _table(writer, background, table, added, whole)
    return np.concatenate([ids, new[column].to_numpy(np.int64)])


def _filled(background: LogTables, table: str, rows: pd.DataFrame, own: Any) -> pa.Table:
    """Rows of a table; columns that the background does not record as an import fills them in."""
    schema = TABLES[table]
    ids = {c.name for c in schema.columns if c.type == pa.int32()}
    given = {}
    for name in schema.names:
        if name in ids or name in MADE or background.is_recorded(table, name):
            given[name] = _array(rows[name], schema.schema.field(name).type)
    return filled(table, given, len(rows), own.to_numpy(np.int64))


def _array(values: pd.Series, kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array(values.to_numpy(np.int64)).cast(kind)
    if pa.types.is_dictionary(kind) or pa.types.is_string(kind):
        words = [None if v is None or v != v else str(v) for v in values.tolist()]
        return typed(pa.array(words, pa.string()), kind)
    return typed(pa.array(values, from_pandas=True), kind)


def _table(
    writer: RecordingWriter, background: LogTables, name: str, added: pa.Table,
    whole: pa.Table | None = None,
) -> None:  # fmt: skip
    """Write a table in the order that the background has its rows in."""
    whole = background.arrow(name) if whole is None else whole
    spec = TABLES[name]
    key = spec.names[0]
    ids = whole[key].to_numpy()
    merged = pa.concat_tables([_words(whole), _words(added)]).cast(_plain(spec.schema))
    by_id = bool((np.diff(ids.astype(np.int64)) > 0).all())
    order = merged[key].to_numpy() if by_id else times_of(merged[spec.seen])
    merged = merged.take(pa.array(np.argsort(order, kind="stable")))
    writer.table(name, _coded(merged, spec.schema))


def _plain(schema: pa.Schema) -> pa.Schema:
    return pa.schema([
        pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type, f.nullable)
        for f in schema
    ])  # fmt: skip


def _words(table: pa.Table) -> pa.Table:
    """Categories as words, so that tables with other dictionaries can be joined."""
    return table.cast(_plain(table.schema))


def _coded(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Words as categories, numbered in the order of the words."""
    columns = []
    for column, field in zip(table.columns, schema, strict=True):
        if pa.types.is_dictionary(field.type):
            array = column.combine_chunks()
            words = sorted(w for w in array.unique().to_pylist() if w is not None)
            place = {word: i for i, word in enumerate(words)}
            codes = [place.get(w) for w in array.to_pylist()] if len(words) else [None] * len(array)
            indices = pa.array(codes, field.type.index_type)
            columns.append(pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string())))
        else:
            columns.append(column.cast(field.type))
    return pa.table(columns, schema=schema)


def _stream(
    writer: RecordingWriter, background: LogTables, name: str, rows: pd.DataFrame,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Write a stream's files: those of the background, each with its share of the new rows."""
    spec = TABLES[name]
    files = background.files(name)
    at = _file_of(background, files, rows, rng)
    abusive = rows["abusive"].to_numpy(bool) if "abusive" in rows else np.zeros(len(rows), bool)
    added = _filled(background, name, rows, rows[spec.names[0]] if name == "requests"
                    else rows["account"])  # fmt: skip
    added = _words(_constant(background, name, added))
    for stem in sorted(set(at.tolist()) | {path.stem for path in files}):
        old = [path for path in files if path.stem == stem]
        whole = read_table(old[0], spec.schema) if old else spec.schema.empty_table()
        mine = np.flatnonzero(at == stem)
        merged = pa.concat_tables([_words(whole), added.take(pa.array(mine))])
        flags = np.concatenate([np.zeros(whole.num_rows, bool), abusive[mine]])
        time = times_of(merged["time"])
        # Rows of one moment are in no order that tells where they are from.
        order = np.lexsort((rng.random(len(time)), time)) if len(mine) else np.arange(len(time))
        merged = _coded(merged.take(pa.array(order)), spec.schema)
        day, _, shard = stem.rpartition("-")
        path = stream_path(writer.aside, name, day, int(shard))
        writer.note(name, [write_file(merged, spec, path)])
        if name == "requests":
            truth = pa.table({"request": merged["request"], "abusive": pa.array(flags[order])})
            path = stream_path(writer.aside, TRUTH_REQUESTS.name, day, int(shard))
            writer.note(TRUTH_REQUESTS.name, [write_file(truth, TRUTH_REQUESTS, path)])


def _constant(background: LogTables, name: str, rows: pa.Table) -> pa.Table:
    """Columns of requests that are not recorded have one value, which an import gave them."""
    if name != "requests" or not background.manifest.not_recorded:
        return rows
    held = read_table(background.files(name)[0], TABLES[name].schema).slice(0, 1)
    for column in TABLES[name].columns:
        replaceable = pa.types.is_dictionary(column.type) or column.name in (
            *LENGTHS, *PARTS, "status", "stream", "retry_after",
        )  # fmt: skip
        if replaceable and not background.is_recorded(name, column.name):
            value = held[column.name].to_pylist()[0]
            filled_in = typed(pa.array([value] * rows.num_rows), column.type)
            rows = rows.set_column(rows.column_names.index(column.name), column.field, filled_in)
    return rows


def _file_of(
    background: LogTables, files: list[Any], rows: pd.DataFrame, rng: np.random.Generator
) -> npt.NDArray[np.str_]:
    """The stem of the file that each new row goes into.

    A simulation has a file for each day and shard, and an account stays in its shard. An import has
    files in the order of time.
    """
    time = rows["time"].to_numpy(np.int64)
    start = background.manifest.start
    stems = [path.stem for path in files]
    days = np.array([day_stem(int(t)) if t >= start else "before" for t in time], str)
    if len(days):
        days = days.astype(f"<U{max(10, days.dtype.itemsize // 4)}")
    found = np.array([f"{day}-000" for day in days], "<U20")
    by_time = not background.manifest.synthetic
    shards = np.array(sorted({int(stem.rpartition("-")[2]) for stem in stems}), np.int64)
    accounts, code = np.unique(rows["account"].to_numpy(np.int64), return_inverse=True)
    shard = shards[rng.integers(len(shards), size=len(accounts))][code]
    for day in np.unique(days):
        own = sorted(stem for stem in stems if stem.rpartition("-")[0] == day)
        here = days == day
        if not own:
            continue
        if by_time and len(own) > 1:
            ends = [_last(background, files[stems.index(stem)]) for stem in own]
            place = np.searchsorted(np.array(ends[:-1]), time[here])
            found[here] = np.array(own)[place]
        elif not by_time:
            wanted = np.array([f"{day}-{s:03d}" for s in shard[here]])
            found[here] = np.where(np.isin(wanted, own), wanted, own[0])
    return found


def _last(background: LogTables, path: Any) -> int:
    """The last moment in a file."""
    time = times_of(read_table(path, TABLES["requests"].schema, ["time"])["time"])
    low, _ = stem_range(path.name, background.manifest.start)
    return int(time[-1]) if len(time) else low + MS_PER_DAY


def _truth(writer: RecordingWriter, background: LogTables, played: PlayedCampaigns) -> None:
    """The truth: of the injected accounts what they are, of all others that nobody knows."""
    others = background.arrow("accounts", ["account"])["account"].to_numpy()
    rows: dict[str, list[Any]] = {
        name: [*([None] * len(others)), *_plain_words(played.truth[name])]
        for name in ("campaign", "tactic", "role")
    }
    for name in ("sham_from", "sham_until"):
        when = played.truth[name].astype("datetime64[ms, UTC]")
        rows[name] = [
            *([None] * len(others)),
            *(None if t is None or t != t else t for t in when),
        ]
    rows["persona"] = [*([UNLABELLED] * len(others)), *_plain_words(played.truth["persona"])]
    rows["segment"] = [*([UNLABELLED] * len(others)), *([None] * len(played.truth))]
    rows["account"] = [*others.tolist(), *(int(a) for a in played.truth["account"])]
    schema = _plain(TRUTH_TABLES["truth/accounts"].schema)
    table = pa.table({f.name: pa.array(rows[f.name], f.type) for f in schema}, schema=schema)
    table = table.take(pa.array(np.argsort(table["account"].to_numpy(), kind="stable")))
    writer.table("truth/accounts", _coded(table, TRUTH_TABLES["truth/accounts"].schema))
    for name, frame in (("campaigns", played.campaigns), ("supply", played.supply),
                        ("responses", played.responses)):  # fmt: skip
        spec = TRUTH_TABLES[f"truth/{name}"].schema
        columns = [_array(frame[f.name], f.type) for f in spec]
        writer.table(f"truth/{name}", pa.table(columns, schema=spec))
    # What a campaign paid and earned is of the world that was played, and not fitted.
    for name in ("truth/levers", "truth/wallets"):
        writer.table(name, TRUTH_TABLES[name].schema.empty_table())


def _plain_words(values: pd.Series) -> list[str | None]:
    return [None if v is None or v != v else str(v) for v in values.tolist()]
