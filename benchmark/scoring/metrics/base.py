"""The interface of a metric: it measures one detector on one recording."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Literal

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.support import Support

Values = Sequence[float]


class Metric(ABC):
    """One metric. Its docstring gives the formula and the source.

    ``short`` is the head of its column, in two lines at most. ``measure`` gives a value per
    campaign, or a single one for the recording; the board shows their mean. ``low`` and ``high``
    are the ends of its range. ``hits`` says that a value is 1 (found) or 0 (not), less the share
    that chance would find, below 1: its intervals are those of counts. ``display`` is where it is
    shown: every metric is in ``scores.json`` and in the report, those ``shown`` are on the board of
    80 columns too, and ``headline`` ones are what comparisons begin with.

    ``value_best``, ``value_all_flagged`` and ``value_none_flagged`` are its values in the reference
    world (`shamcrowd.benchmark.scoring.checks.reference_world`) for a detector that flags every
    sham account and no other at the first review, for one that flags every account, and for one
    that flags none; None where there is nothing to measure. ``monotone`` says that each further
    sham account that is flagged makes the value no worse. `check_metric` holds a metric to these.
    ``nothing_left_at_zero_of`` names a metric: where that one is 0, there is nothing to measure,
    and the gate takes that for no loss.
    """

    title: ClassVar[str]
    short: ClassVar[str]
    unit: ClassVar[Literal["share", "hours", "ratio"]] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    low: ClassVar[float] = 0.0
    high: ClassVar[float] = 1.0
    hits: ClassVar[bool] = False
    display: ClassVar[Literal["headline", "shown", "report"]] = "report"

    value_best: ClassVar[float | None]
    value_all_flagged: ClassVar[float | None]
    value_none_flagged: ClassVar[float | None]
    monotone: ClassVar[bool] = False
    nothing_left_at_zero_of: ClassVar[str] = ""

    @abstractmethod
    def measure(self, findings: LabelledFindings) -> Values:
        """Measure one detector on one recording: one value per campaign, or a single value.

        Raises:
            NotMeasurableError: if there is nothing to measure.
        """

    @property
    def support(self) -> Support:
        """What its values can be."""
        return Support(self.low, self.high, self.hits)

    def chance(self, prevalence: float) -> float | None:
        """Chance level: the expected value for random scores; None if it must be simulated.

        Args:
            prevalence: share of sham accounts, 0 to 1.
        """
        return None
