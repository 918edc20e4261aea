"""The baseline: the metric values of a project's detectors, in a file that can be reviewed.

It is sorted JSON with one figure per line. For each scenario it holds the fingerprint of each
seed's recording and, for each detector and metric, the value on each seed. Tolerances are a
separate section, by metric; ``detector/metric`` or ``scenario/detector/metric`` overrides one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.gate.tolerance import DEFAULTS, Tolerance
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.errors import NothingToJudgeError, ShamcrowdError

VERSION = 1
DIGITS = 6
"""Decimals kept in the file: the last bits of a sum differ between machines."""
Figures = dict[str, dict[str, tuple[float | None, ...]]]
"""One value per seed, by detector and metric; None if it was not measurable."""


class BaselineError(ShamcrowdError):
    """A baseline that cannot be read, or that does not belong to this suite."""


@dataclass(frozen=True)
class BaselineScenario:
    """One scenario of a baseline: seeds, a fingerprint per seed, and the figures."""

    seeds: tuple[int, ...]
    fingerprints: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True)
class Baseline:
    """The committed figures. ``terms`` holds all settings on which the suite's figures depend."""

    suite: str
    terms: dict[str, Any]
    scenarios: dict[str, BaselineScenario]
    tolerances: dict[str, Tolerance] = field(default_factory=dict)

    def tolerance(self, scenario: str, detector: str, metric: str) -> Tolerance:
        """The most specific tolerance for a figure, or the default for the unit of its metric."""
        for name in (f"{scenario}/{detector}/{metric}", f"{detector}/{metric}", metric):
            if name in self.tolerances:
                return self.tolerances[name]
        known = metrics().get(metric)
        return DEFAULTS[known.unit if known is not None else "share"]

    def text(self) -> str:
        """The file's content: one figure per line, so that a diff shows which figures changed."""
        data: dict[str, Any] = {
            "version": VERSION,
            "suite": self.suite,
            "terms": _Line(self.terms),
            "tolerances": {n: _Line(t.data) for n, t in sorted(self.tolerances.items())},
            "scenarios": {
                name: {
                    "seeds": _Line(list(held.seeds)),
                    "fingerprints": _Line(list(held.fingerprints)),
                    "detectors": {
                        detector: {m: _Line(list(v)) for m, v in sorted(found.items())}
                        for detector, found in sorted(held.figures.items())
                    },
                }
                for name, held in sorted(self.scenarios.items())
            },
        }
        return _written(data, 0) + "\n"

    def write(self, path: Path) -> None:
        """Write the baseline atomically."""
        write_text(path, self.text())

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read a baseline.

        Raises:
            NothingToJudgeError: if there is no file at ``path``.
            BaselineError: if it is damaged, truncated, or of another version.
        """
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            raise NothingToJudgeError(
                f"{path}: no baseline here; write one with: shamcrowd check --update-baseline"
            ) from None
        except (OSError, UnicodeDecodeError) as fault:
            raise BaselineError(f"{path}: cannot be read ({fault})") from None
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as fault:
            where = ""
            if isinstance(fault, json.JSONDecodeError):
                where = f":{fault.lineno}:{fault.colno}"
            raise BaselineError(
                f"{path}{where}: not JSON, or truncated ({fault}); restore the committed file: "
                f"git checkout -- {path.name}"
            ) from None
        if not isinstance(data, dict) or data.get("version") != VERSION:
            found = data.get("version") if isinstance(data, dict) else None
            raise BaselineError(
                f"{path}: version {found}, but this shamcrowd reads version {VERSION}; "
                "write it again with --update-baseline"
            )
        try:
            return cls(
                _text(data["suite"]),
                dict(data["terms"]),
                {name: _scenario_of(held) for name, held in data["scenarios"].items()},
                {name: Tolerance.of(one) for name, one in data["tolerances"].items()},
            )._checked()
        except KeyError as fault:
            raise BaselineError(
                f"{path}: {fault} is missing; the file was truncated or edited"
            ) from None
        except (ValueError, TypeError, AttributeError) as fault:
            raise BaselineError(f"{path}: {fault}") from None

    def _checked(self) -> Baseline:
        """This baseline, if every tolerance is for a known metric.

        Raises:
            ValueError: naming the first tolerance that is not.
        """
        names = {m for held in self.scenarios.values() for f in held.figures.values() for m in f}
        for name in self.tolerances:
            metric = name.rpartition("/")[2]
            if metric not in names and metric not in metrics():
                close = get_close_matches(metric, names, n=1)
                hint = f'; did you mean "{close[0]}"?' if close else ""
                raise ValueError(f'tolerance for "{name}", but there is no such metric{hint}')
        return self

    @classmethod
    def of(cls, suite: str, terms: dict[str, Any], scores: Mapping[str, Scores]) -> Baseline:
        """A baseline of the scores of this run, with the default tolerances."""
        return cls(suite, terms, {name: _of_scores(one) for name, one in scores.items()})


def _of_scores(scores: Scores) -> BaselineScenario:
    figures: Figures = {}
    for scored in scores.detectors:
        if scored.kind == "detector" and scored.status == "ok":
            figures[scored.name] = {
                name: tuple(None if v is None else round(v, DIGITS) + 0.0 for v in one.by_seed)
                for name, one in scored.metrics.items()
            }
    prints = tuple(record.fingerprint for record in scores.recordings)
    return BaselineScenario(scores.seeds, prints, figures)


def _scenario_of(data: Any) -> BaselineScenario:
    held = BaselineScenario(
        tuple(data["seeds"]),
        tuple(map(_text, data["fingerprints"])),
        {d: {m: tuple(v) for m, v in f.items()} for d, f in data["detectors"].items()},
    )
    count = len(held.seeds)
    if len(held.fingerprints) != count:
        raise ValueError(f"{len(held.fingerprints)} fingerprints for {count} seeds")
    for detector, found in held.figures.items():
        for metric, values in found.items():
            numbers = all(v is None or _is_number(v) for v in values)
            if len(values) != count or not numbers:
                raise ValueError(f"{detector}/{metric}: must be {count} numbers, one per seed")
    return held


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} must be a string")
    return value


@dataclass(frozen=True)
class _Line:
    """A value that is written on one line."""

    value: Any


def _written(data: Any, depth: int) -> str:
    if isinstance(data, _Line) or not isinstance(data, dict) or not data:
        value = data.value if isinstance(data, _Line) else data
        return json.dumps(value, sort_keys=True)
    pad = " " * (depth + 1)
    inner = [f"{pad}{json.dumps(k)}: {_written(v, depth + 1)}" for k, v in data.items()]
    return "{\n" + ",\n".join(inner) + "\n" + " " * depth + "}"
