"""What a suite gave: an outcome for each scenario, and figures over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from shamcrowd.benchmark.scoring.scores import KINDS, Scores
from shamcrowd.recording.errors import MissingFileError, NothingToJudgeError
from shamcrowd.recording.json_file import JsonKind, as_record, read_checked, write_checked

NAME = "suite.json"
VERSION = 2
_MEND = "make it with: shamcrowd bench SUITE --out DIR"
KIND = JsonKind("a suite's results", _MEND, VERSION)


@dataclass(frozen=True)
class ScenarioOutcome:
    """One scenario: ``status`` is ``ok`` or ``failed``, and then ``error`` says why.

    ``scores`` is where they are, from the suite's folder. ``made`` counts the units made by stage
    (simulating, detecting, scoring), ``seconds`` is the time it took.
    """

    scenario: str
    status: str
    error: str = ""
    scores: str = ""
    made: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True)
class OverallScores:
    """One detector over all scenarios, each of the same weight.

    ``metrics`` holds the mean of a metric and the number of scenarios where it was measured; None
    where it was measured nowhere. ``failed`` counts the scenarios where the detector failed.
    """

    name: str
    kind: str
    failed: int
    metrics: dict[str, tuple[float, int] | None]


@dataclass(frozen=True)
class SuiteResult:
    """A suite that was run; ``terms`` holds everything that its figures depend on."""

    suite: str
    title: str
    terms: dict[str, Any]
    scenarios: tuple[ScenarioOutcome, ...]
    overall: tuple[OverallScores, ...]
    version: int = VERSION

    @property
    def made(self) -> dict[str, int]:
        """Units made this time, by stage."""
        total: dict[str, int] = {}
        for played in self.scenarios:
            for stage, count in played.made.items():
                total[stage] = total.get(stage, 0) + count
        return total

    def write(self, folder: Path) -> None:
        """Write ``suite.json``, in one step. What was made this time is no part of the result."""
        data = asdict(self)
        for played in data["scenarios"]:
            del played["made"], played["seconds"]
        write_checked(folder / NAME, data)

    @classmethod
    def read(cls, folder: Path) -> SuiteResult:
        """Read what `write` wrote.

        Raises:
            NothingToJudgeError: if there is nothing.
            UnreadableError: if it is damaged, of another version, or not as it was written.
        """
        path = folder / NAME
        try:
            return as_record(cls, read_checked(path, KIND), path, KIND)
        except MissingFileError:
            raise NothingToJudgeError(f"{path}: no suite's results here; {_MEND}") from None


def overall(scores: Mapping[str, Scores]) -> tuple[OverallScores, ...]:
    """Figures over all scenarios, in the order of the first board."""
    names = dict.fromkeys((d.name, d.kind) for one in scores.values() for d in one.detectors)
    rows = []
    for name, kind in sorted(names, key=lambda pair: KINDS.index(pair[1])):
        found = [d for one in scores.values() for d in one.detectors if d.name == name]
        means: dict[str, tuple[float, int] | None] = {}
        for metric in dict.fromkeys(m for d in found for m in d.metrics):
            values = [
                d.metrics[metric].value
                for d in found
                if metric in d.metrics and d.metrics[metric].value is not None
            ]
            known = [v for v in values if v is not None]
            means[metric] = (fmean(known), len(known)) if known else None
        rows.append(OverallScores(name, kind, sum(d.status != "ok" for d in found), means))
    return tuple(rows)
