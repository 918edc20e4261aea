"""What a duel of responses found, in sentences."""

from __future__ import annotations

from shamcrowd.benchmark.charts.formatting import quantity
from shamcrowd.benchmark.closed_loop.duel import DuelScores
from shamcrowd.benchmark.closed_loop.figures.registry import figures
from shamcrowd.benchmark.comparison.paired import Difference
from shamcrowd.benchmark.comparison.responses import compare_responses
from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS

DETERS, HARMS = "deterrence-ratio", "wrong-bans"


def response_findings(scores: DuelScores) -> tuple[str, ...]:
    """One sentence for each detector and each response but the first; none for a single response.

    A sentence says "more" or "less" where the interval of the difference leaves out zero, and that
    there is no clear difference otherwise.
    """
    contrasts = compare_responses(scores)
    over = _over(scores)
    lines = []
    for detector in scores.detectors:
        for other in scores.responses[1:]:
            found = {
                c.figure: c.difference
                for c in contrasts if (c.detector, c.b) == (detector, other)
            }  # fmt: skip
            lines.append(_sentence(detector, scores.responses[0], other, found, over))
    return tuple(lines)


def _over(scores: DuelScores) -> str:
    strategies = scores.strategies
    what = strategies[0] if len(strategies) == 1 else f"{len(strategies)} strategies"
    count = len(scores.seeds)
    few = ", too few for an interval" if count < FEWEST_SEEDS else ""
    return f"{what}, {count} seed{'s' if count > 1 else ''}{few}"


def _sentence(
    detector: str, first: str, other: str, found: dict[str, Difference], over: str
) -> str:
    if DETERS not in found:
        return f"With {detector}, {other} and {first} could not be compared."
    deters = found[DETERS]
    says = {
        "more": f"{other} deters more than {first}",
        "less": f"{other} deters less than {first}",
        "": f"{other} and {first} show no clear difference in deterrence",
    }[_direction(deters)]
    line = f"With {detector}, {says}: ratio {_values(DETERS, deters)}; {over}."
    if HARMS in found and not found[HARMS].a and not found[HARMS].b:
        line += " Neither has wrong bans."
    elif HARMS in found:
        harms = found[HARMS]
        words = {
            "more": f"More wrong bans with {other}",
            "less": f"Fewer wrong bans with {other}",
            "": "No clear difference in wrong bans",
        }[_direction(harms)]
        line += f" {words}: {_values(HARMS, harms)}."
    return line


def _direction(difference: Difference) -> str:
    """``more`` or ``less``; "" where the interval has zero in it, or where there is none."""
    if difference.low is None or difference.high is None or difference.low <= 0 <= difference.high:
        return ""
    return "more" if difference.low > 0 else "less"


def _values(figure: str, difference: Difference) -> str:
    unit = figures()[figure].unit
    a, b, change = (quantity(v, unit) for v in (difference.a, difference.b, difference.value))
    line = f"{b} against {a}, difference {change}"
    if difference.low is not None and difference.high is not None:
        line += f" ({quantity(difference.low, unit)} to {quantity(difference.high, unit)})"
    return line
