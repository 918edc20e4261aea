"""Results of closed loops as plain records: of one run, and of all detectors together."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.scoring.scores import Measurement
from shamcrowd.recording.atomic import write_json
from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.json_file import JsonKind, as_record, read_checked, write_checked

NAME = "loop.json"
LOOP_VERSION = 1
KIND = JsonKind("the result of a closed loop", "run it again")


@dataclass(frozen=True)
class RunMeasurement:
    """A metric or figure of one run: its values, or no values and a ``note`` that says why."""

    values: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class RunResult:
    """Result of one closed loop: one detector on one seed.

    A saved result is used again only if its ``key`` matches and the files ``used`` are unchanged.
    ``metrics`` and ``figures`` are by name; ``campaigns`` holds the figures of the attack for each
    campaign. ``error`` says why the loop failed, with the detector's own traceback; the other
    fields are then empty. ``seconds`` is CPU time, ``peak_mib`` the largest resident set in MiB.
    """

    detector: str
    seed: int
    key: dict[str, Any]
    error: str = ""
    fingerprint: str = ""
    seconds: float = 0.0
    peak_mib: float = 0.0
    metrics: dict[str, RunMeasurement] = field(default_factory=dict)
    figures: dict[str, RunMeasurement] = field(default_factory=dict)
    campaigns: dict[str, dict[str, RunMeasurement]] = field(default_factory=dict)
    banned: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By segment: legitimate accounts suspended after an alert, and all legitimate accounts."""
    hurt: dict[str, int] = field(default_factory=dict)
    """By segment: legitimate accounts suspended after an alert, or of which something was refused.
    """
    levers: list[dict[str, Any]] = field(default_factory=list)
    """Effects of levers on things, as `LeverEffect`."""
    timeline: dict[str, Any] = field(default_factory=dict)
    used: dict[str, Any] = field(default_factory=dict)
    seal: str = ""
    """How the detector was sealed off; "" for a control that reads the truth."""

    def write(self, path: Path) -> None:
        """Write as JSON, atomically."""
        write_checked(path, asdict(self))

    @classmethod
    def read(cls, path: Path) -> RunResult | None:
        """Read a result; None if the file is missing, or not as it was written."""
        try:
            return as_record(cls, read_checked(path, KIND), path, KIND)
        except UnreadableError:
            return None


@dataclass(frozen=True)
class OpenAgainstClosed:
    """One metric in the open loop, in the closed loop, and the gap (closed minus open)."""

    open: Measurement
    closed: Measurement
    gap: Measurement


@dataclass(frozen=True)
class LoopedDetector:
    """One detector in the closed loop over all scored seeds.

    ``status`` is ``ok``, ``failed`` or ``unavailable``. ``metrics`` compare closed with open loop;
    ``figures`` exist in the closed loop only; ``campaigns`` holds them for each campaign.
    """

    name: str
    kind: str
    status: str
    error: str = ""
    seconds: float | None = None
    peak_mib: float | None = None
    metrics: dict[str, OpenAgainstClosed] = field(default_factory=dict)
    figures: dict[str, Measurement] = field(default_factory=dict)
    campaigns: dict[str, dict[str, Measurement]] = field(default_factory=dict)
    banned: dict[str, tuple[int, int]] = field(default_factory=dict)
    timeline: dict[str, Any] = field(default_factory=dict)
    """Timeline of the first scored seed."""


@dataclass(frozen=True)
class LoopScores:
    """Scores of the closed loop. ``undefended`` is the timeline of the open loop.

    ``seal`` says how detectors were sealed off in both loops, ``secret`` is the SHA-256 of the
    judge's secret ("": made without one).
    """

    scenario: str
    title: str
    about: str
    response: str
    seeds: tuple[int, ...]
    start: int
    end: int
    undefended: dict[str, Any]
    bare: dict[str, Measurement]
    """Figures of the open loop: the cost of abuse without a defence."""
    detectors: tuple[LoopedDetector, ...]
    seal: str = ""
    secret: str = ""
    version: int = LOOP_VERSION

    def write(self, folder: Path) -> None:
        """Write ``loop.json`` atomically."""
        write_json(folder / NAME, asdict(self))
