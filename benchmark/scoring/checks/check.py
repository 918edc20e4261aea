"""``check_metric``: the conformance checks, for authors of metrics."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from shamcrowd.benchmark.scoring.checks.reference_world import (
    SHAM,
    all_flagged,
    best,
    none_flagged,
    random_findings,
    reference_truth,
    some_flagged,
)
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.recording.errors import PluginError
from shamcrowd.recording.plugins.broken_rules import broken

TOLERANCE = 1e-9
RANDOM_FINDINGS = 200
Rule = Callable[[Metric], str]


def measured(metric: Metric, findings: LabelledFindings) -> float | None:
    """The mean of its values; None where it says that there is nothing to measure."""
    try:
        return float(np.mean(metric.measure(findings)))
    except NotMeasurableError:
        return None


def describes_itself(metric: Metric) -> str:
    """A docstring with the formula and its source, and a title and a column head."""
    text = inspect.getdoc(type(metric)) or ""
    if "Source:" not in text and "https://" not in text:
        return "its docstring names no source: a line `Source: ...`, or an address"
    if not metric.title or not metric.short or metric.short.count("\n") > 1:
        return "`title` and `short` must not be empty, and `short` has two lines at most"
    return ""


def _is(metric: Metric, name: str, findings: LabelledFindings) -> str:
    declared, got = getattr(metric, name), measured(metric, findings)
    same = got is None if declared is None else got is not None and abs(got - declared) < TOLERANCE
    return "" if same else f"`{name}` is {declared}, and it measures {got}"


def has_its_value_at_best(metric: Metric) -> str:
    """`value_best`: all sham accounts flagged at the first review, and no other account."""
    return _is(metric, "value_best", best())


def has_its_value_with_all_flagged(metric: Metric) -> str:
    """`value_all_flagged`: every account flagged at the first review."""
    return _is(metric, "value_all_flagged", all_flagged())


def has_its_value_with_none_flagged(metric: Metric) -> str:
    """`value_none_flagged`: no account flagged."""
    return _is(metric, "value_none_flagged", none_flagged())


def stays_in_its_range(metric: Metric) -> str:
    """Between `low` and `high`, whatever the findings."""
    for seed in range(20):
        got = measured(metric, random_findings(seed, (seed + 1) / 21))
        if got is not None and not (math.isfinite(got) and metric.low <= got <= metric.high):
            return f"it measures {got} on random findings, outside {metric.low} to {metric.high}"
    return ""


def is_best_at_best(metric: Metric) -> str:
    """Random findings never beat the best ones."""
    top = measured(metric, best())
    if top is None:
        return ""
    sign = 1 if metric.better == "higher" else -1
    for seed in range(20):
        got = measured(metric, random_findings(seed))
        if got is not None and sign * (got - top) > TOLERANCE:
            return f"random findings measure {got}, better than the best ones ({top}): see `better`"
    return ""


def is_deterministic(metric: Metric) -> str:
    """The same findings give the same value, twice."""
    one, two = (measured(metric, random_findings(3)) for _ in range(2))
    return "" if one == two else f"the same findings measure {one} and then {two}"


def leaves_findings_alone(metric: Metric) -> str:
    """The arrays it is given are as they were."""
    findings, before = random_findings(3), random_findings(3)
    measured(metric, findings)
    names = ("score", "cluster", "flagged")
    pairs = ((getattr(findings, name), getattr(before, name)) for name in names)
    same = all(np.array_equal(a, b) for a, b in pairs)
    return "" if same else "it changes the findings that it is given; work on copies"


def never_falls_where_monotone(metric: Metric) -> str:
    """If it says `monotone`: each further sham account that is flagged makes it no worse."""
    if not metric.monotone:
        return ""
    sign = 1 if metric.better == "higher" else -1
    values = [measured(metric, some_flagged(n)) for n in range(0, SHAM + 1, 4)]
    known = [sign * value for value in values if value is not None]
    falls = any(b < a - TOLERANCE for a, b in pairwise(known))
    return f"with 0, 4, ... {SHAM} sham accounts flagged it measures {values}" if falls else ""


def says_what_chance_gives(metric: Metric) -> str:
    """`chance`, if it gives a number, is the mean over random findings."""
    expected = metric.chance(reference_truth().prevalence)
    if expected is None:
        return ""
    drawn = [measured(metric, random_findings(seed)) for seed in range(RANDOM_FINDINGS)]
    known = [value for value in drawn if value is not None]
    if not known:
        return "nothing can be measured on random findings"
    # Chance-level average precision lies a little above the prevalence on small numbers.
    error = 4 * float(np.std(known)) / math.sqrt(len(known)) + 0.006
    mean = float(np.mean(known))
    if abs(mean - expected) <= error:
        return ""
    return f"`chance` says {expected}, and random findings measure {mean:.4f} on average"


RULES: tuple[Rule, ...] = (
    describes_itself,
    has_its_value_at_best,
    has_its_value_with_all_flagged,
    has_its_value_with_none_flagged,
    stays_in_its_range,
    is_best_at_best,
    is_deterministic,
    leaves_findings_alone,
    never_falls_where_monotone,
    says_what_chance_gives,
)


def check_metric(metric: type[Metric]) -> None:
    """Try a metric on findings made by hand; quiet if all is well.

    Args:
        metric: its class.

    Raises:
        PluginError: naming every rule of `RULES` that it breaks, and how.

    >>> from shamcrowd.benchmark.scoring.metrics.average_precision import AveragePrecision
    >>> check_metric(AveragePrecision)
    """
    made = metric()
    if faults := broken(metric, made, RULES):
        raise PluginError(faults)
