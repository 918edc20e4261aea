"""Rows of detectors that were fitted with more than they would have in practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.benchmark.scoring.scores import DetectorScores, Scores

Ceiling = Literal["same-tactics", "true-labels"]
FOLDER = "ceilings"
CEILINGS: dict[Ceiling, str] = {
    "same-tactics": "fitted on other seeds of the scenario itself, no tactic left out",
    "true-labels": "fitted on other seeds of the scenario itself, with the truth as labels",
}
"""What each row shows. The name of a row is that of the detector, a point, and one of these."""


def training_of_ceiling(ceiling: Ceiling, training: Training) -> Training:
    """How detectors are fitted for a ceiling, on the same training seeds as ``training``.

    >>> training_of_ceiling("true-labels", Training(hold_out=("hydra",))).labels
    'truth'
    """
    return Training(
        labels="truth" if ceiling == "true-labels" else "platform", seeds=training.seeds
    )


def with_ceilings(scores: Scores, folder: Path) -> Scores:
    """The scores of a run with those rows of its ceilings that are there, before the controls.

    Raises:
        UnreadableError: if scores of a ceiling are damaged.
    """
    rows: list[DetectorScores] = []
    for ceiling, about in CEILINGS.items():
        path = folder / FOLDER / ceiling / "scores.json"
        if path.is_file():
            rows += [
                replace(d, name=f"{d.name}.{ceiling}", kind="ceiling", about=f"{d.name}, {about}")
                for d in Scores.read(path).detectors
                if d.kind == "detector"
            ]
    return replace(scores, detectors=_placed(scores.detectors, rows)) if rows else scores


def _placed(
    board: Sequence[DetectorScores], rows: Sequence[DetectorScores]
) -> tuple[DetectorScores, ...]:
    controls = [d for d in board if d.kind == "control"]
    return (*(d for d in board if d.kind != "control"), *rows, *controls)
