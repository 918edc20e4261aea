"""Every column of a recording: values, levels of categories, and aggregates over a stream's rows.

Columns come from the schema by their type, so that a new one is looked at without a line here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shamcrowd.benchmark.world_checks.audit import account_probes, stream_probes
from shamcrowd.benchmark.world_checks.audit.probe import Probe
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.benchmark.world_checks.audit.rule import Rule
from shamcrowd.benchmark.world_checks.audit.shared_probes import shared_probes
from shamcrowd.recording.schema import ACCOUNTS, STREAMS, TABLES


def units() -> Sequence[str]:
    """Each column as ``table.column``."""
    return tuple(
        f"{spec.name}.{column.name}"
        for spec in (TABLES[t.name] for t in (ACCOUNTS, *STREAMS))
        for column in spec.columns
    )


def rules(recording: AuditedRecording, unit: str) -> Iterator[Rule]:
    """The rules of one column."""
    for probe in _probes(recording, unit):
        yield Rule(probe.name, probe.values, probe.levels)


def _probes(recording: AuditedRecording, unit: str) -> Iterator[Probe]:
    table, _, name = unit.partition(".")
    spec = TABLES[table]
    column = next(c for c in spec.columns if c.name == name)
    if table == ACCOUNTS.name:
        yield from account_probes.column_probes(recording.tables, recording.people, column)
        return
    rows = recording.stream(table)
    if name == "account":
        return
    if name == spec.seen:
        yield from stream_probes.row_probes(spec, rows, recording.people)
        return
    yield from stream_probes.column_probes(recording.tables, spec, rows, column, recording.many)
    yield from shared_probes(recording.tables, spec, rows, column, recording.many)
