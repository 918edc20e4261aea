"""A recording as the families of rules see it: its tables, with what is read often kept."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from shamcrowd.benchmark.world_checks.audit.account_probes import AuditedAccounts
from shamcrowd.benchmark.world_checks.audit.probe import Floats
from shamcrowd.benchmark.world_checks.audit.reading import RecordingTables
from shamcrowd.benchmark.world_checks.audit.stream_probes import StreamRows
from shamcrowd.recording.schema import REQUESTS


class AuditedRecording:
    """One recording. Nothing in it says who is sham."""

    def __init__(self, folder: Path) -> None:
        """Open the recording in ``folder``.

        Raises:
            RecordingError: if it is not a complete recording.
        """
        self.tables = RecordingTables(folder)
        self.people = AuditedAccounts.of(self.tables)
        self.moments: dict[str, Floats] | None = None

    @property
    def many(self) -> int:
        """Number of accounts."""
        return len(self.people.account)

    @cached_property
    def requests(self) -> StreamRows:
        """The requests by account."""
        return StreamRows.of(self.tables, "requests", self.people)

    @cached_property
    def activity(self) -> StreamRows:
        """The other events by account."""
        return StreamRows.of(self.tables, "activity", self.people)

    def stream(self, name: str) -> StreamRows:
        """The rows of a stream by account."""
        return self.requests if name == REQUESTS.name else self.activity

    @cached_property
    def span(self) -> tuple[int, int]:
        """First and last moment of the recording, ms since 1970."""
        manifest = self.tables.manifest
        return manifest.start, manifest.end
