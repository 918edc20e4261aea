"""The requests of a recording's legitimate accounts, as a table for the scorecard."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.whole import check_rows

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
    check_rows(folder, "requests", truth.manifest.rows.get("requests"))
    accounts = truth.accounts()
    honest = pa.array(accounts.loc[accounts["sham_from"].isna(), "account"].to_numpy())
    parts = []
    for path, _ in truth.request_files():
        try:
            part = pq.read_table(path, columns=list(NAMES), partitioning=None)
        except (OSError, pa.ArrowException) as fault:
            raise RecordingError(f"{path}: cannot be read ({fault}); make it again") from fault
        parts.append(part.filter(pc.is_in(part.column("account"), honest)))
    if not parts:
        raise RecordingError(f"{folder}: table requests is missing; make it again")
    return pa.concat_tables(parts).rename_columns(list(NAMES.values()))
