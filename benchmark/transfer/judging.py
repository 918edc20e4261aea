"""Runs detectors over a labelled set and scores them with the benchmark's metrics and controls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.feature_stores import wants_features
from shamcrowd.benchmark.own_logs.detect import ONE_SCORE
from shamcrowd.benchmark.own_logs.history import History
from shamcrowd.benchmark.own_logs.replaying import LearnsError, Limits, replayed
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.benchmark.scoring.labelled_findings import label_findings
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE, operating_point
from shamcrowd.benchmark.scoring.truth_arrays import TruthArrays, open_truth
from shamcrowd.benchmark.transfer.as_recording import TOGETHER
from shamcrowd.benchmark.transfer.halves import halves, part
from shamcrowd.detectors.base import Labels
from shamcrowd.detectors.registry import is_control, is_shipped, load_detector
from shamcrowd.detectors.settings import Settings
from shamcrowd.detectors.signals import NotingSource, blind_to, is_applicable
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.view import open_log

OF_ACCOUNTS = (
    "average-precision", "calibrated-average-precision", "recall-at-0-1-percent",
    "recall-at-1-percent",
)  # fmt: skip
OF_GROUPS = ("campaign-recall", "b-cubed-f1")
"""Metrics that need to know who belongs together. The others need amounts and moments of abuse,
which no set has."""
CONTROLS = ("random", "age-only", "volume-only")


@dataclass(frozen=True)
class HalfScores:
    """The labelled accounts of one half, and a detector's scores of them; shape (n,) each.

    ``unit`` numbers what belongs together: a group of sham accounts, or a single account.
    """

    score: npt.NDArray[np.float64]
    sham: npt.NDArray[np.bool_]
    unit: npt.NDArray[np.int64]


@dataclass(frozen=True)
class JudgedDetector:
    """One detector on one set.

    Attributes:
        detector: its name.
        kind: ``detector`` or ``control``.
        learned: was it fitted on the other half?
        status: ``ok``, ``not applicable`` or ``failed``.
        said: why it is not applicable, or how it failed.
        blind: columns that it looks at and the set does not have.
        metrics: mean of the two halves by metric; None where there was nothing to measure.
        halves: its scores, for intervals.
    """

    detector: str
    kind: str
    learned: bool = False
    status: str = "ok"
    said: str = ""
    blind: tuple[str, ...] = ()
    metrics: Mapping[str, float | None] = field(default_factory=dict)
    halves: tuple[HalfScores, ...] = field(default=(), repr=False)


def judge(
    recording: Path,
    detectors: Sequence[str],
    *,
    grouped: bool,
    settings: Mapping[str, Settings],
    limits: Limits,
    hidden: Sequence[Path] = (),
    on_start: Callable[[str], None] = lambda name: None,
) -> Iterator[JudgedDetector]:
    """Yield how each detector and control does on a labelled set.

    The labelled accounts are divided in two halves, groups whole. The operating point is set, and
    detectors that learn are fitted on one half; the other is scored; then the other way round.
    Figures are means of both. Detectors run sealed off from the truth; what one with ``fit`` is
    given of it are the labels of one half.

    Args:
        recording: the set as a recording.
        detectors: names, or ``path.py:Class``.
        grouped: does the set say who belongs together?
        settings: settings by detector.
        limits: of time and memory of a detector.
        hidden: folders with labels, which no detector may read, wherever they lie.
        on_start: given the name of each before it starts.
    """
    truth = open_truth(recording)
    half = halves(truth, TOGETHER)
    names = (*OF_ACCOUNTS, *(OF_GROUPS if grouped else ()))
    for name in [*detectors, *(c for c in CONTROLS if c not in detectors)]:
        on_start(name)
        yield _judged(name, recording, truth, half, names, settings.get(name), limits, hidden)
    for name, control in truth_controls().items():
        found = [control.findings(truth)] * 2
        values, _ = _measured(truth, half, found, names)
        yield JudgedDetector(name, "control", metrics=values)


def _judged(
    name: str, recording: Path, truth: TruthArrays, half: npt.NDArray[np.int64],
    names: Sequence[str], settings: Settings | None, limits: Limits, hidden: Sequence[Path],
) -> JudgedDetector:  # fmt: skip
    kind = "control" if is_control(name) else "detector"
    manifest, noting = Manifest.read(recording), NotingSource(open_log(recording))
    found, learned = [], False

    def play(labels: Labels | None) -> SavedFindings:
        history = History()
        reviews = manifest.reviews
        for one in replayed(
            name, recording, noting, reviews, limits, settings, labels, hidden=hidden
        ):
            history.add(one)
        return history.saved()

    def judged(status: str, said: str) -> JudgedDetector:
        blind = blind_to(noting.signals, manifest.not_recorded)
        return JudgedDetector(name, kind, learned, status, said, blind)

    try:
        try:
            found = [play(None)] * 2
        except LearnsError:
            learned = True
            for scored in (0, 1):
                other = half != scored
                found.append(play(Labels(truth.account[other], truth.sham[other])))
    except ShamcrowdError as fault:
        return judged("failed", str(fault))
    blind = blind_to(noting.signals, manifest.not_recorded)
    sees = is_applicable(noting.signals, blind) or (_has_rhythm(manifest) and _counts(name))
    if kind == "detector" and not sees:
        return judged("not applicable", f"the set has none of what it looks at: {', '.join(blind)}")
    if any(np.ptp(one.score) == 0 for one in found):
        return judged("not applicable", ONE_SCORE)
    values, scores = _measured(truth, half, found, names)
    return JudgedDetector(name, kind, learned, "ok", "", blind, values, scores)


def _has_rhythm(manifest: Manifest) -> bool:
    """Do accounts act more than once, so that their gaps and numbers of actions say something?"""
    return manifest.rows["requests"] > manifest.rows["accounts"]


def _counts(name: str) -> bool:
    """Does a detector use account features, many of which are counts and gaps of requests?"""
    return is_shipped(name) and wants_features(load_detector(name))


def _measured(
    truth: TruthArrays, half: npt.NDArray[np.int64], found: Sequence[SavedFindings],
    names: Sequence[str],
) -> tuple[dict[str, float | None], tuple[HalfScores, ...]]:  # fmt: skip
    """Metrics, each the mean of both halves, and the scores of both."""
    values: dict[str, list[float]] = {name: [] for name in names}
    single = ~truth.sham
    if TOGETHER in truth.campaigns:
        single = single | (truth.campaign == truth.campaigns.index(TOGETHER))
    unit = np.where(single, len(truth.campaigns) + np.arange(len(single)), truth.campaign)
    scores = []
    for scored, saved in enumerate(found):
        inside = half == scored
        score = saved.score[np.searchsorted(saved.account, truth.account)]
        threshold = operating_point([score[~inside & ~truth.sham]], ALERT_RATE)
        labelled = label_findings(part(truth, inside), saved, threshold)
        for name in names:
            try:
                values[name].append(float(np.mean(metrics()[name].measure(labelled))))
            except NotMeasurableError:
                continue
        scores.append(HalfScores(score[inside], truth.sham[inside], unit[inside]))
    means = {name: float(np.mean(v)) if len(v) == 2 else None for name, v in values.items()}
    return means, tuple(scores)
