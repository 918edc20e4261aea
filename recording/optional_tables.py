"""Tables that a recording may lack: they hold what the simulator's platform does not have."""

from __future__ import annotations

from shamcrowd.recording.columns import NAME, TIME, Column, Table, id_column
from shamcrowd.recording.schema import TABLES

USES = Table(
    "uses",
    "Uses of things of other kinds than those with a column or a table of their own, such as a "
    "repository that an account starred, or a wallet that it paid. Only in recordings of logs that "
    "have such things; the simulator makes none.",
    "time",
    (
        Column("time", TIME, "When the account used it.", "UTC, milliseconds"),
        id_column("account", "The account."),
        Column("kind", NAME, "Kind of the thing."),
        id_column("thing", "The thing, among those of its kind."),
    ),
)

OPTIONAL = {USES.name: USES}
"""Tables that a recording may lack; one that is not there is read as one without rows."""
VISIBLE = TABLES | OPTIONAL
"""Every table that a detector can ask for."""
