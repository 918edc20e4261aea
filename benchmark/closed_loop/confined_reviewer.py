"""Asks a detector for alerts during a run; the detector lives in a confined process."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

from shamcrowd.benchmark.closed_loop.alert_buffer import AlertBuffer
from shamcrowd.benchmark.evaluation.replay import Candidate, TrainingData, make_ready
from shamcrowd.benchmark.execution.plugin_process import PluginProcess
from shamcrowd.benchmark.execution.plugin_source import OfferedLog, Usage
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.detectors.base import NamedThings
from shamcrowd.recording.live import LiveSource
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView
from shamcrowd.simulator.response.reviewer import Alerts, NamedThing


def _named(things: NamedThings | None) -> tuple[NamedThing, ...]:
    if things is None:
        return ()
    return tuple(map(NamedThing, things.kind, things.name, things.score.tolist()))


class ConfinedReviewer:
    """A `Reviewer` that asks a detector in another process for accounts above the threshold.

    The process is sent the rows that it asks for, none later than the review. It starts at the
    first review and ends when this context is left.

    Attributes:
        buffer: all findings so far.
    """

    def __init__(
        self,
        candidate: Candidate,
        run: Path,
        threshold: float,
        training: TrainingData | None,
        sandbox: Sandbox,
        limit: float,
    ) -> None:
        """Store what the process needs; it is not started yet.

        Args:
            candidate: the detector.
            run: folder of the run in progress.
            threshold: the operating point; accounts that score above it are alerts.
            training: training data, for a detector that learns.
            sandbox: limits on what the process may read and use.
            limit: seconds that the detector may take in the whole run.
        """
        self._ours = candidate.is_ours
        self._candidate, self._run, self._sandbox = candidate.packed(), run, sandbox
        self._training, self._limit = training, limit
        self._threshold = threshold
        self._plugin: PluginProcess | None = None
        self._log: OfferedLog | None = None
        self._number = 0
        self.buffer = AlertBuffer()

    def __enter__(self) -> ConfinedReviewer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._plugin is not None:
            self._plugin.close()

    def __call__(self, log: LogView) -> Alerts:
        """Alerts of the detector for the log as it is at this review.

        Raises:
            DetectorError: if the detector breaks the contract or raises; holds its own traceback.
            TimeLimitError: if the detector exceeds its time limit.
            ProcessDiedError: if its process has ended.
        """
        plugin = self._plugin or self._start()
        # A source of its own, whose cache is not the simulation's.
        offered = self._log or self._opened()
        rows = offered.source.rows("accounts", EARLIEST, log.now, ["account"])
        known = rows.column(0).to_numpy()
        found = plugin.review(offered, log.now, log.since, None, known)
        self.buffer.add(self._number, found)
        self._number += 1
        over = found.score > self._threshold
        return Alerts(found.account[over], found.score[over], _named(found.things))

    def usage(self) -> Usage:
        """What the detector's processes have used so far."""
        return Usage(0.0, 0.0) if self._plugin is None else self._plugin.usage()

    def used(self) -> dict[str, Any]:
        """Files that the detector used, with their content; empty for one of ours."""
        return {} if self._ours or self._plugin is None else self._plugin.used()

    def _opened(self) -> OfferedLog:
        self._log = OfferedLog(LiveSource(self._run.resolve()), live=True)
        return self._log

    def _start(self) -> PluginProcess:
        plugin = self._plugin = PluginProcess(self._candidate, self._sandbox, self._limit)
        make_ready(plugin, self._training, self._sandbox)
        return plugin
