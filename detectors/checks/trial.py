"""What the rules have in common: a maker of detectors, and how the first one it made did."""

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
    """A maker of detectors that have learned, if they learn at all, from another log."""

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
    """A maker of detectors on trial. The first one is played once, for all rules."""

    def __init__(self, make: Maker) -> None:
        self.make = fitted(make)
        self.reviews = moments(sample_log(), DAYS)
        self.first_log = sample_log()
        """The log that the first one was given; nobody else is."""

    @cached_property
    def first(self) -> list[Scores]:
        """What the first one said at each review."""
        return self.scores_on(self.first_log)

    def scores_on(
        self, log: Sample, reviews: list[int] | None = None,
        between: Callable[[Detector], Detector] = lambda detector: detector,
    ) -> list[Scores]:  # fmt: skip
        """What a new one says of a log at each review, checked against the contract."""
        found = play(self.make, log, self.reviews if reviews is None else reviews, between)
        return [scores(findings) for findings in found]
