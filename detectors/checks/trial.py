"""A detector class under test, with the scores of a first run that all rules share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from shamcrowd.detectors.base import Detector, Labels
from shamcrowd.detectors.checks.playing import Scores, known, moments, play, scores
from shamcrowd.recording.samples import Sample, sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

DAYS = 3
TRAINING_SEED = 9
Maker = Callable[[], Detector]


def fitted(make: Maker) -> Maker:
    """Return a callable that makes detectors and fits them on another log, if they have ``fit``."""

    def made() -> Detector:
        detector = make()
        fit = getattr(detector, "fit", None)
        if fit is not None:
            log = sample_log(TRAINING_SEED)
            end = log.start + DAYS * MS_PER_DAY
            account = known(log, end)
            fit(LogView(log, end), Labels(account, np.isin(account, log.crowd)))
        return detector

    return made


class Trial:
    """A detector class under test."""

    def __init__(self, make: Maker) -> None:
        self.make = fitted(make)
        self.reviews = moments(sample_log(), DAYS)
        self.first_log = sample_log()
        """The log given to the first instance, and to no other."""

    @cached_property
    def first(self) -> list[Scores]:
        """The first instance's scores at each review."""
        return self.scores_on(self.first_log)

    def scores_on(
        self, log: Sample, reviews: list[int] | None = None,
        between: Callable[[Detector], Detector] = lambda detector: detector,
    ) -> list[Scores]:  # fmt: skip
        """Return the scores of a new instance at each review, checked against the contract."""
        found = play(self.make, log, self.reviews if reviews is None else reviews, between)
        return [scores(findings) for findings in found]
