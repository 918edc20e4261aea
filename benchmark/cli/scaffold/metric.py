"""A first metric."""

PLUGIN = '''"""{Title}: say in a sentence what it measures."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class {Class}(Metric):
    """Share of sham accounts that are flagged. Put your own formula here.

    ``flagged sham accounts / sham accounts`` at the operating point.

    Source: name the paper, with its address.
    """

    title: ClassVar[str] = "{words}"
    short: ClassVar[str] = "{head}"
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = 1.0
    value_none_flagged: ClassVar[float | None] = 0.0
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        sham = findings.truth.sham
        if not sham.any():
            raise NotMeasurableError("no sham account")
        return [float(np.mean(findings.alert[sham]))]
'''
TEST = '''"""{Class} keeps the rules for metrics."""

from {import_path} import {Class}

from shamcrowd import check_metric


def test_keeps_the_rules():
    check_metric({Class})
'''
