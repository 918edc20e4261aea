"""Aggregates over runs of rows: an account's rows, its rows of one day, of one hour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints


@dataclass(frozen=True)
class Runs:
    """Consecutive rows that belong together; no run is empty.

    Attributes:
        starts: first row of each run.
        size: number of rows of each run.
        owner: index of the account of each run.
        of_row: run of each row.
    """

    starts: Ints
    size: Ints
    owner: Ints
    of_row: Ints


def runs(owner: Ints, part: Ints | None = None) -> Runs:
    """The runs of rows with one owner (and one ``part``, such as a day).

    >>> runs(np.array([4, 4, 7])).size.tolist()
    [2, 1]
    """
    fresh = np.ones(len(owner), bool)
    fresh[1:] = owner[1:] != owner[:-1]
    if part is not None:
        fresh[1:] |= part[1:] != part[:-1]
    starts = np.flatnonzero(fresh)
    size = np.diff(np.append(starts, len(owner)))
    return Runs(starts, size, owner[starts], np.cumsum(fresh) - 1)


def of_numbers(values: Floats, over: Runs) -> dict[str, Floats]:
    """Minimum, maximum, mean, spread (standard deviation) and total by run. No value is NaN."""
    total = np.add.reduceat(values, over.starts)
    mean = total / over.size
    # Centred first: times in ms are too large to be squared as they are.
    centred = values - mean[over.of_row]
    spread = np.sqrt(np.add.reduceat(centred * centred, over.starts) / over.size)
    return {
        "min": np.minimum.reduceat(values, over.starts),
        "max": np.maximum.reduceat(values, over.starts),
        "mean": mean,
        "spread": spread,
        "total": total,
    }


@dataclass(frozen=True)
class RunValues:
    """Each different value of each run: the run, the code of the value, and its number of rows."""

    run: Ints
    code: Ints
    rows: Ints


def pairs(codes: Ints, over: Runs) -> RunValues:
    """The different values of each run, in the order of runs."""
    width = int(codes.max(initial=0)) + 1
    key = np.sort(over.of_row * width + codes)
    first = np.ones(len(key), bool)
    first[1:] = key[1:] != key[:-1]
    at = np.flatnonzero(first)
    run, code = np.divmod(key[at], width)
    return RunValues(run, code, np.diff(np.append(at, len(key))))


def of_codes(found: RunValues, over: Runs) -> dict[str, Floats]:
    """Number of different values, entropy in bits, and share of the most common value, by run."""
    starts = runs(found.run).starts
    share = found.rows / over.size[found.run]
    return {
        "distinct": np.bincount(found.run, minlength=len(over.size)).astype(np.float64),
        "entropy": np.abs(np.add.reduceat(-share * np.log2(share), starts)),
        "share of the commonest": np.maximum.reduceat(share, starts),
    }


def spread_out(values: Floats, over: Runs, accounts: int) -> Floats:
    """One value per run as one value per account; an account has at most one run."""
    whole = np.full(accounts, np.nan)
    whole[over.owner] = values
    return whole


def over_parts(values: Floats, over: Runs, accounts: int) -> dict[str, Floats]:
    """Maximum and mean over the runs of each account."""
    mine = runs(over.owner)
    return {
        "max": spread_out(np.maximum.reduceat(values, mine.starts), mine, accounts),
        "mean": spread_out(np.add.reduceat(values, mine.starts) / mine.size, mine, accounts),
    }
