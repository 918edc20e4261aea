"""What was measured and the main results, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.charts.formatting import (
    count,
    count_range,
    figure,
    interval,
    listed,
    percent,
)
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.scoring.scores import DetectorScores, Measurement, Scores
from shamcrowd.recording.counting import counted

CAMPAIGNS = "campaign-recall"
ACCOUNTS = "recall-at-0-1-percent"


def what_was_measured(scores: Scores) -> str:
    """Detectors, recordings and prevalence, in a sentence."""
    records = scores.recordings
    detectors = sum(d.kind == "detector" for d in scores.detectors)
    shares = [r.prevalence for r in records]
    least, most = percent(min(shares)), percent(max(shares))
    seeds = counted(len(scores.seeds), "seed")
    held = (
        f"{count_range([r.accounts for r in records])} accounts and "
        f"{count_range([r.requests for r in records])} requests"
    )
    sham = (
        f"{count_range([r.sham_accounts for r in records])} of the accounts are sham "
        f"(prevalence {least if least == most else f'{least} to {most}'})"
        if any(r.sham_accounts for r in records)
        else "none of the accounts is sham"
    )
    return (
        f"{counted(detectors, 'detector')} and "
        f"{counted(len(scores.detectors) - detectors, 'control')} scored {held} "
        f"on {'each of ' if len(scores.seeds) > 1 else ''}{seeds}; {sham}."
    )


def verdict(scores: Scores) -> list[str]:
    """The main results of a run, in sentences."""
    judged = [d for d in scores.detectors if d.kind == "detector" and d.status == "ok"]
    if not judged:
        return ["No detector finished, so there is nothing to compare."]
    if not any(record.sham_accounts for record in scores.recordings):
        return [
            "There is no abuse in this scenario: only false alarms can be measured.",
            *(_harm(d) for d in judged),
        ]
    blind = [
        d
        for d in scores.detectors
        if d.kind == "control" and d.status == "ok" and d.name not in truth_controls()
    ]
    best = _best(judged, CAMPAIGNS) or _best(judged, ACCOUNTS)
    return [
        _compared("Finding campaigns (campaign recall)", CAMPAIGNS, judged, blind),
        _compared("Finding accounts (recall at 0.1 % false positives)", ACCOUNTS, judged, blind),
        *(_harm(d) for d in best),
    ]


def measured(scored: DetectorScores, name: str) -> Measurement:
    """A detector's measurement; an empty one if it has none."""
    return scored.metrics.get(name, Measurement(None, note="not measured"))


def _compared(
    what: str, name: str, judged: Sequence[DetectorScores], blind: Sequence[DetectorScores]
) -> str:
    """The best detector compared with the best control that does not read the truth."""
    best, rival = _best(judged, name), _best(blind, name)
    if not best:
        return f"{what}: not measured, {measured(judged[0], name).note}."
    ours = measured(best[0], name)
    who = f"{listed([d.name for d in best])} {'leads' if len(best) == 1 else 'lead'}"
    if not rival:
        return f"{what}: {who} with {_said(ours)}; no control to compare with was measured."
    theirs = measured(rival[0], name)
    against = f"{listed([d.name for d in rival])} with {_said(theirs)}"
    if not round(theirs.value or 0.0, 3) and (ours.value or 0.0) > 0:
        return (
            f"{what}: {who} with {_said(ours)}; the controls that do not read the truth find none."
        )
    if (ours.value or 0.0) <= (theirs.value or 0.0):
        return (
            f"{what}: no detector is better than the controls. {who} with {_said(ours)}; the best "
            f"control is {against}."
        )
    best_of = "the best control is" if len(rival) == 1 else "the best controls are"
    sentence = f"{what}: {who} with {_said(ours)}; {best_of} {against}."
    if ours.low is not None and theirs.high is not None and ours.low <= theirs.high:
        sentence += " Their intervals overlap, so the difference may be due to chance."
    return sentence


def _said(measurement: Measurement) -> str:
    value = figure(measurement.value, "share")
    ends = interval(measurement.low, measurement.high, "share")
    return f"{value} (95 % interval {ends})" if ends else value


def _best(among: Sequence[DetectorScores], name: str) -> list[DetectorScores]:
    """Those with the highest value as displayed; empty if none has a value."""
    values = [(d, round(v, 3)) for d in among if (v := measured(d, name).value) is not None]
    most = max((v for _, v in values), default=None)
    return [d for d, v in values if v == most]


def _harm(scored: DetectorScores) -> str:
    hurt = [s for s in scored.segments if s.rate]
    if not hurt:
        return f"At its operating point {scored.name} flags no legitimate account."
    worst = max(hurt, key=lambda s: s.rate or 0.0)
    flagged = sum(s.flagged for s in hurt)
    share = flagged / sum(s.accounts for s in scored.segments)
    return (
        f"At its operating point {scored.name} flags {count(flagged)} legitimate "
        f"{'account' if flagged == 1 else 'accounts'} ({percent(share)}); the highest rate is "
        f"{percent(worst.rate)} in the segment {worst.segment}."
    )
