"""The baseline: the metric values of a project's detectors, in a file that can be reviewed.

It is sorted JSON with one figure per line. For each scenario it holds the fingerprint of each
seed's recording and, for each detector and metric, the value on each seed. Tolerances are a
separate section, by metric; ``detector/metric`` or ``scenario/detector/metric`` overrides one.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from math import inf
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.gate.tolerance import DEFAULTS, Tolerance
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.errors import (
    MissingFileError,
    NothingToJudgeError,
    ShamcrowdError,
    UnreadableError,
)
from shamcrowd.recording.json_file import JsonKind, as_record, read_json

NAME = "baseline.json"
VERSION = 1
_RESTORE = "restore the committed file: git checkout -- FILE"
DIGITS = 6
"""Decimals kept in the file: the last bits of a sum differ between machines."""
LIMITS = {"share": (-1.0, 1.0), "hours": (0.0, 1e6), "ratio": (0.0, 1e6)}
"""What a figure can be, by the unit of its metric (the large ones are assumed). One that is set
against chance can be below zero."""
Figures = dict[str, dict[str, tuple[float | None, ...]]]
"""One value per seed, by detector and metric; None if it was not measurable."""


class BaselineError(ShamcrowdError):
    """A baseline that does not belong to this suite, or cannot be updated."""


@dataclass(frozen=True)
class BaselineScenario:
    """One scenario of a baseline: seeds, a fingerprint per seed, and the figures."""

    seeds: tuple[int, ...]
    fingerprints: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True)
class Baseline:
    """The committed figures. ``terms`` holds all settings on which the suite's figures depend.

    ``suite_file`` is the path of the suite's file from the folder of the baseline, with forward
    slashes; "" for a suite that comes with the package.
    """

    suite: str
    terms: dict[str, Any]
    scenarios: dict[str, BaselineScenario]
    tolerances: dict[str, Tolerance] = field(default_factory=dict)
    suite_file: str = ""

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
            **({"suite_file": self.suite_file} if self.suite_file else {}),
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
            UnreadableError: if it is damaged, truncated, or of another version.
        """
        try:
            data = read_json(path, _RESTORE)
        except MissingFileError:
            raise NothingToJudgeError(
                f"{path}: no baseline here; write one with: "
                f"{update_command(path, suite='smoke-v2')}, or with another suite"
            ) from None
        found = data.get("version")
        if type(found) is not int or found != VERSION:
            version = found if isinstance(found, int | str) else None
            raise UnreadableError(
                path,
                f"version {str(version)[:20]}, but this shamcrowd reads version {VERSION}",
                "write it again with --update-baseline",
            )
        try:
            written = as_record(_File, data, path, JsonKind("a baseline", _RESTORE))
            return cls(
                written.suite,
                written.terms,
                {name: _scenario_of(held) for name, held in written.scenarios.items()},
                {name: Tolerance.of(one) for name, one in written.tolerances.items()},
                written.suite_file,
            )._checked()
        except ValueError as fault:
            raise UnreadableError(path, str(fault), _RESTORE) from None

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


def update_command(path: Path, suite: str = "", detectors: Sequence[object] | None = None) -> str:
    """The command that writes the baseline ``path``, of the detectors that are named.

    >>> update_command(Path("baseline.json"))
    'shamcrowd check --update-baseline'
    >>> update_command(Path("ci/ours.json"), "smoke-v2", ["mine.py:Mine"])
    'shamcrowd check --baseline ci/ours.json --suite smoke-v2 --detector mine.py:Mine \
--update-baseline'
    """
    named = [d for d in detectors or () if isinstance(d, str)]
    words = ["shamcrowd", "check"]
    words += [] if path == Path(NAME) else ["--baseline", str(path)]
    words += ["--suite", suite] if suite else []
    words += [word for detector in named for word in ("--detector", detector)]
    return shlex.join([*words, "--update-baseline"])


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


@dataclass(frozen=True)
class _WrittenScenario:
    """A scenario as the file holds it."""

    seeds: tuple[int, ...]
    fingerprints: tuple[str, ...]
    detectors: dict[str, dict[str, tuple[float | None, ...]]]


@dataclass(frozen=True)
class _File:
    """The file's content; `Tolerance.of` checks the tolerances."""

    version: int
    suite: str
    terms: dict[str, Any]
    tolerances: dict[str, Any]
    scenarios: dict[str, _WrittenScenario]
    suite_file: str = ""


def _scenario_of(data: _WrittenScenario) -> BaselineScenario:
    held = BaselineScenario(data.seeds, data.fingerprints, data.detectors)
    count = len(set(held.seeds))
    if count != len(held.seeds) or not count:
        raise ValueError("seeds: must be at least one, none of them twice")
    if len(held.fingerprints) != count:
        raise ValueError(f"{len(held.fingerprints)} fingerprints for {count} seeds")
    for detector, found in held.figures.items():
        for metric, values in found.items():
            if len(values) != count:
                raise ValueError(f"{detector}/{metric}: must be {count} numbers, one per seed")
            known = metrics().get(metric)
            least, most = LIMITS[known.unit] if known is not None else (-inf, inf)
            odd = [v for v in values if v is not None and not least <= v <= most]
            if odd:
                raise ValueError(
                    f"{detector}/{metric}: {odd[0]:g} is not from {least:g} to {most:g}"
                )
    return held


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
