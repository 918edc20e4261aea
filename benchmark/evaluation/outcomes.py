"""The outcome of each campaign, and false positives by segment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.missed import FeatureTable, missed
from shamcrowd.benchmark.scoring.scores import CampaignOutcome, SegmentHarm
from shamcrowd.recording.units import MS_PER_HOUR

EXAMPLES = 3


def campaign_outcomes(
    seed: int, findings: LabelledFindings, features: FeatureTable, reason: Mapping[int, str],
    by_training: Sequence[LabelledFindings] = (),
) -> list[CampaignOutcome]:  # fmt: skip
    """One for each campaign of the recording.

    ``by_training`` holds the findings by training seed, if there are several; ``findings`` are the
    first of them.
    """
    each = by_training if len(by_training) > 1 else ()
    truth = findings.truth
    legitimate = ~truth.sham
    outcomes = []
    for code, name in enumerate(truth.campaigns):
        member = truth.campaign == code
        rows = member[truth.abuse_index]
        tokens, late = truth.abuse_tokens[rows], findings.prevented[rows]
        flagged = np.sort(findings.flagged[member])
        half = int(np.ceil(len(flagged) / 2)) - 1
        abusing = truth.first_abuse[member]
        begin = abusing[abusing >= 0].min(initial=np.iinfo(np.int64).max)

        def hours(review: int, begin: int = int(begin)) -> float | None:
            if review == NEVER_FLAGGED:
                return None
            return max(float(truth.reviews[review] - begin) / MS_PER_HOUR, 0.0)

        outcomes.append(
            CampaignOutcome(
                seed=seed,
                campaign=name,
                tactic=truth.tactics[code],
                accounts=int(member.sum()),
                flagged=int((flagged != NEVER_FLAGGED).sum()),
                requests=int(truth.abuse_requests[rows].sum()),
                tokens=int(tokens.sum()),
                tokens_prevented=int(tokens[late].sum()),
                first_flag_hours=hours(int(flagged[0])),
                half_hours=hours(int(flagged[half])),
                curve=_curve(findings, member, rows),
                missed=missed(features, member, findings.alert, legitimate),
                reasons=_examples(findings, member & findings.alert, reason),
                by_training=tuple(_found(one, member, rows) for one in each),
            )
        )
    return outcomes


def _found(
    findings: LabelledFindings, member: npt.NDArray[np.bool_], rows: npt.NDArray[np.bool_]
) -> tuple[int, int]:
    """Accounts flagged, and tokens prevented."""
    tokens = findings.truth.abuse_tokens[rows][findings.prevented[rows]]
    return int(findings.alert[member].sum()), int(tokens.sum())


def _curve(
    findings: LabelledFindings, member: npt.NDArray[np.bool_], rows: npt.NDArray[np.bool_]
) -> tuple[tuple[float, float, int, int], ...]:
    """Hours since the start, share flagged, tokens so far and those let through, by review."""
    truth = findings.truth
    many = len(truth.reviews)
    interval, tokens = truth.abuse_review[rows], truth.abuse_tokens[rows]
    through = np.where(findings.prevented[rows], 0, tokens)
    drawn, let = (
        np.cumsum(np.bincount(interval, weights=w, minlength=many + 1)[:many])
        for w in (tokens, through)
    )
    flags = findings.flagged[member]
    share = np.cumsum(np.bincount(flags[flags != NEVER_FLAGGED], minlength=many)) / len(flags)
    hours = (truth.reviews - truth.manifest.start) / MS_PER_HOUR
    return tuple(
        (float(h), float(s), int(d), int(t))
        for h, s, d, t in zip(hours, share, drawn, let, strict=True)
    )


def _examples(
    findings: LabelledFindings, chosen: npt.NDArray[np.bool_], reason: Mapping[int, str]
) -> tuple[str, ...]:
    """Different reasons given for some accounts, those with the highest scores first."""
    place = np.flatnonzero(chosen)
    place = place[np.argsort(-findings.score[place], kind="stable")]
    reasons_given = (reason.get(a, "") for a in findings.truth.account[place].tolist())
    return tuple(dict.fromkeys(text for text in reasons_given if text))[:EXAMPLES]


def segment_harm(
    findings: Mapping[int, LabelledFindings], reasons: Mapping[int, Mapping[int, str]],
    by_training: Sequence[Mapping[int, LabelledFindings]] = (),
) -> tuple[SegmentHarm, ...]:  # fmt: skip
    """Legitimate accounts and false positives by segment, over all scored seeds.

    ``by_training`` is as for `campaign_outcomes`.
    """
    each = by_training if len(by_training) > 1 else ()
    names = sorted({name for one in findings.values() for name in one.truth.segments})
    harm = []
    for name in names:
        accounts, hurt = 0, 0
        reasons_given: list[str] = []
        by_seed = []
        for seed, one in findings.items():
            inside = _inside(one, name)
            by_seed.append((int(inside.sum()), int((inside & one.alert).sum())))
            accounts += by_seed[-1][0]
            hurt += by_seed[-1][1]
            reasons_given += _examples(one, inside & one.alert, reasons[seed])
        examples = tuple(dict.fromkeys(reasons_given))[:EXAMPLES]
        flagged = tuple(
            tuple(int((_inside(one, name) & one.alert).sum()) for one in of.values()) for of in each
        )
        harm.append(SegmentHarm(name, accounts, hurt, examples, tuple(by_seed), flagged))
    return tuple(harm)


def _inside(findings: LabelledFindings, segment: str) -> npt.NDArray[np.bool_]:
    """Which accounts are legitimate ones of a segment."""
    truth = findings.truth
    if segment not in truth.segments:
        return np.zeros(len(truth.account), np.bool_)
    inside: npt.NDArray[np.bool_] = truth.segment == truth.segments.index(segment)
    return inside & ~truth.sham
