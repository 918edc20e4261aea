"""Training examples from several moments of a log, so that accounts of every age are included."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import Labels
from shamcrowd.detectors.learned.evidence import Evidence
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView

MOMENTS = 10
"""Number of moments, evenly spaced over the training log (assumed)."""
MOST_HONEST = 30_000
"""Honest accounts used at one moment, at most; evenly spaced in the sorted table (assumed)."""


def moments(log: LogView) -> list[int]:
    """Return the moments (ms since 1970) of the training examples, the last at the log's end.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = LogView(sample_log(), sample_log().start + 3 * 86_400_000)
    >>> [(moment - log.start) / 86_400_000 for moment in moments(log)][-2:]
    [2.7, 3.0]
    """
    span = log.now - log.start
    return [log.start + span * k // MOMENTS for k in range(1, MOMENTS + 1)]


def followed(log: LogView, evidence: Evidence) -> Iterator[tuple[int, npt.NDArray[np.float64]]]:
    """Yield each moment with the table as of that moment."""
    since = EARLIEST
    for now in moments(log):
        evidence.update(log.at(now, since))
        since = now
        yield now, evidence.table(now)


def examples(
    log: LogView, labels: Labels, make: Callable[[], Evidence]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Make the training examples of all moments, sorted by value.

    A detector scores accounts of every age, so it has to learn from accounts of every age: the end
    of a log alone may hold no sham account that is an hour old. Accounts opened during the log and
    labelled sham are sham from the start. Accounts older than the log may have been honest until
    they were taken over, and the label does not say when: they count as sham in the second half of
    the log and are left out in the first. Accounts without a label are left out.

    Args:
        log: the training log.
        labels: labels of its accounts.
        make: makes the input table.

    Returns:
        The table, shape (examples, columns), and which examples are sham, shape (examples,).
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
    """Sort rows by their values, so that the result depends on neither ids nor row order.

    >>> by_value(np.array([[2.0, 0.0], [1.0, 5.0]])).tolist()
    [[1.0, 5.0], [2.0, 0.0]]
    """
    return table[np.lexsort(np.nan_to_num(table, nan=-1e9).T[::-1])]
