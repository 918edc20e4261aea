"""The note that lies beside a fitted detector."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shamcrowd.recording.json_file import JsonKind, as_record, read_checked, write_checked

KIND = JsonKind("a note on a fitted detector", "run again")
NAME, PACKED = "fitted.json", "detector.pickle"


@dataclass(frozen=True)
class FittedNote:
    """How a detector was fitted.

    Attributes:
        key: must match for it to be used again.
        digest: SHA-256 of it as it was saved; "" for one that cannot be pickled, which is fitted
            again before each recording.
        seconds: CPU time of fitting.
        peak_mib: largest resident set, MiB.
        used: files that it used, with their content.
    """

    key: dict[str, Any]
    digest: str
    seconds: float
    peak_mib: float
    used: dict[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write it beside the fitted detector in ``folder``."""
        write_checked(folder / NAME, asdict(self))

    @classmethod
    def read(cls, folder: Path) -> FittedNote:
        """Read it.

        Raises:
            UnreadableError: if it is not there, or not as it was written.
        """
        path = folder / NAME
        return as_record(cls, read_checked(path, KIND), path, KIND)
