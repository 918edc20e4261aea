"""A small random log in memory, for examples, tests and the conformance checks.

By default it has 80 accounts and three days; a group of accounts (the crowd) shares devices,
addresses and cards, which no other accounts do. It is not a benchmark: detectors are evaluated on
scenarios.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.schema import ENTITIES, TABLES
from shamcrowd.recording.source import MemorySource
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, AccountIds

START = 1_772_409_600_000
"""2 March 2026, a Monday."""
CROWD_SHARE = 0.15
_Given = dict[str, npt.NDArray[np.int64] | npt.NDArray[np.int32]]
_CATEGORIES = {
    "country": ["DE", "US", "IN"], "locale": ["de_DE", "en_US", "en_IN"],
    "sign_in": ["password", "oauth"], "plan": ["trial", "pay-as-you-go"],
    "model": ["swift-3", "deep-3"], "endpoint": ["chat", "batch"],
    "topic": ["writing", "programming", "mathematics"],
    "sdk": ["python", "node"], "version": ["1.0", "1.1"], "os": ["linux", "windows"],
    "family": ["ipv4", "ipv6"],
    "browser": ["firefox 148", "chrome 145"], "language": ["de_DE", "en_US"],
}  # fmt: skip
_KINDS = {
    "addresses": ["residential", "hosting"], "cards": ["credit", "debit"],
}  # fmt: skip


class Sample(MemorySource):
    """Tables in memory; ``crowd`` holds the ids of the accounts that share entities."""

    def __init__(self, tables: dict[str, pa.Table], start: int, crowd: AccountIds) -> None:
        super().__init__(tables, start)
        self.crowd = crowd


def sample_log(seed: int = 0, accounts: int = 80, days: int = 3) -> Sample:
    """Make a random log with about 12 requests per account and day.

    Args:
        seed: seed of the random numbers.
        accounts: number of accounts; 15 % of them are the crowd.
        days: length of the log.

    >>> log = sample_log()
    >>> log.tables["accounts"].num_rows, len(log.crowd)
    (80, 12)
    """
    rng = np.random.default_rng(seed)
    crowd = round(accounts * CROWD_SHARE)
    ids = {name: _ids(rng, accounts) for name in ("account", "key", "client", "organisation")}
    shared: _Given = {}
    for entity in ENTITIES:
        key = entity.columns[0].name
        own = _ids(rng, accounts)
        if key in ("device", "address", "card"):
            # Three entities for the whole crowd, so that all of it is linked.
            own[:crowd] = own[rng.integers(3, size=crowd)]
        shared[key] = own
    end = START + days * MS_PER_DAY
    created = START + (rng.random(accounts) * 0.7 * days * MS_PER_DAY).astype(np.int64)
    created[:crowd] = START + MS_PER_DAY // 3 + rng.integers(MS_PER_HOUR, size=crowd)
    who = np.repeat(np.arange(accounts), rng.poisson(12 * days, accounts))
    time = created[who] + (rng.random(len(who)) ** 1.5 * (end - created[who])).astype(np.int64)
    order = np.argsort(time, kind="stable")
    who, time = who[order], time[order]
    given: _Given = {"created": created, **ids, **shared}
    tables = {
        "accounts": _table(rng, "accounts", np.arange(accounts), given),
        "requests": _table(rng, "requests", who, {**given, "time": time}),
    }
    joined = np.argsort(created, kind="stable")
    about = {**given, "time": created[joined] + MS_PER_MINUTE}
    tables["activity"] = _table(rng, "activity", joined, about)
    for entity in ENTITIES:
        key = entity.columns[0].name
        # In order of time, so that the first row of an entity is where it was first seen.
        _, at = np.unique(given[key][joined], return_index=True)
        first = joined[at]
        tables[entity.name] = _table(
            rng, entity.name, first, {key: given[key], "first_seen": created}
        )
    return Sample(tables, START, ids["account"][:crowd].copy())


def _ids(rng: np.random.Generator, count: int) -> npt.NDArray[np.int32]:
    return rng.choice(2**31 - 1, count, replace=False).astype(np.int32)


def _table(
    rng: np.random.Generator,
    name: str,
    rows: npt.NDArray[np.int64],
    given: _Given,
) -> pa.Table:
    """Fill a table: columns in ``given`` are taken by account, the others drawn by type."""
    arrays = []
    for column in TABLES[name].columns:
        values: object
        if column.name == "request":
            # An odd factor gives each row another number below 2**31.
            values = np.arange(1, len(rows) + 1) * 1_103_515_245 % 2**31
        elif column.name == "duration":
            values = 300 + np.arange(len(rows)) * 7919 % 20_000
        elif column.name == "stream":
            values = np.arange(len(rows)) % 3 > 0
        elif column.name == "first_token":
            values = [100 + i * 79 % 200 if i % 3 else None for i in range(len(rows))]
        elif column.name == "retry_after":
            values = [None] * len(rows)
        elif column.name in ("cached_tokens", "reasoning_tokens"):
            values = np.zeros(len(rows), np.int64)
        elif column.name in given:
            values = given[column.name] if column.name == "time" else given[column.name][rows]
        elif column.name == "kind" and name == "activity":
            kinds = ("card_added", "key_created", "login")
            values = [kinds[i] for i in rng.integers(3, size=len(rows))]
        elif column.name == "amount":
            values = [None] * len(rows)
        elif column.name == "prefix":
            values = [f"100.64.{i}.0/24" for i in rng.integers(256, size=len(rows))]
        elif column.name == "status":
            values = rng.choice([200, 429], len(rows), p=[0.95, 0.05])
        elif pa.types.is_dictionary(column.type) or column.name in _CATEGORIES:
            words = (
                _KINDS.get(name, ["mobile"])
                if column.name in ("kind", "line")
                else _CATEGORIES[column.name]
            )
            values = [words[i] for i in rng.integers(len(words), size=len(rows))]
        elif pa.types.is_string(column.type):
            values = [f"{column.name}-{i}" for i in rng.integers(10_000, size=len(rows))]
        elif column.type == pa.uint64():
            values = rng.integers(2**63, size=len(rows)).astype(np.uint64)
        else:
            values = rng.integers(1, 900, size=len(rows))
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        array = (
            pa.array(values, kind)
            if not isinstance(values, np.ndarray)
            else pa.array(values).cast(kind)
        )
        arrays.append(array.cast(column.type))
    return pa.table(arrays, schema=TABLES[name].schema)
