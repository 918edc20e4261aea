"""Reads what a process prints, so that the process never waits for a reader."""

from __future__ import annotations

import threading
from typing import Any

PRINTED_MOST = 1 << 14
"""Characters that are kept."""


class Drain:
    """Reads a process's output in a thread of its own and keeps the end of it."""

    def __init__(self, stream: Any) -> None:
        self._kept = ""
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream: Any) -> None:
        for line in stream:
            self._kept = (self._kept + line)[-PRINTED_MOST:]

    def text(self) -> str:
        """What was kept, after waiting a second at most for the rest."""
        self._thread.join(1.0)
        return self._kept
