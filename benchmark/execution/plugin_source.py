"""What a plug-in's process is given and what it uses: its plug-in, a log, time and memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from shamcrowd.recording.source import Source


@dataclass(frozen=True)
class Usage:
    """CPU time in seconds of a plug-in's processes, and their largest resident set in MiB."""

    seconds: float
    peak_mib: float


@dataclass(frozen=True)
class OfferedLog:
    """A log that a plug-in may ask for rows of.

    Attributes:
        source: where the rows come from.
        live: whether the run is still in progress.
    """

    source: Source
    live: bool = False


class PluginSource(Protocol):
    """A plug-in: its name, and by which name, or as what bytes, it is loaded."""

    @property
    def name(self) -> str:
        """What messages call it."""
        ...

    @property
    def detector(self) -> Any:
        """What to load: a name, or a pickled class."""
        ...
