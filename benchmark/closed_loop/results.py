"""Results of closed loops as plain records: of one run, and of a whole board."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.scoring.scores import Measurement
from shamcrowd.recording.atomic import write_json

NAME = "loop.json"
LOOP_VERSION = 1


@dataclass(frozen=True)
class RunMeasurement:
    """A metric or figure of one run: its values, or none and why."""

    values: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class RunResult:
    """One closed loop: one detector on one seed. ``key`` must match for it to be used again.

    ``metrics`` and ``figures`` by name; ``campaigns`` holds the attacker's figures of each campaign
    by itself. ``error`` says why it failed, with the detector's own frames; nothing else is
    there then.
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
    """Honest accounts suspended after an alert, and all there are, by segment."""
    timeline: dict[str, Any] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write as JSON, in one step."""
        write_json(path, asdict(self))

    @classmethod
    def read(cls, path: Path) -> RunResult | None:
        """Read it; None if it is not there or damaged."""
        try:
            data = json.loads(path.read_text("utf-8"))
            for part in ("metrics", "figures"):
                data[part] = _measured(data[part])
            data["campaigns"] = {n: _measured(v) for n, v in data["campaigns"].items()}
            data["banned"] = {n: (v[0], v[1]) for n, v in data["banned"].items()}
            return cls(**data)
        except (OSError, ValueError, TypeError, KeyError, LookupError):
            return None


@dataclass(frozen=True)
class OpenAgainstClosed:
    """One metric in the open loop, in the closed one, and the gap (closed less open)."""

    open: Measurement
    closed: Measurement
    gap: Measurement


@dataclass(frozen=True)
class LoopedDetector:
    """One detector in the loop over all scored seeds.

    ``status`` is ``ok``, ``failed`` or ``unavailable``. ``metrics`` compare with the open loop's,
    ``figures`` exist in the closed loop only, ``campaigns`` for each campaign by itself.
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
    """Of the first scored seed."""


@dataclass(frozen=True)
class LoopScores:
    """The board of the closed loop. ``undefended`` is the timeline of the open one."""

    scenario: str
    title: str
    about: str
    response: str
    seeds: tuple[int, ...]
    start: int
    end: int
    undefended: dict[str, Any]
    bare: dict[str, Measurement]
    """Figures of the open loop: what the theft costs without a defence."""
    detectors: tuple[LoopedDetector, ...]
    version: int = LOOP_VERSION

    def write(self, folder: Path) -> None:
        """Write ``loop.json``, in one step."""
        write_json(folder / NAME, asdict(self))


def _measured(data: dict[str, Any]) -> dict[str, RunMeasurement]:
    return {n: RunMeasurement(tuple(v["values"]), v["note"]) for n, v in data.items()}
