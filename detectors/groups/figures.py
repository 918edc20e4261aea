"""Figures of sets of accounts: how densely linked, by what, and how they signed up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.groups.evidence import PairEvidence
from shamcrowd.recording.units import MS_PER_HOUR, Millis


@dataclass(frozen=True)
class SetFigures:
    """Figures of m sets.

    Attributes:
        size: shape (m,), accounts.
        density: shape (m,), weight of the links inside, each counted for both of its accounts, over
            the number of accounts.
        share: shape (m, kinds), share of accounts that are linked inside by each kind of evidence.
        twice: shape (m,), share of accounts that are linked inside by two kinds at least.
        hour: shape (m,), largest share of accounts that signed up within one hour.
        days: shape (m,), days between the first and the last tenth of sign-ups.
    """

    size: npt.NDArray[np.int64]
    density: npt.NDArray[np.float64]
    share: npt.NDArray[np.float64]
    twice: npt.NDArray[np.float64]
    hour: npt.NDArray[np.float64]
    days: npt.NDArray[np.float64]


def set_figures(label: npt.NDArray[np.int64], pairs: PairEvidence) -> SetFigures:
    """Figures of each set.

    Args:
        label: shape (accounts,), number of each account's set, from 0, `NO_CLUSTER` for none.
        pairs: the evidence.
    """
    many = int(label.max(initial=-1)) + 1
    inside = (label[pairs.one] == label[pairs.other]) & (label[pairs.one] != NO_CLUSTER)
    ends = np.concatenate([pairs.one[inside], pairs.other[inside]])
    size = np.bincount(label[label >= 0], minlength=many)
    some = np.maximum(size, 1)
    weight = np.tile(pairs.weight[inside], 2)
    density = np.bincount(label[ends], weight, minlength=many) / some
    linked = np.zeros((len(label), len(pairs.kinds)), np.bool_)
    there = np.tile(pairs.strength[inside] > 0, (2, 1))
    for kind in range(len(pairs.kinds)):
        linked[ends[there[:, kind]], kind] = True
    share = np.stack([_share(label, of_kind, some) for of_kind in linked.T], axis=1)
    twice = _share(label, linked.sum(axis=1) >= 2, some)
    hour, days = _sign_ups(label, pairs.created, some)
    return SetFigures(size, density, share, twice, hour, days)


def _share(
    label: npt.NDArray[np.int64], which: npt.NDArray[np.bool_], size: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    found: npt.NDArray[np.float64] = (
        np.bincount(label[which & (label >= 0)], minlength=len(size)) / size
    )
    return found


def _sign_ups(
    label: npt.NDArray[np.int64], created: Millis, size: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The largest share within an hour, and the days between the first and last tenth."""
    hour, days = np.zeros(len(size)), np.zeros(len(size))
    order = np.lexsort((created, label))
    order = order[label[order] >= 0]
    of_set, moment = label[order], created[order]
    if not len(order):
        return hour, days
    # Sets one after the other on one line, further apart than any two sign-ups.
    step = int(np.ptp(created)) + 2 * MS_PER_HOUR
    line = of_set * step + (moment - created.min())
    within = np.searchsorted(line, line + MS_PER_HOUR, "right") - np.arange(len(line))
    np.maximum.at(hour, of_set, within / size[of_set])
    first = np.searchsorted(of_set, np.arange(len(size)))
    low, high = (first + ((size - 1) * q).astype(np.int64) for q in (0.1, 0.9))
    last = len(moment) - 1
    days = (moment[np.minimum(high, last)] - moment[np.minimum(low, last)]) / (24 * MS_PER_HOUR)
    return hour, days
