"""Generates ``docs/recording-format.md`` from the schema."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path

import pyarrow as pa

from shamcrowd.recording.columns import NEVER_NULL, Column, Table
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.optional_tables import USES
from shamcrowd.recording.schema import ACCOUNTS, ENTITIES, FORMAT_VERSION, STREAMS
from shamcrowd.recording.truth_schema import TRUTH_TABLES

HEAD = f"""# The recording format

Format version {FORMAT_VERSION}. This page is generated from `recording/schema.py` by
`make docs`; do not edit it by hand.

A recording is a folder:

    manifest.json              what the recording is and how it was made; written last
    accounts.parquet           one row per account
    requests/*.parquet         API requests, one file per day and shard
    activity/*.parquet         all other events, likewise; `before-…` holds the past
    addresses.parquet … mailboxes.parquet
                               the entities that the rows above refer to
    uses.parquet               uses of things of other kinds; only where there are such things
    truth/                     who controlled each account; detectors never see this

Every recording has these properties:

- The same scenario, seed and version give the same fingerprints on any number of workers.
- A folder without `manifest.json` is not a recording: the simulation did not finish.
- `manifest.json` has a digest of each file's bytes (`files`, BLAKE2b) and a checksum of itself.
  Whatever shamcrowd reads of a recording is compared with them first: a file that was edited,
  damaged, swapped or added is refused. What you change is another recording, so change a copy of
  the rows in your own program.
- Within a file, requests and activity are in time order.
- Ids are opaque: they are drawn at random, so neither value nor order carries meaning. They are
  whole numbers below 2^31, which every language holds exactly (JavaScript's reach 2^53). Only
  `sketch` uses all of 64 bits: read it as a `BigInt` in JavaScript, with `bit64` in R.
- Times are Parquet timestamps in UTC with milliseconds.
- `request` names a request in `requests` and in `truth/requests`. Join by it: the order of rows is
  lost by programs that sort or distribute them, such as Spark.
- All data is synthetic: addresses lie in reserved ranges, mailboxes under `.example`, phone
  numbers and cards in ranges that are not issued.
- A detector sees a row from the moment in the column named under *seen from*.

Read it with pandas (`pd.read_parquet("DIR/requests")`), DuckDB, Polars, Arrow or fastparquet. To
read the log as of a moment use `shamcrowd.recording.view.LogView`.
"""


def format_page() -> str:
    """Return the page in Markdown."""
    parts = [HEAD, "## manifest.json\n", _manifest()]
    parts += [_table(table) for table in (ACCOUNTS, *STREAMS, *ENTITIES, USES)]
    parts.append(
        "## The truth\n\nThe folder `truth/`. The benchmark opens it only after all findings are "
        "saved, and importing `shamcrowd.recording` does not load the module that reads it.\n"
    )
    parts += [_table(table) for table in TRUTH_TABLES.values()]
    return "\n".join(parts)


def _manifest() -> str:
    names = ", ".join(f"`{field.name}`" for field in fields(Manifest))
    about = " ".join((Manifest.__doc__ or "").split()).replace("``", "`")
    return f"{about}\n\nKeys: {names}.\n"


def _table(table: Table) -> str:
    rows = "\n".join(_row(column) for column in table.columns)
    return (
        f"## {table.name}\n\n{table.meaning} Seen from: `{table.seen}`.\n\n"
        "| column | type | unit | meaning | null means |\n|---|---|---|---|---|\n"
        f"{rows}\n"
    )


def _row(column: Column) -> str:
    kind = column.type
    name = "category" if pa.types.is_dictionary(kind) else str(kind)
    null = "never null" if column.null == NEVER_NULL else column.null
    return f"| `{column.name}` | {name} | {column.unit} | {column.meaning} | {null} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(format_page(), "utf-8")
