"""Damage that acting on things would stop."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.operating_point import operating_point
from shamcrowd.benchmark.scoring.thing_effects import ThingEffects

BYSTANDERS = 0.01
"""Share of legitimate accounts that may lose a request."""


def effects_and_threshold(findings: LabelledFindings) -> tuple[ThingEffects, float]:
    """The effects of the named things, and the score above which at most 1 % are bystanders.

    Raises:
        NotMeasurableError: if the detector names no things, or there is no legitimate account.
    """
    if findings.things is None:
        raise NotMeasurableError("it names no things besides accounts")
    honest = findings.things.hurt[~findings.truth.sham]
    if not len(honest):
        raise NotMeasurableError("no legitimate account")
    return findings.things, operating_point([honest], BYSTANDERS)


class StoppedByThings(Metric):
    """Share of abusive tokens that acting on named things stops, with 1 % of bystanders.

    ``tokens of abusive requests stopped / tokens of abusive requests``, served requests only, if
    all that goes through a thing is refused from the review on at which its score exceeded a
    threshold (see `NamedThings`). The threshold is the lowest at which at most 1 % of legitimate
    accounts lose a request, chosen on the scored recording itself. Campaigns do not react. 1 is
    best.

    Source: this project; the share of bystanders is assumed.
    """

    title: ClassVar[str] = "damage stopped at things"
    short: ClassVar[str] = "things\nstop"
    value_best: ClassVar[float | None] = None
    value_all_flagged: ClassVar[float | None] = None
    value_none_flagged: ClassVar[float | None] = None

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        effects, threshold = effects_and_threshold(findings)
        if not np.any(effects.tokens):
            raise NotMeasurableError("no abusive request")
        return [effects.stopped(threshold)]
