"""Makes ``docs/metrics.md`` from the registry, so that the two cannot drift apart."""

from __future__ import annotations

import inspect
import math
import sys
from pathlib import Path

from shamcrowd.benchmark.scoring.metrics.base import Metric
from shamcrowd.benchmark.scoring.metrics.registry import metrics

DISPLAY = {
    "headline": "a headline figure",
    "shown": "on the board",
    "report": "in the report and in `scores.json`",
}
HEAD = """# Metrics

Made from `benchmark/scoring/metrics` by `make docs`; do not edit. A metric is one file there,
found by its
name.

There is no single composite figure: it would hide who is harmed. The headline figures are those
marked so. A value that could not be measured is not zero: it is left out, with the reason. Figures
*at the operating point* use the score that flags 1 % of innocent accounts on calibration seeds,
which are never scored. Alerts stick: an account counts as flagged from the first review at which it
was over. Beside each metric the report shows what a lottery gets, what the best control that knows
nothing gets, and the oracle, which knows all.
"""


def page() -> str:
    """The page."""
    return "\n".join([HEAD, *(_section(name, metric) for name, metric in metrics().items())])


def _section(name: str, metric: Metric) -> str:
    """One metric."""
    high = "no upper end" if math.isinf(metric.high) else f"{metric.high:g}"
    unit = " hours" if metric.unit == "hours" else ""
    ends = f"{metric.low:g} to {high}" if unit == "" else f"{metric.low:g}{unit}, {high}"
    chance = metric.chance(0.02)
    lottery = ""
    if chance is not None:
        fixed = chance == metric.chance(0.5)
        lottery = f"; a lottery gets {f'{chance:g}' if fixed else 'the share of sham accounts'}"
    about = inspect.cleandoc(type(metric).__doc__ or "").replace("``", "`")
    facts = f"Range {ends}; {metric.better} is better{lottery}. It is {DISPLAY[metric.display]}."
    return f"## {metric.title}\n\n`{name}`. {facts}\n\n{about}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
