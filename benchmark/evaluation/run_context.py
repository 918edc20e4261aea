"""The folder, experiment, progress and cache of one run, passed to each of its stages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shamcrowd.benchmark.evaluation.experiment import Experiment
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.work_unit import Engine


@dataclass(frozen=True)
class RunContext:
    """What the stages of one run share.

    Attributes:
        folder: the run's own folder.
        experiment: what is asked of the detectors, and the limits.
        listener: receives progress.
        cache: keeps results for other runs as well; None: no cache.
        within: the folder of the run that this one is part of; None: it stands alone.
    """

    folder: Path
    experiment: Experiment
    listener: Listener
    cache: Cache | None = None
    within: Path | None = None

    @cached_property
    def engine(self) -> Engine:
        """What runs the units of work."""
        return self.experiment.chosen_engine()

    @property
    def hidden(self) -> tuple[Path, ...]:
        """What no detector may open: the run's own folder, the cache, and the judge's secret."""
        return ((self.within or self.folder).resolve(), *self.experiment.hidden(self.cache))
