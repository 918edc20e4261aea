"""Labelled rows from several moments of a training log: young accounts as well as old ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import Labels
from shamcrowd.detectors.learned.evidence import Evidence
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView

MOMENTS = 10
"""Views of the training log, evenly spaced, each on what was known by then (assumed)."""
MOST_HONEST = 30_000
"""Honest accounts taken at one moment, evenly over the sorted table (assumed)."""


def moments(log: LogView) -> list[int]:
    """When a training log is looked at: ``MOMENTS`` times, the last at its end.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = LogView(sample_log(), sample_log().start + 3 * 86_400_000)
    >>> [(moment - log.start) / 86_400_000 for moment in moments(log)][-2:]
    [2.7, 3.0]
    """
    span = log.now - log.start
    return [log.start + span * k // MOMENTS for k in range(1, MOMENTS + 1)]


def followed(log: LogView, evidence: Evidence) -> Iterator[tuple[int, npt.NDArray[np.float64]]]:
    """Play a log forward: each moment and the table of that moment."""
    since = EARLIEST
    for now in moments(log):
        evidence.update(log.at(now, since))
        since = now
        yield now, evidence.table(now)


def examples(
    log: LogView, labels: Labels, make: Callable[[], Evidence]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Rows to learn from and which of them are sham, over all moments, sorted by value.

    A detector is asked of accounts at every age, so it has to learn from accounts at every age:
    the end of a log alone holds no sham account that is an hour old. Who was opened in the course
    of the log and is labelled sham was so from the start. An account older than the log may have
    been honest until it was hijacked, and the label does not say when: it counts as sham in the
    second half of the log only, and in the first not at all. Accounts without a label are left
    out.
    """
    evidence = make()
    known = log.accounts(["account", "created"])
    old = known["account"].to_numpy()[
        known["created"].to_numpy("datetime64[ms]").astype(np.int64) < log.start
    ]
    honest, sham = labels.account[~labels.sham], labels.account[labels.sham]
    perhaps = np.intersect1d(sham, old)
    rows: list[npt.NDArray[np.float64]] = []
    named: list[npt.NDArray[np.bool_]] = []
    for now, table in followed(log, evidence):
        ids = evidence.index.ids
        early = 2 * (now - log.start) <= log.now - log.start
        bad = np.isin(ids, np.setdiff1d(sham, perhaps) if early else sham)
        good = by_value(table[np.isin(ids, honest)])
        good = good[:: -(-len(good) // MOST_HONEST) or 1]
        rows += [good, table[bad]]
        named += [np.zeros(len(good), np.bool_), np.ones(int(bad.sum()), np.bool_)]
    table, flags = np.concatenate(rows), np.concatenate(named)
    order = np.lexsort((flags, *np.nan_to_num(table, nan=-1e9).T[::-1]))
    return table[order], flags[order]


def by_value(table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The rows sorted by their values: nothing may hang on ids or on the order of rows.

    >>> by_value(np.array([[2.0, 0.0], [1.0, 5.0]])).tolist()
    [[1.0, 5.0], [2.0, 0.0]]
    """
    return table[np.lexsort(np.nan_to_num(table, nan=-1e9).T[::-1])]
