"""Is there an event of a kind, and how many are there?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.benchmark.world_checks.audit.rule import Rule
from shamcrowd.recording.units import MS_PER_DAY


def units() -> Sequence[str]:
    """Requests, and the other events together, as one column of the table holds all kinds."""
    return ("requests", "activity")


def rules(recording: AuditedRecording, unit: str) -> Iterator[Rule]:
    """A count for each kind, and counts of the days and of the kinds themselves."""
    rows, many = recording.stream(unit), recording.many
    if unit == "requests":
        status = recording.tables.plain("requests", "status")[rows.order]
        yield from _counted("request", rows.owner, rows.time, many)
        for answer in (200, 429, 500):
            at = status == answer
            what = f"request with status {answer}"
            yield from _counted(what, rows.owner[at], rows.time[at], many)
        return
    kinds = recording.tables.column("activity", "kind")
    code = kinds.codes[rows.order]
    names = [kinds.said(number) for number in range(kinds.many)]
    held = np.zeros(many)
    for number in range(kinds.many):
        at = code == number
        yield from _counted(names[number], rows.owner[at], rows.time[at], many)
        held += np.bincount(rows.owner[at], minlength=many) > 0
    yield Rule("number of kinds of events", held)


def _counted(what: str, owner: Ints, time: Ints, many: int) -> Iterator[Rule]:
    count: Floats = np.bincount(owner, minlength=many).astype(np.float64)
    yield Rule(f"presence and count of {what}", count)
    if count.max(initial=0) > 1:
        day = np.unique(np.column_stack([owner, time // MS_PER_DAY]), axis=0)[:, 0]
        yield Rule(
            f"number of days with {what}", np.bincount(day, minlength=many).astype(np.float64)
        )
