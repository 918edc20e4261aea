"""One work on made-up accounts and requests, in a process of its own: ``million.py WORK ACCOUNTS``.

Prints CPU seconds, wall seconds, largest resident set (MiB) and something found.
"""

from __future__ import annotations

import json
import re
import sys
import time as clock
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from detectors.registry import load_detector
from recording.schema import TABLES
from recording.view import LogView

MS_PER_DAY = 86_400_000
REQUESTS_EACH = 30
WORDS = {"kind": "residential", "plan": "trial"}


class Made:
    """A day of requests: pairs of accounts at an address, a fifth of their requests elsewhere."""

    start = 0

    def __init__(self, accounts: int) -> None:
        rng = np.random.default_rng(1)
        count, of_all = REQUESTS_EACH * accounts, np.arange(accounts)
        who = rng.integers(accounts, size=count, dtype=np.int32)
        away = accounts * (rng.random(count) < 0.2).astype(np.int32)
        self.time = np.sort(rng.integers(1, MS_PER_DAY, size=count))
        self.given = {
            "accounts": {
                "account": of_all, "created": of_all, "mailbox": of_all,
                "device": of_all // 3, "address": of_all // 2,
            },
            "addresses": {"address": np.arange(2 * accounts)},
            "mailboxes": {"mailbox": of_all},
            "requests": {
                "time": self.time, "account": who, "address": who // 2 + away,
                "conversation": rng.integers(count // 8, size=count, dtype=np.int32),
                "sketch": rng.integers(2**62, size=count),
                "input_tokens": rng.integers(2000, size=count, dtype=np.int32),
            },
        }  # fmt: skip

    def rows(self, table, after, until, columns=None):
        """See `recording.source.Source`."""
        held = self.given.get(table, {})
        low, high = 0, len(next(iter(held.values()))) if held else 0
        if table == "requests":
            low, high = np.searchsorted(self.time, [after, until], "right")
        names = columns or TABLES[table].names
        return pa.table({name: self._column(table, name, low, high) for name in names})

    def _column(self, table, name, low, high):
        kind = TABLES[table].schema.field(name).type
        values = self.given.get(table, {}).get(name)
        if values is not None:
            return pa.array(values[low:high]).cast(kind)
        blank = np.zeros(high - low, np.int8)
        if pa.types.is_dictionary(kind):
            code = pa.array(blank).cast(kind.index_type)
            return pa.DictionaryArray.from_arrays(code, [WORDS.get(name, "some")]).cast(kind)
        if pa.types.is_string(kind):
            blocks = (i // 50 for i in range(low, high))
            return pa.array([f"10.{b >> 8 & 255}.{b & 255}.0/24" for b in blocks])
        if name in ("organisation", "phone"):
            return pa.nulls(high - low, kind)
        return pa.array(blank.astype(np.int64)).cast(kind)


def review_of(name: str) -> Callable[[int], Callable[[], int]]:
    """One review of the day by a detector of the house."""

    def made(accounts: int) -> Callable[[], int]:
        log, maker = LogView(Made(accounts), MS_PER_DAY), load_detector(name)
        return lambda: maker().review(log).account.size

    return made


def features(accounts: int) -> Callable[[], int]:
    """The feature table after the day."""
    from detectors.features.accounts import AccountFeatures

    log = LogView(Made(accounts), MS_PER_DAY)

    def work() -> int:
        kept = AccountFeatures()
        kept.update(log)
        return int(np.isfinite(kept.table(log.now)).all())

    return work


def peeling(accounts: int) -> Callable[[], int]:
    """FRAUDAR's peeling of five edges an account, with a planted block."""
    from detectors.graph.fraudar import discounted
    from detectors.graph.peeling import densest_block

    rng = np.random.default_rng(1)
    places = rng.integers(accounts, size=5 * accounts)
    things = (rng.random(5 * accounts) ** 3 * accounts).astype(np.int64)
    block = accounts // 100
    places[:block], things[:block] = np.divmod(np.arange(block), 100)
    pairs = np.unique(places << 32 | things)
    places, things = pairs >> 32, np.unique(pairs & 0xFFFFFFFF, return_inverse=True)[1]
    return lambda: int(densest_block(discounted(places, things, accounts)).block.sum())


NAMED = ("velocity", "shared-resources", "sign-up-burst", "synchrotrap")
WORKS = {
    "peeling": peeling,
    "features": features,
    **{name: review_of(name) for name in NAMED},
}

if __name__ == "__main__":
    work = WORKS[sys.argv[1]](int(sys.argv[2]))
    begun, wall = clock.process_time(), clock.perf_counter()
    found = work()
    used = clock.process_time() - begun, clock.perf_counter() - wall
    peak = int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
    print(json.dumps([*used, peak / 1024, found]))
