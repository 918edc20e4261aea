"""``manifest.json``: what a recording is and how it was made.

It is written last: a folder without one is not a complete recording.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shamcrowd.recording.drawn_values import with_values
from shamcrowd.recording.errors import MissingFileError, RecordingError, UnreadableError
from shamcrowd.recording.json_file import JsonKind, as_record, read_checked, write_checked
from shamcrowd.recording.schema import FORMAT_VERSION

NAME = "manifest.json"
KIND = JsonKind("a manifest", "make the recording again", FORMAT_VERSION, "format")


@dataclass(frozen=True)
class Manifest:
    """Where a recording comes from and what is in it.

    Times are milliseconds since 1970-01-01 UTC. ``reviews`` are the moments at which detectors
    are asked. ``rows`` holds the number of rows of each table. ``fingerprints`` holds the SHA-256
    of each table's content, which does not depend on the number of workers or the Parquet
    settings. ``files`` holds the BLAKE2b of each file's bytes, by its path in the folder, with
    which a file is compared before it is used. ``versions`` names the packages that made it,
    ``resolved`` is the scenario with all defaults filled in; ``drawn`` holds the values that its
    priors drew for this seed, by path. ``closed`` is true for the closed loop, where the platform
    acted on a detector's alerts during the simulation. ``partial`` says why a simulation ended
    early, at ``end``; it is null for a complete recording. ``secret`` is the SHA-256 of the
    judge's secret that ids and streams were keyed with; the file names it only where there is one.
    A recording of an imported log has ``synthetic`` false, in ``not_recorded`` the columns that the
    log lacks, by table (they are filled in), and in ``imported`` the report of the import. One with
    injected campaigns says in ``injected`` of which scenario they are and how they were fitted;
    only these accounts are labelled.
    """

    scenario: str
    seed: int
    start: int
    end: int
    reviews: tuple[int, ...]
    rows: dict[str, int]
    fingerprints: dict[str, str]
    versions: dict[str, str]
    resolved: dict[str, Any]
    files: dict[str, str] = field(default_factory=dict)
    drawn: dict[str, int | float | str] = field(default_factory=dict)
    closed: bool = False
    partial: str | None = None
    secret: str = ""
    format: int = FORMAT_VERSION
    synthetic: bool = True
    not_recorded: dict[str, list[str]] = field(default_factory=dict)
    imported: dict[str, Any] = field(default_factory=dict)
    injected: dict[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into ``folder`` in one step."""
        data = asdict(self)
        for name in ("secret", "not_recorded", "imported", "injected"):
            if not data[name]:
                del data[name]
        write_checked(folder / NAME, data, indent=2)

    @classmethod
    def read(cls, folder: Path, *, partial: bool = False) -> Manifest:
        """Read the manifest of the recording in ``folder``.

        Args:
            folder: the recording.
            partial: accept a recording whose simulation ended early.

        Raises:
            RecordingError: if there is no manifest, or it is damaged, of another format version,
                or of a partial recording that was not asked for.
        """
        path = folder / NAME
        try:
            manifest = as_record(cls, read_checked(path, KIND), path, KIND)
        except MissingFileError:
            raise RecordingError(
                folder,
                f"not a recording, or one that was never finished (no {NAME})",
                "make it again with `shamcrowd simulate`",
            ) from None
        except UnreadableError as fault:
            raise RecordingError(fault.path, fault.what, fault.mend) from None
        if manifest.partial is not None and not partial:
            raise RecordingError(
                folder,
                f"partial, {manifest.partial}",
                "make it again, or read what is there with open_log(folder, partial=True)",
            )
        return manifest

    @property
    def played(self) -> dict[str, Any]:
        """The scenario as it was played: every value, those drawn for this seed included."""
        return with_values(self.resolved, self.drawn)

    @property
    def fingerprint(self) -> str:
        """A digest of all fingerprints: 16 hexadecimal digits."""
        import hashlib

        text = json.dumps(self.fingerprints, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
