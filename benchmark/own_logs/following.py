"""Reviews a recording again as it grows: detectors stay and are shown its new rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import numpy as np

from shamcrowd.benchmark.execution.plugin_process import PluginProcess
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.benchmark.execution.seal import seal
from shamcrowd.benchmark.own_logs.detect import (
    ONE_SCORE,
    BestPlaces,
    Detected,
    Detection,
    best_places,
    holds_all,
)
from shamcrowd.benchmark.own_logs.history import History
from shamcrowd.benchmark.own_logs.replaying import LearnsError, Limits, NotApplicableError, started
from shamcrowd.detectors.settings import Settings
from shamcrowd.detectors.signals import NotingSource, blind_to, is_applicable
from shamcrowd.recording.errors import RecordingError, ShamcrowdError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.source import Source
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import open_log

_COUNTED = ("accounts", "requests", "activity")


@dataclass
class _Followed:
    """A detector that stays: its process, and what it said and asked for so far."""

    name: str
    plugin: PluginProcess | None = None
    asked: set[str] = field(default_factory=set)
    history: History = field(default_factory=History)
    ended: Detected | None = None


class Follower:
    """Detectors on a recording that is imported again and again, with more rows each time.

    ``look`` asks each detector about the rows that are new since the last look. Where rows came
    late, or the recording is another one, all detectors start anew from its first row. Use it as a
    context manager: every detector has a process until the block ends.

    Args:
        folder: the recording.
        detectors: names, or ``path.py:Class``.
        settings: settings by detector.
        limits: of all looks of a detector together.
        hidden: files that no detector may read, wherever they lie.
    """

    def __init__(
        self, folder: Path, detectors: Sequence[str],
        settings: Mapping[str, Settings] | None = None, limits: Limits | None = None,
        hidden: Sequence[Path] = (),
    ) -> None:  # fmt: skip
        self._hidden, self._seal = tuple(hidden), seal().line
        self._folder, self._names = folder, tuple(detectors)
        self._settings, self._limits = settings or {}, limits or Limits()
        self._processes = ExitStack()
        self._followed: list[_Followed] = []
        self._print, self._until = "", EARLIEST
        self._counts: tuple[int, ...] = ()
        self.restarted = False
        """Did the last look start anew, though it was not the first?"""

    def __enter__(self) -> Follower:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._processes.close()

    def look(self) -> Detection | None:
        """What the detectors say now; None where the recording has not changed, or is not there.

        A recording is not there for a moment while an import puts a new one in its place.
        """
        try:
            manifest = Manifest.read(self._folder)
            if manifest.fingerprint == self._print:
                return None
            source = open_log(self._folder)
            last = _last_moment(source, manifest)
            continued = bool(self._print) and last >= self._until
            continued = continued and self._counts == _counts(source, self._until)
        except RecordingError:
            if not self._print:
                raise
            return None
        self.restarted = bool(self._print) and not continued
        if not continued:
            self._start(manifest)
        reviews = [m for m in manifest.reviews if self._until < m < last]
        if last > self._until:
            reviews.append(last)
        found = Detection(self._folder, last, _accounts(source, last), seal=self._seal)
        for one in self._followed:
            found.detected.append(self._asked(one, source, manifest, reviews, found.places))
        self._print, self._until, self._counts = manifest.fingerprint, last, _counts(source, last)
        return found

    def _start(self, manifest: Manifest) -> None:
        self._processes.close()
        self._processes, self._until = ExitStack(), EARLIEST
        self._followed = [_Followed(name) for name in self._names]
        for one in self._followed:
            try:
                plugin, learns = self._processes.enter_context(
                    started(one.name, self._folder, self._limits, self._settings.get(one.name),
                            every_request=holds_all(manifest), hidden=self._hidden)
                )  # fmt: skip
                if learns:
                    raise LearnsError("it learns from labels, and this log has none")
                one.plugin = plugin
            except NotApplicableError as why:
                one.ended = Detected(one.name, None, said=str(why))
            except ShamcrowdError as fault:
                one.ended = Detected(one.name, None, said=str(fault), failed=True)

    def _asked(
        self, one: _Followed, source: Source, manifest: Manifest, reviews: Sequence[int],
        places: list[BestPlaces],
    ) -> Detected:  # fmt: skip
        """Ask one detector at each review; one that failed once is not asked again."""
        if one.ended is not None or one.plugin is None:
            return one.ended or Detected(one.name, None)
        noting, since, reviewed = NotingSource(source), self._until, []
        try:
            for now in reviews:
                known = _accounts(source, now)
                found = one.plugin.review(OfferedLog(noting), now, since, None, known)
                one.history.add(found)
                reviewed.append(found)
                since = now
        except ShamcrowdError as fault:
            one.ended = Detected(one.name, None, said=str(fault), failed=True)
            return one.ended
        one.asked |= noting.signals
        blind = blind_to(frozenset(one.asked), manifest.not_recorded)
        last = one.history.last
        if not is_applicable(frozenset(one.asked), blind):
            said = f"the log has none of what it looks at: {', '.join(blind)}"
            return Detected(one.name, None, blind, said)
        best_places(places, reviews, reviewed)
        alone = last is None or (len(last.score) > 1 and np.ptp(last.score) == 0)
        return Detected(
            one.name, last, blind, ONE_SCORE if alone else "", largest=one.history.largest
        )


def _last_moment(source: Source, manifest: Manifest) -> int:
    """The moment of the last row: what is later on its day is still to come."""
    found = [manifest.start]
    for table in ("requests", "activity"):
        day = manifest.end
        while day > manifest.start:
            before = max(day - MS_PER_DAY, manifest.start)
            rows = source.rows(table, before - 1, manifest.end, ["time"])
            if rows.num_rows:
                found.append(int(rows.column(0).cast("int64").to_numpy().max()))
                break
            day = before
    return max(found)


def _counts(source: Source, until: int) -> tuple[int, ...]:
    """Rows of the tables up to a moment: other numbers later on mean that rows came late."""
    first = {"accounts": "account", "requests": "time", "activity": "time"}
    return tuple(source.rows(t, EARLIEST, until, [first[t]]).num_rows for t in _COUNTED)


def _accounts(source: Source, until: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    accounts: np.ndarray[tuple[int], np.dtype[np.int32]] = (
        source.rows("accounts", EARLIEST, until, ["account"]).column(0).to_numpy()
    )
    return accounts
