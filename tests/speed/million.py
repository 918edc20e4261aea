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

from shamcrowd.detectors.registry import load_detector
from shamcrowd.recording.optional_tables import VISIBLE
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

REQUESTS_EACH = 30
BUSY_SPREAD = 1.35
PLACES = 7
FARM, FARM_ADDRESSES = 50, 4
DOMAINS, BINS, BLOCKS, TOPICS, MODELS = 300, 500, 2**16, 30, 8
WORDS = {"kind": "residential", "plan": "trial"}


class Made:
    """A day of a busy platform: thirty requests an account on average, most of them of the few.

    Fair in what makes detectors slow (all assumed): the busiest account sends thousands of
    requests, the median one about twelve. Everybody has a home address with one other and five
    more out of a heavy tail, so that the most popular address, a gateway, serves tens of thousands
    of accounts and the rarest one; an eighth have a card and some share it, families and farms
    share devices, mailboxes come from 300 domains. One account in a hundred is in a farm of 50
    that share addresses, devices, cards and hours. All that in a log held in memory, a GiB and a
    half, which is counted.
    """

    start = 0

    def __init__(self, accounts: int) -> None:
        rng = np.random.default_rng(1)
        count, of_all = REQUESTS_EACH * accounts, np.arange(accounts)
        busy = np.cumsum(rng.lognormal(0, BUSY_SPREAD, accounts))
        who = np.searchsorted(busy, rng.random(count) * busy[-1]).astype(np.int32)
        self.time = np.sort(rng.integers(1, MS_PER_DAY, size=count))
        farm = of_all // FARM
        sham = farm % 100 == 0
        pool = accounts // 2
        used = (pool * rng.random((accounts, PLACES)) ** 3).astype(np.int32)
        used[:, 0] = pool + of_all // 2
        # A farm has a few addresses that nobody else has, in turns of an hour.
        own = 2 * pool + farm[sham, None] * FARM_ADDRESSES
        used[sham] = own + np.arange(PLACES) % FARM_ADDRESSES
        place = np.minimum(rng.geometric(0.35, size=count) - 1, PLACES - 1)
        hour = (self.time // MS_PER_HOUR).astype(np.int64)
        place = np.where(sham[who], hour % PLACES, place)
        addresses = int(used.max()) + 1
        popular = np.arange(addresses) < pool // 100
        device = np.where(sham, accounts + farm * 5 + of_all % 5, of_all * 3 // 4)
        carded = np.flatnonzero((of_all % 8 == 0) | sham)
        card = np.where(sham[carded], accounts + farm[carded] * 10 + carded % 10, carded * 3 // 4)
        names = [
            f"{'abcdefgh'[i % 8] * (3 + i % 5)}{i % 10 ** (2 + i % 4)}" for i in range(accounts)
        ]
        self.given = {
            "accounts": {
                "account": of_all, "created": of_all, "mailbox": of_all,
                "device": device, "address": used[:, 0],
            },
            "addresses": {
                "address": np.arange(addresses),
                "kind": np.where(popular, "mobile", "residential"),
                "prefix": np.array([f"10.{b // 256}.{b % 256}.0/24" for b in range(BLOCKS)])[
                    np.arange(addresses) // 50 % BLOCKS
                ],
            },
            "mailboxes": {
                "mailbox": of_all, "local": np.array(names),
                "domain": np.array([f"mail{i}.example" for i in range(DOMAINS)])[of_all % DOMAINS],
            },
            "cards": {
                "card": np.arange(2 * accounts),
                "bin": np.array([f"9{b:05}" for b in range(BINS)])[np.arange(2 * accounts) % BINS],
            },
            "activity": {
                "time": np.sort(rng.integers(1, MS_PER_DAY, size=len(carded))),
                "account": carded, "kind": np.full(len(carded), "card_added"), "card": card,
            },
            "requests": {
                "time": self.time, "account": who, "address": used[who, place],
                "conversation": rng.integers(count // 8, size=count, dtype=np.int32),
                "sketch": rng.integers(2**62, size=count),
                "input_tokens": rng.integers(2000, size=count, dtype=np.int32),
                "topic": rng.integers(TOPICS, size=count, dtype=np.int8),
                "model": rng.integers(MODELS, size=count, dtype=np.int8),
            },
        }  # fmt: skip

    def rows(self, table, after, until, columns=None):
        """See `shamcrowd.recording.source.Source`."""
        held = self.given.get(table, {})
        low, high = 0, len(next(iter(held.values()))) if held else 0
        if table == "requests":
            low, high = np.searchsorted(self.time, [after, until], "right")
        names = columns or VISIBLE[table].names
        return pa.table({name: self._column(table, name, low, high) for name in names})

    def _column(self, table, name, low, high):
        kind = VISIBLE[table].schema.field(name).type
        values = self.given.get(table, {}).get(name)
        if values is not None and values.dtype == np.int8:
            words = [f"{name}-{i}" for i in range(int(values.max()) + 1)]
            return pa.DictionaryArray.from_arrays(pa.array(values[low:high]), words).cast(kind)
        if values is not None and values.dtype.kind == "U" and pa.types.is_dictionary(kind):
            return pa.array(values[low:high].tolist()).dictionary_encode().cast(kind)
        if values is not None:
            return pa.array(values[low:high]).cast(kind)
        if VISIBLE[table].schema.field(name).nullable:
            return pa.nulls(high - low, kind)
        blank = np.zeros(high - low, np.int8)
        if pa.types.is_dictionary(kind):
            code = pa.array(blank).cast(kind.index_type)
            return pa.DictionaryArray.from_arrays(code, [WORDS.get(name, "some")]).cast(kind)
        return pa.array(blank.astype(np.int64)).cast(kind)


def review_of(name: str) -> Callable[[int], Callable[[], int]]:
    """One review of the day by a detector of the house."""

    def made(accounts: int) -> Callable[[], int]:
        log, maker = LogView(Made(accounts), MS_PER_DAY), load_detector(name)
        return lambda: maker().review(log).account.size

    return made


def features(accounts: int) -> Callable[[], int]:
    """The feature table after the day."""
    from shamcrowd.detectors.features.accounts import AccountFeatures

    log = LogView(Made(accounts), MS_PER_DAY)

    def work() -> int:
        kept = AccountFeatures()
        kept.update(log)
        return int(np.isfinite(kept.table(log.now)).all())

    return work


def dense_blocks(accounts: int) -> Callable[[], int]:
    """A whole review by FRAUDAR; gives the number of edges."""
    from shamcrowd.detectors.graph.fraudar import Fraudar

    log, detector = LogView(Made(accounts), MS_PER_DAY), Fraudar()

    def work() -> int:
        detector.review(log)
        return len(detector._edges()[0])

    return work


def peeling(accounts: int) -> Callable[[], int]:
    """FRAUDAR's peeling of five edges an account, with a planted block."""
    from shamcrowd.detectors.graph.fraudar import discounted
    from shamcrowd.detectors.graph.peeling import densest_block

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
    "fraudar": dense_blocks,
    **{name: review_of(name) for name in NAMED},
}

if __name__ == "__main__":
    work = WORKS[sys.argv[1]](int(sys.argv[2]))
    begun, wall = clock.process_time(), clock.perf_counter()
    found = work()
    used = clock.process_time() - begun, clock.perf_counter() - wall
    peak = int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
    print(json.dumps([*used, peak / 1024, found]))
