"""One detector over a whole suite: by scenario, tactic and segment, with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from shamcrowd.benchmark.charts.formatting import figure, listed, percent
from shamcrowd.benchmark.comparison.standing import against
from shamcrowd.benchmark.reports.suite.board import SuiteBoard, SuiteRow, difference_text
from shamcrowd.benchmark.reports.suite.names import cut, headline, some
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import CampaignOutcome, DetectorScores, Scores

MAIN = "campaign-recall"
"""The metric by which scenarios are sorted and compared."""
EXAMPLES = 4


@dataclass(frozen=True)
class OnScenario:
    """``figures`` as text by metric; ``verdict`` compares the main metric with the best control."""

    scenario: str
    figures: dict[str, str]
    share: float | None
    verdict: str
    tip: str


@dataclass(frozen=True)
class OnTactic:
    """Over all campaigns of a tactic; ``missed`` says what unflagged accounts have in common."""

    tactic: str
    accounts: int
    flagged: float | None
    saved: float | None
    hours: float | None
    missed: str


@dataclass(frozen=True)
class OnSegment:
    """Legitimate accounts of a segment over all scenarios; ``worst`` is where most were flagged."""

    segment: str
    accounts: int
    flagged: int
    rate: float
    worst: str


@dataclass(frozen=True)
class DetectorPage:
    """The part of the report about one detector; ``anchor`` is the target of links to it."""

    row: SuiteRow
    anchor: str
    verdict: list[str]
    scenarios: list[OnScenario]
    tactics: list[OnTactic]
    segments: list[OnSegment]
    spared: list[str]
    reasons: list[tuple[str, str]]
    excuses: list[tuple[str, str]]


def detector_page(
    run: Sequence[Scores], board: SuiteBoard, row: SuiteRow, anchor: str
) -> DetectorPage:
    """Collect it from the scores."""
    found = [(s, d) for s in run for d in s.detectors if d.name == row.name and d.status == "ok"]
    hit = _segments(found)
    scenarios = _scenarios(run, board, row, found)
    tactics = _tactics([d for _, d in found])
    segments = [s for s in hit if s.flagged]
    return DetectorPage(
        row, anchor, _verdict(scenarios, tactics, segments), scenarios, tactics, segments,
        [s.segment for s in hit if not s.flagged],
        _reasons((c.tactic, r) for _, d in found for c in d.campaigns for r in c.reasons),
        _reasons((h.segment, r) for _, d in found for h in d.segments for r in h.reasons),
    )  # fmt: skip


def _scenarios(
    run: Sequence[Scores], board: SuiteBoard, row: SuiteRow,
    found: Sequence[tuple[Scores, DetectorScores]],
) -> list[OnScenario]:  # fmt: skip
    control = board.by[MAIN].control
    compared = against(run, row.name, control, MAIN) if control else {}
    rows: list[tuple[float, OnScenario]] = []
    for scores, scored in found:
        figures = {}
        for name, metric in headline().items():
            measured = scored.metrics.get(name)
            figures[name] = figure(measured.value if measured else None, metric.unit)
        main = scored.metrics.get(MAIN)
        value = main.value if main else None
        difference = compared.get(scores.scenario)
        one = OnScenario(
            scores.scenario, figures, None if value is None else min(max(value, 0.0), 1.0),
            difference.verdict if difference else "", difference_text(difference, control, "share"),
        )  # fmt: skip
        rows.append((float("inf") if value is None else -value, one))
    return [one for _, one in sorted(rows, key=lambda r: (r[0], r[1].scenario))]


def _tactics(found: Sequence[DetectorScores]) -> list[OnTactic]:
    by: dict[str, list[CampaignOutcome]] = {}
    for scored in found:
        for outcome in scored.campaigns:
            by.setdefault(outcome.tactic, []).append(outcome)
    rows = []
    for tactic, of in by.items():
        accounts = sum(c.accounts for c in of)
        tokens = sum(c.tokens for c in of)
        hours = [c.first_flag_hours for c in of if c.first_flag_hours is not None]
        rows.append(OnTactic(
            tactic, accounts,
            sum(c.flagged for c in of) / accounts if accounts else None,
            sum(c.tokens_prevented for c in of) / tokens if tokens else None,
            median(hours) if hours else None,
            next((cut(c.missed) for c in of if c.missed), ""),
        ))  # fmt: skip
    return sorted(rows, key=lambda t: (-(t.flagged or 0.0), t.tactic))


def _segments(found: Sequence[tuple[Scores, DetectorScores]]) -> list[OnSegment]:
    sizes: dict[str, list[tuple[int, int, str]]] = {}
    for scores, scored in found:
        for harm in scored.segments:
            sizes.setdefault(harm.segment, []).append(
                (harm.accounts, harm.flagged, scores.scenario)
            )
    rows = []
    for name, of in sizes.items():
        accounts, flagged = sum(entry[0] for entry in of), sum(entry[1] for entry in of)
        worst = max(of, key=lambda entry: entry[1] / entry[0] if entry[0] else 0.0)
        share = percent(worst[1] / worst[0]) if worst[0] else ""
        if accounts:
            text = f"{worst[2]} ({share})" if worst[1] else ""
            rows.append(OnSegment(name, accounts, flagged, flagged / accounts, text))
    return sorted(rows, key=lambda s: (-s.rate, s.segment))


def _reasons(given: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Examples: first one for each tactic or segment, then others, up to a maximum."""
    pairs = list(dict.fromkeys((what, cut(reason)) for what, reason in given))
    firsts = list({what: (what, reason) for what, reason in reversed(pairs)}.values())[::-1]
    rest = [pair for pair in pairs if pair not in firsts]
    return [*firsts, *rest][:EXAMPLES]


def _verdict(
    scenarios: Sequence[OnScenario], tactics: Sequence[OnTactic], segments: Sequence[OnSegment]
) -> list[str]:
    """The main results of the detector, in sentences."""
    said = []
    known = [s for s in scenarios if s.share is not None]
    if known:
        best = [s.scenario for s in known if s.share == known[0].share]
        least = [s.scenario for s in known if s.share == known[-1].share]
        title = metrics()[MAIN].title
        if len(best) == len(known):
            said.append(f"Its {title} is the same in all scenarios: {known[0].figures[MAIN]}.")
        else:
            said.append(
                f"Its {title} is highest in {some(best)} ({known[0].figures[MAIN]}) and lowest in "
                f"{some(least)} ({known[-1].figures[MAIN]}); the mean is "
                f"{fmean([s.share or 0.0 for s in known]):.3f}."
            )
        beaten = sum(s.verdict == "better" for s in known)
        behind = sum(s.verdict == "worse" for s in known)
        if any(s.verdict for s in known):
            said.append(
                f"It is better than the best control that does not read the truth in {beaten} of "
                f"{len(known)} scenarios and worse in {behind}; the others show no difference."
            )
    blind = [t.tactic for t in tactics if not t.flagged]
    if blind:
        said.append(f"It flags no account of these tactics: {listed(blind)}.")
    if segments:
        worst = segments[0]
        said.append(
            f"Its false-positive rate is highest in the segment {worst.segment}: "
            f"{percent(worst.rate)}."
        )
    return said
