"""The requests of a recording's legitimate accounts, as a table for the scorecard."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.recording.schema import REQUESTS
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth import Truth

NAMES = {
    "time": "timestamp",
    "account": "client",
    "input_tokens": "input_tokens",
    "output_tokens": "output_tokens",
    "conversation": "conversation",
}


def legitimate(folder: Path) -> pa.Table:
    """Requests of accounts that are legitimate throughout; an account is a client.

    An account that is ever abused is left out entirely, since its legitimate days were cut short.

    Raises:
        RecordingError: if ``folder`` is not a complete recording.
    """
    truth = Truth(folder)
    accounts = truth.accounts()
    honest = pa.array(accounts.loc[accounts["sham_from"].isna(), "account"].to_numpy())
    parts = []
    for path, _ in truth.request_files():
        part = read_table(path, REQUESTS.schema, list(NAMES))
        parts.append(part.filter(pc.is_in(part.column("account"), honest)))
    return pa.concat_tables(parts).rename_columns(list(NAMES.values()))
