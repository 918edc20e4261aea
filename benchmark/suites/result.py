"""What a suite gave: an outcome for each scenario, and figures over all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.atomic import write_json
from shamcrowd.recording.errors import NothingToJudgeError

NAME = "suite.json"
VERSION = 1


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
        write_json(folder / NAME, data)

    @classmethod
    def read(cls, folder: Path) -> SuiteResult:
        """Read what `write` wrote.

        Raises:
            NothingToJudgeError: if there is nothing, it is damaged, or of another version.
        """
        from pydantic import TypeAdapter, ValidationError

        path = folder / NAME
        mend = "make it with: shamcrowd bench SUITE --out DIR"
        try:
            data = json.loads(path.read_text("utf-8"))
            version = data["version"]
        except FileNotFoundError:
            raise NothingToJudgeError(f"{path}: no suite's results here; {mend}") from None
        except (OSError, ValueError, TypeError, KeyError) as fault:
            what = f"{type(fault).__name__}: {fault}"
            raise NothingToJudgeError(f"{path}: damaged ({what}); {mend}") from fault
        if version != VERSION:
            raise NothingToJudgeError(f"{path}: version {version}, not {VERSION}; {mend}")
        try:
            return TypeAdapter(cls).validate_python(data)
        except ValidationError as fault:
            first = fault.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise NothingToJudgeError(
                f"{path}: damaged ({where}: {first['msg']}); {mend}"
            ) from fault


def overall(scores: Mapping[str, Scores]) -> tuple[OverallScores, ...]:
    """Figures over all scenarios, in the order of the first board."""
    names = dict.fromkeys((d.name, d.kind) for one in scores.values() for d in one.detectors)
    rows = []
    for name, kind in sorted(names, key=lambda pair: pair[1] == "control"):
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
