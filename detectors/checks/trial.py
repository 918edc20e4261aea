"""What the rules have in common: a maker of detectors, and how the first one it made did."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from detectors.base import Detector
from detectors.checks.playing import Scores, moments, play, scores
from recording.samples import Sample, sample_log

DAYS = 3
Maker = Callable[[], Detector]


class Trial:
    """A maker of detectors on trial. The first one is played once, for all rules."""

    def __init__(self, make: Maker) -> None:
        self.make = make
        self.reviews = moments(sample_log(), DAYS)
        self.first_log = sample_log()
        """The log that the first one was given; nobody else is."""

    @cached_property
    def first(self) -> list[Scores]:
        """What the first one said at each review."""
        return self.said(self.first_log)

    def said(
        self, log: Sample, reviews: list[int] | None = None,
        between: Callable[[Detector], Detector] = lambda detector: detector,
    ) -> list[Scores]:  # fmt: skip
        """What a new one says of a log at each review, checked against the contract."""
        found = play(self.make, log, self.reviews if reviews is None else reviews, between)
        return [scores(findings) for findings in found]
