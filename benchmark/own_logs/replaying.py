"""Plays one detector over a recording review by review, in a process of its own, sealed off."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.execution.plugin_process import PluginProcess
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.detectors.base import Findings, Labels
from shamcrowd.detectors.settings import Settings
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.imports.kept_names import key_path, names_path
from shamcrowd.recording.source import Source
from shamcrowd.recording.units import EARLIEST

RATES = "it looks at rates or gaps, and the log does not hold every request by itself"


class NotApplicableError(ShamcrowdError):
    """A detector has nothing to look at in a log; the message says why."""


class LearnsError(NotApplicableError):
    """A detector learns from labels, and there are none."""


@dataclass(frozen=True)
class Limits:
    """Seconds and MiB that a detector may use."""

    seconds: float = 1800.0
    memory_mib: int = MEMORY_LIMIT


def replayed(
    name: str, folder: Path, source: Source, reviews: Sequence[int], limits: Limits,
    settings: Settings | None = None, labels: Labels | None = None, *, every_request: bool = True,
    hidden: Sequence[Path] = (),
) -> Iterator[Findings]:  # fmt: skip
    """Yield the findings of a detector at each review.

    Args:
        name: the detector, by name or as ``path.py:Class``.
        folder: the recording; nothing in it can be opened by the detector.
        source: its rows.
        reviews: moments, ms since 1970, ascending.
        limits: of time and memory.
        settings: its settings.
        labels: what it learns from, on the log as of the last review; None: nothing.
        hidden: files that it may not read, wherever they lie.
        every_request: does the log hold every request by itself?

    Raises:
        NotApplicableError: if it learns and there are no labels (`LearnsError`), or needs every
            request and the log does not hold them.
        DetectorError: if it breaks the contract or raises.
    """
    with started(name, folder, limits, settings, every_request=every_request, hidden=hidden) as (
        plugin,
        learns,
    ):
        if learns:
            if labels is None:
                raise LearnsError("it learns from labels, and this log has none")
            plugin.fit(OfferedLog(source), reviews[-1], EARLIEST, None, labels)
        since = EARLIEST
        for now in reviews:
            known = source.rows("accounts", EARLIEST, now, ["account"]).column(0)
            yield plugin.review(OfferedLog(source), now, since, None, known.to_numpy())
            since = now


@contextmanager
def started(
    name: str, folder: Path, limits: Limits, settings: Settings | None = None, *,
    every_request: bool = True, hidden: Sequence[Path] = (),
) -> Iterator[tuple[PluginProcess, bool]]:  # fmt: skip
    """A detector in a process of its own as long as the block lasts, and whether it learns.

    Raises:
        NotApplicableError: if it needs every request and the log does not hold them.
        DetectorError: if it cannot be made.
    """
    candidate = Candidate(name, name).packed()
    with tempfile.TemporaryDirectory() as below:
        # A detector may lie beside the recording, where an import keeps the key and the names.
        kept_away = (folder, key_path(folder), names_path(folder), *hidden)
        sandbox = candidate.sandbox(Path(below), kept_away, limits.memory_mib)
        with PluginProcess(candidate, sandbox, limits.seconds) as plugin:
            if not every_request and plugin.describe()["every_request"]:
                raise NotApplicableError(RATES)
            yield plugin, plugin.make(settings)
