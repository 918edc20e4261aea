"""The note that lies beside a fitted detector."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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

    @classmethod
    def read(cls, folder: Path) -> FittedNote:
        """Read it.

        Raises:
            OSError, ValueError, TypeError: if it is not there, or not whole.
        """
        return cls(**json.loads((folder / NAME).read_text("utf-8")))
