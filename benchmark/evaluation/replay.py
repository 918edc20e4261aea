"""Replay a recording: run a detector at every review and save its findings."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cloudpickle

from shamcrowd.benchmark.execution.host import peak_memory_mib
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.benchmark.scoring.findings_store import FindingsWriter
from shamcrowd.detectors.base import Detector, Labels
from shamcrowd.detectors.features.store import log_view
from shamcrowd.detectors.registry import load_detector
from shamcrowd.recording.errors import DetectorError, MissingExtraError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView, open_log


class FailedDetectorError(DetectorError):
    """A detector raised; the message ends with the frames of its own code."""


@dataclass(frozen=True)
class Candidate:
    """A detector to be judged: its name on the board, and its class or how to find it."""

    name: str
    detector: str | Callable[[], Detector] | bytes

    def packed(self) -> Candidate:
        """The same, to be unpacked in a process that units in another folder.

        A class travels as bytes, so that nothing of it is loaded before `maker` is asked.
        """
        if not isinstance(self.detector, str):
            return Candidate(self.name, cloudpickle.dumps(self.detector))
        where, colon, what = self.detector.rpartition(":")
        if not where.endswith(".py"):
            return self
        return Candidate(self.name, f"{Path(where).resolve()}{colon}{what}")

    def maker(self) -> Callable[[], Detector]:
        """Its class.

        Raises:
            DetectorError: if it cannot be found or loaded.
        """
        if isinstance(self.detector, bytes):
            made: Callable[[], Detector] = cloudpickle.loads(self.detector)
            return made
        return load_detector(self.detector) if isinstance(self.detector, str) else self.detector


@dataclass(frozen=True)
class TrainingData:
    """Another seed's recording with labels, and the store of its features if there is one."""

    recording: Path
    labels: Labels
    features: Path | None = None


def replay(
    candidate: Candidate,
    recording: Path,
    key: dict[str, Any],
    learned: TrainingData | Path | None,
    features: Path | None,
    sandbox: Sandbox,
    folder: Path,
) -> None:
    """Play one detector over one recording and write its findings to a partial folder.

    ``learned`` is the file of the fitted detector, or the training data for one that cannot be
    pickled; None for one without ``fit``. ``features`` is the store of the
    recording's features, if there is one. This process is confined before any code of the detector
    is loaded; by then it has read all it needs but the tables and features.

    Raises:
        DetectorError: if it breaks the contract or raises; nothing is saved then.
        MissingExtraError: if it needs a package that is not installed.
    """
    manifest, source = Manifest.read(recording), open_log(recording)
    end = manifest.reviews[-1] if manifest.reviews else manifest.end
    accounts = source.rows("accounts", EARLIEST, end, ["account"]).column(0).to_numpy()
    labelled = labelled_view(learned) if isinstance(learned, TrainingData) else None
    packed = learned.read_bytes() if isinstance(learned, Path) else None
    writer = FindingsWriter(folder, accounts)
    begun = time.process_time()
    try:
        shown = [*tables_of(recording), features]
        if isinstance(learned, TrainingData):
            shown += [*tables_of(learned.recording), learned.features]
        sandbox.apply([path for path in shown if path is not None], [writer.partial])
        # Loaded by its maker first: the saved one is of the class that this makes known.
        make = candidate.maker()
        detector: Any = make() if packed is None else cloudpickle.loads(packed)
        if isinstance(learned, TrainingData):
            detector.fit(labelled, learned.labels)
        since = EARLIEST
        for number, now in enumerate(manifest.reviews):
            known = source.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
            found = detector.review(log_view(source, now, since, features)).checked(known)
            writer.add(number, found.account, found.score, found.cluster, found.reason)
            since = now
    except BaseException as fault:
        writer.abandon()
        if isinstance(fault, Exception):
            raise as_failure(fault, sandbox.memory_mib, __file__) from None
        raise
    writer.finish(candidate.name, key, time.process_time() - begun, peak_memory_mib())


def labelled_view(training: TrainingData) -> LogView:
    """The whole training recording, as passed to ``fit``."""
    moment = Manifest.read(training.recording).end
    return log_view(open_log(training.recording), moment, EARLIEST, training.features)


def tables_of(recording: Path) -> list[Path]:
    """Files and folders of the tables that a detector may see."""
    named = [recording / end for name in TABLES for end in (name, f"{name}.parquet")]
    return [path for path in named if path.exists()]


def as_failure(fault: Exception, memory_mib: int, asker: str) -> DetectorError:
    """What a detector raised, as one of our errors; ``asker`` is the file that called it."""
    if isinstance(fault, MissingExtraError):
        return fault
    if isinstance(fault, MemoryError):
        limit = f"more memory than it may have, {memory_mib:,} MiB"
        return FailedDetectorError(f"{limit}: {own_frames(fault, asker)}")
    return FailedDetectorError(own_frames(fault, asker))


def own_frames(fault: BaseException, asker: str) -> str:
    """The message of an exception and the frames below ours: where in the detector it happened."""
    if isinstance(fault, DetectorError):
        return str(fault)
    frames = traceback.extract_tb(fault.__traceback__)
    last = max((i for i, frame in enumerate(frames) if frame.filename == asker), default=-1)
    inside = "".join(traceback.format_list(list(frames[last + 1 :]))).rstrip()
    return f"{type(fault).__name__}: {fault}\n{inside}".rstrip()
