"""Numbers and verdicts in words, as the report shows them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from benchmark.metrics.registry import metrics
from benchmark.scores import DetectorScores, Measurement, Scores

SIMPLE = ("volume-only", "age-only", "random")
"""Controls that know nothing of the truth: what a detector must beat."""
RECALL = "recall-at-0-1-percent"
CAMPAIGNS = "campaign-recall"


def figure(value: float | None, unit: str) -> str:
    """A metric's value.

    >>> figure(0.61239, "share"), figure(-0.0001, "share"), figure(4.36, "hours"), figure(None, "")
    ('0.612', '0.000', '4.4 h', '–')
    """
    if value is None:
        return "–"
    if unit == "hours":
        return f"{round(value, 1) + 0.0:.1f} h"
    return f"{round(value, 3) + 0.0:.3f}"


def percent(share: float | None) -> str:
    """A share as people read it.

    >>> percent(0.0123), percent(0.25), percent(None)
    ('1.2 %', '25 %', '–')
    """
    if share is None:
        return "–"
    return f"{share * 100:.2g} %" if 0 < share < 0.0995 else f"{share * 100:.0f} %"


def count(number: float) -> str:
    """A count.

    >>> count(28800000)
    '28,800,000'
    """
    return f"{number:,.0f}"


def moment(milliseconds: int) -> str:
    """A date.

    >>> moment(1_772_409_600_000)
    '2 March 2026'
    """
    day = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    return f"{day.day} {day:%B %Y}"


def measured(scored: DetectorScores, name: str) -> Measurement:
    """A detector's measurement; an empty one if it has none."""
    return scored.metrics.get(name, Measurement(None, note="not measured"))


def verdict(scores: Scores) -> list[str]:
    """What the board says, in plain sentences."""
    judged = [d for d in scores.detectors if d.kind == "detector" and d.status == "ok"]
    if not judged:
        return ["No detector finished, so nothing can be said of any."]
    if not any(record.sham_accounts for record in scores.recordings):
        return [
            "There is no abuse in this scenario: only false alarms can be measured.",
            *_harm(judged[0]),
        ]
    best = max(judged, key=lambda d: (_value(d, RECALL), _value(d, CAMPAIGNS)))
    simple = [d for d in scores.detectors if d.name in SIMPLE and d.status == "ok"]
    said = []
    recall = measured(best, RECALL).value
    if recall is not None:
        said.append(
            f"{best.name} finds {percent(recall)} of the sham accounts while 0.1 % of innocent "
            "accounts are flagged."
        )
    if simple:
        control = max(simple, key=lambda d: _value(d, RECALL))
        beaten = _value(best, RECALL) > _value(control, RECALL)
        theirs = percent(measured(control, RECALL).value)
        said.append(
            f"The best simple control, {control.name}, finds {theirs}."
            if beaten
            else f"No detector beats the simple control {control.name} ({theirs}) at that cost."
        )
    return [*said, *_harm(best)]


def _value(scored: DetectorScores, name: str) -> float:
    value = measured(scored, name).value
    return -1.0 if value is None else value


def _harm(scored: DetectorScores) -> list[str]:
    hurt = [s for s in scored.segments if s.rate]
    if not hurt:
        return [f"At its operating point {scored.name} flags no innocent account."]
    worst = max(hurt, key=lambda s: s.rate or 0.0)
    return [
        f"At its operating point {scored.name} flags {count(sum(s.flagged for s in hurt))} "
        f"innocent accounts; hardest hit is {worst.segment} with {percent(worst.rate)}."
    ]


def explained() -> list[tuple[str, str]]:
    """Each metric's title with the first sentence of what it is."""
    return [
        (metric.title, " ".join((type(metric).__doc__ or "").split("\n\n")[0].split()))
        for metric in metrics().values()
    ]


def as_text(value: Any, depth: int = 0) -> str:
    """Nested data as indented lines, like YAML.

    >>> print(as_text({"a": {"b": [1, 2]}, "c": None}))
    a:
      b: [1, 2]
    c: null
    """
    lines = []
    for key, inner in value.items():
        head = "  " * depth + f"{key}:"
        if isinstance(inner, dict) and inner:
            lines += [head, as_text(inner, depth + 1)]
        else:
            shown = (
                {None: "null", True: "true", False: "false"}.get(inner, inner)
                if not isinstance(inner, list | dict)
                else inner
            )
            lines.append(f"{head} {shown}")
    return "\n".join(lines)
