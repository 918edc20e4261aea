"""Score saved findings: the leaderboard of a run."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.evaluation.feature_stores import stored_features
from shamcrowd.benchmark.evaluation.fitted_note import FittedNote
from shamcrowd.benchmark.evaluation.label_counts import LabelCounts
from shamcrowd.benchmark.evaluation.outcomes import campaign_outcomes, segment_harm
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.execution.seal import seal_of
from shamcrowd.benchmark.scoring.findings_store import SavedFindings, read_metadata
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings, label_findings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.missed import FeatureTable
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.operating_point import CalibrationSeed, OperatingRule
from shamcrowd.benchmark.scoring.reliability import reliability
from shamcrowd.benchmark.scoring.scores import (
    DetectorScores,
    Measurement,
    RecordingSummary,
    Scores,
    TrainingLabels,
)
from shamcrowd.benchmark.scoring.summary import fitted_summary, summarised
from shamcrowd.benchmark.scoring.thing_effects import thing_effects
from shamcrowd.benchmark.scoring.truth_arrays import TruthArrays, open_truth
from shamcrowd.detectors.registry import detector_about, detector_names, is_control
from shamcrowd.recording.errors import (
    MissingFileError,
    NothingToJudgeError,
    ShamcrowdError,
    UnreadableError,
)
from shamcrowd.recording.origin import source_digest
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import open_log

CONTROL_ORDER = ("oracle", "noisy-oracle", "volume-only", "age-only", "random")


@dataclass(frozen=True)
class _Opened:
    """The truth of every seed; the feature tables and folders of those scored; the labels that
    detectors were fitted with.
    """

    truths: dict[int, TruthArrays]
    features: dict[int, FeatureTable]
    folders: dict[int, Path]
    labels: LabelCounts

    def labelled(self, seed: int, saved: SavedFindings, threshold: float) -> LabelledFindings:
        """Findings of a scored seed with its truth."""
        truth, things = self.truths[seed], None
        if saved.things is not None:
            things = thing_effects(self.folders[seed], truth, saved.things)
        return label_findings(truth, saved, threshold, things)


def score(plan: Plan, folder: Path) -> Scores:
    """Score all saved findings against the truth.

    Raises:
        NothingToJudgeError: if no detector left findings.
        RecordingError: if a recording is missing.
    """
    if not (folder / "findings").is_dir() or not plan.detectors:
        raise NothingToJudgeError(f"{folder}: no findings; make them with `shamcrowd run`")
    truths = {
        seed: open_truth(plan.recording(folder, seed))
        for seed in (*plan.seeds, *plan.calibration_seeds)
    }
    features = {}
    for seed in plan.seeds:
        source, truth = open_log(plan.recording(folder, seed)), truths[seed]
        stored = stored_features(plan, folder, seed)
        features[seed] = FeatureTable(source, int(truth.reviews[-1]), truth.account, stored)
    folders = {seed: plan.recording(folder, seed) for seed in plan.seeds}
    opened = _Opened(truths, features, folders, LabelCounts(plan, folder))
    board = [_from_saved(name, plan, folder, opened) for name in plan.detectors]
    for name, control in truth_controls().items():
        saved = [{seed: control.findings(truth) for seed, truth in truths.items()}]
        about = " ".join((type(control).__doc__ or "").split())
        board.append(_scored(name, about, "control", saved, plan, opened, None, None))
    first = truths[plan.seeds[0]]
    return Scores(
        scenario=plan.scenario,
        title=plan.title,
        about=plan.about,
        seeds=plan.seeds,
        calibration_seeds=plan.calibration_seeds,
        alert_rate=plan.alert_rate,
        start=first.manifest.start,
        end=first.manifest.end,
        reviews=tuple(first.reviews.tolist()),
        recordings=tuple(_summary(seed, truths[seed]) for seed in plan.seeds),
        detectors=tuple(sorted(board, key=_rank)),
        versions={
            **first.manifest.versions,
            "python": platform.python_version(),
            "scoring": source_digest("shamcrowd.benchmark.scoring"),
            **_seal(plan, folder),
            **({"secret": plan.secret} if plan.secret else {}),
        },
        settings=plan.resolved,
        training=plan.training,
        operating_point=plan.operating_point,
    )


def _seal(plan: Plan, folder: Path) -> dict[str, str]:
    """How the detectors whose findings are scored were sealed off."""
    lines = []
    for seed in (*plan.seeds, *plan.calibration_seeds):
        for name in plan.detectors:
            with suppress(UnreadableError):
                note = read_metadata(plan.findings(folder, seed, name))
                lines += [] if note.error else [note.seal]
    line = seal_of(lines)
    return {"seal": line} if line else {}


def _summary(seed: int, truth: TruthArrays) -> RecordingSummary:
    return RecordingSummary(
        seed,
        truth.manifest.fingerprint,
        len(truth.account),
        int(truth.sham.sum()),
        truth.requests,
        truth.prevalence,
    )


def _from_saved(name: str, plan: Plan, folder: Path, opened: _Opened) -> DetectorScores:
    """Scores of one detector from its saved findings, or why there are none."""
    kind = "control" if is_control(name) else "detector"
    seconds, peak = 0.0, 0.0
    found: list[dict[int, SavedFindings]] = []
    learned = False
    for trained in plan.training_seeds:
        if found and not learned:
            break
        saved = {}
        for seed in (*plan.seeds, *plan.calibration_seeds):
            path = plan.findings(folder, seed, name, trained)
            try:
                note = read_metadata(path)
                if not note.error:
                    saved[seed] = SavedFindings.read(path)
            except UnreadableError as fault:
                missing = isinstance(fault, MissingFileError)
                error = f"no findings on seed {seed}; run it again" if missing else str(fault)
                return DetectorScores(name, _about(name), kind, "failed", error)
            if note.error:
                status = "unavailable" if note.error.startswith("unavailable: ") else "failed"
                error = f"on seed {seed}: {note.error.removeprefix('unavailable: ')}"
                return DetectorScores(name, _about(name), kind, status, error)
            peak = max(peak, note.peak_mib)
            seconds += note.seconds if seed in plan.seeds else 0.0
            learned = "labels" in note.key
        with suppress(UnreadableError):
            peak = max(peak, FittedNote.read(plan.fitted(folder, name, trained)).peak_mib)
        found.append(saved)
    labels = opened.labels.counts if learned else ()
    return _scored(
        name, _about(name), kind, found, plan, opened, seconds / len(found), peak, labels
    )


def _about(name: str) -> str:
    """What a detector says of itself that has a name; nobody's code is run for it."""
    try:
        return detector_about(name) if name in detector_names() else ""
    except ShamcrowdError:
        return ""


