"""Two halves of a labelled set: what is set or learned on one is scored on the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.truth_arrays import HONEST, TruthArrays


def halves(truth: TruthArrays, together: str) -> npt.NDArray[np.int64]:
    """Divide accounts in two, groups whole.

    Groups go by size, the largest first, to the half that has fewer sham accounts. Sham accounts
    of no known group and honest accounts are drawn at random, the same every time.

    Args:
        truth: n accounts.
        together: the campaign of sham accounts without a group.

    Returns:
        Shape (n,), 0 or 1.
    """
    rng = np.random.default_rng(0)
    half = np.zeros(len(truth.account), np.int64)
    single = truth.campaign == HONEST
    if together in truth.campaigns:
        alone = truth.campaign == truth.campaigns.index(together)
        _deal(half, np.flatnonzero(alone), rng)
        single |= alone
    _deal(half, np.flatnonzero(truth.campaign == HONEST), rng)
    size = np.bincount(truth.campaign[~single], minlength=len(truth.campaigns))
    held = [0, 0]
    for code in np.argsort(-size, kind="stable").tolist():
        if size[code]:
            side = int(held[1] < held[0])
            half[truth.campaign == code] = side
            held[side] += int(size[code])
    return half


def _deal(
    half: npt.NDArray[np.int64], places: npt.NDArray[np.int64], rng: np.random.Generator
) -> None:
    half[rng.permutation(places)[len(places) // 2 :]] = 1


def part(truth: TruthArrays, keep: npt.NDArray[np.bool_]) -> TruthArrays:
    """The truth about some of the accounts."""
    place = np.cumsum(keep) - 1
    rows = keep[truth.abuse_index]
    there = np.unique(truth.campaign[keep & (truth.campaign != HONEST)])
    code = np.full(len(truth.campaigns) + 1, HONEST)
    code[there] = np.arange(len(there))
    return replace(
        truth,
        account=truth.account[keep],
        campaign=code[truth.campaign[keep]],
        campaigns=tuple(truth.campaigns[c] for c in there.tolist()),
        tactics=tuple(truth.tactics[c] for c in there.tolist()),
        segment=truth.segment[keep],
        sham_from=truth.sham_from[keep],
        first_abuse=truth.first_abuse[keep],
        abuse_index=place[truth.abuse_index[rows]],
        abuse_review=truth.abuse_review[rows],
        abuse_requests=truth.abuse_requests[rows],
        abuse_tokens=truth.abuse_tokens[rows],
    )
