"""What detectors said of each account, from a run or from a detection on one's own log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.scoring.findings_store import SavedFindings, read_metadata
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.errors import MissingFileError
from shamcrowd.recording.plain_text import printable
from shamcrowd.recording.units import AccountIds

SCORES = "scores.json"


@dataclass(frozen=True)
class DetectorFindings:
    """One detector on one recording of n accounts.

    Attributes:
        name: its name on the board.
        about: one line about it.
        control: whether it is a control.
        threshold: scores above it are alerts; None if nothing may be flagged.
        calibrated: whether an operating point is known at all.
        score: the largest score that each account ever had, shape (n,); -inf for none.
        cluster: shape (n,), -1 for none.
        reason: code in ``reasons`` of each account, -1 for none, shape (n,).
        reasons: what it said, each text once.
        rise_place: index of the account of each increase of a score, shape (m,).
        rise_review: number of its review, shape (m,).
        rise_score: the new largest score, shape (m,).
    """

    name: str
    about: str
    control: bool
    threshold: float | None
    calibrated: bool
    score: npt.NDArray[np.float64]
    cluster: npt.NDArray[np.int64]
    reason: npt.NDArray[np.int64]
    reasons: list[str]
    rise_place: npt.NDArray[np.int64]
    rise_review: npt.NDArray[np.int64]
    rise_score: npt.NDArray[np.float64]


def run_findings(run: Path, plan: Plan, seed: int, account: AccountIds) -> list[DetectorFindings]:
    """The findings of a run on one seed, in the order of its board.

    Controls that know the truth are left out: they would give it away. So are detectors that
    failed.

    Raises:
        UnreadableError: if findings are damaged.
    """
    known = {d.name: d for d in Scores.read(run / SCORES).detectors}
    found = []
    for name in [n for n in known if n in plan.detectors and n not in truth_controls()]:
        folder = plan.findings(run, seed, name)
        try:
            failed = bool(read_metadata(folder).error)
        except MissingFileError:
            continue
        if not failed:
            scored = known[name]
            saved, control = SavedFindings.read(folder), scored.kind == "control"
            point = scored.threshold
            found.append(taken(saved, account, name, scored.about, control, point, True))
    return found


def taken(
    saved: SavedFindings, account: AccountIds, name: str, about: str = "", control: bool = False,
    threshold: float | None = None, calibrated: bool = False,
) -> DetectorFindings:  # fmt: skip
    """Saved findings, by the accounts of a page."""
    place = np.searchsorted(account, saved.account)
    score = np.full(len(account), -np.inf)
    cluster, reason = np.full(len(account), -1), np.full(len(account), -1)
    score[place], cluster[place] = saved.score, saved.cluster
    reasons: dict[str, int] = {"": -1}
    codes = [reasons.setdefault(text, len(reasons) - 1) for text in saved.reason]
    reason[place] = codes
    return DetectorFindings(
        name, about, control, threshold, calibrated, score, cluster, reason,
        _shown(list(reasons)[1:]), np.searchsorted(account, saved.increase_account),
        saved.increase_review.astype(np.int64), saved.increase_score,
    )  # fmt: skip


def _shown(texts: Sequence[str]) -> list[str]:
    return [printable(text) for text in texts]
