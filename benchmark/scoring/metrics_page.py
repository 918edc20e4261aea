"""Makes ``docs/metrics.md`` from the docstrings of the metrics, so that they always agree."""

from __future__ import annotations

import inspect
import math
import sys
from pathlib import Path

from shamcrowd.benchmark.scoring.metrics.base import Metric
from shamcrowd.benchmark.scoring.metrics.registry import metrics

DISPLAY = {
    "headline": "a headline metric",
    "shown": "shown on the board",
    "report": "shown in the report and in `scores.json`",
}
HEAD = """# Metrics

Made from the docstrings in `benchmark/scoring/metrics` by `make docs`; do not edit. Each metric is
one file there, and its name is the file's name.

There is no single composite score: it would hide which users are harmed. Comparisons begin with
the metrics marked as headline metrics. A value that could not be measured is never counted as zero:
it is left out, and the reason is given. Metrics *at the operating point* use the threshold that
flags 1 % of legitimate accounts on calibration seeds, which are never scored. Alerts are sticky: an
account counts as flagged from the first review at which its score exceeded the threshold. Reports
show three reference scores with each metric: the chance level, the best control that does not read
the truth, and the oracle, which does.

**Intervals** are for the mean over seeds, each of which plays a world of its own: Student's in the
middle of a metric's range, longer on the far side near its ends. Campaign recall with one campaign
a seed has the exact interval of a count: five of five found is 0.478 to 1. Tests play 5, 10 and 20
seeds of values whose mean is known, from symmetric to very skewed ones, and hold the intervals to a
coverage of 93 to 97 % (several campaigns a seed: to 98 %); counts have at least 95 %. Five seeds
are the least, and a value that is the same on every seed has no interval. A detector that learns
is fitted on each training seed and scored on every seed: its interval combines the variance between
training seeds, often the larger one, with that between scored seeds (crossed random effects,
degrees of freedom by Satterthwaite). Its coverage is tested too, with five training seeds; fewer
have none.

**Verdicts** (better, worse, cannot tell) come from a test that flips the signs of the differences
seed by seed. They hold for a whole table: for all pairs and metrics of a board, or all rows of a
part of a comparison, the chance that any of them is wrong is at most 5 %. Six differences are the
least. If one of a pair was fitted, a test that rotates its training seeds must agree. Where less is
better, a detector leads only if it finds more sham accounts than the controls.
"""


def page() -> str:
    """The page."""
    return "\n".join([HEAD, *(_section(name, metric) for name, metric in metrics().items())])


def _section(name: str, metric: Metric) -> str:
    """One metric."""
    high = "no upper bound" if math.isinf(metric.high) else f"{metric.high:g}"
    unit = " hours" if metric.unit == "hours" else ""
    ends = f"{metric.low:g} to {high}" if unit == "" else f"{metric.low:g}{unit}, {high}"
    chance = metric.chance(0.02)
    level = ""
    if chance is not None:
        fixed = chance == metric.chance(0.5)
        level = f"; chance level {f'{chance:g}' if fixed else 'equals the prevalence'}"
    about = inspect.cleandoc(type(metric).__doc__ or "").replace("``", "`")
    details = f"Range {ends}; {metric.better} is better{level}. It is {DISPLAY[metric.display]}."
    return f"## {metric.title}\n\n`{name}`. {details}\n\n{about}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
