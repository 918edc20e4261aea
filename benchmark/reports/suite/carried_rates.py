"""What an operating point that was set in one world flags in the others of a suite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.errors import NothingToJudgeError, RecordingError, UnreadableError
from shamcrowd.recording.truth import Truth

Legitimate = npt.NDArray[np.float64]
"""Scores of the legitimate accounts of one recording."""


@dataclass(frozen=True)
class CarriedRates:
    """Shares of legitimate accounts that a detector flags: least, median and most over scenarios.

    Attributes:
        own: with the operating point of the scenario itself.
        others: with that of another, over all pairs of scenarios; None with one scenario.
    """

    own: tuple[float, float, float]
    others: tuple[float, float, float] | None


def carried_rates(folder: Path, scores: Mapping[str, Scores]) -> dict[str, CarriedRates]:
    """By detector, on the first scored seed of every scenario; those without findings left out.

    Args:
        folder: the suite's results, with recordings and findings.
        scores: the scores of each scenario.
    """
    legitimate: dict[str, dict[str, Legitimate]] = {}
    thresholds: dict[str, dict[str, float]] = {}
    for scenario, one in scores.items():
        try:
            plan = Plan.read(folder / scenario)
            seed = one.seeds[0]
            accounts = Truth(plan.recording(folder / scenario, seed)).accounts()
        except (NothingToJudgeError, RecordingError):
            continue
        honest = np.sort(accounts["account"].to_numpy()[accounts["sham_from"].isna().to_numpy()])
        for scored in one.detectors:
            if scored.kind != "detector" or scored.status != "ok":
                continue
            try:
                saved = SavedFindings.read(plan.findings(folder / scenario, seed, scored.name))
            except UnreadableError:
                continue
            inside = np.isin(saved.account, honest)
            limit = np.inf if scored.threshold is None else scored.threshold
            legitimate.setdefault(scored.name, {})[scenario] = saved.score[inside]
            thresholds.setdefault(scored.name, {})[scenario] = limit
    return {name: rates(legitimate[name], thresholds[name]) for name in legitimate}


def rates(legitimate: Mapping[str, Legitimate], thresholds: Mapping[str, float]) -> CarriedRates:
    """The rates of one detector from its scores and thresholds by scenario.

    >>> found = rates({"a": np.arange(4.0), "b": np.arange(8.0)}, {"a": 2.0, "b": 5.0})
    >>> found.own, found.others
    ((0.25, 0.25, 0.25), (0.0, 0.3125, 0.625))
    """
    found: dict[bool, list[float]] = {True: [], False: []}
    for where, score in legitimate.items():
        for source, threshold in thresholds.items():
            if len(score):
                found[where == source].append(float((score > threshold).mean()))
    own, others = found[True], found[False]
    return CarriedRates(_summary(own), _summary(others) if others else None)


def _summary(shares: list[float]) -> tuple[float, float, float]:
    return min(shares), float(np.median(shares)), max(shares)
