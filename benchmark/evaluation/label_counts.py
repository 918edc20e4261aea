"""How many labels detectors were fitted with, and how many of them are right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.evaluation.training import labels_of
from shamcrowd.benchmark.scoring.scores import TrainingLabels
from shamcrowd.benchmark.scoring.truth_arrays import open_truth


@dataclass(frozen=True)
class LabelCounts:
    """The labels of each training seed of a run, counted when they are first asked for.

    Attributes:
        plan: the run.
        folder: where it lies, with its training recordings.
    """

    plan: Plan
    folder: Path

    @cached_property
    def counts(self) -> tuple[TrainingLabels, ...]:
        """By training seed.

        Raises:
            RecordingError: if a training recording is missing.
        """
        return tuple(self._of(seed) for seed in self.plan.training_seeds)

    def _of(self, seed: int) -> TrainingLabels:
        recording = self.plan.recording(self.folder, seed)
        labels = labels_of(recording, self.plan.training.get("labels", "platform"))
        truth = open_truth(recording)
        named = labels.account[labels.sham]
        right = int(np.isin(named, truth.account[truth.sham]).sum())
        return TrainingLabels(seed, len(labels.account), len(named), right)
