"""CPU time and memory of a suite's detectors, from the metadata of their findings."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shamcrowd.benchmark.evaluation.fitted_note import FittedNote
from shamcrowd.benchmark.scoring.findings_store import read_metadata
from shamcrowd.recording.errors import UnreadableError


@dataclass(frozen=True)
class Cost:
    """``seconds`` of CPU over ``units`` that finished, and the largest resident set, MiB."""

    seconds: float
    units: int
    peak_mib: float


def detecting_cost(folder: Path, scenarios: Iterable[str]) -> Cost:
    """Sum over all findings of a suite's folder: every detector, scored and calibration seeds.

    It includes fitting supervised detectors, once per scenario, but not simulation and scoring.
    For findings from the cache it is the cost at the time when they were made.
    """
    seconds, units, peak = 0.0, 0, 0.0
    for scenario in scenarios:
        for path in sorted((folder / scenario / "findings").rglob("findings.json")):
            try:
                note = read_metadata(path.parent)
            except UnreadableError:
                continue
            if not note.error:
                seconds, units, peak = seconds + note.seconds, units + 1, max(peak, note.peak_mib)
        for path in sorted((folder / scenario / "fitted").rglob("fitted.json")):
            with suppress(UnreadableError):
                fitted = FittedNote.read(path.parent)
                seconds, peak = seconds + fitted.seconds, max(peak, fitted.peak_mib)
    return Cost(seconds, units, peak)
