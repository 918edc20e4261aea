"""What a duel of responses found, in sentences."""

from __future__ import annotations

from shamcrowd.benchmark.charts.formatting import quantity
from shamcrowd.benchmark.closed_loop.duel import DuelScores
from shamcrowd.benchmark.closed_loop.figures.registry import figures
from shamcrowd.benchmark.closed_loop.lever_totals import levers_of
from shamcrowd.benchmark.comparison.paired import Difference
from shamcrowd.benchmark.comparison.responses import compare_responses
from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS

DETERS, HARMS = "deterrence-ratio", "people-hurt"


def response_findings(scores: DuelScores) -> tuple[str, ...]:
    """One sentence for each detector and each response but the first, and one for its levers.

    A sentence says "more" or "less" where the interval of the difference leaves out zero, and that
    there is no clear difference otherwise. A single response has those about its levers alone.
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
    return (*lines, *_of_levers(scores))


def _of_levers(scores: DuelScores) -> list[str]:
    """For each row with levers, the network in which they hurt most, and the one with least."""
    lines = []
    for row in scores.rows:
        totals = [t for t in levers_of(scores, row) if t.shams + t.people and t.place]
        if not totals:
            continue
        ranked = sorted(totals, key=lambda t: (t.people - t.shams, t.title))
        named = [ranked[-1]] if len(ranked) == 1 else [ranked[-1], ranked[0]]
        said = "; ".join(
            f"on {t.title}s they refused {t.people:,} legitimate and {t.shams:,} sham accounts"
            for t in named
        )
        lines.append(f"Levers of {row[1]} with {row[0]}: {said}.")
    return lines


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
        line += " Neither hurts a legitimate account."
    elif HARMS in found:
        harms = found[HARMS]
        words = {
            "more": f"{other} hurts more legitimate accounts",
            "less": f"{other} hurts fewer legitimate accounts",
            "": "No clear difference in legitimate accounts hurt",
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
