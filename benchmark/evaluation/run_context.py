"""Where a run units, and what with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.work_unit import Engine


@dataclass(frozen=True)
class RunContext:
    """Where a run units, and what with.

    ``folder`` is the run's own; ``cache`` (None: none) keeps what is made for others too.
    """

    folder: Path
    engine: Engine
    listener: Listener
    cache: Cache | None = None

    @property
    def hidden(self) -> tuple[Path, ...]:
        """What no detector may look into."""
        others = () if self.cache is None else (self.cache.root,)
        return (self.folder.resolve(), *others)
