"""The error of a metric, figure or statistic that has nothing to measure."""

from __future__ import annotations


class NotMeasurableError(Exception):
    """There is nothing to measure; the message says why. It never counts as zero."""
