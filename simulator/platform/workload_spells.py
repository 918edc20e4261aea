"""Workloads in spells: they pause when an account's owner leaves, and resume if he returns.

The one place in which accounts, honest and sham, start and stop to be used by their owner's
decision. An owner who returns does so for other work, so each spell has favourites of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.lifecycle.retention import SPELLS, spells
from shamcrowd.simulator.platform.workload import Workload


def in_spells(
    workloads: list[Workload], opens: Millis, stays: Millis, pauses: Millis, start: int
) -> list[Workload]:
    """Cut the workloads of a batch of n accounts into its owners' spells of use.

    Args:
        workloads: they count accounts from 0.
        opens: shape (n,), when each account can be used first, ms.
        stays: shape (n, `SPELLS`), lengths of the spells, ms.
        pauses: shape (n, `SPELLS`), lengths of the pauses after them, ms.
        start: spells that end before this moment (ms) are left out.

    Returns:
        For each run of twins one copy a spell, with the accounts that are in use in it.
    """
    return [part for run in _runs(workloads) for part in _cut(run, opens, stays, pauses, start)]


def _runs(workloads: list[Workload]) -> Iterator[list[Workload]]:
    """Workloads with the twins that follow them, which must stay beside them."""
    run: list[Workload] = []
    for workload in workloads:
        if run and not workload.twin:
            yield run
            run = []
        run.append(workload)
    if run:
        yield run


def _cut(
    run: list[Workload], opens: Millis, stays: Millis, pauses: Millis, start: int
) -> Iterator[Workload]:
    who = run[0].who
    # A spell of use begins when there is something to use the account for; cover may come first.
    cut = [spells(np.maximum(opens[who], w.opens), stays[who], pauses[who]) for w in run]
    for number in range(SPELLS):
        each = [(begin[:, number], end[:, number]) for begin, end in cut]
        # Twins have the same accounts; those without use in this spell begin at `NEVER`.
        there = np.logical_or.reduce([(begin < NEVER) & (end > start) for begin, end in each])
        if number and not there.any():
            continue
        for workload, (begin, end) in zip(run, each, strict=True):
            part = workload.chosen(there)
            yield replace(
                part,
                opens=np.maximum(part.opens, begin[there]),
                ends=np.minimum(part.ends, end[there]),
            )
