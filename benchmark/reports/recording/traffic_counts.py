"""Requests, tokens and abuse of every group, counted file by file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.benchmark.reports.recording.account_groups import GroupedAccounts
from shamcrowd.recording.schema import REQUESTS
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_HOUR

SERVED = 200
COLUMNS = ["time", "account", "address", "input_tokens", "output_tokens", "status"]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class TrafficCounts:
    """Counts over g groups and n accounts.

    An account has two slots, one while it is legitimate and one while it is abused.

    Attributes:
        hourly: requests by group and hour, shape (g, hours).
        tokens: tokens of served requests, shape (g,).
        abusive: abusive requests, shape (g,).
        days: for each group the requests of every account-day with any, ascending.
        slot_group: group of each slot, shape (2n,).
        busiest: requests of each slot's busiest day, shape (2n,).
        totals: all requests of each slot, shape (2n,).
        pairs: account index and address packed into 64 bits, each pair once.
    """

    hourly: Counts
    tokens: Counts
    abusive: Counts
    days: tuple[Counts, ...]
    slot_group: Counts
    busiest: Counts
    totals: Counts
    pairs: Counts

    @property
    def requests(self) -> Counts:
        """Requests by group."""
        requests: Counts = self.hourly.sum(axis=1)
        return requests


def count_traffic(truth: Truth, people: GroupedAccounts) -> TrafficCounts:
    """Count all requests, one day of files at a time.

    Raises:
        UnreadableError: if a file cannot be read.
    """
    groups, many = len(people.groups), len(people.account)
    start, end = truth.manifest.start, truth.manifest.end
    hours = max(-(-(end - start) // MS_PER_HOUR), 1)
    hourly = np.zeros(groups * hours, np.int64)
    tokens, abusive = np.zeros(groups, np.int64), np.zeros(groups, np.int64)
    busiest, totals = np.zeros(2 * many, np.int64), np.zeros(2 * many, np.int64)
    days: list[list[Counts]] = [[] for _ in range(groups)]
    pairs = [np.empty(0, np.int64)]
    group_of = np.column_stack([people.honest, people.sham]).ravel()
    files = groupby(truth.request_files(), key=lambda file: file[0].name.rsplit("-", 1)[0])
    for _, of_day in files:
        day = np.zeros(2 * many, np.int64)
        for path, flags in of_day:
            rows = read_table(path, REQUESTS.schema, COLUMNS)
            flag = truth.abusive(path, flags).to_numpy()
            time = rows.column("time").cast(pa.int64()).to_numpy()
            place = people.places(rows.column("account").to_numpy())
            abused = (time >= people.turns[place]) & (time < people.back[place])
            slot = 2 * place + abused
            group = group_of[slot]
            hour = np.clip((time - start) // MS_PER_HOUR, 0, hours - 1)
            hourly += np.bincount(group * hours + hour, minlength=groups * hours)
            used = np.where(rows.column("status").to_numpy() == SERVED, _tokens(rows), 0)
            tokens += np.bincount(group, used, groups).astype(np.int64)
            abusive += np.bincount(group[flag], minlength=groups)
            day += np.bincount(slot, minlength=2 * many)
            address = rows.column("address").to_numpy().astype(np.int64)
            pairs.append(np.unique(place << 32 | address))
        totals += day
        busiest = np.maximum(busiest, day)
        active = np.flatnonzero(day)
        for code in np.unique(group_of[active]):
            days[code].append(day[active[group_of[active] == code]])
    return TrafficCounts(
        hourly.reshape(groups, hours), tokens, abusive,
        tuple(np.sort(np.concatenate(d)) if d else np.empty(0, np.int64) for d in days),
        group_of, busiest, totals, np.unique(np.concatenate(pairs)),
    )  # fmt: skip


def _tokens(rows: pa.Table) -> Counts:
    into = rows.column("input_tokens").to_numpy().astype(np.int64)
    out: Counts = into + rows.column("output_tokens").to_numpy()
    return out
