"""The strongest detector that looks at one number of an account.

Four forms are tried: high values first, low values first, and the likelihood ratio of the cells of
`cells`, estimated from coarse to fine. Which form, and the ratios, come from one part of the
accounts; the detector is judged on another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shamcrowd.benchmark.world_checks.audit.cells import Cells
from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints
from shamcrowd.benchmark.world_checks.audit.roc import RATES, Curves, Recall, recall_at

WEIGHT = 2.0
"""How many accounts a coarse estimate counts for in a finer one (assumed)."""
FORMS = ("higher", "lower", "values")
"""High values first, low values first, or the values that sham accounts have more often."""
RATIO = FORMS.index("values")


@dataclass(frozen=True)
class Judged:
    """How well one rule separates, for each of J comparisons.

    Attributes:
        recall: at each of `roc.RATES`.
        auc: shape (J,).
        form: place in `FORMS` of the form chosen most often, shape (J,).
        score: the share of honest accounts that come before a cell, shape (J, folds, cells).
    """

    recall: tuple[Recall, ...]
    auc: Floats
    form: Ints
    score: Floats


def judge_rule(cells: Cells, sham: Floats, honest: Floats) -> Judged:
    """Fit on all folds but one, judge on that one, for each fold, and pool.

    Args:
        cells: the cells.
        sham: sham accounts in each cell, shape (folds, comparisons, cells).
        honest: honest accounts in each cell, same shape.
    """
    own = [sham.sum(0) - sham, honest.sum(0) - honest]
    chosen, scores = _forms(cells, *own)
    score = np.take_along_axis(scores, chosen[None, ..., None], 0)[0]
    # A cell with no more shams than on average is as good as any other: few honest accounts were
    # seen in it, which is no reason to flag it.
    usual = _share(*(side.sum(-1, keepdims=True) for side in own))
    floored = np.where(chosen[..., None] == RATIO, np.maximum(score, usual), score)
    # Each fold's threshold is set on its own honest accounts.
    many = np.maximum(honest.sum(-1, keepdims=True), 1)
    before = Curves.of(floored, sham, honest).middles() / many
    place = before.swapaxes(0, 1)
    flat = (len(sham[0]), -1)
    curves = Curves.of(
        -place.reshape(flat), sham.swapaxes(0, 1).reshape(flat), honest.swapaxes(0, 1).reshape(flat)
    )
    return Judged(
        tuple(recall_at(curves, rate) for rate in RATES),
        _mean_auc(Curves.of(score, sham, honest)),
        np.asarray(np.median(chosen, axis=0).round(), np.int64),
        place,
    )


def _share(sham: Floats, honest: Floats) -> Floats:
    found: Floats = sham / np.maximum(sham + honest, 1)
    return found


def _mean_auc(curves: Curves) -> Floats:
    """Mean over folds, by their sham accounts."""
    shams = curves.sham[..., -1]
    found: Floats = (curves.auc() * shams).sum(0) / np.maximum(shams.sum(0), 1)
    return found


def _forms(cells: Cells, sham: Floats, honest: Floats) -> tuple[Ints, Floats]:
    """The form that fits best, shape (folds, comparisons), and all scores, one more in front."""
    up = np.broadcast_to(np.arange(cells.many, dtype=np.float64), sham.shape)
    down = -up
    down = np.where(up == 0, -np.inf, down)
    ratio = likelihood(cells, sham, honest)
    scores = np.stack([up, down, ratio])
    if not cells.ordered:
        return np.full(sham.shape[:2], RATIO), scores
    good = [_goodness(Curves.of(score, sham, honest)) for score in (up, down)]
    # Each account is left out of the estimate by which it is scored.
    without = np.concatenate(
        [likelihood(cells, sham, honest, less_sham=1), likelihood(cells, sham, honest, 0, 1)], -1
    )
    nothing = np.zeros_like(sham)
    usual = _share(sham.sum(-1, keepdims=True), honest.sum(-1, keepdims=True))
    left_out = Curves.of(
        np.maximum(without, usual),
        np.concatenate([sham, nothing], -1),
        np.concatenate([nothing, honest], -1),
    )
    return np.argmax(np.stack([*good, _goodness(left_out)]), 0), scores


def _goodness(curves: Curves) -> Floats:
    """Recall at 0.1 %; that at 1 %, and then the AUC, decide between equals."""
    flagged = curves.flagged(curves.honest[..., -1:] * RATES) / np.maximum(curves.sham[..., -1:], 1)
    good: Floats = flagged[..., 0] + 1e-3 * flagged[..., 1] + 1e-6 * curves.auc()
    return good


def likelihood(
    cells: Cells, sham: Floats, honest: Floats, less_sham: int = 0, less_honest: int = 0
) -> Floats:
    """Share of sham accounts in each cell, estimated from coarse to fine.

    A finer estimate counts the coarser one as `WEIGHT` accounts. It ranks cells as the likelihood
    ratio does. ``less_sham`` and ``less_honest`` are left out of each cell, as if the account that
    is scored had not been there.
    """
    total, shams = (sham + honest).sum(-1, keepdims=True), sham.sum(-1, keepdims=True)
    less = less_sham + less_honest
    rate = np.broadcast_to((shams - less_sham) / np.maximum(total - less, 1), sham.shape)
    for starts in cells.starts:
        lengths = np.diff(np.append(starts, cells.many))
        s = np.repeat(np.add.reduceat(sham, starts, -1), lengths, -1)
        h = np.repeat(np.add.reduceat(honest, starts, -1), lengths, -1)
        rate = _finer(rate, s - less_sham, h - less_honest)
    return np.where(cells.exact, _finer(rate, sham - less_sham, honest - less_honest), rate)


def _finer(rate: Floats, sham: Floats, honest: Floats) -> Floats:
    sham, honest = np.maximum(sham, 0), np.maximum(honest, 0)
    found: Floats = (sham + WEIGHT * rate) / (sham + honest + WEIGHT)
    return found
