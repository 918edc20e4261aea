"""Probes of ids and of row positions, which must not separate sham from legitimate accounts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shamcrowd.benchmark.world_checks.audit.probe import Family, Ints, Probe


def once(ids: Ints, holder: Ints, group: Ints) -> tuple[Ints, Ints]:
    """Each id once in each group that holds it, with one of its accounts.

    An id is drawn at random once, however many accounts share it. Counted once per account, a few
    shared ids would look like a pattern. Missing ids (negative) are left out.
    """
    used = (ids >= 0) & (holder >= 0)
    ids, holder = ids[used], holder[used]
    order = np.lexsort((holder, group[holder], ids))
    ids, holder = ids[order], holder[order]
    side = group[holder]
    if not len(ids):
        return ids, holder
    first = np.ones(len(ids), bool)
    first[1:] = (ids[1:] != ids[:-1]) | (side[1:] != side[:-1])
    return ids[first], holder[first]


def id_probes(table: str, column: str, ids: Ints, holder: Ints) -> Iterator[Probe]:
    """Order and last digits of ids, each of which occurs once (:func:`once`)."""
    digit = ids % 10
    common = np.bincount(digit, minlength=10)
    features = {
        "order of ids": ids,
        "last digit": digit,
        "how common its last digit is": common[digit],
        "lowest bit": ids % 2,
        "lowest four bits": ids % 16,
    }
    for name, values in features.items():
        yield Probe(table, column, name, "id", values.astype(np.float64), holder)


def row_probe(table: str, column: str, row: Ints, holder: Ints) -> Probe:
    """Position in the file of rows, each of which occurs once (:func:`once`)."""
    family: Family = "row"
    return Probe(table, column, "row in the file", family, row.astype(np.float64), holder)