def _scored(
    name: str, about: str, kind: str, found: Sequence[dict[int, SavedFindings]], plan: Plan,
    opened: _Opened, seconds: float | None, peak: float | None,
    fitted: tuple[TrainingLabels, ...] = (),
) -> DetectorScores:  # fmt: skip
    """Scores from its findings by seed: once, or for each training seed that it was fitted on."""
    rule = OperatingRule.of(plan.alert_rate, plan.operating_point)
    thresholds = [
        rule.threshold([_calibration(opened.truths[s], saved[s]) for s in plan.calibration_seeds])
        for saved in found
    ]
    each = [
        {s: opened.labelled(s, saved[s], threshold) for s in plan.seeds}
        for saved, threshold in zip(found, thresholds, strict=True)
    ]
    saved, labelled, threshold = found[0], each[0], thresholds[0]
    campaigns = []
    for seed in plan.seeds:
        reason = dict(zip(saved[seed].account.tolist(), saved[seed].reason, strict=True))
        campaigns += campaign_outcomes(
            seed, labelled[seed], opened.features[seed], reason, [of[seed] for of in each]
        )
    reasons = {s: dict(zip(t.account.tolist(), t.reason, strict=True)) for s, t in saved.items()}
    return DetectorScores(
        name, about, kind, "ok",
        threshold=threshold if np.isfinite(threshold) else None,
        seconds=seconds,
        peak_mib=peak,
        metrics={n: _measured(m, each, bool(fitted)) for n, m in metrics().items()},
        campaigns=tuple(campaigns),
        segments=segment_harm(labelled, reasons, each),
        fitted=fitted,
        reliability=reliability(labelled.values()),
    )  # fmt: skip


def _calibration(truth: TruthArrays, saved: SavedFindings) -> CalibrationSeed:
    position = np.searchsorted(saved.account, truth.account)
    days = (truth.manifest.end - truth.manifest.start) / MS_PER_DAY
    return CalibrationSeed(saved.score[position], truth.sham, days)


def _measured(
    metric: Metric, each: Sequence[Mapping[int, LabelledFindings]], fitted: bool
) -> Measurement:
    """A metric over seeds: its mean and interval, or why there is none."""
    by_training: list[list[Values | None]] = []
    notes = []
    for labelled in each:
        by_seed: list[Values | None] = []
        for one in labelled.values():
            try:
                by_seed.append(metric.measure(one))
            except NotMeasurableError as why:
                by_seed.append(None)
                notes.append(str(why))
        by_training.append(by_seed)
    if fitted:
        return fitted_summary(by_training, notes, metric.support)
    return summarised(by_training[0], notes, metric.support)


def _rank(scores: DetectorScores) -> tuple[object, ...]:
    """Detectors first, best first, by the metrics in the order of the board; failed ones last."""
    if scores.kind == "control":
        order = CONTROL_ORDER.index(scores.name) if scores.name in CONTROL_ORDER else 99
        return (1, order, scores.name)
    values = []
    for name, metric in metrics().items():
        measured = scores.metrics.get(name)
        value = measured.value if measured is not None else None
        sign = -1.0 if metric.better == "higher" else 1.0
        values.append(np.inf if value is None else sign * value)
    return (0, scores.status != "ok", *values, scores.name)
