"""Control: knows everything."""

from __future__ import annotations

from benchmark.controls.told import told
from benchmark.scoring.sealed import Sealed
from benchmark.trace import Trace


class Oracle:
    """Every sham account, at the first review after it turned sham: the ceiling."""

    def trace(self, sealed: Sealed) -> Trace:
        """What it would have said."""
        return told(sealed, sealed.sham, sealed.sham_from, "the truth says so")
