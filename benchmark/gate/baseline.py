"""The baseline: what the project's detectors reached, in a file that people can review.

It is JSON, sorted, a line a figure: per scenario the fingerprint of each seed's recording, and per
detector and metric the value on each seed. Tolerances stand apart, by metric; ``detector/metric``
or ``scenario/detector/metric`` overrides one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.gate.tolerance import USUAL, Tolerance
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.errors import NothingToJudgeError, ShamcrowdError

VERSION = 1
DIGITS = 6
"""Decimals that are kept: the last bits of a sum differ from machine to machine."""
Figures = dict[str, dict[str, tuple[float | None, ...]]]
"""By detector and metric, a value per seed."""


class BaselineError(ShamcrowdError):
    """A baseline that cannot be read, or that is of something else."""


@dataclass(frozen=True)
class BaselineScenario:
    """One scenario of a baseline: a fingerprint per seed, and the figures."""

    seeds: tuple[int, ...]
    fingerprints: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True)
class Baseline:
    """What is committed. ``terms`` holds everything that the suite's figures depend on."""

    suite: str
    terms: dict[str, Any]
    scenarios: dict[str, BaselineScenario]
    tolerances: dict[str, Tolerance] = field(default_factory=dict)

    def tolerance(self, scenario: str, detector: str, metric: str) -> Tolerance:
        """The one that is meant most closely."""
        for name in (f"{scenario}/{detector}/{metric}", f"{detector}/{metric}", metric):
            if name in self.tolerances:
                return self.tolerances[name]
        known = metrics().get(metric)
        return USUAL[known.unit if known is not None else "share"]

    def text(self) -> str:
        """As it is written: a line a figure, so that a review shows which moved."""
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
        """Write it, in one step."""
        write_text(path, self.text())

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read one.

        Raises:
            NothingToJudgeError: if there is none.
            BaselineError: if it is damaged, cut off, or of another version.
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
                f"{path}{where}: no JSON, or cut off ({fault}); take the committed one: "
                f"git checkout -- {path.name}"
            ) from None
        if not isinstance(data, dict) or data.get("version") != VERSION:
            found = data.get("version") if isinstance(data, dict) else None
            raise BaselineError(
                f"{path}: version {found}, this one reads {VERSION}; "
                "write it again with --update-baseline"
            )
        try:
            return cls(
                _text(data["suite"]),
                dict(data["terms"]),
                {name: _held(held) for name, held in data["scenarios"].items()},
                {name: Tolerance.of(one) for name, one in data["tolerances"].items()},
            )._checked()
        except KeyError as fault:
            raise BaselineError(f"{path}: {fault} is missing; it was cut, or edited") from None
        except (ValueError, TypeError, AttributeError) as fault:
            raise BaselineError(f"{path}: {fault}") from None

    def _checked(self) -> Baseline:
        """Itself, if every tolerance is for something that it holds.

        Raises:
            ValueError: naming the first that is not.
        """
        names = {m for held in self.scenarios.values() for f in held.figures.values() for m in f}
        for name in self.tolerances:
            metric = name.rpartition("/")[2]
            if metric not in names and metric not in metrics():
                close = get_close_matches(metric, names, n=1)
                hint = f'; did you mean "{close[0]}"?' if close else ""
                raise ValueError(f'tolerance for "{name}", and no such metric{hint}')
        return self

    @classmethod
    def of(cls, suite: str, terms: dict[str, Any], scores: Mapping[str, Scores]) -> Baseline:
        """What was reached now, with no tolerance but the usual ones."""
        return cls(suite, terms, {name: _reached(one) for name, one in scores.items()})


def _reached(scores: Scores) -> BaselineScenario:
    figures: Figures = {}
    for scored in scores.detectors:
        if scored.kind == "detector" and scored.status == "ok":
            figures[scored.name] = {
                name: tuple(None if v is None else round(v, DIGITS) + 0.0 for v in one.by_seed)
                for name, one in scored.metrics.items()
            }
    prints = tuple(record.fingerprint for record in scores.recordings)
    return BaselineScenario(scores.seeds, prints, figures)


def _held(data: Any) -> BaselineScenario:
    held = BaselineScenario(
        tuple(data["seeds"]),
        tuple(map(_text, data["fingerprints"])),
        {d: {m: tuple(v) for m, v in f.items()} for d, f in data["detectors"].items()},
    )
    many = len(held.seeds)
    if len(held.fingerprints) != many:
        raise ValueError(f"{len(held.fingerprints)} fingerprints for {many} seeds")
    for detector, found in held.figures.items():
        for metric, values in found.items():
            numbers = all(v is None or _is_number(v) for v in values)
            if len(values) != many or not numbers:
                raise ValueError(f"{detector}/{metric}: must be {many} numbers, one a seed")
    return held


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} must be a text")
    return value


@dataclass(frozen=True)
class _Line:
    """A value that stays on one line."""

    value: Any


def _written(data: Any, depth: int) -> str:
    if isinstance(data, _Line) or not isinstance(data, dict) or not data:
        value = data.value if isinstance(data, _Line) else data
        return json.dumps(value, sort_keys=True)
    pad = " " * (depth + 1)
    inner = [f"{pad}{json.dumps(k)}: {_written(v, depth + 1)}" for k, v in data.items()]
    return "{\n" + ",\n".join(inner) + "\n" + " " * depth + "}"
