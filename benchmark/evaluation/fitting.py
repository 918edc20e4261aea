"""Fit a detector once and save it, so that it can be run on any number of recordings."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.evaluation.fitted_note import PACKED, FittedNote
from shamcrowd.benchmark.evaluation.replay import Candidate, TrainingData, fit
from shamcrowd.benchmark.execution.plugin_process import PluginProcess
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.benchmark.execution.used import is_unchanged
from shamcrowd.recording.atomic import begin_folder
from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.output import writing


def fit_detector(
    candidate: Candidate,
    training: TrainingData,
    key: dict[str, Any],
    sandbox: Sandbox,
    folder: Path,
) -> None:
    """Fit a detector and save it next to ``folder``, from where it is moved there.

    It learns in a confined process. What is saved are bytes that are read in such a process only.

    Raises:
        DetectorError: if it raises; nothing is saved then.
        MissingExtraError: if it needs a package that is not installed.
    """
    aside = begin_folder(folder)
    begun = time.process_time()
    with PluginProcess(candidate, sandbox) as plugin:
        plugin.make()
        fit(plugin, training, sandbox)
        packed = plugin.saved()
        files = {} if candidate.is_ours else plugin.used()
        used = plugin.close()
    digest = hashlib.sha256(packed).hexdigest() if packed else ""
    seconds = used.seconds + time.process_time() - begun
    with writing(folder):
        (aside / PACKED).write_bytes(packed)
        FittedNote(key, digest, seconds, used.peak_mib, files).write(aside)


def is_fitted(folder: Path, key: dict[str, Any]) -> bool:
    """Whether ``folder`` holds a detector fitted with this key, with a matching SHA-256."""
    try:
        note, packed = FittedNote.read(folder), (folder / PACKED).read_bytes()
    except (OSError, UnreadableError):
        return False
    digest = hashlib.sha256(packed).hexdigest() if packed else ""
    return note.key == key and note.digest == digest and is_unchanged(note.used)
