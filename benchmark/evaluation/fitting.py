"""Fit a detector once and save it, so that it can be run on any number of recordings."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cloudpickle

from shamcrowd.benchmark.evaluation.replay import (
    Candidate,
    TrainingData,
    as_failure,
    labelled_view,
    tables_of,
)
from shamcrowd.benchmark.execution.host import peak_memory_mib
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.recording.atomic import begin_folder

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
    """

    key: dict[str, Any]
    digest: str
    seconds: float
    peak_mib: float

    @classmethod
    def read(cls, folder: Path) -> FittedNote:
        """Read it.

        Raises:
            OSError, ValueError, TypeError: if it is not there, or not whole.
        """
        return cls(**json.loads((folder / NAME).read_text("utf-8")))


def fit_detector(
    candidate: Candidate,
    training: TrainingData,
    key: dict[str, Any],
    sandbox: Sandbox,
    folder: Path,
) -> None:
    """Fit a detector and save it next to ``folder``, from where it is moved there.

    This process is confined before any code of the detector is loaded, as in a replay.

    Raises:
        DetectorError: if it raises; nothing is saved then.
        MissingExtraError: if it needs a package that is not installed.
    """
    labelled = labelled_view(training)
    aside = begin_folder(folder)
    begun = time.process_time()
    try:
        shown = [*tables_of(training.recording), training.features]
        sandbox.apply([path for path in shown if path is not None], [aside])
        detector: Any = candidate.maker()()
        detector.fit(labelled, training.labels)
        packed = _packed(detector)
    except Exception as fault:
        raise as_failure(fault, sandbox.memory_mib, __file__) from None
    digest = hashlib.sha256(packed).hexdigest() if packed else ""
    (aside / PACKED).write_bytes(packed)
    note = FittedNote(key, digest, time.process_time() - begun, peak_memory_mib())
    text = json.dumps(asdict(note), indent=1, sort_keys=True) + "\n"
    (aside / NAME).write_text(text, "utf-8")


def _packed(detector: Any) -> bytes:
    """The detector as bytes; none if it cannot be pickled, whatever it raises then."""
    try:
        packed: bytes = cloudpickle.dumps(detector)
    except Exception:
        return b""
    return packed


def is_fitted(folder: Path, key: dict[str, Any]) -> bool:
    """Whether ``folder`` holds a detector fitted with this key, with a matching SHA-256."""
    try:
        note, packed = FittedNote.read(folder), (folder / PACKED).read_bytes()
    except (OSError, ValueError, TypeError):
        return False
    return note.key == key and note.digest == (hashlib.sha256(packed).hexdigest() if packed else "")
