"""The note that is saved instead of findings when a detector failed."""

from __future__ import annotations

from typing import Any

from shamcrowd.benchmark.execution.isolated_process import Outcome
from shamcrowd.benchmark.execution.plugin_failures import FailedDetectorError
from shamcrowd.benchmark.scoring.findings_store import FindingsMetadata
from shamcrowd.recording.errors import DetectorError, MissingExtraError, ShamcrowdError
from shamcrowd.recording.output import OutputError


def failure_note(name: str, key: dict[str, Any], outcome: Outcome) -> FindingsMetadata:
    """The note of a detector that failed on one recording."""
    fault = outcome.error
    if isinstance(fault, MissingExtraError):
        return FindingsMetadata(name, key, False, 0.0, 0.0, failure_text(fault))
    return FindingsMetadata(
        name, key, False, outcome.seconds, outcome.peak_mib, failure_text(fault)
    )


def failure_text(fault: Exception | None) -> str:
    """Why a detector failed, as a note holds it.

    Raises:
        OutputError: if it was no failure of the detector: what it found could not be written.
    """
    if isinstance(fault, OutputError):
        raise fault
    if isinstance(fault, MissingExtraError):
        return f"unavailable: {fault}"
    ours = isinstance(fault, FailedDetectorError | DetectorError | ShamcrowdError)
    return str(fault) if ours else f"{type(fault).__name__}: {fault}"
